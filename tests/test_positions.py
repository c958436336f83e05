"""Where each donor stands: what it last said, when it last brought new money, what it has promised and not been reported to deliver."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg.book import Book
from udcg.money import ENDS
from udcg.positions import positions

Make = Callable[..., Book]
TODAY = pd.Timestamp("2025-06-30")
GIFT = {"fact": "gift", "amount": 100}


def _gb(make_book: Make, *rows: dict[str, Any], **tables: Any) -> pd.Series:
    return positions(make_book(list(rows), **tables), TODAY).loc["GB"]


@pytest.mark.parametrize(
    ("later", "last"),
    [
        ({"stage": "pledge", "amount": 1}, "later"),
        ({"stage": "statement"}, "later"),
        ({"stage": "commitment", "restates": "gift", "amount": 100}, "later"),
        ({"stage": "request"}, "gift"),
        ({"stage": "delivery", "delivers": "gift"}, "gift"),
        ({"stage": "statement", "level": "group_total"}, "gift"),
        ({"stage": "pledge", "scope": "civilian"}, "gift"),
        ({"stage": "statement", "donor": "UDCG", "partners": "GB;NO"}, "gift"),
        ({"stage": "pledge", "donor": "MULTI", "partners": "GB;NO"}, "later"),
    ],
)
def test_the_last_word_is_a_promise_or_a_statement_of_its_own(make_book: Make, later: dict[str, Any], last: str):
    """Promises count alone or joint, said again too; statements only the donor's own, sums over others never."""
    assert _gb(make_book, GIFT, {"fact": "later", "announced_on": "2025-06-10", **later})["last"] == last


def test_of_one_day_the_outermost_and_largest_is_the_last_word(make_book: Make):
    """A part of a package said on the same day is not named in its place, nor is a smaller sum."""
    part = {"fact": "part", "part_of": "gift", "amount": 90}
    assert _gb(make_book, part, GIFT, {"fact": "small", "amount": 95})["last"] == "gift"


def test_a_word_that_only_state_controlled_outlets_report_is_not_the_last_one(make_book: Make):
    """What others report comes first; where there is nothing else, it is better than nothing."""
    heard = {"fact": "heard", "announced_on": "2025-06-10", "amount": 1, "source": "echo"}
    assert _gb(make_book, GIFT, heard)["last"] == "gift"
    assert _gb(make_book, heard)["last"] == "heard"


def test_who_has_promised_nothing_military_has_no_row(make_book: Make):
    """Groups, funds, those who only gave civilian aid and those who only spoke have no row; the others stand in the order of names."""
    rows = [
        {"fact": "n", "donor": "NO", "amount": 1},
        {"fact": "g", "donor": "GB", "amount": 1},
        {"fact": "m", "donor": "IFU", "amount": 1},
        {"fact": "c", "donor": "DK", "scope": "civilian", "amount": 1},
    ]
    assert list(positions(make_book(rows), TODAY).index) == ["NO", "GB"]


def test_new_money_is_dated_by_its_window(make_book: Make):
    """The last window with new commitments counts; said again is not new, and none is 0."""
    again = {"fact": "again", "restates": "gift", "announced_on": "2025-06-05", "amount": 100}
    item = {"fact": "item", "donor": "NO"}
    found = positions(make_book([GIFT, again, item]), TODAY)["new_at"]
    assert found.to_dict() == {"NO": 0, "GB": 27}


def test_what_is_owed_is_counted_without_its_parts(make_book: Make):
    """A package of 100 with a part of 40 is one open promise of 100; what is delivered is none."""
    rows = [GIFT, {"fact": "part", "part_of": "gift", "amount": 40}, {"fact": "kept", "amount": 7}]
    came = {"fact": "came", "stage": "delivery", "delivers": "kept", "amount": 7}
    stands = _gb(make_book, *rows, came)
    assert (stands["owed"], stands["overdue"]) == (["gift"], [])
    assert [stands[end] for end in ENDS] == [100, 100, 100]


def test_a_promise_of_which_nothing_was_heard_for_a_year_is_not_owed_but_an_overdue_one_is(make_book: Make):
    """Silence of a year takes a promise without a due day off the list; one past its due day stays."""
    old = {"announced_on": "2024-03-01", "amount": 5}
    rows = [{"fact": "silent", **old}, {"fact": "late", "due": "2024-12", **old}]
    sources = [{"source": "daily", "date": "2024-03-01"}]
    stands = positions(make_book(rows, sources=sources), TODAY).loc["GB"]
    assert (stands["owed"], stands["overdue"], stands["best"]) == (["late"], ["late"], 5)


def test_a_joint_promise_is_owed_by_each_with_its_share(make_book: Make):
    """Of a joint 100 Norway's known share is 40; the rest stays with the group."""
    joint = {"fact": "joint", "donor": "MULTI", "partners": "GB;NO", "amount": 100}
    shares = [{"fact": "joint", "donor": "NO", "amount": 40, "claim": "joint-daily"}]
    found = positions(make_book([joint], shares=shares), TODAY)
    assert found["owed"].to_dict() == {"NO": ["joint"], "GB": ["joint"]}
    assert found["best"].to_dict() == {"NO": 40, "GB": 0}


def test_on_the_real_evidence_all_givers_are_there_and_nothing_is_later_than_the_day(book: Book):
    """Each row's last word is of the donor, and no later promise of its own is on record."""
    found = positions(book, book.ledger.cut_off)
    assert len(found) > 25
    days, own = book.facts["day"], book.facts[book.facts["stage"].isin(["pledge", "commitment", "allocation"])]
    own = own[(own["level"] != "group_total") & (own["scope"] != "civilian")]
    latest = own.groupby("donor")["day"].max().reindex(found.index)
    assert (days.reindex(found["last"]).to_numpy() >= latest.fillna(pd.Timestamp.min).to_numpy()).all()
