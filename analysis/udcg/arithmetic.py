"""Checks on the sources' own arithmetic: conversions that they print against the ECB rate, sums against their parts."""

import math
from collections.abc import Iterator

import pandas as pd

from udcg.book import PROMISES, Book, Fact, once
from udcg.lookups import Row, claims, fact_rows
from udcg.money import EURO, SPREAD, ends, or_nothing
from udcg.netting import topmost

TOLERANCE = 0.02  # a conversion within this of the reference rate holds (rule 8 of counting)
PARTS = {"part_of": "parts", "counted_in": "members"}
COLUMNS = ["fact", "title", "claim", "kind", "currency", "stated", "expected", "off", "verdict"]


@once
def findings(book: Book) -> pd.DataFrame:
    """List what a source prints that does not add up.

    Returns:
        Columns fact, title, claim (the one at fault, or that states the whole), kind (conversion; parts: the parts of a package exceed it;
        members: what sources place in a group total exceeds it), currency, stated and expected (units of that currency), off (stated /
        expected - 1) and verdict (off, or ruled where a person set the claim aside or ruled on it).
    """
    checked = conversions(book)
    sums = pd.DataFrame([row for tie in PARTS for row in _parts(book, tie)], columns=COLUMNS)
    rows = pd.concat([checked[checked["verdict"].isin(["off", "ruled"])], sums], ignore_index=True)
    return rows.sort_values(["fact", "claim"], kind="stable").reset_index(drop=True)


@once
def conversions(book: Book) -> pd.DataFrame:
    """Hold every sum in a foreign currency against the sum in the donor's own at the reference rate of the day.

    The own sum is the same page's where it gives one, else the settled one.

    Returns:
        Columns as in `findings`; verdict is holds (within 2 %), rounded (within the rounding of the printed figure or its qualifier), off,
        or ruled.
    """
    facts = fact_rows(book)
    stated = [(claim, _best(claim)) for claim in claims(book) if not math.isnan(claim["amount"])]
    own = [(claim, best) for claim, best in stated if claim["currency"] == facts[claim["fact"]]["currency"]]
    beside = {(claim["fact"], claim["source"]): best for claim, best in reversed(own)}
    rows = []
    for claim, best in stated:
        fact = facts[claim["fact"]]
        base = beside.get((claim["fact"], claim["source"]), fact["stated_best"])
        expected = base / _rate(book, fact["currency"], fact["rate_day"]) * _rate(book, claim["currency"], fact["rate_day"])
        if claim["currency"] != fact["currency"] and expected > 0:
            row = {**claim, "title": fact["title"], "kind": "conversion", "stated": best, "expected": expected, "off": best / expected - 1}
            rows.append(row | {"verdict": _verdict(row)})
    return pd.DataFrame(rows, columns=COLUMNS)


def _best(claim: Row) -> float:
    return ends(claim["qualifier"], claim["amount"], claim["amount_high"])[1]


def _rate(book: Book, currency: str, day: pd.Timestamp) -> float:
    """Units of a currency for one euro on a day; NaN where no rate is frozen or the day is not known."""
    if pd.isna(day):
        return math.nan
    return 1.0 if currency == EURO else _rates(book).get((currency, day), math.nan)


@once
def _rates(book: Book) -> dict[tuple[str, pd.Timestamp], float]:
    rates = book.ledger.rates
    columns = (rates[name].tolist() for name in ("currency", "date", "rate"))
    return {(currency, day): rate for currency, day, rate in zip(*columns, strict=True)}


def _verdict(row: Row) -> str:
    off = abs(row["off"])
    if off <= TOLERANCE:
        return "holds"
    below, above = row["qualifier"] in ("over", "at_least"), row["qualifier"] == "up_to"
    loose = row["qualifier"] in ("about", "nearly") or (below and row["off"] < 0) or (above and row["off"] > 0)
    rounding = min(_last_digit(row["stated"]) / 2 / row["stated"], SPREAD) if row["stated"] else 0.0
    if off <= max(TOLERANCE + rounding, SPREAD + TOLERANCE if loose else 0.0):
        return "rounded"
    return "ruled" if row["overruled"] else "off"


def _last_digit(amount: float) -> float:
    """The unit of the last digit that is not zero: 24bn is printed to the billion, 186m to the million."""
    power = int(math.log10(amount)) if amount >= 1 else 0
    return next((10.0**place for place in range(power, 0, -1) if amount % 10**place == 0), 1.0)


def _parts(book: Book, tie: str) -> Iterator[Row]:
    """Wholes whose known parts exceed them beyond rounding."""
    ruled = set(book.ledger.rulings.loc[book.ledger.rulings["field"] == "parts", "fact"])
    for whole, parts in _tied(book, tie).items():
        once: dict[str, Fact] = {}
        for part in topmost(book, parts):
            once.setdefault(part.saying, part)
        low, best = sum(or_nothing(part.low) for part in once.values()), sum(part.best for part in once.values())
        fact = fact_rows(book)[whole]
        if low > fact["high"] * (1 + TOLERANCE):
            sums = {"currency": book.currency, "stated": fact["best"], "expected": best, "off": fact["best"] / best - 1}
            named = {name: fact[name] for name in ("fact", "title", "claim")}
            yield {**named, "kind": PARTS[tie], **sums, "verdict": "ruled" if whole in ruled else "off"}


def _tied(book: Book, tie: str) -> dict[str, list[Fact]]:
    """Promises with an amount by the first saying of what they are tied to."""
    facts = fact_rows(book)
    tied: dict[str, list[Fact]] = {}
    for part in book.rows.values():
        whole = facts[part.fact][tie]
        if whole and part.stage in PROMISES and not math.isnan(part.best):
            tied.setdefault(facts[whole]["saying"], []).append(part)
    return tied
