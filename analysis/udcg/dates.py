"""Full and partial dates: 2025-04-11, 2025-04 and 2025 as spans of days."""

from collections.abc import Callable

import pandas as pd


def first_day(partial: pd.Series) -> pd.Series:
    """Return the first day of each full or partial date; NaT where it is empty or no date."""
    return _each_once(partial, _first)


def last_day(partial: pd.Series) -> pd.Series:
    """Return the last day of each full or partial date; NaT where it is empty or no date."""
    return _each_once(partial, _last)


def _each_once(partial: pd.Series, read: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """Read each different date once: a ledger names the same few hundred again and again."""
    place, different = pd.factorize(partial)
    days = read(pd.Series(different, dtype="str")).array.take(place, allow_fill=True)
    return pd.Series(days, index=partial.index, name=partial.name)


def _first(text: pd.Series) -> pd.Series:
    padded = text.where(text.str.len() != 4, text + "-01-01").where(text.str.len() != 7, text + "-01")
    return pd.to_datetime(padded, format="%Y-%m-%d", errors="coerce")


def _last(text: pd.Series) -> pd.Series:
    first, length = _first(text), text.str.len()
    month, year = first + pd.offsets.MonthEnd(0), first + pd.offsets.YearEnd(0)
    return first.where(length == 10, month.where(length == 7, year))
