"""The lines of the index: what it prints of each briefing."""

from dataclasses import dataclass

import pandas as pd

from udcg.press.contents import Entry, Line
from udcg.press.drawings import Drawing, of_donor
from udcg.sums import Sum
from udcg.views import DonorView, MeetingView
from udcg.views.page import Page
from udcg.words import Words, message

MEASURES = {
    "announced_here": message("announced here, say the chairs"),
    "year_total": message("a whole year, not this meeting"),
    "cumulative": message("all support so far"),
    "one_donor": message("one donor's sum"),
}


@dataclass(frozen=True)
class Cell:
    """What a cell prints, a smaller line below it, and a drawing where it has one."""

    value: str
    note: str = ""
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Link:
    """A link to a file: what it shows, and what it is called where its place does not say of what it is."""

    file: str
    text: str
    label: str


@dataclass(frozen=True)
class Row:
    """One briefing: its identifier, its name and page ("" where there is none), a short name that leads here, cells and files."""

    id: str
    name: Cell
    page: str
    short: str
    cells: tuple[Cell, ...]
    files: tuple[Link, ...]


def row(line: Line) -> Row:
    """Say what the index prints of a briefing: of one that there is but once, what its page says of itself."""
    entry = line.entry
    if line.meeting:
        return _meeting(entry, line.meeting)
    if line.donor:
        return _donor(entry, line.donor)
    words, said = line.page.words, entry.about
    return _row(entry, Cell(entry.title, said.subtitle), entry.title, (Cell(said.bottom_line, _day(said.day, words)),), words)


def _row(entry: Entry, name: Cell, short: str, cells: tuple[Cell, ...], words: Words) -> Row:
    files = {kind: f"{entry.briefing.id}.{kind}" for kind in entry.files}
    links = (Link(file, kind.upper(), words.line("{name}, {format}", name=name.value, format=kind.upper())) for kind, file in files.items())
    return Row(entry.briefing.id, name, files.get("html", ""), short, cells, tuple(links))


def _meeting(entry: Entry, page: MeetingView) -> Row:
    words, row = page.words, page.meeting
    name = Cell(words.line("{ordinal} meeting", ordinal=words.ordinal(page.number)), row["place"])
    when = Cell(words.days(row["start"], row["end"]))
    cells = (when, _headline(page), _sum(page, page.sums["new_commitments"]))
    return _row(entry, name, words.number(page.number), cells, words)


def _headline(page: MeetingView) -> Cell:
    """The sum in the news, and what it measures."""
    stated = page.words.original(page.headline) if page.headline is not None else ""
    measures = MEASURES.get(page.meeting["headline_measures"])
    return Cell(stated, page.words.line(measures) if measures else "") if stated else _none(page)


def _donor(entry: Entry, page: DonorView) -> Row:
    words, name = page.words, page.words.name(page.code, page.name)
    sums = (_sum(page, page.sums[key]) for key in ("new_commitments", "allocations"))
    promised = Cell(words.partial_day(page.last_promise)) if page.last_promise else _none(page)
    drawing = of_donor(page)
    drawn = Cell("" if drawing else words.line("no sum with a known day"), drawing=drawing)
    return _row(entry, Cell(name), name, (*sums, promised, drawn), words)


def _sum(page: Page, part: Sum) -> Cell:
    return Cell(*page.words.short(part.ends, page.currency)) if part.facts else _none(page)


def _none(page: Page) -> Cell:
    return Cell(page.words.line("none found"))


def _day(day: str, words: Words) -> str:
    return words.line("Evidence up to {day}", day=words.day(pd.Timestamp(day))) if day else ""
