"""Behind each number stand numbered sources, and where they disagree the register says so."""

from collections.abc import Callable
from typing import Any

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


def test_one_fact_is_cited_with_two_sources_of_another_origin(make_ledger: Make):
    """A reprint is not cited beside its original, nor a third page beside two."""
    names = ("daily", "reprint", "blog", "echo")
    evidence = Evidence(_book(make_ledger, [_said("gift", name, 100) for name in names]), ("gift",))
    assert evidence.cites(["gift"]) == (1, 2)
    assert evidence.sources["source"].tolist() == ["daily", "blog"]


def test_numbers_follow_the_order_of_citing(book: Book):
    """A source has the number under which it was cited first, and only cited sources are listed."""
    evidence = Evidence(book, ("loan", "gift"))
    assert evidence.sources.empty
    assert [evidence.cites(["gift"]), evidence.cites(["loan"]), evidence.cites(["gift"])] == [(1, 2), (2,), (1, 2)]
    result = evidence.sources
    assert list(result.columns) == ["number", "source", "publisher", "url", "date", "tier"]
    assert list(zip(result["number"], result["source"], strict=True)) == [(1, "wire"), (2, "ministry")]
    assert result.loc[1, ["publisher", "tier"]].tolist() == ["Ministry", "official"]


def test_a_sum_of_many_facts_is_cited_with_one_source_each(book: Book):
    """Facts without a source, and no facts at all, are cited with none."""
    evidence = Evidence(book, ("loan", "gift"))
    assert evidence.cites(iter(["gift", "loan"])) == (1, 2)
    assert evidence.cites(["nothing"]) == evidence.cites([]) == ()


def test_a_sum_of_very_many_facts_is_cited_with_a_few(make_ledger: Make):
    """Twelve facts of twelve sources are cited with eight; the attached data holds the rest."""
    sources = [{"source": f"page-{place}"} for place in range(12)]
    book = _book(make_ledger, [_said(f"f{place}", f"page-{place}", 1) for place in range(12)], sources=sources)
    assert len(Evidence(book, ()).cites(f"f{place}" for place in range(12))) == 8


def test_evidence_of_no_facts_is_empty(book: Book):
    """A page without facts has no sources."""
    evidence = Evidence(book, ())
    assert (len(evidence.claims), len(evidence.sources)) == (0, 0)


def test_the_worked_example_is_cited(real: Ledger):
    """The headline has two sources of different origin, the ruled one first."""
    evidence = Evidence(Book(real, "EUR"), ("udcg-2025-04-headline",))
    assert evidence.cites(["udcg-2025-04-headline"]) == (1, 2)
    assert evidence.claims["chosen"].tolist()[0]
    assert evidence.sources["source"].tolist()[0] == evidence.claims["source"].tolist()[0]
