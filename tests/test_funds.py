"""Pooled funds from both sides, the overlap removed and shown (rule 7 of counting)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg import count
from udcg.book import Book
from udcg.funds import Fund, funds
from udcg.ledger import Ledger
from udcg.money import ENDS

Make = Callable[..., Book]

MARCH, JUNE = "2025-03-21", "2025-06-04"
PAID = {"fact": "paid", "amount": 100, "through": "IFU"}
NORWAY = {"fact": "norway", "donor": "NO", "amount": 40, "through": "IFU"}
PACKAGE = {"fact": "package", "donor": "IFU", "amount": 450}
DONORS = [
    {"donor": "GB", "name": "United Kingdom", "currency": "GBP"},
    {"donor": "MULTI", "name": "Several donors", "kind": "group"},
    *({"donor": code, "name": code, "kind": "fund"} for code in ("IFU", "PURL", "EPF")),
]


def _best(fund: Fund) -> list[float]:
    """Best values of what is paid in, announced, both together and in both."""
    return [float(ends["best"]) for ends in (fund.paid_in.ends, fund.announced.ends, fund.once.ends, fund.overlap)]


def test_contributions_are_paid_in(make_book: Make):
    """Promises that name the fund are its contributions, each under its donor."""
    fund = funds(make_book([PAID, NORWAY, {"fact": "gift", "amount": 7}]))["IFU"]
    assert (fund.code, _best(fund), fund.paid_in.facts) == ("IFU", [140, 0, 140, 0], ["norway", "paid"])
    assert fund.paid_in.by_donor()["best"].to_dict() == {"GB": 100, "NO": 40}


@pytest.mark.parametrize("package", [PACKAGE, PACKAGE | {"donor": "MULTI", "through": "IFU"}])
def test_packages_of_the_fund_are_announced(make_book: Make, package: dict[str, Any]):
    """What is announced in the fund's own name, or by several donors through it, is what the fund spends."""
    fund = funds(make_book([PAID, package]))["IFU"]
    assert (_best(fund), fund.announced.facts) == ([100, 450, 550, 0], ["package"])


def test_a_contribution_inside_a_package_of_the_fund_counts_once(make_book: Make):
    """Norway's 40 that are part of the package are in both views and once in the sum."""
    fund = funds(make_book([PAID, NORWAY | {"part_of": "package"}, PACKAGE]))["IFU"]
    assert _best(fund) == [140, 450, 550, 40]
    assert fund.once.facts == ["package", "paid"]


def test_a_package_drawn_from_a_contribution_counts_once(make_book: Make):
    """What the fund buys with a contribution is that contribution."""
    fund = funds(make_book([PAID, PACKAGE | {"amount": 60, "drawn_from": "paid"}]))["IFU"]
    assert _best(fund) == [100, 60, 100, 60]


def test_a_contribution_inside_another_is_paid_in_once(make_book: Make):
    """A tranche of a contribution is no second one."""
    fund = funds(make_book([PAID, {"fact": "tranche", "level": "item", "amount": 30, "part_of": "paid", "through": "IFU"}]))["IFU"]
    assert (_best(fund), fund.paid_in.facts) == ([100, 0, 100, 0], ["paid"])


def test_a_share_of_a_package_that_a_contribution_pays_counts_once(make_book: Make):
    """A sum that is part of the fund's package and drawn from a donor's purse in the fund is in both, each euro once."""
    share = {"fact": "share", "amount": 35, "part_of": "package", "drawn_from": "paid", "through": "IFU"}
    book = make_book([PAID | {"level": "frame"}, PACKAGE | {"amount": 50}, share])
    assert count.committed(book).ends["best"] == 115
    assert _best(funds(book)["IFU"]) == [100, 50, 115, 35]


def test_a_contribution_said_again_counts_once(make_book: Make):
    """A restated contribution and a restated package are the same money."""
    again = [PAID | {"fact": "paid-again", "restates": "paid"}, PACKAGE | {"fact": "package-again", "restates": "package"}]
    assert _best(funds(make_book([PAID, PACKAGE, *again]))["IFU"]) == [100, 450, 550, 0]


def test_a_donors_frame_that_does_not_name_the_fund_hides_no_contribution(make_book: Make):
    """What a donor pays in from its own frame is paid in; the frame itself is not the fund's."""
    frame = {"fact": "frame", "level": "frame", "amount": 1000}
    assert _best(funds(make_book([frame, PAID | {"drawn_from": "frame"}]))["IFU"]) == [100, 0, 100, 0]


def test_mixed_contributions_count_and_civilian_ones_do_not(make_book: Make):
    """Mixed money in a fund is counted with the military one, of a mixed sum and its slice only the sum, and civilian money never."""
    mixed = PAID | {"scope": "mixed"}
    rows = [mixed, NORWAY | {"part_of": "paid"}, PAID | {"fact": "gift", "amount": 7}, PAID | {"fact": "food", "scope": "civilian"}]
    fund = funds(make_book(rows))["IFU"]
    assert (_best(fund), fund.paid_in.facts) == ([107, 0, 107, 0], ["gift", "paid"])


def test_only_promises_are_paid_in(make_book: Make):
    """What is asked for, stated, counted, or paid out is no contribution."""
    others = [NORWAY | {"fact": stage, "stage": stage} for stage in ("request", "statement", "indicator", "delivery", "disbursement")]
    assert _best(funds(make_book([PAID, *others]))["IFU"]) == [100, 0, 100, 0]


