"""What the ledger knows of a proposed claim: the same (known), the same thing otherwise (differs), or nothing (new)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from udcg import money
from udcg.book import Book, once
from udcg.errors import RateError
from udcg.lookups import Row, claim_rows, fact_rows, grouped
from udcg.money import EURO
from udcg.reading import compared
from udcg.reading.compared import Finding, group
from udcg.reading.record import Match, Record

LOOSE = 2.0  # findings that rest on conversion or likeness need the same donors
TOGETHER = 0.5  # share of the donors of either side that both have


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
    different = {_said(record): record for record in records}
    euros = _euros(list(different.values()), book)
    best = {said: _best(record, euros[place], day, book) for place, (said, record) in enumerate(different.items())}
    found = [best[_said(record)] for record in records]
    return [replace(record, match=_of_pair(record, place, found)) for place, record in enumerate(records)]


def _said(record: Record) -> tuple[object, ...]:
    """What a record says: of two that say the same the ledger knows the same."""
    return (record.donors, record.stage, record.amount, record.qualifier, record.currency, record.quantity_text, record.item, record.unit)


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
        if record.amount is None:
            found = compared.pieces(record, row, days)
        else:
            found = compared.sums(record, row, euros.get(row["fact"], math.nan), days, claim_rows(book).get(row["fact"], []))
        together = _together(record, row)
        if found and (found.weight > LOOSE or together >= TOGETHER):
            found = _staged(found, record, row)
            same = group(record.stage) == group(row["stage"])
            yield Pair((found.weight, same, together, -days, record.stage == row["stage"]), row["fact"], found.status, found.difference)


def _together(record: Record, row: Row) -> float:
    givers = {row["donor"], *filter(None, row["partners"].split(";"))}
    return len(givers & set(record.donors)) / len(givers | set(record.donors))


def _staged(found: Finding, record: Record, row: Row) -> Finding:
    """The same number at another stage differs: promised here, delivered there. A statement may recall either."""
    stages = {group(record.stage), group(row["stage"])}
    if found.status != "known" or len(stages) == 1 or "statement" in stages:
        return found
    return Finding("differs", found.weight - 1.5, f"stage: {record.stage} here, {row['stage']} in the ledger")
