"""What index and feed list: every briefing of which files are there, in groups, with the view that it shows."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass

from udcg.book import Book
from udcg.press import view
from udcg.press.about import About
from udcg.press.manifest import FORMATS, Record
from udcg.press.plan import Briefing
from udcg.views import DonorView, MeetingView
from udcg.views.page import Page
from udcg.words import ENGLISH, Words

UNKNOWN = About()


@dataclass(frozen=True)
class Entry:
    """A briefing, what its page says of itself, and its files: format to size in bytes, None where the account does not know it."""

    briefing: Briefing
    about: About
    files: Mapping[str, int | None]

    @property
    def title(self) -> str:
        """Its title, or its identifier where the account does not know the page."""
        return self.about.title or self.briefing.id

    @property
    def text(self) -> str:
        """All that decides how it is listed, the evidence aside."""
        return json.dumps([self.briefing.id, *astuple(self.about), dict(self.files)])


@dataclass(frozen=True)
class Line:
    """A briefing with the view that it shows."""

    entry: Entry
    page: Page

    @property
    def meeting(self) -> MeetingView | None:
        """The meeting that it is about, if it is about one that was held."""
        return self.page if isinstance(self.page, MeetingView) and self.entry.briefing.value is not None else None

    @property
    def donor(self) -> DonorView | None:
        """The donor that it is about, if it is about one."""
        return self.page if isinstance(self.page, DonorView) else None


@dataclass(frozen=True)
class Group:
    """Briefings of one kind, as they are listed; those of which there is but one of a kind are one group, of the kind ""."""

    kind: str
    lines: list[Line]


def entries(planned: Iterable[Briefing], records: Mapping[str, Record], names: Collection[str]) -> list[Entry]:
    """Return the briefings of which files are there, in the order of the plan.

    Args:
        planned: All that may be listed.
        records: The account of how briefings were made.
        names: The files that are there.
    """
    found = [_entry(briefing, records.get(briefing.id), names) for briefing in planned]
    return [entry for entry in found if entry.files]


def groups(listed: Iterable[Entry], book: Book, as_of: str = "", words: Words = ENGLISH) -> list[Group]:
    """Group what is listed: first what there is but one of, then meetings, latest first, donors by name, and other kinds as planned.

    Donors stand by name, since a reader comes with a country in mind. By size they would change places with every claim, and one
    whose sum is open has no size; by region most would stand several times.

    Args:
        listed: The briefings of which files are there.
        book: The book that they are made from.
        as_of: The day up to which the evidence is shown; all of it where empty.
        words: The language of what lists them.
    """
    kinds: dict[str, list[Entry]] = {"": [], "meeting": [], "donor": []}
    for entry in listed:
        kinds.setdefault("" if entry.briefing.value is None else entry.briefing.kind, []).append(entry)
    kinds["meeting"].sort(key=lambda entry: int(entry.briefing.value), reverse=True)
    kinds["donor"].sort(key=lambda entry: words.name(entry.briefing.value, book.ledger.names[entry.briefing.value]))
    return [
        Group(kind, [Line(entry, _opened(entry.briefing, book, as_of, words)) for entry in some]) for kind, some in kinds.items() if some
    ]


def _opened(briefing: Briefing, book: Book, as_of: str, words: Words) -> Page:
    """Open the view that a briefing shows, on the book at hand where it can be."""
    match briefing.view:
        case "meeting":
            return MeetingView(book, as_of, briefing.value, language=words.language)
        case "donor":
            return DonorView(book, as_of, briefing.value, language=words.language)
        case _:
            return view.opened(briefing)


def _entry(briefing: Briefing, record: Record | None, names: Collection[str]) -> Entry:
    written = record.files if record else {}
    files = {kind: f"{briefing.id}.{kind}" for kind in FORMATS}
    sizes = {kind: written[name].size if name in written else None for kind, name in files.items() if name in names}
    return Entry(briefing, record.about if record else UNKNOWN, sizes)
