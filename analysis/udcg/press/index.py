"""The index: one page that lists every briefing with its date, headline and new money."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from udcg import count, words
from udcg.book import Book
from udcg.press.html import _templates, style
from udcg.press.plan import Briefing
from udcg.press.run import publish


@dataclass(frozen=True)
class Line:
    """One line of the index."""

    id: str
    name: str
    when: str
    headline: str
    new: str
    files: tuple[str, ...]


def write(briefings: Iterable[Briefing], book: Book, to: Path, as_of: str = "") -> None:
    """Write index.html for the briefings of which files are there."""
    lines = [(briefing.kind, _line(briefing, book, to)) for briefing in briefings]
    meetings = [line for kind, line in lines if kind == "meeting" and line.files][::-1]
    donors = sorted((line for kind, line in lines if kind == "donor" and line.files), key=lambda line: line.name)
    cut_off = words.day(pd.Timestamp(as_of) if as_of else book.ledger.cut_off)
    html = (
        _templates()
        .get_template("index.html.j2")
        .render(meetings=meetings, donors=donors, css=style(), cut_off=cut_off, vintage=book.ledger.vintage)
    )
    publish(to / "index.html", html.encode())


def _line(briefing: Briefing, book: Book, to: Path) -> Line:
    files = tuple(kind for kind in ("html", "pdf", "json") if (to / f"{briefing.id}.{kind}").is_file())
    value = briefing.parameters[briefing.kind]
    return Line(briefing.id, files=files, **(_meeting(value, book) if briefing.kind == "meeting" else _donor(value, book)))


def _meeting(number: int, book: Book) -> dict[str, str]:
    row = book.ledger.meetings.set_index("meeting").loc[number]
    new = count.new(book, number)
    headline = words.original(book.facts.loc[row["headline"]]) if row["headline"] else ""
    measures = "" if row["headline_measures"] in ("announced_here", "none") else f" ({words.plain(row['headline_measures'])})"
    return {
        "name": f"{words.ordinal(number)} meeting, {row['place']}",
        "when": words.days(row["start"], row["end"]),
        "headline": headline + measures if headline else "none found",
        "new": words.interval(new.ends, book.currency) if new.facts else "none found",
    }


def _donor(code: str, book: Book) -> dict[str, str]:
    committed = count.committed(book).by_donor()
    printed = words.interval(committed.loc[code], book.currency) if code in committed.index else "no sum known"
    return {"name": book.ledger.names[code], "when": "", "headline": "", "new": printed}
