"""What the ledger knows of a proposed claim: the same (known), the same thing otherwise (differs), or nothing (new)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from udcg import money, words
from udcg.book import PROMISES, Book, once
from udcg.errors import RateError
from udcg.lookups import Row, claim_rows, fact_rows, grouped
from udcg.money import ENDS, EURO
from udcg.reading import vocabulary
from udcg.reading.record import Match, Record
from udcg.reading.tokens import tokens

ROUNDING = 0.04  # a sum converted by somebody else, at another day's rate and rounded, is off by no more
ALIKE = 2.0  # a sum that is more than twice another one is another sum
NEAR = 14  # days within which an unlike number speaks of the same announcement
AGAIN = 45  # days within which a package is spoken of again; later a sum of the same size is another package
LONG = 400  # the same for frames and totals, of which a year's debate speaks


class Pair(NamedTuple):
    """A record beside a fact that may be it: how well they go together, and what differs; better ones are greater."""

    rank: tuple[float, ...]
    fact: str
    status: str
    difference: str | None


def matched(records: Sequence[Record], date: str, book: Book) -> list[Record]:
    """Say of each record what the ledger knows of it.

    Args:
        records: Proposed claims of one text.
        date: Its day as 2025-04-11; "" where not known, which finds the same sums whenever they were said.
        book: The ledger in EUR.
    """
    day = pd.Timestamp(date) if date else pd.NaT
    euros = _euros(records, book)
    found = [_best(record, euros[place], day, book) for place, record in enumerate(records)]
    return [replace(record, match=_of_pair(record, place, found)) for place, record in enumerate(records)]


def _of_pair(record: Record, place: int, found: Sequence[Match]) -> Match:
    """A sum said twice is one: what the ledger knows of either side it knows of both."""
    twin = record.same_as
    return found[twin] if twin is not None and found[twin].status == "known" else found[place]


def _best(record: Record, euros: dict[str, float], day: pd.Timestamp, book: Book) -> Match:
    pairs = list(_pairs(record, euros, day, book))
    if not pairs:
        return Match()
    best = max(pairs)
    return Match(best.status, best.fact, best.difference)


@once
def by_donor(book: Book) -> dict[str, list[Row]]:
    """Facts by everyone who gives or asks in them."""
    pairs = [{**row, "who": who} for row in fact_rows(book).values() for who in [row["donor"], *filter(None, row["partners"].split(";"))]]
    return grouped(pairs, "who")


def candidates(record: Record, book: Book) -> list[Row]:
    """Facts that share a donor with a record and measure the same: money or pieces."""
    own = {row["fact"]: row for donor in record.donors for row in by_donor(book).get(donor, ())}
    stated = "stated_best" if record.amount is not None else "q_low"
    other = "stated_low" if record.amount is not None else "q_high"
    return [row for row in own.values() if not (math.isnan(row[stated]) and math.isnan(row[other]))]


def _euros(records: Sequence[Record], book: Book) -> list[dict[str, float]]:
    """Each record's amount in EUR at the rate of each candidate's day, by fact; all of a text in one conversion."""
    asked = [
        (place, row["fact"], record, row["rate_day"])
        for place, record in enumerate(records)
        if record.amount is not None
        for row in candidates(record, book)
    ]
    found: list[dict[str, float]] = [{} for _ in records]
    known = set(book.ledger.rates["currency"]) | {EURO}
    asked = [each for each in asked if each[2].currency in known and pd.notna(each[3])]
    if not asked:
        return found
    amounts = pd.DataFrame({"best": [each[2].amount for each in asked]}, dtype="float64")
    try:
        sums = money.convert(
            amounts, pd.Series([each[2].currency for each in asked]), pd.Series([each[3] for each in asked]), EURO, book.ledger.rates
        )
    except RateError:
        return found
    for (place, fact, _, _), value in zip(asked, sums["best"].tolist(), strict=True):
        found[place][fact] = value
    return found


def _pairs(record: Record, euros: dict[str, float], day: pd.Timestamp, book: Book) -> Iterator[Pair]:
    for row in candidates(record, book):
        days = abs((row["day"] - day).days) if pd.notna(day) and pd.notna(row["day"]) else 0
        found = _sum(record, row, euros.get(row["fact"], math.nan), days, book) if record.amount is not None else _pieces(record, row, days)
        if found:
            status, weight, difference = found
            same = _group(record.stage) == _group(row["stage"])
            if status == "known" and not same and _group("statement") not in (_group(record.stage), _group(row["stage"])):
                status, difference = "differs", f"stage: {record.stage} here, {row['stage']} in the ledger"
                weight -= 1.5
            givers = {row["donor"], *filter(None, row["partners"].split(";"))}
            together = len(givers & set(record.donors)) / len(givers | set(record.donors))
            if weight <= 2.0 and together < 0.5:
                continue
            yield Pair((weight, same, together, -days, record.stage == row["stage"]), row["fact"], status, difference)


def _group(stage: str) -> str:
    return "promise" if stage in PROMISES else "gift" if stage in ("delivery", "disbursement") else stage


def _sum(record: Record, row: Row, euros: float, days: int, book: Book) -> tuple[str, float, str | None] | None:
    """Compare a sum with what any claim says of a fact, then with its settled value, in its own currency and in EUR."""
    said = [claim for claim in claim_rows(book).get(row["fact"], ()) if claim["currency"] == record.currency]
    within = LONG if row["level"] in ("frame", "group_total") or len(record.donors) > 1 else AGAIN
    if any(claim["amount"] == record.amount for claim in said) and days <= within:
        return "known", 3.0, None
    best = row["stated_best"] if record.currency == row["currency"] else row["best"]
    value = record.amount if record.currency == row["currency"] else euros
    if math.isnan(best) or value is None or math.isnan(value) or not best:
        return None
    ratio = value / best
    if abs(ratio - 1) < (ROUNDING if record.currency != row["currency"] else 0.006) and days <= (
        within if record.currency == row["currency"] else NEAR
    ):
        if record.currency == row["currency"]:
            return "known", 2.5, None
        return (
            "known",
            2.0,
            f"converted: {_printed(record)} is {words.money(value, EURO)} on {row['rate_day']:%Y-%m-%d}, the ledger has {_settled(row)}",
        )
    promised = _group(record.stage) == _group(row["stage"])
    if 1 / ALIKE < ratio < ALIKE and days <= NEAR and promised and row["level"] in ("package", "frame"):
        return (
            "differs",
            1.0 - abs(math.log(ratio)),
            f"amount: {_printed(record)} here, {_settled(row)} in the ledger; {_why(record, row, ratio)}",
        )
    return None


def _why(record: Record, row: Row, ratio: float) -> str:
    if record.qualifier != "exact":
        return f"the text says {str(record.qualifier).replace('_', ' ')}"
    if record.currency != row["currency"]:
        return f"{words.percent(ratio - 1, signed=True)} after conversion, more than rates and rounding explain"
    return f"{words.percent(ratio - 1, signed=True)}; another part, a rounded sum, or a source that disagrees"


def _pieces(record: Record, row: Row, days: int) -> tuple[str, float, str | None] | None:
    """Compare a quantity: the same thing by its name or by capability and unit, then the number."""
    shared = _names(record.item or "") & _names(f"{row['item']} {row['title']}")
    alike = bool(shared) or (record.capability == row["capability"] and record.unit == row["q_unit"])
    if not alike or days > LONG:
        return None
    low, high = (math.nan if end is None else end for end in (record.quantity_low, record.quantity_high))
    same = _ends_equal(low, row["q_low"]) and _ends_equal(high, row["q_high"])
    if same and shared and _one_unit(record.unit or "", row["q_unit"]):
        return "known", 2.0 + len(shared) / 10, None
    if same and days <= NEAR:
        return "known", 1.5, None
    if shared and days <= NEAR and _one_unit(record.unit or "", row["q_unit"]):
        printed = f"{record.quantity_text} here, {row['q_words']} in the ledger"
        overlap = not (low > row["q_high"] or row["q_low"] > high)
        return (
            "differs",
            1.0 + overlap / 2,
            f"quantity: {printed}; " + ("the ranges overlap" if overlap else "the ranges exclude each other"),
        )
    return None


def _one_unit(unit: str, other: str) -> bool:
    return not other or unit in other or other in unit


def _ends_equal(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other)


def _names(text: str) -> set[str]:
    found = {token.low.removesuffix("s") for token in tokens(text) if token.text.isalnum() and len(token.low) > 1}
    return found - vocabulary.grammar()["vague"]


def _printed(record: Record) -> str:
    qualifier = "" if record.qualifier in ("exact", None) else f"{record.qualifier.replace('_', ' ')} "
    return f"{qualifier}{words.money(record.amount or 0.0, record.currency or '?')}"


def _settled(row: dict[str, Any]) -> str:
    return words.interval({end: row[f"stated_{end}"] for end in ENDS}, row["currency"])
