"""The sources' own arithmetic: conversions against the reference rate, parts against their whole, members against a group total."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from udcg import arithmetic
from udcg.book import Book
from udcg.ledger import Ledger

MakeLedger = Callable[..., Ledger]
MakeBook = Callable[..., Book]

OWN = {"fact": "gift", "source": "ministry", "qualifier": "exact", "amount": 100e6, "currency": "EUR"}  # USD 125m, GBP 80m
WHOLE = {"fact": "whole", "amount": 100}
GROUP = WHOLE | {"level": "group_total", "donor": "UDCG"}
RULING = {"fact": "whole", "field": "parts", "ruling": "whole.parts"}


def _dollars(qualifier: str, amount: float, source: str = "daily", **cells: Any) -> dict[str, Any]:
    return {"fact": "gift", "source": source, "qualifier": qualifier, "amount": amount, "currency": "USD", **cells}


def _book(make_ledger: MakeLedger, *claims: dict[str, Any], **tables: Any) -> Book:
    return Book(make_ledger(claims=claims, **tables), "EUR")


def _parts(tie: str = "part_of", *amounts: float, **cells: Any) -> list[dict[str, Any]]:
    return [{"fact": f"part-{place}", "amount": amount, tie: "whole", **cells} for place, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("qualifier", "amount", "verdict"),
    [
        ("exact", 125e6, "holds"),
        ("exact", 127e6, "holds"),
        ("exact", 122.6e6, "holds"),
        ("exact", 130e6, "rounded"),
        ("about", 133e6, "rounded"),
        ("nearly", 117e6, "rounded"),
        ("over", 117e6, "rounded"),
        ("at_least", 117e6, "rounded"),
        ("up_to", 133e6, "rounded"),
        ("exact", 117e6, "off"),
        ("exact", 133e6, "off"),
        ("over", 133e6, "off"),
        ("up_to", 117e6, "off"),
        ("about", 136e6, "off"),
        ("exact", 80e6, "off"),
        ("exact", 125e9, "off"),
    ],
)
def test_a_conversion_holds_is_rounded_or_is_off(make_ledger: MakeLedger, qualifier: str, amount: float, verdict: str):
    """Within 2 % it holds, within its rounding or its qualifier it is rounded, else it is off."""
    rows = arithmetic.conversions(_book(make_ledger, OWN, _dollars(qualifier, amount)))
    assert rows[["claim", "kind", "currency", "stated", "verdict"]].to_numpy().tolist() == [
        ["gift-daily", "conversion", "USD", amount, verdict]
    ]
    assert rows.at[0, "expected"] == pytest.approx(125e6)
    assert rows.at[0, "off"] == pytest.approx(amount / 125e6 - 1)


def test_only_what_is_off_or_ruled_is_a_finding(make_ledger: MakeLedger):
    """Of three pages that convert, the one that is wrong is listed."""
    book = _book(make_ledger, OWN, _dollars("exact", 125e6), _dollars("about", 130e6, "weekly"), _dollars("exact", 186e6, "blog"))
    assert arithmetic.conversions(book)["verdict"].tolist() == ["holds", "rounded", "off"]
    assert arithmetic.findings(book)[["fact", "title", "claim", "verdict"]].to_numpy().tolist() == [["gift", "gift", "gift-blog", "off"]]


@pytest.mark.parametrize("field", ["amount", "currency"])
def test_a_conversion_that_a_person_set_aside_is_ruled(make_ledger: MakeLedger, field: str):
    """A misprint with a ruling stays in the list and says so."""
    ruling = {"fact": "gift", "field": field, "claim": "gift-ministry", "overrules": "gift-daily"}
    book = _book(make_ledger, OWN, _dollars("exact", 186e6), rulings=[ruling])
    assert arithmetic.findings(book)["verdict"].tolist() == ["ruled"]


def test_a_conversion_that_holds_needs_no_ruling(make_ledger: MakeLedger):
    """A claim set aside for another reason is no finding where its conversion is right."""
    ruling = {"fact": "gift", "claim": "gift-ministry", "overrules": "gift-daily"}
    assert arithmetic.findings(_book(make_ledger, OWN, _dollars("exact", 125e6), rulings=[ruling])).empty


def test_the_own_amount_of_the_same_page_is_converted(make_ledger: MakeLedger):
    """A page that says EUR 200m and USD 250m converts rightly, whatever the ministry says; a page with dollars alone is held against it."""
    beside = OWN | {"source": "daily", "claim": "daily-own", "amount": 200e6}
    rows = arithmetic.conversions(_book(make_ledger, OWN, beside, _dollars("exact", 250e6), _dollars("exact", 250e6, "weekly"))).set_index(
        "claim"
    )
    assert rows["verdict"].to_dict() == {"gift-daily": "holds", "gift-weekly": "off"}
    assert rows["expected"].to_dict() == pytest.approx({"gift-daily": 250e6, "gift-weekly": 125e6})


def test_a_sum_in_pounds_is_converted_to_euros_and_dollars(make_ledger: MakeLedger):
    """GBP 80m of the British donor are EUR 100m and USD 125m."""
    pounds = OWN | {"amount": 80e6, "currency": "GBP"}
    euros = _dollars("exact", 100e6, "weekly") | {"currency": "EUR"}
    rows = arithmetic.conversions(_book(make_ledger, pounds, _dollars("exact", 125e6), euros, facts=[{"fact": "gift", "currency": "GBP"}]))
    assert rows["verdict"].tolist() == ["holds", "holds"]
    assert rows["expected"].tolist() == pytest.approx([125e6, 100e6])


def test_findings_are_the_same_in_any_display_currency(make_ledger: MakeLedger):
    """A conversion is held against the donor's own sum, so the currency of the book does not matter."""
    ledger = make_ledger(claims=[OWN, _dollars("exact", 186e6)])
    euros, pounds = (arithmetic.findings(Book(ledger, currency)) for currency in ("EUR", "GBP"))
    assert euros["expected"].tolist() == pytest.approx(pounds["expected"].tolist())
    assert euros[["claim", "currency", "verdict"]].equals(pounds[["claim", "currency", "verdict"]])


