"""Facts, claims and shares by fact, as the frames have them."""

from collections.abc import Callable

from udcg.book import Book
from udcg.lookups import claim_rows, fact_rows, share_rows

FACTS = [{"fact": "joint", "amount": 100, "donor": "MULTI", "partners": "GB;NO"}, {"fact": "talk", "stage": "statement"}]
SHARES = [{"fact": "joint", "donor": "NO", "amount": 40, "claim": "joint-daily"}]


def test_every_fact_is_a_record_of_its_row(make_book: Callable[..., Book]):
    """The record of a fact holds what its row of the book holds."""
    book = make_book(FACTS)
    assert list(fact_rows(book)) == list(book.facts.index)
    assert fact_rows(book)["joint"]["best"] == book.facts.at["joint", "best"] == 100


def test_claims_and_shares_stand_under_their_fact(make_book: Callable[..., Book]):
    """A fact's claims come with their source; a fact without shares has none."""
    book = make_book(FACTS, shares=SHARES)
    assert [(claim["claim"], claim["tier"]) for claim in claim_rows(book)["joint"]] == [("joint-daily", "press")]
    assert {fact: [(row["donor"], row["value"]) for row in rows] for fact, rows in share_rows(book).items()} == {"joint": [("NO", 40)]}
