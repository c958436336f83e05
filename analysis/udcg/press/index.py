"""The index: one page that lists every briefing with its date, headline and new money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from udcg import count
from udcg.book import Book
from udcg.press import furniture
from udcg.press.html import style, templates
from udcg.press.plan import Briefing
from udcg.words import ENGLISH


@dataclass(frozen=True)
class Line:
    """One line of the index."""

    id: str
    name: str
    when: str
    headline: str
    new: str
    files: tuple[str, ...]


def page(briefings: Iterable[Briefing], book: Book, names: set[str], as_of: str = "") -> bytes:
    """Render the index of the briefings of which files are there.

    Args:
        briefings: All that are planned.
        book: The book that they are made from.
        names: The files that are there.
        as_of: The day up to which the evidence is shown; all of it where empty.
    """
    lines = [(briefing.kind, _line(briefing, book, names)) for briefing in briefings if briefing.kind in ABOUT]
    meetings = [line for kind, line in lines if kind == "meeting" and line.files][::-1]
    donors = sorted((line for kind, line in lines if kind == "donor" and line.files), key=lambda line: line.name)
    cut_off = ENGLISH.day(pd.Timestamp(as_of) if as_of else book.ledger.cut_off)
    labels = furniture.index(ENGLISH, cut_off, book.ledger.vintage)
    template = templates().get_template("index.html.j2")
    return template.render(meetings=meetings, donors=donors, css=style(), labels=labels, language=ENGLISH.language).encode()


def _line(briefing: Briefing, book: Book, names: set[str]) -> Line:
    files = tuple(kind for kind in ("html", "pdf", "json") if f"{briefing.id}.{kind}" in names)
    return Line(briefing.id, files=files, **ABOUT[briefing.kind](briefing.value, book))


def _meeting(number: int, book: Book) -> dict[str, str]:
    line, row = ENGLISH.line, book.ledger.meetings.set_index("meeting").loc[number]
    new = count.new(book, number)
    headline = ENGLISH.original(book.facts.loc[row["headline"]]) if row["headline"] else ""
    measures = "" if row["headline_measures"] in ("announced_here", "none") else f" ({ENGLISH.plain(row['headline_measures'])})"
    return {
        "name": line("{ordinal} meeting, {place}", ordinal=ENGLISH.ordinal(number), place=row["place"]),
        "when": ENGLISH.days(row["start"], row["end"]),
        "headline": headline + measures if headline else line("none found"),
        "new": ENGLISH.interval(new.ends, book.currency) if new.facts else line("none found"),
    }


def _donor(code: str, book: Book) -> dict[str, str]:
    committed = count.committed(book).by_donor()
    printed = ENGLISH.interval(committed.loc[code], book.currency) if code in committed.index else ENGLISH.line("no sum known")
    return {"name": ENGLISH.name(code, book.ledger.names[code]), "when": "", "headline": "", "new": printed}


ABOUT: dict[str, Callable[[Any, Book], dict[str, str]]] = {"meeting": _meeting, "donor": _donor}
