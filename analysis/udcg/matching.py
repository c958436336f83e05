"""What was asked or promised beside what came of it: which rows count, each once, and what share they make (rule 3 of counting)."""

import math
from collections.abc import Collection, Iterable

import pandas as pd

from udcg.book import Book
from udcg.lookups import Row
from udcg.money import ENDS, or_nothing


def said_once(rows: Iterable[Row]) -> list[Row]:
    """Keep one saying of each fact, the first one where it is there, else the earliest, in the order of their days.

    Args:
        rows: Rows of `Book.facts`.
    """
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row["fact"] != row["saying"], *_by_day(row))):
        found.setdefault(row["saying"], row)
    return sorted(found.values(), key=_by_day)


def outermost(book: Book, rows: Collection[Row]) -> list[Row]:
    """Keep those that are inside no other one of them, whatever their stage."""
    chosen = {row["saying"] for row in rows}
    return [row for row in rows if chosen.isdisjoint(book.holders.get(row["saying"], ()))]


def comparable(rows: Iterable[Row], asked: Row, prefix: str) -> list[Row]:
    """Keep rows that state what was asked in the same measure: pieces of the same unit (prefix q_), or money (no prefix)."""
    return [row for row in rows if stated(row, prefix) and (not prefix or row["q_unit"] == asked["q_unit"])]


def stated(row: Row, prefix: str) -> bool:
    """Say whether a row has any end of an interval."""
    return not all(math.isnan(row[f"{prefix}{end}"]) for end in ENDS)


def share(given: Collection[Row], asked: Row, prefix: str) -> list[float]:
    """Say what share of an interval some intervals make: the least given of the most asked is the low end.

    Returns:
        low, best, high as fractions, 1 for all; NaN where an end is open or a vague word has no best.
    """
    low, best, high = ([row[f"{prefix}{end}"] for row in given] for end in ENDS)
    return [
        _part(sum(map(or_nothing, low)), asked[f"{prefix}high"]),
        _part(sum(best), asked[f"{prefix}best"]),
        _part(sum(high), asked[f"{prefix}low"]),
    ]


def _part(given: float, asked: float) -> float:
    return given / asked if asked else math.nan


def _by_day(row: Row) -> tuple[pd.Timestamp, str]:
    return row["day"], row["fact"]
