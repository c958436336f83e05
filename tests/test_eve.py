"""The eve of the coming meeting: what was announced since the last one, what is open, what is due, and what each donor last said."""

from collections.abc import Callable
from typing import Any

import pytest

from udcg import count, sections, views
from udcg.blocks import Block, KeyFigures, Span, Table, plain
from udcg.ledger import Ledger
from udcg.sections import eve, outlook
from udcg.sections.positions import positions
from udcg.views import EveView

Make = Callable[..., Any]
TODAY = "2025-06-30"
AFTER = "2025-06-06"
ASK = {"fact": "ask", "stage": "request", "donor": "NO", "amount": 100}
SECTIONS = [
    eve.title,
    outlook.bottom_line,
    eve.key_figures,
    sections.meeting.donors_figure,
    eve.announced,
    eve.things,
    sections.asked.still_open,
    eve.due,
    eve.overdue,
    positions,
    eve.disagreements,
    sections.evidence.method,
    sections.evidence.sources,
]
EVES = ["2022-04-25", "2022-05-22", "2023-01-19", "2024-09-05", "2025-04-10", "2026-02-11", ""]  # of meetings 1, 2, 8, 24, 27, 33, and now


def _eve(make_book: Make, *rows: dict[str, Any]) -> EveView:
    return views.eve(TODAY, evidence=make_book(list(rows)).ledger)


def test_the_window_opens_after_the_last_meeting(make_book: Make):
    """Money of the last meeting's last day is not new; of the day after it is."""
    view = _eve(
        make_book, {"fact": "then", "announced_on": "2025-06-05", "amount": 5}, {"fact": "since", "announced_on": AFTER, "amount": 7}
    )
    assert (view.number, f"{view.window['opens']:%Y-%m-%d}") == (29, AFTER)
    assert list(view.facts["fact"]) == ["since"]
    assert view.sums["new_commitments"].facts == ["since"]
    assert view.sums["first_said_on_the_day"].facts == []


def test_money_said_before_the_last_meeting_is_not_new_when_said_again(make_book: Make):
    """A sum of April said again in June is reannounced."""
    view = _eve(make_book, {"fact": "gift", "amount": 5}, {"fact": "again", "restates": "gift", "announced_on": AFTER, "amount": 5})
    assert (view.sums["new_commitments"].facts, view.sums["reannounced"].facts) == ([], ["again"])


def test_only_requests_that_are_not_met_in_full_are_open(make_book: Make):
    """Of three requests one is met, one in part, one not at all."""
    view = _eve(
        make_book,
        *({**ASK, "fact": name} for name in ("met", "part", "nothing")),
        {"fact": "all", "answers": "met", "amount": 100},
        {"fact": "some", "answers": "part", "amount": 30},
    )
    assert list(view.requests["fact"]) == ["part", "nothing"]
    assert list(view.unanswered["fact"]) == ["nothing"]
    assert {row["fact"]: row["met"]["best"] for row in view.data["requests"]} == {"part": 0.3, "nothing": 0.0}


def test_promises_are_due_ahead_or_overdue(make_book: Make):
    """A due day within the months ahead, one before today and one far ahead."""
    dues = {"soon": "2025-12-31", "late": "2025-05", "far": "2028", "kept": "2025-05"}
    promises = [{"fact": fact, "amount": 5, "due": due} for fact, due in dues.items()]
    view = _eve(make_book, *promises, {"fact": "came", "stage": "delivery", "delivers": "kept", "amount": 5})
    assert list(view.due["fact"]) == ["soon"]
    assert list(view.overdue["fact"]) == ["late"]
    assert [(row["fact"], row["state"]) for row in view.data["promises"]] == [("soon", "due"), ("late", "overdue")]


def test_what_fell_due_last_is_told_first(make_book: Make):
    """Overdue promises are listed from the one that fell due last."""
    promises = [{"fact": fact, "amount": 5, "due": due} for fact, due in (("a", "2025-01"), ("b", "2025-05"), ("c", "2024"))]
    assert list(_eve(make_book, *promises).overdue["fact"]) == ["b", "a", "c"]


