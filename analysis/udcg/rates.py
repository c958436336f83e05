"""Freezes the ECB reference rates that the ledger needs into data/rates.csv (rule 8 of counting)."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
from currency_converter import CurrencyConverter, RateNotFoundError

from udcg.errors import Problem
from udcg.ledger import Ledger
from udcg.money import EURO
from udcg.stated import rate_days

DISPLAY = ["EUR", "USD", "GBP"]  # currencies in which a briefing can be asked for
STALE = timedelta(days=10)  # longer than any closing of the markets


def unpublished(ledger: Ledger) -> list[Problem]:
    """Name the facts whose currency the ECB publishes no rate for, such as the hryvnia: they cannot be counted."""
    known = {EURO, *CurrencyConverter().currencies}
    facts = ledger.facts[~ledger.facts["currency"].isin(["", *known])]
    reason = "has no ECB reference rate; state the amount in a currency that has, or leave the fact's currency empty"
    return [
        Problem("facts.csv", reason, row=int(str(row)), column="currency", value=code, allowed=tuple(sorted(known)))
        for row, code in facts["currency"].items()
    ]


def needed(ledger: Ledger) -> pd.DataFrame:
    """List the currencies and days for which counting needs a rate: columns currency, date."""
    days = rate_days(ledger).dropna().drop_duplicates().sort_values()
    stated = set(ledger.facts["currency"]) | set(ledger.claims["currency"]) | set(ledger.shares["currency"]) | set(DISPLAY)
    known = CurrencyConverter().currencies
    currencies = sorted((stated & known) - {EURO})
    return pd.MultiIndex.from_product([currencies, days], names=["currency", "date"]).to_frame(index=False)


def frozen(ledger: Ledger) -> pd.DataFrame:
    """Return the rates of the ledger, completed: columns as in data/rates.csv; a rate once frozen is never changed."""
    wanted = needed(ledger).merge(ledger.rates, on=["currency", "date"], how="left")
    missing = wanted[wanted["rate"].isna()].drop(columns=["rate_date", "rate"])
    found = [_rate(currency, day.date()) for currency, day in missing.itertuples(index=False)]
    fresh = missing.assign(rate_date=pd.to_datetime([day for day, _ in found]), rate=[rate for _, rate in found])
    rates = pd.concat([wanted.dropna(subset="rate"), fresh.dropna(subset="rate")]) if len(fresh) else wanted
    return rates.sort_values(["date", "currency"]).reset_index(drop=True)


def write(ledger: Ledger, folder: Path) -> int:
    """Write data/rates.csv and return how many rates it holds."""
    rates = frozen(ledger)
    rates.to_csv(folder / "rates.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")
    return len(rates)


@cache
def _published() -> dict[str, CurrencyConverter]:
    """The same table read twice: one reader refuses a day without a rate, the other falls back on the last one known."""
    return {
        "strict": CurrencyConverter(),
        "last known": CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known"),
    }


def _rate(currency: str, day: date) -> tuple[pd.Timestamp, float]:
    """The day and value of the last reference rate known on a day; NaN where none is less than ten days old."""
    last_known = _published()["last known"]
    first, last = last_known.bounds[currency]
    days = [min(day, last) - timedelta(days=back) for back in range(STALE.days)]
    own = next((known for known in days if known >= first and _has_rate(currency, known)), None)
    if own is None or day - own > STALE:
        return pd.NaT, float("nan")
    return pd.Timestamp(own), last_known.convert(1, EURO, currency, date=own)


def _has_rate(currency: str, day: date) -> bool:
    try:
        _published()["strict"].convert(1, EURO, currency, date=day)
    except RateNotFoundError:
        return False
    return True
