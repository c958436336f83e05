"""The feed: JSON Feed 1.1, checked rule by rule, with figures as numbers and days of the evidence."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from udcg import views
from udcg.press import feed
from udcg.press.contents import groups
from udcg.views import MeetingView

HOSTILE = '</script><script>alert(1)</script> "quoted" \\ & \u202eright-to-left\u202c =SUM(A1) ' + "long " * 60
OPTIONAL = {"home_page_url", "feed_url", "description", "user_comment", "language", "icon", "favicon", "next_url"}
TEXTS = {"url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image", "language"}


def _faults(content: dict[str, Any]) -> list[str]:
    """What a feed breaks of the rules of https://www.jsonfeed.org/version/1.1/."""
    found = [] if content.get("version") == "https://jsonfeed.org/version/1.1" else ["version"]
    found += [name for name in ("title", *OPTIONAL & content.keys()) if not isinstance(content.get(name), str)]
    found += [f"unknown {name}" for name in content.keys() - OPTIONAL - {"version", "title", "items"} if not _extension(name)]
    ids = [item.get("id") for item in content["items"]]
    found += ["ids not unique"] if len(ids) != len(set(ids)) else []
    return found + [f"{item.get('id')}: {fault}" for item in content["items"] for fault in _item_faults(item)]


def _item_faults(item: dict[str, Any]) -> list[str]:
    found = [] if isinstance(item.get("id"), str) and item["id"] else ["id"]
    found += [] if item.keys() & {"content_text", "content_html"} else ["no content"]
    found += [name for name in TEXTS & item.keys() if not isinstance(item[name], str) or not item[name]]
    found += [name for name in ("date_published", "date_modified") if name in item and not _moment(item[name])]
    found += ["tags"] if not all(isinstance(tag, str) for tag in item.get("tags", [])) else []
    for each in item.get("attachments", []):
        known = {"url": str, "mime_type": str, "size_in_bytes": int}
        found += [f"attachment {name}" for name, kind in known.items() if name in each and not isinstance(each[name], kind)]
        found += [f"attachment without {name}" for name in {"url", "mime_type"} - each.keys()]
    known = TEXTS | {"id", "date_published", "date_modified", "tags", "attachments", "authors"}
    return found + [f"unknown {name}" for name in item.keys() - known if not _extension(name)]


def _extension(name: str) -> bool:
    return bool(re.fullmatch(r"_[A-Za-z][^.]*", name))


def _moment(text: str) -> bool:
    """Whether a text is a moment as RFC 3339 writes it, with its zone."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text)) and datetime.fromisoformat(text).tzinfo is not None


def _read(text: bytes) -> dict[str, Any]:
    content = json.loads(text)
    assert _faults(content) == []
    return {**content, "items": {item["id"]: item for item in content["items"]}}


@pytest.fixture(scope="module")
def promised(make_book):
    """Give a book with a headline, two promises, and three donors."""
    meeting = {"meeting": 27, "start": "2025-04-10", "end": "2025-04-11", "headline": "sum", "headline_measures": "announced_here"}
    group = {"fact": "sum", "donor": "UDCG", "level": "group_total", "amount": 900, "qualifier": "at_least"}
    frame = {"fact": "frame", "level": "frame", "amount": 100, "qualifier": "about"}
    package = {"fact": "package", "drawn_from": "frame", "amount": 40, "announced_on": "2025-04"}
    return make_book([group, frame, package], meetings=[meeting])


def test_a_meeting_is_an_item_with_its_figures(promised, make_entry):
    """Its day, its page's bottom line, sums as numbers with an open end as null, and files with type and size."""
    about = {"title": "27th meeting", "subtitle": "Brussels", "day": "2025-05-01", "bottom_line": "Little is new."}
    content = _read(feed.text(groups([make_entry("meeting", 27, **about)], promised), promised))
    assert content["items"]["meeting-27"] == {
        "id": "meeting-27",
        "url": "meeting-27.html",
        "title": "27th meeting",
        "content_text": "Little is new.",
        "summary": "Brussels",
        "date_published": "2025-04-11T00:00:00Z",
        "date_modified": "2025-05-01T00:00:00Z",
        "tags": ["meeting"],
        "attachments": [
            {"url": "meeting-27.pdf", "mime_type": "application/pdf", "size_in_bytes": 2000},
            {"url": "meeting-27.json", "mime_type": "application/json", "size_in_bytes": 3000},
        ],
        "_udcg": {
            "kind": "meeting",
            "meeting": 27,
            "headline": {"currency": "EUR", "low": 900, "best": 900, "high": None, "measures": "announced_here"},
            "new_commitments": {"low": 95, "best": 100, "high": 105},
        },
    }
    assert content["_udcg"]["currency"] == "EUR"
    assert content["_udcg"]["cut_off"] == "2025-04-11"