def test_what_a_donor_last_said_is_in_the_data(make_book: Make):
    """The last word with the meeting of the last new money, open promises and their sum; its fact and claims beside it."""
    view = _eve(make_book, {"fact": "gift", "amount": 5, "due": "2025-05"}, {"fact": "word", "announced_on": AFTER, "stage": "statement"})
    [row] = view.data["positions"]
    assert row == {
        "donor": "GB",
        "last": "word",
        "new_at": {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11"},
        "owed": ["gift"],
        "overdue": ["gift"],
        "sum": {"low": 5, "best": 5, "high": 5},
    }
    assert {"gift", "word"} <= {fact["fact"] for fact in view.data["facts"]}


def test_new_money_since_the_last_meeting_has_no_meeting_yet(make_book: Make):
    """The coming meeting has a number and no days."""
    [row] = _eve(make_book, {"fact": "gift", "announced_on": AFTER, "amount": 5}).data["positions"]
    assert row["new_at"] == {"meeting": 29, "start": None, "end": None}


def test_before_the_first_meeting_everything_is_since(make_book: Make):
    """With no meeting held yet, all that is known is of the first one's eve."""
    book = make_book([{"fact": "gift", "announced_on": "2025-01-16", "amount": 5}], sources=[{"source": "daily", "date": "2025-01-16"}])
    view = views.eve("2025-02-11", evidence=book.ledger)
    assert (view.last, view.number, view.data["meeting"]) == (None, 1, {"number": 1, "last": None})
    assert view.sums["new_commitments"].facts == ["gift"]
    assert "Before the 1st meeting" in eve.title(view).title


@pytest.mark.parametrize("section", SECTIONS)
def test_without_evidence_every_section_says_so(make_ledger: Make, section: Callable[[EveView], Block]):
    """One promise without sum, number or due day: each section is a sentence or an honest empty table."""
    ledger = make_ledger(facts=[{"fact": "gift", "currency": ""}], claims=[{"fact": "gift"}])
    assert plain(section(views.eve(TODAY, evidence=ledger)).content())


def test_the_bottom_line_says_what_is_new_open_and_due(make_book: Make):
    """Three sentences from the frames, each number with the facts behind it."""
    view = _eve(
        make_book,
        {"fact": "gift", "announced_on": AFTER, "amount": 5_000_000},
        ASK | {"amount": 1_000_000},
        {"fact": "late", "due": "2025-05"},
        {"fact": "soon", "due": "2025-12"},
    )
    [line] = outlook.bottom_line(view).paragraphs
    assert "".join(span.text for span in line).strip() == (
        "Since the 28th meeting, new commitments of EUR 5m were announced by the United Kingdom; packages of EUR 5m were allocated by the "
        "United Kingdom. 1 request on record is not known to be met in full; 1 has no answer on record: ask (EUR 1m, 11 April 2025). "
        "1 promise is past its due day without a report of full delivery, and 1 falls due by 30 June 2026."
    )
    assert all(span.facts for span in line if span.text in ("EUR 5m", "1", "ask"))


def test_the_bottom_line_follows_the_claims(make_book: Make):
    """Another sum in the claim, another in the sentence."""
    lines = [
        plain(outlook.bottom_line(_eve(make_book, {"fact": "gift", "announced_on": AFTER, "amount": amount})).content())
        for amount in (5_000_000, 7_000_000)
    ]
    assert "EUR 5m" in lines[0]
    assert lines[1] == lines[0].replace("EUR 5m", "EUR 7m")


def test_money_of_mixed_scope_is_told_apart(make_book: Make):
    """A loan that is military and civilian in one is no new military money, and too large to leave out."""
    view = _eve(make_book, {"fact": "loan", "announced_on": AFTER, "scope": "mixed", "amount": 90_000_000})
    line = plain(outlook.bottom_line(view).content())
    told = (
        "no new military commitment with a known sum was announced; EUR 90m of mixed scope, military and civilian in one, is counted apart"
    )
    assert told in line
    assert [figure.value for figure in eve.key_figures(view).items][:2] == ["none found", "EUR 90m"]


def test_wholes_of_new_money_come_first(make_book: Make):
    """A smaller new promise stands above a larger one that is paid from an older frame, which keeps its part below it."""
    rows = [
        {"fact": "frame", "level": "frame", "amount": 900},
        {"fact": "paid", "announced_on": AFTER, "drawn_from": "frame", "amount": 500},
        {"fact": "part", "announced_on": AFTER, "part_of": "paid", "amount": 200},
        {"fact": "fresh", "announced_on": AFTER, "amount": 5},
    ]
    assert list(_eve(make_book, *rows).promises["fact"]) == ["fresh", "paid", "part"]


def test_few_promises_of_each_donor_are_listed(make_book: Make):
    """Of five overdue promises of one donor two are told, and the other three are counted below the table."""
    table = eve.overdue(_eve(make_book, *({"fact": f"late-{n}", "due": "2025-05"} for n in range(5))))
    assert isinstance(table, Table)
    assert len(table.rows) == 2
    assert "3 more promises" in "".join(span.text for span in table.note)


def test_an_open_request_tells_its_age(make_book: Make):
    """When it was made, when it was last made again, and how long ago the first time was."""
    again = {**ASK, "fact": "again", "restates": "ask", "announced_on": AFTER}
    table = sections.asked.still_open(_eve(make_book, ASK, again))
    assert isinstance(table, Table)
    [row] = table.rows
    assert "".join(span.text for span in row[1]) == "ask, 11 April 2025, again 6 June 2025 (3 months ago)"


@pytest.mark.parametrize("day", EVES)
def test_the_page_of_an_eve_holds_what_was_known_then(real: Ledger, day: str):
    """No later meeting, claim or word; the sums are those of a book of that day; all that is printed is in the data."""
    view = views.eve(day, evidence=real)
    assert view.book.ledger.known_on.max() <= view.cut_off
    assert not (view.book.facts["day"].reindex(view.positions["last"]) > view.cut_off).any()
    assert view.sums["new_commitments"].facts == count.new(view.book, view.number).facts
    assert set(view.facts["fact"]) == set(view.book.facts.index[view.book.facts["day"] >= view.window["opens"]])
    printed = set().union(*(_bound(section(view)) for section in SECTIONS))
    assert printed
    assert printed <= {fact["fact"] for fact in view.data["facts"]}


@pytest.mark.parametrize(("day", "number"), [("2022-04-25", 1), ("2022-04-26", 2), ("2025-04-10", 27), ("2025-04-11", 28), ("", 34)])
def test_the_coming_meeting_is_the_one_after_the_last_that_was_held(real: Ledger, day: str, number: int):
    """On a meeting's own day it is held; the day before it is still to come."""
    assert views.eve(day, evidence=real).number == number


def test_page_one_of_the_eve_of_the_27th_meeting(real: Ledger):
    """A day before the 27th meeting EUR 21bn are new since the 26th, the Patriots asked for the day before have no answer."""
    view = views.eve("2025-04-10", evidence=real)
    line = plain(outlook.bottom_line(view).content())
    assert line.startswith("Since the 26th meeting, new commitments of EUR 21.2")
    assert "above all by Germany, Norway and France" in line
    assert "the latest: Zelensky asks for ten Patriot systems" in line
    figures = eve.key_figures(view)
    assert isinstance(figures, KeyFigures)
    assert {figure.label: figure.value for figure in figures.items}["Open requests"] == str(len(view.requests))


def test_every_donor_has_one_row_with_its_word_and_a_source(real: Ledger):
    """The table for use at the table: by name, with a source on each last word."""
    view = views.eve(evidence=real)
    table = positions(view)
    assert isinstance(table, Table)
    names = [row[0][0].text for row in table.rows]
    assert names == sorted(names)
    assert len(names) == len(view.positions) == len(set(names))
    assert all(row[1][0].cites and row[1][0].facts for row in table.rows)


def test_the_page_cites_one_source_for_a_number(real: Ledger):
    """A short page cites the best source; the page of a meeting cites two."""
    fact = "gb-2025-04-joint-package"
    assert len(views.eve(evidence=real).evidence.cites([fact])) == 1
    assert len(views.meeting(27, evidence=real).evidence.cites([fact])) == 2


def _bound(block: Block) -> set[str]:
    """All facts behind the spans and key figures of a block."""
    return _facts(vars(block))


def _facts(content: Any) -> set[str]:
    if isinstance(content, Span):
        return set(content.facts)
    if isinstance(content, dict):
        return set().union(*map(_facts, content.values()))
    if isinstance(content, tuple):
        return set().union(*map(_facts, content))
    return set(content.facts) if hasattr(content, "facts") else set()
