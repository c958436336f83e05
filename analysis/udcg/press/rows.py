"""The lines of the index: what it prints of each briefing."""

from dataclasses import dataclass

import pandas as pd

from udcg import words
from udcg.press.contents import Entry, Line
from udcg.press.drawings import Drawing, of_donor
from udcg.sums import Sum
from udcg.views import DonorView, MeetingView
from udcg.views.page import Page

NONE = "none found"
MEASURES = {
    "announced_here": "announced here, say the chairs",
    "year_total": "a whole year, not this meeting",
    "cumulative": "all support so far",
    "one_donor": "one donor's sum",
    "none": "",
}


@dataclass(frozen=True)
class Cell:
    """What a cell prints, a smaller line below it, and a drawing where it has one."""

    value: str
    note: str = ""
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Row:
    """One briefing: its name, by which a link of few characters leads to it, and cells."""

    entry: Entry
    name: Cell
    short: str
    cells: tuple[Cell, ...] = ()


def row(line: Line) -> Row:
    """Say what the index prints of a briefing: of one that there is but once, what its page says of itself."""
    entry = line.entry
    if line.meeting:
        return _meeting(entry, line.meeting)
    if line.donor:
        return _donor(entry, line.donor)
    said = Cell(entry.about.bottom_line, _day(entry.about.day))
    return Row(entry, Cell(entry.title, entry.about.subtitle), entry.title, (said,))


def _meeting(entry: Entry, page: MeetingView) -> Row:
    name = Cell(f"{words.ordinal(page.number)} meeting", page.meeting["place"])
    when = Cell(words.days(page.meeting["start"], page.meeting["end"]))
    stated = words.original(page.headline) if page.headline is not None else ""
    headline = Cell(stated, MEASURES[page.meeting["headline_measures"]]) if stated else Cell(NONE)
    return Row(entry, name, words.number(page.number), (when, headline, _sum(page, page.sums["new_commitments"])))


def _donor(entry: Entry, page: DonorView) -> Row:
    sums = (_sum(page, page.sums[name]) for name in ("new_commitments", "allocations"))
    promised = Cell(words.partial_day(page.last_promise) if page.last_promise else NONE)
    drawing = of_donor(page)
    return Row(entry, Cell(page.name), page.name, (*sums, promised, Cell("" if drawing else "no sum with a known day", drawing=drawing)))


def _sum(page: Page, part: Sum) -> Cell:
    return Cell(*words.short(part.ends, page.currency)) if part.facts else Cell(NONE)


def _day(day: str) -> str:
    return f"Evidence up to {words.day(pd.Timestamp(day))}" if day else ""
