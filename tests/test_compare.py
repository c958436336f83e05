"""Our sums beside a tracker's: the months that both cover, the difference, and the reasons for it."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tracked_files import GIFT, activities, explorer, kiel
from udcg import compare, tracker
from udcg.book import Book
from udcg.money import ENDS
from udcg.tracker import Tracker

Make = Callable[..., Book]
Tracked = Callable[[Book, str], Tracker]


GOOD = "Norway,2025-04-11,Military,Allocation,1,2,3"


def test_the_span_is_what_both_cover(make_book: Make, tracked: Tracked):
    """From the later beginning to the earlier end."""
    book = make_book([GIFT | {"announced_on": "2025-02-20"}, {"fact": "late", "amount": 1, "announced_on": "2025-03-01"}])
    early = tracked(book, explorer("Norway,NOR,2022,1,1,1", "Norway,NOR,2025,3,1,1"))
    late = tracked(book, explorer("Norway,NOR,2025,3,1,1", "Norway,NOR,2026,3,1,1"))
    assert compare.span(book, early) == (pd.Timestamp("2025-02-01"), pd.Timestamp("2025-03-01"))
    assert compare.span(book, late) == (pd.Timestamp("2025-03-01"), book.ledger.cut_off)


def test_their_sums_are_of_the_months_that_both_cover(make_book: Make, tracked: Tracked):
    """What the tracker lists before our first month or after our last day is not set against us."""
    book = make_book([GIFT | {"donor": "NO"}])
    listed = tracked(book, explorer("Norway,NOR,2024,1,1,5", "Norway,NOR,2025,4,1,0.1", "Norway,NOR,2025,5,1,7"))
    assert compare.compare(book, listed).loc["NO", ("allocations", "theirs")] == 0.1e9


def test_our_sums_are_of_the_months_that_both_cover(make_book: Make, tracked: Tracked):
    """What we list after the tracker's last month is not set against it."""
    book = make_book([GIFT | {"announced_on": "2025-02-12"}, {"fact": "late", "amount": 50e6, "announced_on": "2025-04-11"}])
    listed = tracked(book, explorer("United Kingdom,GBR,2025,2,1,0.1"))
    row = compare.compare(book, listed).loc["GB"]
    assert row["allocations"].tolist() == [100e6, 100e6, 100e6, 100e6, 0]


def test_our_sums_stand_beside_theirs(make_book: Make, tracked: Tracked):
    """Low, best, high, theirs and the difference, for commitments and allocations, donors with the largest tracker sum first."""
    rows = [
        {"fact": "frame", "level": "frame", "amount": 1000, "donor": "NO"},
        {"fact": "package", "amount": 400, "qualifier": "about", "donor": "NO", "drawn_from": "frame"},
        {"fact": "own", "amount": 7, "donor": "GB"},
    ]
    book = make_book(rows)
    listed = tracked(book, activities("Denmark,2025-04-11,Military,Allocation,1,1,2", "Norway,2025-04-01,Military,Allocation,1,300,1200"))
    table = compare.compare(book, listed)
    assert table.loc["NO", "commitments"].tolist() == [1000, 1000, 1000, 1200, -200]
    assert table.loc["NO", "allocations"].tolist() == [380, 400, 420, 300, 100]
    assert table.loc["DK", "commitments"].tolist() == [0, 0, 0, 2, -2]
    assert table.loc["GB", "allocations"].tolist()[:3] == [7, 7, 7]
    assert table.loc["GB"].isna()[[("allocations", "theirs"), ("allocations", "difference")]].all()
    assert list(table.index) == ["NO", "DK", "GB"]


def test_groups_and_funds_are_not_donors_to_compare(make_book: Make, tracked: Tracked):
    """Money of a group or fund is nobody's that the tracker lists."""
    book = make_book([GIFT, {"fact": "pool", "amount": 5, "donor": "IFU"}, {"fact": "joint", "amount": 5, "donor": "MULTI"}])
    assert list(compare.compare(book, tracked(book, activities(GOOD))).index) == ["NO", "GB"]


@pytest.mark.parametrize("theirs", [0.1, 0.095, 0.108])
def test_sums_that_agree_need_no_reason(make_book: Make, tracked: Tracked, theirs: float):
    """Within a tenth of theirs there is nothing to explain."""
    book = make_book([GIFT, {"fact": "tanks"}])
    assert compare.compare(book, tracked(book, explorer(f"United Kingdom,GBR,2025,4,1,{theirs}"))).loc["GB", ("reasons", "")] == []


def _reasons(book: Book, listed: Tracker, donor: str = "GB") -> list[str]:
    return list(compare.compare(book, listed).loc[donor, ("reasons", "")])


