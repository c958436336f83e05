"""The index: one page that lists every briefing with its date, headline and new money."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from udcg.book import Book
from udcg.press import furniture
from udcg.press.contents import Group
from udcg.press.drawings import overview
from udcg.press.html import style, templates
from udcg.press.manifest import FEED
from udcg.press.rows import Row, row
from udcg.words import ENGLISH, Words, message

TITLES = {"": message("Overview"), "meeting": message("Meetings"), "donor": message("Donors")}
CAPTIONS = {"meeting": message("Meetings, latest first"), "donor": message("Donors, by name")}
COLUMNS = {
    "meeting": (message("Meeting"), message("Date"), message("Headline"), message("New commitments")),
    "donor": (
        message("Donor"),
        message("Commitments"),
        message("Allocations"),
        message("Last promise"),
        message("New commitments over time"),
    ),
}
NOTES = {
    "meeting": message("New commitments count whether the headline holds them or not."),
    "donor": message(
        "Commitments and allocations are never to be added. Each drawing has a scale of its own, given by its highest column. Columns are "
        "best values, lines the range; a dashed line goes up where no high end is known."
    ),
}


@dataclass(frozen=True)
class Section:
    """A group of briefings as a table, or, where it has no columns, one below the other."""

    anchor: str
    title: str
    rows: list[Row]
    caption: str
    columns: tuple[str, ...]
    note: str


def page(groups: Iterable[Group], book: Book, as_of: str = "", words: Words = ENGLISH) -> bytes:
    """Render the index.

    Args:
        groups: The briefings of which files are there.
        book: The book that they are made from.
        as_of: The day up to which the evidence is shown; all of it where empty.
        words: Its language.
    """
    return (
        templates()
        .get_template("index.html.j2")
        .render(
            labels=furniture.index(words),
            data_line=_data_line(book, as_of, words),
            sections=[_section(group, words) for group in groups],
            overview=overview(book, words),
            language=words.language,
            feed=FEED,
            css=style(),
        )
        .encode()
    )


def _data_line(book: Book, as_of: str, words: Words) -> str:
    return words.line(
        "Evidence up to {day} · amounts in {currency} at the ECB rate of the day · vintage {vintage}",
        day=words.day(pd.Timestamp(as_of) if as_of else book.ledger.cut_off),
        currency=book.currency,
        vintage=book.ledger.vintage,
    )


def _section(group: Group, words: Words) -> Section:
    kind, line = group.kind, words.line
    return Section(
        anchor=f"{kind}s" if kind else "overview",
        title=line(TITLES[kind]) if kind in TITLES else words.capital(words.plain(kind)),
        rows=[row(each) for each in group.lines],
        caption=line(CAPTIONS[kind]) if kind in CAPTIONS else "",
        columns=tuple(map(line, COLUMNS.get(kind, ()))),
        note=line(NOTES[kind]) if kind in NOTES else "",
    )
