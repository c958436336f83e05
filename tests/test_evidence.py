"""Behind each number stand numbered sources, and where they disagree the register says so."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg.book import Book
from udcg.evidence import Evidence
from udcg.ledger import Ledger

Make = Callable[..., Ledger]
SOURCES = [
    {"source": "ministry", "tier": "official", "publisher": "Ministry"},
    {"source": "wire", "tier": "agency"},
    {"source": "daily", "tier": "press", "date": "2025-04-12"},
    {"source": "reprint", "tier": "press", "origin": "daily", "date": "2025-04-13"},
    {"source": "blog", "tier": "aggregator"},
    {"source": "echo", "tier": "state_controlled"},
]


def _said(fact: str, source: str, amount: float | str = "", **cells: Any) -> dict[str, Any]:
    stated = {"qualifier": "exact", "amount": amount, "currency": "EUR"} if amount != "" else {}
    return {"fact": fact, "source": source, **stated, **cells}


def _book(make_ledger: Make, claims: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Book:
    facts = [{"fact": fact} for fact in dict.fromkeys(row["fact"] for row in claims)]
    return Book(make_ledger(**{"sources": SOURCES, "facts": facts, "claims": claims, **tables}), "EUR")


@pytest.fixture
def book(make_ledger: Make) -> Book:
    """Give a book of two facts, of which all six sources report the first and one the second."""
    claims = [_said("gift", row["source"], 100) for row in reversed(SOURCES)]
    rulings = [{"fact": "gift", "claim": "gift-wire", "overrules": "gift-daily"}]
    return _book(make_ledger, [*claims, _said("loan", "ministry", 5)], rulings=rulings)


def test_claims_begin_with_the_chosen_one_and_end_with_those_set_aside(book: Book):
    """The witness that was chosen comes first, then the better tier, then what was overruled."""
    result = Evidence(book, ("loan", "gift")).claims
    assert result["claim"].tolist() == [
        "loan-ministry",
        "gift-wire",
        "gift-ministry",
        "gift-reprint",
        "gift-blog",
        "gift-echo",
        "gift-daily",
    ]
    assert result["chosen"].tolist() == [True, True, False, False, False, False, False]


def test_at_most_three_claims_are_cited_each_of_another_origin(make_ledger: Make):
    """A reprint is not cited beside its original, and the numbers follow the order of the page."""
    names = ("daily", "reprint", "blog", "echo")
    book = _book(make_ledger, [*(_said("gift", name, 100) for name in names), _said("loan", "blog", 5)])
    result = Evidence(book, ("gift", "loan")).cited
    assert list(zip(result["claim"], result["number"], strict=True)) == [
        ("gift-daily", 1),
        ("gift-blog", 2),
        ("gift-echo", 3),
        ("loan-blog", 2),
    ]


def test_sources_are_listed_once_by_number(book: Book):
    """Each source cited has one row, in the order of its number."""
    result = Evidence(book, ("loan", "gift")).sources
    assert list(result.columns) == ["number", "source", "publisher", "url", "date", "tier"]
    assert list(zip(result["number"], result["source"], strict=True)) == [(1, "ministry"), (2, "wire"), (3, "reprint")]
    assert result.loc[0, ["publisher", "tier"]].tolist() == ["Ministry", "official"]


def test_cites_gives_three_of_one_fact_and_one_each_of_many(book: Book):
    """One fact is cited with up to three sources, a sum over facts with one of each, and an unknown fact with none."""
    evidence = Evidence(book, ("loan", "gift"))
    assert evidence.cites(["gift"]) == (1, 2, 3)
    assert evidence.cites(["loan"]) == (1,)
    assert evidence.cites(iter(["gift", "loan"])) == (1,)
    assert evidence.cites(["nothing"]) == ()
    assert evidence.cites([]) == ()


def test_evidence_of_no_facts_is_empty(book: Book):
    """A page without facts has no sources."""
    evidence = Evidence(book, ())
    assert (len(evidence.claims), len(evidence.sources)) == (0, 0)


def test_the_worked_example_is_cited(real: Ledger):
    """The headline has three sources of different origin, the ruled one first."""
    evidence = Evidence(Book(real, "EUR"), ("udcg-2025-04-headline",))
    assert evidence.cites(["udcg-2025-04-headline"]) == (1, 2, 3)
    assert evidence.cited["origin"].is_unique
    assert evidence.cited["chosen"].tolist()[0]
    assert evidence.sources["date"].max() <= pd.Timestamp(evidence.book.ledger.cut_off)
