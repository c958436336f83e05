"""Stated amount and qualifier -> low, best and high; and those in another currency at a dated ECB reference rate."""

import math

import pandas as pd

from udcg.errors import RateError

EURO = "EUR"
SPREAD = 0.05  # "about" and "nearly" mean 5 % either side
ENDS = ["low", "best", "high"]


def interval(stated: pd.DataFrame) -> pd.DataFrame:
    """Read stated amounts as intervals (rule 2 of counting).

    Args:
        stated: Columns qualifier, amount (units of currency), amount_high (only for between).

    Returns:
        Columns low, best, high in the units of amount, NaN where an end is open or nothing is stated. over and at_least
        have no high, up_to has no low; the best of between is its middle.
    """
    rows = [ends(*row) for row in zip(*(stated[name].tolist() for name in ("qualifier", "amount", "amount_high")), strict=True)]
    return pd.DataFrame(rows, index=stated.index, columns=ENDS, dtype="float64")


def ends(qualifier: str, amount: float, amount_high: float) -> tuple[float, float, float]:
    """Read one stated amount as low, best and high; see `interval`."""
    match qualifier:
        case "about" | "nearly":
            return amount * (1 - SPREAD), amount, amount * (1 + SPREAD)
        case "between":
            return amount, (amount + amount_high) / 2, amount_high
        case "over" | "at_least":
            return amount, amount, math.nan
        case "up_to":
            return math.nan, amount, amount
    return amount, amount, amount


def or_nothing(end: float) -> float:
    """What an end adds to a sum: an open one nothing."""
    return 0.0 if math.isnan(end) else end


def convert(amounts: pd.DataFrame, currency: pd.Series, day: pd.Series, to: str, rates: pd.DataFrame) -> pd.DataFrame:
    """Convert amounts at the reference rate frozen for their day (rule 8 of counting).

    Args:
        amounts: Columns in units of `currency`, one row per sum.
        currency: ISO 4217 code of each row; "" where the row has no amount.
        day: Day of each row; NaT only where the currency is already the one wanted.
        to: ISO 4217 code wanted.
        rates: Columns currency, date, rate (units of the currency for one euro).

    Returns:
        The same columns in units of `to`; NaN where nothing was stated, or where another currency has no day.

    Raises:
        RateError: a currency has no frozen rate on a day that is given.
    """
    table = rates.set_index(["currency", "date"])["rate"]
    same = currency.isin([to, ""])
    needed = ~same & day.notna() & amounts.notna().any(axis=1)
    factor = pd.Series(float("nan"), index=amounts.index).mask(same, 1.0)
    if needed.any():
        into, out = (_per_euro(code, day[needed], table) for code in (pd.Series(to, index=day.index)[needed], currency[needed]))
        factor.loc[needed] = into / out
    return amounts.mul(factor, axis=0)


def _per_euro(currency: pd.Series, day: pd.Series, table: pd.Series) -> pd.Series:
    rate = table.reindex(pd.MultiIndex.from_arrays([currency, day])).set_axis(currency.index).mask(currency == EURO, 1.0)
    if rate.isna().any():
        row = rate.index[rate.isna()][0]
        known = ", ".join(sorted({EURO, *table.index.get_level_values(0)}))
        raise RateError(
            currency[row],
            f"{day[row]:%Y-%m-%d}",
            f"none is frozen in data/rates.csv; run `udcg rates`. Frozen: {known}",
        )
    return rate


def total(amounts: pd.DataFrame) -> pd.Series:
    """Add intervals: an open low adds nothing, an open high leaves the sum open.

    Args:
        amounts: Columns low, best, high in one currency.

    Returns:
        low, best, high of the sum; zeros for no rows.
    """
    return pd.Series(
        {"low": amounts["low"].sum(), "best": amounts["best"].sum(), "high": amounts["high"].sum(skipna=False)},
        dtype="float64",
    )
