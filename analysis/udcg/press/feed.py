"""The feed beside the index: every briefing as an item of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

That format leaves open what a relative address is relative to, and asks for addresses of the feed and of its home page only on
the web. So with the address of the folder all of them are whole; without one, files are named relative to the feed, and it says so.
"""

import json
from collections.abc import Iterable

import pandas as pd

from udcg.book import Book
from udcg.press import furniture
from udcg.press.contents import Group, Line
from udcg.press.manifest import FEED, INDEX
from udcg.views import MeetingView
from udcg.views.record import Json, ends_json, original_json
from udcg.words import ENGLISH, Words, message

VERSION = "https://jsonfeed.org/version/1.1"
MIME = {"pdf": "application/pdf", "json": "application/json"}
ABOUT = message(
    "Amounts are whole units of `currency`, as low, best and high; null is an open end. `headline` is the sum in the news, in its own "
    "currency, and `measures` says of what. `new_commitments` were first announced in a meeting's window, or, of a donor, ever; "
    "`allocations` are never to be added to them."
)


def text(groups: Iterable[Group], book: Book, as_of: str = "", address: str = "", words: Words = ENGLISH) -> bytes:
    """Write the feed.

    Args:
        groups: The briefings of which files are there, as the index lists them.
        book: The book that they are made from.
        as_of: The day up to which the evidence is shown; all of it where empty.
        address: Web address of the folder; "" where none is known.
        words: Its language.
    """
    labels = furniture.index(words)
    place = address.rstrip("/") + "/" if address else ""
    items = [_item(line, place) for group in groups for line in group.lines]
    content = {
        "version": VERSION,
        "title": labels["title"],
        **({"home_page_url": place + INDEX, "feed_url": place + FEED} if place else {}),
        "description": labels["purpose"],
        **({} if place else {"user_comment": words.line("Addresses are relative to this file.")}),
        "language": words.language,
        "_udcg": {
            "about": words.line(ABOUT),
            "currency": book.currency,
            "cut_off": as_of or f"{book.ledger.cut_off:%Y-%m-%d}",
            "vintage": book.ledger.vintage,
        },
        "items": items,
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _item(line: Line, place: str) -> Json:
    """One briefing; its days are those of the evidence, never the clock's."""
    entry, about, name = line.entry, line.entry.about, line.entry.briefing.id
    published = f"{line.meeting.window['end']:%Y-%m-%d}" if line.meeting else about.day
    return {
        "id": name,
        **({"url": f"{place}{name}.html"} if "html" in entry.files else {}),
        "title": entry.title,
        "content_text": about.bottom_line or about.subtitle or entry.title,
        **({"summary": about.subtitle} if about.subtitle else {}),
        **({"date_published": _moment(published)} if published else {}),
        **({"date_modified": _moment(about.day)} if about.day else {}),
        "tags": [entry.briefing.kind],
        "attachments": [_attachment(f"{place}{name}.{kind}", MIME[kind], size) for kind, size in entry.files.items() if kind in MIME],
        "_udcg": {"kind": entry.briefing.kind, **_figures(line)},
    }


def _attachment(url: str, kind: str, size: int | None) -> Json:
    return {"url": url, "mime_type": kind, **({"size_in_bytes": size} if size is not None else {})}


def _figures(line: Line) -> Json:
    """The sums of a page as numbers."""
    new = line.page.sums.get("new_commitments")
    found: Json = {"headline": None, "new_commitments": ends_json(new.ends) if new else None}
    if meeting := line.meeting:
        found |= {"meeting": meeting.number, "headline": _headline(meeting)}
    if donor := line.donor:
        found |= {"donor": donor.code, "allocations": ends_json(donor.sums["allocations"].ends), "last_promise": donor.last_promise or None}
    return found


def _headline(page: MeetingView) -> Json | None:
    if page.headline is None:
        return None
    stated = original_json(page.headline)
    return {**{name: stated[name] for name in ("currency", "low", "best", "high")}, "measures": page.meeting["headline_measures"]}


def _moment(day: str) -> str:
    """A day as the moment at which it begins, since the format knows no days."""
    return f"{pd.Timestamp(day):%Y-%m-%dT00:00:00Z}"