def test_an_unknown_currency_is_skipped(make_ledger: MakeLedger):
    """A sum in hryvnia has no reference rate and cannot be checked."""
    hryvnia = _dollars("exact", 5e9) | {"currency": "UAH"}
    assert arithmetic.conversions(_book(make_ledger, OWN, hryvnia)).empty


def test_a_currency_without_a_rate_on_the_day_is_skipped(make_ledger: MakeLedger):
    """A currency whose rates ended, such as the rouble's or the kuna's, is no finding: nothing can be computed."""
    rates = [
        {"currency": "USD", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 1.25},
        {"currency": "RUB", "date": "2022-02-25", "rate_date": "2022-02-25", "rate": 94},
    ]
    roubles = _dollars("exact", 9e9) | {"currency": "RUB"}
    book = _book(make_ledger, OWN, roubles, rates=rates)
    assert arithmetic.conversions(book).empty
    assert arithmetic.findings(book).empty


def test_a_day_that_is_not_known_is_skipped(make_ledger: MakeLedger):
    """Without a day there is no rate of the day."""
    book = _book(make_ledger, OWN, _dollars("exact", 999e6), facts=[{"fact": "gift", "announced_on": "2024"}])
    assert arithmetic.conversions(book).empty


def test_a_fact_without_a_sum_of_its_own_is_skipped(make_ledger: MakeLedger):
    """Dollars alone, of a donor that gives in euros, are held against nothing."""
    assert arithmetic.conversions(_book(make_ledger, _dollars("exact", 999e6))).empty


def test_ranges_that_agree_are_no_finding(make_ledger: MakeLedger):
    """EUR 100m to 200m are USD 125m to 250m, whichever pages say so."""
    euros = OWN | {"qualifier": "between", "amount_high": 200e6}
    dollars = _dollars("between", 125e6, amount_high=250e6)
    assert arithmetic.findings(_book(make_ledger, euros, dollars)).empty


def test_an_open_end_that_agrees_is_no_finding(make_ledger: MakeLedger):
    """Over EUR 100m and, on another page, over USD 125m hold."""
    rows = arithmetic.conversions(_book(make_ledger, OWN | {"qualifier": "over"}, _dollars("over", 125e6)))
    assert rows["verdict"].tolist() == ["holds"]


def test_a_sum_of_nothing_is_checked_without_an_error(make_ledger: MakeLedger):
    """The schema allows an amount of 0, and a check of it does not divide by it."""
    assert arithmetic.conversions(_book(make_ledger, OWN, _dollars("exact", 0)))["verdict"].tolist() == ["off"]


@pytest.mark.parametrize(("rulings", "verdict"), [([], "off"), ([RULING], "ruled")])
def test_parts_above_their_whole_are_a_finding(make_book: MakeBook, rulings: list[dict[str, Any]], verdict: str):
    """A package of 100 with parts of 60 and 60 does not add up, and a ruling on its parts says that a person knows."""
    (row,) = arithmetic.findings(make_book([WHOLE, *_parts("part_of", 60, 60)], rulings=rulings)).to_dict("records")
    assert row.pop("off") == pytest.approx(100 / 120 - 1)
    assert row == {
        "fact": "whole",
        "title": "whole",
        "claim": "whole-daily",
        "kind": "parts",
        "currency": "EUR",
        "stated": 100,
        "expected": 120,
        "verdict": verdict,
    }


@pytest.mark.parametrize("amounts", [(60, 40), (60, 42), (99,), (1, 2)])
def test_parts_that_fill_their_whole_but_for_rounding_are_no_finding(make_book: MakeBook, amounts: tuple[float, ...]):
    """Parts may exceed their whole by 2 %, and need not fill it."""
    assert arithmetic.findings(make_book([WHOLE, *_parts("part_of", *amounts)])).empty


