"""Who gives what: sums split by donor, made once for a book, since the pages of meetings and of donors show the same ones."""

import pandas as pd

from udcg import count
from udcg.book import Book, once
from udcg.sums import Sum, joined

Sums = dict[str, Sum]
FOUR = ["new_commitments", "first_said_on_the_day", "reannounced", "allocations"]  # the sums that every page has, military scope


@once
def at(book: Book, meeting: int, donor: str) -> Sums:
    """What a donor gives in a meeting's window: the four sums by name."""
    if donor not in _donors(book, meeting):
        return _nothing(book)
    return {name: part.of_donor(donor) for name, part in count.of_meeting(book, meeting).items()}


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
def _donors(book: Book, meeting: int) -> set[str]:
    return {row.donor_or_partner for part in count.of_meeting(book, meeting).values() for row in part.rows}


@once
def _nothing(book: Book) -> Sums:
    return {name: joined([]) for name in FOUR}
