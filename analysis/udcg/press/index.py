"""The index: one page that lists every briefing with its date, headline and new money."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from udcg import words
from udcg.book import Book
from udcg.press.contents import PURPOSE, TITLE, Group
from udcg.press.drawings import overview
from udcg.press.html import style, templates
from udcg.press.manifest import FEED
from udcg.press.rows import Row, row

NEW = (
    "Commitments of military scope, by the window in which they were first announced: from the day after the meeting before to the last "
    "day of the meeting."
)
LOOK = "Columns are best values, lines the range; a dashed line goes up where no high end is known."
TABLES = {
    "meeting": (
        "Meetings, latest first",
        ("Meeting", "Date", "Headline", "New commitments"),
        "New commitments count whether the headline holds them or not.",
    ),
    "donor": (
        "Donors, by name",
        ("Donor", "Commitments", "Allocations", "Last promise", "New commitments over time"),
        f"Commitments and allocations are never to be added. Each drawing has a scale of its own, given by its highest column. {LOOK}",
    ),
}
TITLES = {"": "Overview", "meeting": "Meetings", "donor": "Donors"}
WORDS = {
    "skip": "Skip to the content",
    "contents": "Contents",
    "files": "Files",
    "feed": "JSON Feed of all briefings",
    "overview": f"{NEW} {LOOK} The last, paler column is the time since the last meeting.",
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


def page(groups: Iterable[Group], book: Book, as_of: str = "") -> bytes:
    """Render the index.

    Args:
        groups: The briefings of which files are there.
        book: The book that they are made from.
        as_of: The day up to which the evidence is shown; all of it where empty.
    """
    cut_off = words.day(pd.Timestamp(as_of) if as_of else book.ledger.cut_off)
    return (
        templates()
        .get_template("index.html.j2")
        .render(
            title=TITLE,
            purpose=PURPOSE,
            data_line=f"Evidence up to {cut_off} · amounts in {book.currency} at the ECB rate of the day · vintage {book.ledger.vintage}",
            sections=[_section(group) for group in groups],
            overview=overview(book),
            words=WORDS,
            feed=FEED,
            css=style(),
        )
        .encode()
    )


def _section(group: Group) -> Section:
    title = TITLES.get(group.kind) or words.sentence(words.plain(group.kind)).rstrip(".")
    caption, columns, note = TABLES.get(group.kind, ("", (), ""))
    return Section(f"{group.kind or 'all'}s", title, [row(line) for line in group.lines], caption, columns, note)
