"""The book values every fact in one currency and puts its announcement into one meeting's window."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.book import Book, once
from udcg.ledger import Ledger
from udcg.money import ENDS
from udcg.stated import rate_days

MakeBook = Callable[..., Book]
MakeLedger = Callable[..., Ledger]


@pytest.fixture(scope="module")
def three(make_book: MakeBook) -> Book:
    """Give a book of three meetings and one fact."""
    return make_book([{"fact": "gift", "amount": 100}])


def test_windows_run_from_the_day_after_a_meeting_to_the_end_of_the_next(three: Book):
    """Each window opens the day after the one before closed, and the coming meeting's is still open."""
    result = three.windows
    assert list(result.index) == [26, 27, 28, 29]
    assert [f"{day:%Y-%m-%d}" for day in result["opens"].iloc[1:]] == ["2025-02-13", "2025-04-12", "2025-06-06"]
    assert [f"{day:%Y-%m-%d}" for day in result["end"].iloc[:3]] == ["2025-02-12", "2025-04-11", "2025-06-05"]
    assert result.loc[29, ["start", "end"]].isna().all()


def test_windows_do_not_depend_on_the_order_of_meetings(make_book: MakeBook):
    """Meetings are taken in the order of their numbers."""
    meetings = [
        {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11"},
        {"meeting": 26, "start": "2025-02-12", "end": "2025-02-12"},
        {"meeting": 28, "start": "2025-06-04", "end": "2025-06-05"},
    ]
    assert make_book([{"fact": "gift"}], meetings=meetings).windows["opens"].is_monotonic_increasing


def test_without_a_meeting_there_is_one_open_window(make_book: MakeBook):
    """Before the first meeting everything is in the window of the coming one."""
    book = make_book([{"fact": "gift", "amount": 1}], meetings=[])
    assert book.windows["end"].isna().tolist() == [True]
    assert book.facts["meeting"].tolist() == [1]


@given(day=st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2200, 1, 1)))
def test_every_day_is_in_exactly_one_window(three: Book, day: dt.date):
    """No day is in two windows and none is between them."""
    windows = three.windows
    date = pd.Timestamp(day)
    assert ((windows["opens"] <= date) & (windows["end"].isna() | (date <= windows["end"]))).sum() == 1


@pytest.mark.parametrize(
    ("announced_on", "meeting"),
    [
        ("2022-01-01", 26),
        ("2025-02-12", 26),
        ("2025-02-13", 27),
        ("2025-04-11", 27),
        ("2025-04-12", 28),
        ("2025-06-04", 28),
        ("2025-06-05", 28),
        ("2025-06-06", 29),
        ("2025-03", 27),
        ("2024", 26),
        ("2026", 29),
        ("2025-04", 0),
        ("2025-06", 0),
        ("2025", 0),
    ],
)
def test_an_announcement_is_in_the_window_of_its_day(make_book: MakeBook, announced_on: str, meeting: int):
    """A day or a span within one window has its meeting; a span across two windows has none."""
    facts = make_book([{"fact": "gift", "announced_on": announced_on}]).facts
    assert facts.loc["gift", ["meeting", "first_meeting"]].tolist() == [meeting, meeting]


def test_first_meeting_is_that_of_the_first_announcement(make_book: MakeBook):
    """What restates or is drawn from an older frame is said at one meeting and was first announced before another."""
    rows = [
        {"fact": "frame", "amount": 100, "announced_on": "2025-01-16"},
        {"fact": "again", "amount": 100, "restates": "frame"},
        {"fact": "package", "amount": 10, "drawn_from": "again"},
    ]
    result = make_book(rows).facts
    assert result["meeting"].to_dict() == {"frame": 26, "again": 27, "package": 27}
    assert result["first_meeting"].to_dict() == {"frame": 26, "again": 26, "package": 26}
    assert result["saying"].to_dict() == {"frame": "frame", "again": "frame", "package": "package"}


