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
    return {name: part.of_donor(donor) for name, part in whole(book).items()}


@once
def whole(book: Book) -> Sums:
    """What all donors give in all, named as a meeting's sums."""
    return {
        "new_commitments": count.committed(book),
        "first_said_on_the_day": count.said_on_the_days(book),
        "reannounced": count.reannounced(book),
        "allocations": count.allocated(book),
        "mixed_new_commitments": count.committed(book, scope="mixed"),
    }


@once
def in_year(book: Book, year: int) -> Sums:
    """What all donors give in a calendar year: commitments first announced in it, military and mixed, and allocations."""
    days = {"since": pd.Timestamp(year, 1, 1), "until": pd.Timestamp(year, 12, 31)}
    return {
        "new_commitments": count.committed(book, **days),
        "allocations": count.allocated(book, **days),
        "mixed_new_commitments": count.committed(book, scope="mixed", **days),
    }


@once
def in_window(book: Book, meeting: int) -> Sums:
    """What all donors give in a meeting's window: the same three sums."""
    return {
        "new_commitments": count.new(book, meeting),
        "allocations": count.allocated(book, meeting),
        "mixed_new_commitments": count.new(book, meeting, scope="mixed"),
    }


@once
def in_currency(book: Book, currency: str) -> Book:
    """The same evidence in another currency."""
    return book if book.currency == currency else Book(book.ledger, currency)


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
