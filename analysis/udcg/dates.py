"""Full and partial dates: 2025-04-11, 2025-04 and 2025 as spans of days."""

import pandas as pd


def first_day(partial: pd.Series) -> pd.Series:
    """Return the first day of each full or partial date; NaT where it is empty or no date."""
    text = partial.astype("str")
    padded = text.where(text.str.len() != 4, text + "-01-01").where(text.str.len() != 7, text + "-01")
    return pd.to_datetime(padded, format="%Y-%m-%d", errors="coerce")


def last_day(partial: pd.Series) -> pd.Series:
    """Return the last day of each full or partial date; NaT where it is empty or no date."""
    first, length = first_day(partial), partial.astype("str").str.len()
    month, year = first + pd.offsets.MonthEnd(0), first + pd.offsets.YearEnd(0)
    return first.where(length == 10, month.where(length == 7, year))