FAR = activities("United Kingdom,2025-04-01,Military,Allocation,1,9e9,9e9")
EXPLAINED = [
    ([{"fact": "tanks"}], "valuation in kind: 1 promise without a sum, which they value"),
    ([{"fact": "aid", "scope": "mixed", "amount": 5e6}], "scope: EUR 5m of mixed scope is kept apart here"),
    (
        [{"fact": "years", "level": "frame", "period": "2025/2029", "amount": 5e6}],
        "stage: 1 frame of several years count here in full when announced",
    ),
    ([{"fact": "joint", "partners": "NO", "amount": 5e6}], "shares: 1 joint package without a known share"),
    (
        [{"fact": "year", "amount": 5e6, "overlaps": "gift"}],
        "overlap: up to EUR 5m here may repeat older promises; the best value keeps it, the low end not",
    ),
]


@pytest.mark.parametrize(("rows", "reason"), EXPLAINED)
def test_each_reason_has_its_own_measure(make_book: Make, tracked: Tracked, rows: list[dict[str, Any]], reason: str):
    """Things without a price, mixed scope, frames of several years and joint packages are each counted."""
    book = make_book([GIFT, *rows])
    assert _reasons(book, tracked(book, FAR)) == [reason]
    assert _reasons(make_book([GIFT]), tracked(book, FAR)) == []


def test_months_without_a_meeting_are_a_reason(make_book: Make, tracked: Tracked):
    """They list sums in two months, we in one."""
    book = make_book(
        [GIFT, {"fact": "late", "amount": 1, "announced_on": "2025-04-30"}], sources=[{"source": "daily", "date": "2025-05-31"}]
    )
    listed = tracked(book, explorer(*(f"United Kingdom,GBR,2025,{month},1,9" for month in (4, 5)), "United Kingdom,GBR,2025,3,1,0"))
    assert _reasons(book, listed) == [
        "meetings only: they list sums in 2 months, we have sums in 1",
        "the monthly explorer has no military commitments apart, so only allocations compare",
    ]


def test_months_that_only_they_cover_are_no_reason(make_book: Make, tracked: Tracked):
    """Sums outside the months compared are in neither sum, so they explain nothing."""
    book = make_book([GIFT])
    listed = tracked(book, explorer(*(f"United Kingdom,GBR,2024,{month},1,9" for month in (1, 2, 3)), "United Kingdom,GBR,2025,4,1,9"))
    assert not [reason for reason in _reasons(book, listed) if reason.startswith("meetings only")]


def test_civilian_promises_explain_no_military_difference(make_book: Make, tracked: Tracked):
    """Generators without a price are in no military sum of anybody."""
    book = make_book([GIFT, {"fact": "generators", "scope": "civilian"}])
    assert _reasons(book, tracked(book, FAR)) == []


def test_promises_said_again_are_one_reason(make_book: Make, tracked: Tracked):
    """Tanks promised and promised again are one promise without a sum."""
    book = make_book([GIFT, {"fact": "tanks"}, {"fact": "again", "restates": "tanks"}])
    assert _reasons(book, tracked(book, FAR)) == ["valuation in kind: 1 promise without a sum, which they value"]


def test_a_row_as_json_is_whole_euros_or_null(make_book: Make, tracked: Tracked):
    """An open end and a sum that the tracker does not give are null."""
    book = make_book([{"fact": "gift", "amount": 100.4, "qualifier": "over", "donor": "NO"}])
    table = compare.compare(book, tracked(book, explorer("Norway,NOR,2025,4,1,0.0000001")))
    row = compare.row_json("NO", table.loc["NO"])
    assert row["commitments"] == {"low": 100, "best": 100, "high": None, "theirs": None, "difference": None}
    assert row["allocations"] == {"low": 100, "best": 100, "high": None, "theirs": 100, "difference": 0}
    assert (row["donor"], type(row["reasons"])) == ("NO", list)


def test_a_file_of_unknown_donors_leaves_ours_alone(make_book: Make, tracked: Tracked):
    """Where the tracker lists none of our donors, ours stand without theirs."""
    book = make_book([GIFT])
    table = compare.compare(book, tracked(book, explorer("Atlantis,ATL,2025,4,1,0.5")))
    assert table.loc["GB", "allocations"].tolist()[:3] == [100e6] * 3
    assert table["allocations"]["theirs"].isna().all()


@pytest.mark.parametrize("name", ["bilateral_activities.csv", "data_explorer.csv"])
def test_the_real_comparison_has_ends_in_order(book: Book, name: str):
    """Low, best and high travel together for every donor, and every row can be written as JSON."""
    table = compare.compare(book, tracker.read(kiel(name), book.ledger))
    for kind in compare.KINDS:
        ends = table[kind][ENDS].astype("float64")
        assert (ends["low"] <= ends["best"]).all()
        assert not (ends["best"] > ends["high"]).any()
    assert [compare.row_json(str(donor), row)["donor"] for donor, row in table.iterrows()] == list(table.index)