def test_totals_are_listed_and_never_added(make_book: Make):
    """Sums stated over all members are named by day, promised or stated, but not asked for, nor without an amount."""
    total = {"level": "group_total", "through": "IFU", "donor": "UDCG"}
    rows = [
        PAID | {"part_of": "so-far"},
        total | {"fact": "so-far", "amount": 900, "stage": "statement", "announced_on": JUNE},
        total | {"fact": "pledges", "amount": 800, "announced_on": MARCH},
        total | {"fact": "goal", "amount": 2000, "stage": "request"},
        total | {"fact": "words", "stage": "statement"},
        {"fact": "own", "level": "group_total", "amount": 700, "donor": "IFU"},
    ]
    fund = funds(make_book(rows))["IFU"]
    assert (_best(fund), fund.totals) == ([100, 0, 100, 0], ["pledges", "own", "so-far"])


def test_a_fund_with_totals_alone_is_shown_and_one_with_nothing_is_not(make_book: Make):
    """A fund about which nobody stated a sum is left out."""
    rows = [
        {"fact": "total", "level": "group_total", "amount": 5, "through": "PURL"},
        {"fact": "words", "through": "EPF"},
        {"fact": "gift", "amount": 3},
    ]
    found = funds(make_book(rows, donors=DONORS))
    assert {code: _best(fund) for code, fund in found.items()} == {"PURL": [0, 0, 0, 0]}


def test_the_largest_fund_comes_first(make_book: Make):
    """Funds are in the order of what they hold, each euro once."""
    rows = [
        PAID | {"fact": "small", "through": "EPF", "amount": 10},
        PAID | {"fact": "large", "through": "PURL"},
        PAID | {"fact": "middle", "amount": 50},
        PACKAGE | {"amount": 45, "drawn_from": "middle"},
    ]
    assert list(funds(make_book(rows, donors=DONORS))) == ["PURL", "IFU", "EPF"]


def test_only_what_was_announced_in_the_window_of_a_meeting(make_book: Make):
    """Contributions, packages and totals each belong to the meeting of their day, and without one everything is shown."""
    total = {"fact": "total", "level": "group_total", "donor": "UDCG", "through": "IFU", "amount": 900, "announced_on": MARCH}
    book = make_book([PAID | {"announced_on": MARCH}, NORWAY | {"announced_on": JUNE}, PACKAGE | {"announced_on": JUNE}, total])
    by_meeting = [funds(book, meeting) for meeting in (26, 27, 28, None)]
    assert [{code: _best(fund) for code, fund in found.items()} for found in by_meeting] == [
        {},
        {"IFU": [100, 0, 100, 0]},
        {"IFU": [40, 450, 490, 0]},
        {"IFU": [140, 450, 590, 0]},
    ]
    assert [found["IFU"].totals for found in by_meeting[1:]] == [["total"], [], ["total"]]


def test_a_contribution_said_again_later_is_not_of_the_later_window(make_book: Make):
    """A restatement pays nothing in."""
    book = make_book([PAID | {"announced_on": MARCH}, PAID | {"fact": "again", "restates": "paid", "announced_on": JUNE}])
    assert [list(funds(book, meeting)) for meeting in (27, 28)] == [["IFU"], []]


def test_an_open_end_leaves_the_sums_open(make_book: Make):
    """A contribution of over 100 leaves what is paid in open above, and there is still nothing in both."""
    fund = funds(make_book([PAID | {"qualifier": "over"}, PACKAGE]))["IFU"]
    assert (fund.paid_in.ends["low"], pd.isna(fund.paid_in.ends["high"])) == (100, True)
    assert _best(fund) == [100, 450, 550, 0]
    assert fund.overlap["low"] == 0


def test_no_funds(make_book: Make):
    """Without a sum in any fund there is none."""
    assert funds(make_book([{"fact": "gift", "amount": 5}])) == {}


@pytest.fixture(scope="module")
def book(real: Ledger) -> Book:
    """Give the real book."""
    return Book(real, "EUR")


def test_real_funds_hold_each_euro_once(book: Book):
    """Both together are not more than the two views added, nor less than the larger of them, and the largest fund is first."""
    found = funds(book)
    for fund in found.values():
        paid_in, announced, once, overlap = _best(fund)
        assert max(paid_in, announced) - 1 <= once <= paid_in + announced + 1
        assert overlap == pytest.approx(paid_in + announced - once, abs=1)
        assert not (fund.overlap[ENDS] < 0).any()
    sizes = [_best(fund)[2] for fund in found.values()]
    assert sizes == sorted(sizes, reverse=True)


def test_real_funds_are_paid_by_donors_and_add_no_total(book: Book):
    """Contributions name the fund and come from no fund or group, and no total stated over all members is counted."""
    kind = book.ledger.donors.set_index("donor")["kind"]
    for code, fund in funds(book).items():
        paid, announced = (book.facts.loc[part.facts] for part in (fund.paid_in, fund.announced))
        assert set(paid["through"]) <= {code}
        assert not paid["donor"].map(kind).isin(["fund", "group"]).any()
        assert ((announced["through"] == code) | (announced["donor"] == code)).all()
        assert not set(fund.totals) & {*fund.paid_in.named, *fund.announced.named, *fund.once.named}
        assert (book.facts.loc[fund.totals, "level"] == "group_total").all()


def test_real_funds_of_the_meetings_are_of_their_windows(book: Book):
    """What is counted at a meeting was announced in its window, and all contributions are counted at one."""
    facts, everything = book.facts, funds(book)
    at_meetings: dict[str, set[str]] = {}
    for meeting in book.windows.index:
        for code, fund in funds(book, meeting).items():
            assert (facts.loc[[*fund.once.named, *fund.totals], "meeting"] == meeting).all()
            at_meetings.setdefault(code, set()).update(fund.once.facts)
    for code, fund in everything.items():
        dated = {fact for fact in fund.once.facts if facts.at[fact, "meeting"]}
        assert dated <= at_meetings.get(code, set())
