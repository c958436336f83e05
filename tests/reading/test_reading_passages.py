"""The reading meets its targets on the passages; those that its rules have never seen are measured beside."""

import re

import pytest

import passages
from evaluate import LEAST, OPENED, ours
from score import false_in_negatives, tally
from udcg.reading.api import read_text

SWAPS = [
    ("Denmark", "Norway"),
    ("Germany", "Finland"),
    ("Berlin", "Helsinki"),
    ("Sweden", "Lithuania"),
    ("France", "Italy"),
    ("Paris", "Rome"),
]


@pytest.fixture(scope="module")
def opened():
    """All passages on which rules were looked at, and what is read in them."""
    listed = [passage for name in OPENED for passage in passages.read(name)]
    return listed, {passage.name: ours(passage) for passage in listed}


def test_there_are_enough_passages():
    """More than sixty, a third of them without a claim, names that are unique."""
    listed = [passage for name in (*OPENED, "heldout") for passage in passages.read(name)]
    assert len(listed) > 60
    assert sum(passage.negative for passage in listed) >= len(listed) / 3
    assert len({passage.name for passage in listed}) == len(listed)


@pytest.mark.parametrize(("money", "least"), [(True, LEAST["money"]), (False, LEAST["quantity"])])
def test_targets(opened, money, least):
    """F1 of places, and of records with value, currency and donors."""
    total = tally(*opened, money)
    assert total.f1 >= least
    assert total.record >= LEAST["record"]


def test_hardly_anything_is_claimed_where_nothing_is(opened):
    """No more than one false claim in ten passages without one."""
    false, negatives = false_in_negatives(*opened)
    assert false <= LEAST["negatives"] * negatives


def test_what_is_no_aid_is_none_beside_a_word_on_ukraine():
    """Passages without a claim stay without one when the meeting for Ukraine is named before them."""
    negatives = [passage for name in OPENED for passage in passages.read(name) if passage.negative]
    claimed = [
        passage.name for passage in negatives if read_text("The contact group for Ukraine met today.\n\n" + passage.text, passage.date)
    ]
    assert len(claimed) <= len(negatives) / 10


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_rules_know_no_country(one, other):
    """A donor replaced by another one gives the same claims of the other one: nothing hangs on a name."""
    for passage in (passage for name in OPENED for passage in passages.read(name)):
        if one not in passage.text or other in passage.text or re.search(rf"{one}[ -]?(?:Forces|Krone)", passage.text):
            continue
        before, after = read_text(passage.text, passage.date), read_text(passage.text.replace(one, other), passage.date)
        assert [(record.stage, record.quantity_text) for record in before] == [(record.stage, record.quantity_text) for record in after], (
            passage.name
        )


def test_rules_know_no_number():
    """A digit replaced by another one gives the same claims with the other number."""
    for passage in (passage for name in OPENED for passage in passages.read(name)):
        changed = re.sub(r"(?<![\w.,-])([2-8])(?= (?:billion|million)\b)", lambda found: str(int(found[1]) + 1), passage.text)
        before, after = read_text(passage.text, passage.date), read_text(changed, passage.date)
        assert [record.donors for record in before] == [record.donors for record in after], passage.name


def test_places_in_the_text_as_given():
    """A mention's words stand at its place in the text."""
    for passage in passages.read("first"):
        for record in read_text(passage.text, passage.date):
            assert passage.text[record.start : record.end] == record.mention
