"""Who gives what: sums split by donor, made once for a book, since the pages of meetings and of donors show the same ones."""

from collections.abc import Iterable

import pandas as pd

from udcg import count
from udcg.book import Book, once
from udcg.sums import Sum, joined

Sums = dict[str, Sum]
FOUR = ["new_commitments", "first_said_on_the_day", "reannounced", "allocations"]  # the sums that every page has, military scope


def at(book: Book, meeting: int, donor: str) -> Sums:
    """What a donor gives in a meeting's window: the four sums by name."""
    return _at(book, meeting).get(donor) or _nothing(book)


@once
def ever(book: Book, donor: str) -> Sums:
    """What a donor gives in all, named as a meeting's sums: all commitments on the book were new in some window."""
    whole = {
        "new_commitments": count.committed(book),
        "first_said_on_the_day": count.said_on_the_days(book),
        "reannounced": count.reannounced(book),
        "allocations": count.allocated(book),
        "mixed_new_commitments": count.committed(book, scope="mixed"),
    }
    return {name: part.of_donor(donor) for name, part in whole.items()}


@once
def by_donor(book: Book, part: Sum) -> pd.DataFrame:
    """Split a sum by donor; see `udcg.sums.Sum.by_donor`."""
    return part.by_donor()


@once
def _at(book: Book, meeting: int) -> dict[str, Sums]:
    sums = count.of_meeting(book, meeting)
    donors = _donors(sums.values())
    return {donor: {name: part.of_donor(donor) for name, part in sums.items()} for donor in donors}


@once
def _nothing(book: Book) -> Sums:
    return {name: joined([]) for name in FOUR}


def _donors(sums: Iterable[Sum]) -> list[str]:
    return list(dict.fromkeys(donor for part in sums for donor in part.parts["donor_or_partner"]))
