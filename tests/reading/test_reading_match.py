"""What the ledger knows of a claim: known, new, or the same thing otherwise and why."""

import pytest

from udcg.book import Book
from udcg.money import EURO
from udcg.reading.match import matched
from udcg.reading.record import Record

PACKAGE = {"fact": "gb-package", "announced_on": "2025-04-11", "donor": "GB", "currency": "GBP", "title": "Package"}
TANKS = {"fact": "gb-tanks", "announced_on": "2025-04-11", "donor": "GB", "level": "item", "currency": "", "capability": "armour"}
RATES = [
    {"currency": "GBP", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 0.87},
    {"currency": "USD", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 1.13},
]


@pytest.fixture
def known(make_ledger):
    """A package of GBP 450m and 14 tanks in it."""
    evidence = make_ledger(
        facts=[PACKAGE, {**TANKS, "title": "Challenger tanks", "item": "Challenger tanks", "part_of": "gb-package"}],
        claims=[
            {"claim": "c1", "fact": "gb-package", "qualifier": "exact", "amount": 450e6, "currency": "GBP"},
            {"claim": "c2", "fact": "gb-tanks", "quantity_text": "14", "unit": "tanks"},
        ],
        rates=RATES,
    )
    return Book(evidence, EURO)


def _sum(amount, currency="GBP", stage="pledge", donors=("GB",), qualifier="exact", **more):
    return Record(0, 1, stage, donors, amount, amount, amount, qualifier, currency, **more)


def _tanks(words, low, high, stage="pledge"):
    ends = {"quantity_low": low, "quantity_high": high, "quantity_text": words}
    return Record(0, 1, stage, ("GB",), **ends, item="Challenger tanks", capability="armour", unit="tanks")


def _match(record, known, date="2025-04-11"):
    match = matched([record], date, known)[0].match
    return match.status, match.fact


def test_the_same_sum_is_known(known):
    """By what a claim says, in the same currency and near the day."""
    assert _match(_sum(450e6), known) == ("known", "gb-package")


def test_a_converted_sum_is_known(known):
    """At the rate of the fact's own day, within rounding; the difference says how."""
    record = _sum(580e6, "USD")
    assert _match(record, known) == ("known", "gb-package")
    assert "converted: USD 580m is EUR 513" in matched([record], "2025-04-11", known)[0].match.difference


def test_another_sum_on_the_day_differs(known):
    """With both sums and by how much."""
    match = matched([_sum(400e6)], "2025-04-11", known)[0].match
    assert (match.status, match.fact) == ("differs", "gb-package")
    assert match.difference.startswith("amount: GBP 400m here, GBP 450m in the ledger; -11 %")


def test_another_stage_differs(known):
    """Promised in the ledger, delivered in the text."""
    match = matched([_tanks("14", 14, 14, "delivery")], "2025-04-12", known)[0].match
    assert (match.status, match.difference) == ("differs", "stage: delivery here, pledge in the ledger")


@pytest.mark.parametrize(
    ("words", "low", "high", "status"), [("14", 14, 14, "known"), ("28", 28, 28, "differs"), ("over 10", 10, None, "differs")]
)
def test_quantities(known, words, low, high, status):
    """The same number is known, another one of the same thing differs."""
    assert _match(_tanks(words, low, high), known) == (status, "gb-tanks")


@pytest.mark.parametrize("record", [_sum(450e6, donors=("NO",)), _sum(450e6, donors=()), _sum(45e6), _sum(450e6, "XYZ")])
def test_what_is_new(known, record):
    """Another donor, none, another size, a currency without a rate."""
    assert _match(record, known) == ("new", None)


def test_years_later_it_is_another_package(known):
    """A package of the same size long after is new."""
    assert _match(_sum(450e6), known, "2026-04-11") == ("new", None)


def test_without_a_day_the_same_sum_is_found(known):
    """Whenever it was said."""
    assert _match(_sum(450e6), known, "") == ("known", "gb-package")


def test_both_sides_of_a_conversion_are_known(known):
    """What the ledger knows of one sum it knows of its conversion."""
    records = matched([_sum(450e6), _sum(700e6, "CAD", same_as=0)], "2025-04-11", known)
    assert [record.match.status for record in records] == ["known", "known"]
