"""The register of what sources disagree on, and the disagreement index."""

from collections.abc import Callable
from typing import Any

from udcg.book import Book
from udcg.conflicts import disagreement, register
from udcg.ledger import Ledger

Make = Callable[..., Ledger]


def _said(fact: str, source: str, amount: float | str = "", **cells: Any) -> dict[str, Any]:
    stated = {"qualifier": "exact", "amount": amount, "currency": "EUR"} if amount != "" else {}
    return {"fact": fact, "source": source, **stated, **cells}


def _book(make_ledger: Make, claims: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Book:
    facts = [{"fact": fact} for fact in dict.fromkeys(row["fact"] for row in claims)]
    return Book(make_ledger(**{"facts": facts, "claims": claims, **tables}), "EUR")


def _register(book: Book, *facts: str) -> list[tuple[str, ...]]:
    result = register(book, facts)
    return list(result[["fact", "field", "chosen", "others"]].itertuples(index=False, name=None))


def _index(book: Book, *facts: str) -> dict[str, Any]:
    return disagreement(book, register(book, facts), facts)


def test_amounts_that_differ_beyond_rounding_are_in_the_register(make_ledger: Make):
    """A sum that is a tenth off is a conflict, printed with what was chosen; one that is a hundredth off is rounding."""
    claims = [_said("gift", "ministry", 100e6), _said("gift", "daily", 110e6), _said("gift", "blog", 101e6)]
    result = register(_book(make_ledger, claims), ["gift"])
    assert result.to_dict("records") == [
        {
            "fact": "gift",
            "title": "gift",
            "field": "amount",
            "chosen": "EUR 100m (100m to 110m)",
            "claim": "gift-ministry",
            "values": [{"value": "EUR 110m", "claims": ["gift-daily"], "origins": 1}],
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
    assert len(register(book, ["gift", "loan"])) == 0
    assert list(register(book, []).columns)[:3] == ["fact", "title", "field"]


def test_nothing_and_something_are_in_the_register(make_ledger: Make):
    """Where the ministry says that nothing was given, any sum is another value."""
    claims = [_said("gift", "ministry", 0), _said("gift", "daily", 5), _said("gift", "blog", 0)]
    assert register(_book(make_ledger, claims), ["gift"])["others"].tolist() == ["EUR 5"]


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
    (row,) = register(book, ["gift"])[["chosen", "others", "rule", "reason", "status"]].to_dict("records")
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
    result = register(Book(real, "EUR"), ["gb-2025-04-repairs"]).set_index("field")
    assert result.loc["amount", ["chosen", "others", "rule"]].tolist() == ["GBP 160m", "GBP 150m; EUR 150m", "ruling"]


def test_the_index_counts_facts_with_two_origins_of_which_sources_dispute_some(make_ledger: Make):
    """Of three facts two have two witnesses and one of those is disputed; a fact with one witness is not compared."""
    claims = [
        *(_said("gift", source, amount) for source, amount in (("ministry", 100), ("daily", 200))),
        *(_said("loan", source, 100) for source in ("ministry", "daily")),
        _said("lone", "blog", 5, disputes="donor", says="Denmark"),
    ]
    assert _index(_book(make_ledger, claims), "gift", "loan", "lone") == {
        "compared": 2,
        "disputed": 1,
        "index": 0.5,
        "rulings": 0,
        "open": 0,
    }


def test_a_reprint_is_not_a_second_witness_of_the_index(make_ledger: Make):
    """Two pages of one origin cannot disagree with each other; without two witnesses there is no index."""
    sources = [{"source": "ministry", "tier": "official"}, {"source": "copy", "origin": "ministry"}]
    claims = [_said("gift", source, amount) for source, amount in (("ministry", 100), ("copy", 200))]
    assert _index(_book(make_ledger, claims, sources=sources), "gift")["index"] is None
