"""What index and feed list, and in which order."""

import pytest

from udcg import views
from udcg.press.about import About
from udcg.press.contents import Entry, entries, groups
from udcg.press.keys import Key
from udcg.press.manifest import Record
from udcg.press.target import Written

KEY = Key("", "", "", "", "")


@pytest.fixture
def tiny(make_book):
    """Give a book of three meetings and no promise."""
    return make_book([{"fact": "gift"}])


def _ids(found: list) -> dict[str, list[str]]:
    return {group.kind: [line.entry.briefing.id for line in group.lines] for group in found}


def test_what_there_is_one_of_comes_first_then_meetings_then_donors(make_entry, tiny, monkeypatch):
    """Meetings latest first, donors by name and not by code, another kind as planned, whatever the order of the plan."""
    page = views.MeetingView(tiny, "", 28)
    for name in ("coalition", "capability"):
        monkeypatch.setitem(views.OPEN, name, lambda *_: page)
    kinds = [("donor", "GB"), ("capability", "x"), ("donor", "DK"), ("meeting", 26), ("meeting", 28), ("donor", "NO"), ("coalition", None)]
    listed = [make_entry(kind, value) for kind, value in kinds]
    assert _ids(groups(listed, tiny)) == {
        "": ["coalition"],
        "meeting": ["meeting-28", "meeting-26"],
        "donor": ["donor-DK", "donor-NO", "donor-GB"],
        "capability": ["capability-x"],
    }


def test_only_what_has_files_is_listed(make_entry):
    """Their sizes and what the page says of itself come from the account; files that it does not know are listed all the same."""
    planned = [make_entry("meeting", number).briefing for number in (26, 27, 28)]
    record = Record(KEY, {}, {"meeting-26.pdf": Written("", 7)}, About("T"))
    found = entries(planned, {"meeting-26": record}, {"meeting-26.pdf", "meeting-26.html", "meeting-27.json", "other.html"})
    assert found == [
        Entry(planned[0], About("T"), {"html": None, "pdf": 7}),
        Entry(planned[1], About(), {"json": None}),
    ]
    assert [entry.title for entry in found] == ["T", "meeting-27"]