@pytest.mark.parametrize(("rulings", "verdict"), [([], "off"), ([RULING], "ruled")])
def test_members_above_a_group_total_are_a_finding(make_book: MakeBook, rulings: list[dict[str, Any]], verdict: str):
    """What sources place in a total of 100 cannot be 120."""
    rows = arithmetic.findings(make_book([GROUP, *_parts("counted_in", 60, 60)], rulings=rulings))
    columns = ["fact", "claim", "kind", "stated", "expected", "verdict"]
    assert rows[columns].to_numpy().tolist() == [["whole", "whole-daily", "members", 100, 120, verdict]]


@pytest.mark.parametrize("tie", ["part_of", "counted_in"])
@pytest.mark.parametrize("qualifier", ["over", "at_least"])
def test_a_whole_with_an_open_end_is_no_finding(make_book: MakeBook, tie: str, qualifier: str):
    """Over 100 may be 120."""
    whole = (GROUP if tie == "counted_in" else WHOLE) | {"qualifier": qualifier}
    assert arithmetic.findings(make_book([whole, *_parts(tie, 60, 60)])).empty


def test_parts_with_an_open_end_count_with_their_low(make_book: MakeBook):
    """Up to 60 twice may be 100; over 60 twice cannot."""
    assert arithmetic.findings(make_book([WHOLE, *_parts("part_of", 60, 60, qualifier="up_to")])).empty
    assert arithmetic.findings(make_book([WHOLE, *_parts("part_of", 60, 60, qualifier="over")]))["kind"].tolist() == ["parts"]


def test_parts_inside_one_another_count_once(make_book: MakeBook):
    """An item inside a part is not added to it, nor is a part that is said again."""
    first, second = _parts("part_of", 60, 40)
    item = {"fact": "item", "level": "item", "amount": 30, "part_of": "part-0"}
    again = first | {"fact": "again", "restates": "part-0"}
    assert arithmetic.findings(make_book([WHOLE, first, second, item, again])).empty


def test_a_member_inside_a_member_counts_once(make_book: MakeBook):
    """An item that sources place in a total along with its package is the package's."""
    package, item = _parts("counted_in", 90, 60)
    assert arithmetic.findings(make_book([GROUP, package, item | {"level": "item", "part_of": "part-0"}])).empty


@pytest.mark.parametrize("stage", ["request", "delivery", "disbursement", "statement"])
def test_only_promises_are_parts(make_book: MakeBook, stage: str):
    """A delivery of 60 under a promise of 60 is the same money."""
    first, second = _parts("part_of", 60, 60)
    assert arithmetic.findings(make_book([WHOLE, first, second | {"stage": stage}])).empty


def test_parts_of_a_whole_said_twice_are_added(make_book: MakeBook):
    """A tie to a restatement is a tie to the first saying, so parts of either are parts of one whole."""
    again = WHOLE | {"fact": "again", "restates": "whole"}
    first, second = _parts("part_of", 60, 60)
    rows = arithmetic.findings(make_book([WHOLE, again, first, second | {"part_of": "again"}]))
    assert rows[["kind", "stated", "expected"]].to_numpy().tolist() == [["parts", 100, 120]]


def test_nothing_at_fault_is_an_empty_frame_with_all_columns(make_book: MakeBook):
    """A ledger whose sources add up has no findings."""
    rows = arithmetic.findings(make_book([{"fact": "gift", "amount": 1}]))
    assert (list(rows.columns), len(rows)) == (arithmetic.COLUMNS, 0)


def test_order_of_rows_never_matters(make_ledger: MakeLedger):
    """Facts and claims in reverse give the same findings."""
    facts = [{"fact": "whole"}, {"fact": "a", "part_of": "whole"}, {"fact": "b", "part_of": "whole"}]
    claims = [{"fact": fact, "qualifier": "exact", "amount": 60, "currency": "EUR"} for fact in ("whole", "a", "b")]
    claims += [{"fact": fact, "source": "weekly", "qualifier": "exact", "amount": 186, "currency": "USD"} for fact in ("b", "a")]
    ledger = make_ledger(facts=facts, claims=claims)
    turned = replace(ledger, facts=ledger.facts.iloc[::-1], claims=ledger.claims.iloc[::-1])
    found, again = (arithmetic.findings(Book(rows, "EUR")) for rows in (ledger, turned))
    assert found["kind"].tolist() == ["conversion", "conversion", "parts"]
    pd.testing.assert_frame_equal(found, again)


def test_the_misprint_of_the_worked_example_is_found(real: Ledger):
    """GBP 4.5bn is not EUR 4.5bn, and a person ruled so; every finding of the real evidence has numbers."""
    rows = arithmetic.findings(Book(real, "EUR"))
    assert rows.set_index("claim").loc["m27-gb-010", ["fact", "verdict"]].tolist() == ["gb-2025-04-year-2025", "ruled"]
    assert rows[["stated", "expected", "off"]].notna().all(axis=None)
