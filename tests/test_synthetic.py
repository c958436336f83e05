"""The made-up ledger of the benchmark is a valid one: it loads, is the same each time, and counts."""

from pathlib import Path

import pandas as pd
import pytest

import synthetic
from udcg import count, ledger
from udcg.book import Book

CLAIMS = 2_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Load a made-up ledger; loading raises where a cell, key or tie is at fault."""
    return Book(ledger.load(synthetic.generate(tmp_path_factory.mktemp("synthetic"), CLAIMS)), "EUR")


def test_it_has_as_many_claims_as_asked_for_and_ties_of_every_kind(book: Book):
    """About one fact for two claims, and each kind of tie that counting follows."""
    facts = book.ledger.facts
    assert len(book.ledger.claims) == CLAIMS
    assert CLAIMS / 3 < len(facts) < CLAIMS / 2 * 1.2
    assert min((facts[tie] != "").sum() for tie in ("part_of", "drawn_from", "restates", "overlaps")) > 10
    assert not book.ledger.shares.empty
    assert not book.ledger.rulings.empty


def test_it_is_the_same_each_time(book: Book, tmp_path: Path):
    """The vintage is the hash of all its bytes."""
    assert ledger.load(synthetic.generate(tmp_path, CLAIMS)).vintage == book.ledger.vintage


def test_it_counts(book: Book):
    """Every sum has a low end at most its best and, where it is not open, a high end at least that."""
    sums = [count.committed(book), count.allocated(book), *count.of_meeting(book, book.windows.index[1]).values()]
    assert sums[0].ends["best"] > 0
    for ends in (one.ends for one in sums):
        assert 0 <= ends["low"] <= ends["best"]
        assert pd.isna(ends["high"]) or ends["best"] <= ends["high"]
