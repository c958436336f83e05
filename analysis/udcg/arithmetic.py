"""Checks on the sources' own arithmetic: conversions that they print against the ECB rate, sums against their parts."""

import math

import pandas as pd

from udcg import settle, ties
from udcg.book import PROMISES, Book, once
from udcg.money import EURO, SPREAD, interval, total

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
    rows = pd.concat([checked[checked["verdict"].isin(["off", "ruled"])], *(_parts(book, tie) for tie in PARTS)], ignore_index=True)
    return rows.sort_values(["fact", "claim"], kind="stable").reset_index(drop=True)[COLUMNS]


@once
def conversions(book: Book) -> pd.DataFrame:
    """Hold every sum in a foreign currency against the sum in the donor's own at the reference rate of the day.

    The own sum is the same page's where it gives one, else the settled one.

    Returns:
        Columns as in `findings`; verdict is holds (within 2 %), rounded (within the rounding of the printed figure or its qualifier), off,
        or ruled.
    """
    facts, claims = book.facts, settle.witnesses(book.ledger)
    stated = claims[claims["amount"].notna()]
    stated = stated.assign(stated=interval(stated)["best"])
    own = stated["currency"] == stated["fact"].map(facts["currency"])
    beside = stated[own].drop_duplicates(["fact", "source"]).set_index(["fact", "source"])["stated"]
    foreign = stated[~own].reset_index(drop=True)
    same_page = beside.reindex(pd.MultiIndex.from_frame(foreign[["fact", "source"]])).set_axis(foreign.index)
    base = same_page.fillna(foreign["fact"].map(facts["stated_best"]))
    expected = _converted(base, foreign["fact"].map(facts["currency"]), foreign["currency"], foreign["fact"].map(facts["rate_day"]), book)
    rows = foreign.assign(title=foreign["fact"].map(facts["title"]), kind="conversion", expected=expected)
    rows = rows[rows["expected"] > 0]
    rows = rows.assign(off=rows["stated"] / rows["expected"] - 1)
    return rows.assign(verdict=[_verdict(row) for row in rows.to_dict("records")])[COLUMNS].reset_index(drop=True)


def _converted(amount: pd.Series, currency: pd.Series, to: pd.Series, day: pd.Series, book: Book) -> pd.Series:
    """Amounts in another currency at the frozen rates of their days; NaN where a rate or the day is missing."""
    rates = book.ledger.rates.set_index(["currency", "date"])["rate"]
    out, into = (
        rates.reindex(pd.MultiIndex.from_arrays([codes, day])).set_axis(codes.index).mask(codes == EURO, 1.0).where(day.notna())
        for codes in (currency, to)
    )
    return amount / out * into


def _verdict(row: dict) -> str:  # type: ignore[type-arg]
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


def _parts(book: Book, tie: str) -> pd.DataFrame:
    """Wholes whose known parts exceed them beyond rounding."""
    facts = book.facts
    ruled = set(book.ledger.rulings.loc[book.ledger.rulings["field"] == "parts", "fact"])
    tied = facts[(facts[tie] != "") & facts["best"].notna() & facts["stage"].isin(PROMISES)]
    rows = []
    for whole, parts in tied.groupby(tied[tie].map(facts["saying"])):
        fact = facts.loc[whole]
        sums = total(parts[ties.topmost(parts["saying"], book.wholes)].drop_duplicates("saying"))
        if pd.notna(fact["high"]) and sums["low"] > fact["high"] * (1 + TOLERANCE):
            verdict = "ruled" if whole in ruled else "off"
            off = fact["best"] / sums["best"] - 1
            rows.append([whole, fact["title"], fact["claim"], PARTS[tie], book.currency, fact["best"], sums["best"], off, verdict])
    return pd.DataFrame(rows, columns=COLUMNS)