def test_a_donors_commitments_and_allocations_stand_apart(promised, make_entry):
    """Never added; with the day of the last promise as stated; the page's evidence is its day."""
    entry = make_entry("donor", "GB", title="United Kingdom", day="2025-05-01")
    item = _read(feed.text(groups([entry], promised), promised))["items"]["donor-GB"]
    assert item["_udcg"] == {
        "kind": "donor",
        "donor": "GB",
        "headline": None,
        "new_commitments": {"low": 95, "best": 100, "high": 105},
        "allocations": {"low": 40, "best": 40, "high": 40},
        "last_promise": "2025-04-11",
    }
    assert item["date_published"] == item["date_modified"] == "2025-05-01T00:00:00Z"
    assert item["content_text"] == "United Kingdom"


def test_what_there_is_one_of_takes_its_sums_from_its_view(promised, make_entry, monkeypatch):
    """It is opened by the name that the plan gives its view."""
    monkeypatch.setitem(views.OPEN, "coalition", lambda: MeetingView(promised, "", 27))
    item = _read(feed.text(groups([make_entry("coalition", title="All")], promised), promised))["items"]["coalition"]
    assert item["_udcg"]["new_commitments"] == {"low": 95, "best": 100, "high": 105}


def test_without_an_address_files_are_named_beside_the_feed(promised, make_entry):
    """And it says so; with one, every address is whole, and feed and home page have theirs."""
    listed = groups([make_entry("meeting", 27), make_entry("donor", "GB", ("html",))], promised)
    bare = _read(feed.text(listed, promised))
    assert not {"home_page_url", "feed_url"} & bare.keys()
    assert "relative" in bare["user_comment"]
    for address in ("https://example.org/b", "https://example.org/b/"):
        whole = _read(feed.text(listed, promised, address=address))
        assert (whole["home_page_url"], whole["feed_url"]) == ("https://example.org/b/index.html", "https://example.org/b/feed.json")
        assert whole["items"]["donor-GB"]["url"] == "https://example.org/b/donor-GB.html"
        assert whole["items"]["meeting-27"]["attachments"][0]["url"] == "https://example.org/b/meeting-27.pdf"
        assert "user_comment" not in whole


def test_a_page_that_was_not_made_has_no_address(promised, make_entry):
    """Only the files that are there are named."""
    item = _read(feed.text(groups([make_entry("meeting", 27, ("json",))], promised), promised))["items"]["meeting-27"]
    assert "url" not in item
    assert [each["mime_type"] for each in item["attachments"]] == ["application/json"]


def test_hostile_titles_stay_text(promised, make_entry):
    """What a page calls itself comes back letter by letter."""
    about = dict.fromkeys(("title", "subtitle", "bottom_line"), HOSTILE)
    item = _read(feed.text(groups([make_entry("donor", "GB", **about)], promised), promised))["items"]["donor-GB"]
    assert {item[name] for name in ("title", "summary", "content_text")} == {HOSTILE}


def test_the_feed_of_real_pages(pages, real):
    """Valid, in the order of the index; each item says what its page says, of files of the size that they have."""
    content = json.loads((pages / "feed.json").read_text(encoding="utf-8"))
    assert _faults(content) == []
    assert [item["id"] for item in content["items"]] == ["meeting-27", "meeting-26", "donor-CZ", "donor-NO"]
    items = {item["id"]: item for item in content["items"]}
    for name, item in items.items():
        data = json.loads((pages / f"{name}.json").read_text(encoding="utf-8"))
        sums = {key: data["totals"]["new_commitments"][key] for key in ("low", "best", "high")}
        assert item["_udcg"]["new_commitments"] == sums
        assert item["date_modified"][:10] == data["as_of"] == content["_udcg"]["cut_off"]
        html = re.sub(r"<span class=\"cites\">.*?</span>|<[^>]+>", "", (pages / f"{name}.html").read_text(encoding="utf-8"))
        assert item["title"] in html
        assert item["content_text"].split(". ")[0] in html
        sizes = {each["url"]: each["size_in_bytes"] for each in item["attachments"]}
        assert sizes == {file: (pages / file).stat().st_size for file in (f"{name}.pdf", f"{name}.json")}
    assert items["meeting-27"]["date_published"] == "2025-04-11T00:00:00Z"
    assert items["meeting-27"]["_udcg"]["headline"] == {
        "currency": "EUR",
        "low": 21e9,
        "best": 21e9,
        "high": 21e9,
        "measures": "announced_here",
    }


def test_the_same_pages_give_the_same_feed(promised, make_entry):
    """Byte by byte, in whatever order the plan has them; no moment in it is the clock's."""
    listed = [make_entry(kind, value, day="2025-05-01") for kind, value in (("meeting", 27), ("donor", "GB"))]
    texts = {feed.text(groups(order, promised), promised) for order in (listed, listed[::-1])}
    assert len(texts) == 1
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", texts.pop().decode())) == {"2025-04-11T", "2025-05-01T"}


def test_the_feed_is_small_enough_for_its_readers(pages):
    """A feed of 65 briefings as long as these stays below the 250 kB that the format finds fine."""
    content = json.loads((pages / "feed.json").read_text(encoding="utf-8"))
    longest = max(len(json.dumps(item)) for item in content["items"])
    assert longest * 65 < 250_000, Path("feed.json")
