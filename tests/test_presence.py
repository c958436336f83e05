"""Presence: who promises in which window, who is new and who has lapsed."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.book import Book
from udcg.presence import by_window, presence, promises

Make = Callable[..., Book]
JANUARY, APRIL, MAY, JULY = "2025-01-16", "2025-04-11", "2025-05-01", "2025-07-01"  # windows 26, 27, 28, and after the last meeting


def _counts(make_book: Make, *facts: dict[str, Any], **tables: list[dict[str, Any]]) -> dict[str, dict[int, int]]:
    counts = by_window(make_book(list(facts), **tables))
    return {str(donor): row[row > 0].to_dict() for donor, row in counts.iterrows()}


def test_money_and_things_count_in_the_window_of_their_first_saying(make_book: Make):
    """A sum of January said again in April, tanks in May: one promise each."""
    rows = [
        {"fact": "sum", "amount": 5, "announced_on": JANUARY},
        {"fact": "again", "amount": 5, "announced_on": APRIL, "restates": "sum"},
        {"fact": "tanks", "donor": "NO", "announced_on": MAY},
    ]
    assert _counts(make_book, *rows) == {"GB": {26: 1}, "NO": {28: 1}}


def test_partners_and_known_shares_count_and_groups_do_not(make_book: Make):
    """A joint package is a promise of each who is named; the group and a fund promise nothing."""
    rows = [{"fact": "joint", "donor": "MULTI", "partners": "GB;NO", "amount": 9}, {"fact": "lot", "donor": "IFU", "amount": 9}]
    shares = [{"fact": "joint", "donor": "DK", "amount": 4, "claim": "joint-daily"}]
    assert _counts(make_book, *rows, shares=shares) == {"DK": {27: 1}, "GB": {27: 1}, "NO": {27: 1}}


@pytest.mark.parametrize("other", [{"scope": "civilian"}, {"level": "group_total"}, {"stage": "delivery"}, {"announced_on": "2025"}])
def test_only_promises_of_a_known_window_count(make_book: Make, other: dict[str, Any]):
    """Civilian aid, totals for a group, deliveries, and what nobody dates are left out."""
    assert _counts(make_book, {"fact": "gift", "donor": "NO"}, {"fact": "other", **other}) == {"NO": {27: 1}}


def test_new_and_lapsed():
    """Of four windows, the last two decide: who is in them alone is new, who is in neither has lapsed."""
    counts = pd.DataFrame({26: [1, 0, 2], 27: [0, 0, 1], 28: [1, 0, 0], 29: [0, 3, 0]}, index=["GB", "ME", "GR"])
    table = presence(counts, lapse=2)
    assert table.loc["GB", ["first", "last", "windows", "promises", "standing"]].tolist() == [26, 28, 2, 2, ""]
    assert table["standing"].to_dict() == {"GR": "lapsed", "GB": "", "ME": "new"}
    assert list(table.index) == ["GR", "GB", "ME"]


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5).filter(any), min_size=1, max_size=6), st.integers(1, 5), st.data())
def test_order_of_donors_never_matters(rows: list[list[int]], lapse: int, data: st.DataObject):
    """Donors in any order stand alike, and nobody is both new and lapsed."""
    counts = pd.DataFrame(rows, index=[f"D{place}" for place in range(len(rows))], columns=range(1, 6))
    shuffled = counts.loc[data.draw(st.permutations(list(counts.index)))]
    pd.testing.assert_frame_equal(presence(counts, lapse).sort_index(), presence(shuffled, lapse).sort_index())
    table = presence(counts, lapse)
    assert (table["first"] <= table["last"]).all()
    assert (table["last"][table["standing"] == "lapsed"] <= 5 - lapse).all()
    assert (table["first"][table["standing"] == "new"] > 5 - lapse).all()
    assert lapse < 5 or not table["standing"].any()


def test_every_promise_with_a_window_is_somebodys(book: Book):
    """On the project's own evidence: each counted fact is listed for each of its donors once, and no other one is."""
    listed = promises(book)
    assert not listed.duplicated().any()
    facts = book.facts.loc[listed["fact"].unique()]
    assert (facts["saying"] == facts["fact"]).all()
    assert by_window(book).to_numpy().sum() == len(listed)
