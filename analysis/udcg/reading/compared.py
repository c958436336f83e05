"""A record beside one fact of the ledger: the same number, another one for the same thing, or nothing to do with it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from udcg.book import PROMISES
from udcg.lookups import Row
from udcg.money import ENDS, EURO
from udcg.reading import vocabulary
from udcg.reading.record import Record
from udcg.reading.tokens import tokens
from udcg.words import ENGLISH

EXACT, ROUNDING = 0.006, 0.04  # a printed sum is rounded; one converted by somebody else, at another day's rate, even more
ALIKE = 2.0  # a sum that is more than twice another one is another sum
NEAR = 14  # days within which an unlike number speaks of the same announcement
AGAIN = 45  # days within which a package is spoken of again; later a sum of the same size is another package
LONG = 400  # the same for frames and totals, of which a year's debate speaks


class Finding(NamedTuple):
    """What a comparison found: known or differs, how much it weighs beside other findings, and the difference."""

    status: str
    weight: float
    difference: str | None


def group(stage: str) -> str:
    """Stages that one announcement goes through are one: promises, gifts; the others stand alone."""
    return "promise" if stage in PROMISES else "gift" if stage in ("delivery", "disbursement") else stage


def sums(record: Record, row: Row, euros: float, days: int, claims: Sequence[Row]) -> Finding | None:
    """Compare a sum with what any claim says of a fact, then with its settled value.

    Args:
        record: A record with an amount.
        row: A row of `Book.facts`, valued in EUR.
        euros: The record's amount in EUR at the rate of the fact's day; NaN where there is none.
        days: Between the text and the announcement.
        claims: What sources say of the fact.
    """
    within = LONG if row["level"] in ("frame", "group_total") or len(record.donors) > 1 else AGAIN
    if days <= within and any(claim["amount"] == record.amount and claim["currency"] == record.currency for claim in claims):
        return Finding("known", 3.0, None)
    own = record.currency == row["currency"]
    value, best = (record.amount or 0.0, row["stated_best"]) if own else (euros, row["best"])
    if not best or math.isnan(value / best):
        return None
    ratio = value / best
    if own and abs(ratio - 1) < EXACT and days <= within:
        return Finding("known", 2.5, None)
    if not own and abs(ratio - 1) < ROUNDING and days <= NEAR:
        there = f"{ENGLISH.money(value, EURO)} on {row['rate_day']:%Y-%m-%d}, the ledger has {_settled(row)}"
        return Finding("known", 2.0, f"converted: {_printed(record)} is {there}")
    comparable = days <= NEAR and group(record.stage) == group(row["stage"]) and row["level"] in ("package", "frame")
    if comparable and 1 / ALIKE < ratio < ALIKE:
        difference = f"amount: {_printed(record)} here, {_settled(row)} in the ledger; {_why(record, own, ratio)}"
        return Finding("differs", 1.0 - abs(math.log(ratio)), difference)
    return None


def _why(record: Record, own: bool, ratio: float) -> str:
    off = ENGLISH.percent(ratio - 1, signed=True)
    if record.qualifier != "exact":
        return f"the text says {ENGLISH.plain(record.qualifier or '')}"
    if not own:
        return f"{off} after conversion, more than rates and rounding explain"
    return f"{off}; another part, a rounded sum, or a source that disagrees"


def pieces(record: Record, row: Row, days: int) -> Finding | None:
    """Compare a quantity: whether it is the same thing, by its name or by capability and unit; then the number."""
    shared = _names(record.item or "") & _names(f"{row['item']} {row['title']}")
    alike = bool(shared) or (record.capability == row["capability"] and record.unit == row["q_unit"])
    if not alike or days > LONG:
        return None
    unit = record.unit or ""
    named = bool(shared) and (not row["q_unit"] or unit in row["q_unit"] or row["q_unit"] in unit)
    low, high = (math.nan if end is None else end for end in (record.quantity_low, record.quantity_high))
    if _same_end(low, row["q_low"]) and _same_end(high, row["q_high"]) and (named or days <= NEAR):
        return Finding("known", 2.0 + len(shared) / 10 if named else 1.5, None)
    if named and days <= NEAR:
        apart = low > row["q_high"] or row["q_low"] > high
        why = "the ranges exclude each other" if apart else "the ranges overlap"
        return Finding("differs", 1.0 if apart else 1.5, f"quantity: {record.quantity_text} here, {row['q_words']} in the ledger; {why}")
    return None


def _same_end(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other)


def _names(text: str) -> set[str]:
    found = {token.low.removesuffix("s") for token in tokens(text) if token.text.isalnum() and len(token.low) > 1}
    return found - vocabulary.grammar()["vague"]


def _printed(record: Record) -> str:
    qualifier = "" if record.qualifier in ("exact", None) else f"{ENGLISH.plain(record.qualifier)} "
    return f"{qualifier}{ENGLISH.money(record.amount or 0.0, record.currency or '?')}"


def _settled(row: Row) -> str:
    return ENGLISH.interval({end: row[f"stated_{end}"] for end in ENDS}, row["currency"])
