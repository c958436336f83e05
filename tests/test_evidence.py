"""Behind each number stand numbered sources, and where they disagree the register says so."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg.book import Book
from udcg.evidence import Evidence, conflicts
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


def _register(book: Book, *facts: str) -> list[tuple[str, ...]]:
    result = conflicts(book, facts)
    return list(result[["fact", "field", "chosen", "others"]].itertuples(index=False, name=None))


def test_amounts_that_differ_beyond_rounding_are_in_the_register(make_ledger: Make):
    """A sum that is a tenth off is a conflict, printed with what was chosen; one that is a hundredth off is rounding."""
    claims = [_said("gift", "ministry", 100e6), _said("gift", "daily", 110e6), _said("gift", "blog", 101e6)]
    result = conflicts(_book(make_ledger, claims), ["gift"])
    assert result.to_dict("records") == [
        {
            "fact": "gift",
            "title": "gift",
            "field": "amount",
            "chosen": "EUR 100m (100m to 110m)",
            "others": "EUR 110m",
            "origins": 3,
            "rule": "official",
            "reason": "",
            "status": "settled",
        }
    ]


def test_sources_that_agree_are_not_in_the_register(make_ledger: Make):
    """Where nobody differs there is no conflict, and none where there is no fact."""
    book = _book(make_ledger, [_said("gift", "ministry", 100), _said("gift", "daily", 100), _said("loan", "blog")])
    assert len(conflicts(book, ["gift", "loan"])) == 0
    assert list(conflicts(book, []).columns)[:3] == ["fact", "title", "field"]


def test_conversions_are_no_conflict_but_misprinted_currencies_are(make_ledger: Make):
    """A sum in another currency is listed only where a person ruled it a misprint."""
    claims = [_said("gift", "daily", 350e6), _said("gift", "wire", 400e6, currency="USD"), _said("gift", "blog", 350e6, currency="GBP")]
    assert _register(_book(make_ledger, claims), "gift") == []
    rulings = [{"fact": "gift", "claim": "gift-daily", "overrules": "gift-blog"}]
    assert _register(_book(make_ledger, claims, rulings=rulings), "gift") == [("gift", "amount", "EUR 350m", "GBP 350m")]


def test_counts_that_were_set_aside_are_in_the_register(make_ledger: Make):
    """Forty participants set aside for fifty is a conflict, about fifty is none, and speakers are not counted against states."""
    counts = [("ministry", "50", "states"), ("daily", "about 50", "states"), ("blog", "40", "states"), ("echo", "7", "speakers")]
    claims = [_said("talks", source, quantity_text=words, unit=unit) for source, words, unit in counts]
    rulings = [{"fact": "talks", "field": "quantity", "claim": "talks-ministry", "overrules": "talks-blog"}]
    assert _register(_book(make_ledger, claims, rulings=rulings), "talks") == [("talks", "quantity", "50 states", "40")]


def test_a_ruling_is_in_the_register_with_reason_and_status(make_ledger: Make):
    """What a person decided is shown with the reason, and as open where it is not closed."""
    rulings = [{"fact": "gift", "claim": "gift-daily", "overrules": "gift-blog", "reason": "A misprint.", "status": "open"}]
    book = _book(make_ledger, [_said("gift", "daily", 160e6), _said("gift", "blog", 150e6)], rulings=rulings)
    (row,) = conflicts(book, ["gift"])[["chosen", "others", "rule", "reason", "status"]].to_dict("records")
    assert row == {"chosen": "EUR 160m", "others": "EUR 150m", "rule": "ruling", "reason": "A misprint.", "status": "open"}


def test_worded_disputes_are_in_the_register(make_ledger: Make):
    """A source that contradicts a field is shown against what is recorded, in words, or against the ruling."""
    claims = [
        _said("gift", "daily", disputes="donor", says="Denmark"),
        _said("gift", "blog", disputes="donor", says="Denmark"),
        _said("gift", "wire", disputes="part_of", says="nothing"),
        _said("gift", "echo", disputes="speaker", says="Ben Wallace"),
        _said("whole", "daily"),
    ]
    facts = [{"fact": "gift", "part_of": "whole"}, {"fact": "whole", "title": "The whole package"}]
    rulings = [{"fact": "gift", "field": "speaker", "value": "John Healey"}]
    assert _register(_book(make_ledger, claims, facts=facts, rulings=rulings), "gift") == [
        ("gift", "donor", "United Kingdom", "Denmark"),
        ("gift", "part_of", "The whole package", "nothing"),
        ("gift", "speaker", "John Healey", "Ben Wallace"),
    ]


def test_the_register_keeps_the_order_of_the_facts_asked_for(make_ledger: Make):
    """Conflicts stand in the order of the page, and facts that were not asked for are left out."""
    claims = [_said(fact, source, amount) for fact in ("a", "b", "c") for source, amount in (("ministry", 100), ("daily", 200))]
    assert [row[0] for row in _register(_book(make_ledger, claims), "c", "a")] == ["c", "a"]


def test_the_worked_example_shows_the_misprints(real: Ledger):
    """The repairs printed as 150m are in the register with the ruling, in pounds and in euros."""
    result = conflicts(Book(real, "EUR"), ["gb-2025-04-repairs"]).set_index("field")
    assert result.loc["amount", ["chosen", "others", "rule"]].tolist() == ["GBP 160m", "GBP 150m; EUR 150m", "ruling"]


def test_the_worked_example_is_cited(real: Ledger):
    """The headline has three sources of different origin, the ruled one first."""
    evidence = Evidence(Book(real, "EUR"), ("udcg-2025-04-headline",))
    assert evidence.cites(["udcg-2025-04-headline"]) == (1, 2, 3)
    assert evidence.cited["origin"].is_unique
    assert evidence.cited["chosen"].tolist()[0]
    assert evidence.sources["date"].max() <= pd.Timestamp(evidence.book.ledger.cut_off)