def test_facts_carry_their_value_in_both_currencies(make_book: MakeBook):
    """Low, best and high stand in the fact's own currency and in the book's."""
    book = make_book([{"fact": "gift", "amount": 80, "currency": "GBP", "qualifier": "about"}])
    for currency, factor in (("EUR", 1.25), ("GBP", 1.0), ("USD", 1.5625)):
        gift = Book(book.ledger, currency).facts.loc["gift"]
        assert gift[[f"stated_{end}" for end in ENDS]].tolist() == [76, 80, 84]
        assert gift[ENDS].tolist() == pytest.approx([76 * factor, 80 * factor, 84 * factor])


def test_facts_without_an_amount_are_on_the_book_without_a_value(make_book: MakeBook):
    """A fact that nobody put a sum to stays, with its quantity where one is stated."""
    rows: list[dict[str, Any]] = [{"fact": "tanks"}, {"fact": "money", "amount": 5}, {"fact": "words"}]
    claims = [{"fact": "tanks", "quantity_text": "30", "unit": "tanks"}, {"fact": "money"}, {"fact": "words"}]
    result = make_book(rows, claims=claims).facts
    assert result[ENDS].isna().all(axis=None)
    assert result.loc["tanks", ["q_low", "q_best", "q_high", "q_unit", "q_words"]].tolist() == [30, 30, 30, "tanks", "30"]


def test_wholes_are_promises_below_group_totals(make_book: MakeBook):
    """Being part of a group total or of a statement puts no money inside anything."""
    rows = [
        {"fact": "total", "level": "group_total", "amount": 100},
        {"fact": "speech", "stage": "statement", "amount": 50},
        {"fact": "frame", "level": "frame", "amount": 40},
        {"fact": "a", "part_of": "total", "amount": 1},
        {"fact": "b", "part_of": "speech", "amount": 1},
        {"fact": "c", "part_of": "a", "drawn_from": "frame", "amount": 1},
    ]
    assert set(make_book(rows).wholes.itertuples(index=False, name=None)) == {("c", "a"), ("c", "frame")}


def test_the_rate_is_of_the_day_of_announcement_or_of_the_first_report(make_ledger: MakeLedger):
    """A full date is its own day, a month the first day in it on which a source reports it, and else there is none."""
    ledger = make_ledger(
        sources=[
            {"source": "before", "date": "2025-03-31"},
            {"source": "late", "date": "2025-04-20"},
            {"source": "soon", "date": "2025-04-12"},
        ],
        facts=[{"fact": "day"}, {"fact": "month", "announced_on": "2025-04"}, {"fact": "unseen", "announced_on": "2025-05"}],
        claims=[{"fact": fact, "source": source} for fact in ("day", "month", "unseen") for source in ("before", "late", "soon")],
    )
    result = rate_days(ledger)
    assert [result["day"], result["month"]] == [pd.Timestamp("2025-04-11"), pd.Timestamp("2025-04-12")]
    assert pd.isna(result["unseen"])


def test_the_worked_example_stands_in_its_windows(real: Ledger):
    """The 4.5bn said in April was first announced in January; the joint package was first announced at the 27th meeting."""
    facts = Book(real, "EUR").facts
    names = ["gb-2025-04-joint-package", "gb-2025-04-year-2025", "gb-2025-04-uk-share", "gb-2025-04-repairs", "gb-2025-01-year-2025"]
    assert facts.loc[names, "meeting"].tolist() == [27, 27, 27, 27, 26]
    assert facts.loc[names, "first_meeting"].tolist() == [27, 26, 26, 26, 26]
    assert facts.loc["gb-2025-04-joint-package", "best"] == pytest.approx(519.2e6, abs=0.05e6)


def test_the_book_leaves_the_ledger_alone(three: Book):
    """Valuing the facts adds no column to those of the ledger."""
    before = list(three.ledger.facts.columns)
    assert len(Book(three.ledger, "EUR").facts.columns) > len(before)
    assert list(three.ledger.facts.columns) == before


def test_once_computes_once_for_each_book_and_argument(three: Book):
    """A function of a book runs once for the same arguments, and again for others and for another book."""
    calls = []

    @once
    def asked(book: Book, meeting: int = 0) -> int:
        """Note the call."""
        calls.append(meeting)
        return meeting

    other = Book(three.ledger, "EUR")
    assert [asked(three, 1), asked(three, 1), asked(three, 2), asked(other, 1), asked(other)] == [1, 1, 2, 1, 0]
    assert calls == [1, 2, 1, 0]
