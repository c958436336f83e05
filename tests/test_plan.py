"""The plan: identifiers, notebooks and parameters of all briefings."""

import shutil
from pathlib import Path

import pytest

from udcg.errors import ParameterError, UnknownNameError
from udcg.press.plan import chosen, plan

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def test_all_means_every_meeting_every_donor_and_the_coalition(real):
    """33 meetings, every country or union that promised or gave, and all of them on one page."""
    ids = [briefing.id for briefing in plan(NOTEBOOKS, real)]
    assert ids[:33] == [f"meeting-{number}" for number in range(1, 34)]
    assert {"donor-DE", "donor-EU", "donor-NO", "donor-ME"} <= set(ids[33:])
    assert "donor-UA" not in ids
    assert ids[-1] == "coalition"


def test_a_briefing_knows_its_parameters(real):
    """as_of and currency are passed to each briefing."""
    first = plan(NOTEBOOKS, real, {"as_of": "2025-04-11", "currency": "USD"})[0]
    assert first.parameters == {"meeting": 1, "as_of": "2025-04-11", "currency": "USD"}


def test_an_unknown_identifier_names_those_of_its_kind(real):
    """donor-XX is answered with the known donors, not with meetings."""
    with pytest.raises(UnknownNameError, match="donor-NO") as error:
        chosen(plan(NOTEBOOKS, real), ["donor-XX"])
    assert all(name.startswith("donor-") for name in error.value.allowed)


def test_the_coming_meeting_is_one_of_the_meetings(real):
    """meeting-next has a view of its own, and an unknown meeting is answered with it among the others."""
    briefings = plan(NOTEBOOKS, real, {"as_of": "2025-04-10"})
    [coming] = chosen(briefings, ["meeting-next"])
    assert (coming.view, coming.value, coming.parameters["as_of"]) == ("eve", None, "2025-04-10")
    with pytest.raises(UnknownNameError, match="did you mean meeting-next") as error:
        chosen(briefings, ["meeting-nex"])
    assert list(error.value.allowed) == [*(f"meeting-{number}" for number in range(1, 27)), "meeting-next"]


def test_a_broken_plan_is_said(real, tmp_path):
    """An entry without its keys, or a file that is no TOML, gives a clear error."""
    shutil.copytree(NOTEBOOKS, tmp_path / "n")
    (tmp_path / "n" / "briefings.toml").write_text('[meeting]\nnotebook = "meeting.ipynb"\n', encoding="utf-8")
    with pytest.raises(ParameterError, match=r"needs notebook and view; view is one of meeting, donor"):
        plan(tmp_path / "n", real)
    entry = '[meeting]\nnotebook = "meeting.ipynb"\nview = "meeting"\n'
    (tmp_path / "n" / "briefings.toml").write_text(entry + 'each = "meetings"\n', encoding="utf-8")
    with pytest.raises(ParameterError, match="each and parameter go together"):
        plan(tmp_path / "n", real)
    (tmp_path / "n" / "briefings.toml").write_text(entry + 'each = "days"\nparameter = "meeting"\n', encoding="utf-8")
    with pytest.raises(ParameterError, match="each is one of meetings, donors"):
        plan(tmp_path / "n", real)
    (tmp_path / "n" / "briefings.toml").write_text("[meeting", encoding="utf-8")
    with pytest.raises(ParameterError, match="cannot be read"):
        plan(tmp_path / "n", real)


def test_a_kind_of_which_there_is_one_is_named_by_its_entry(real, tmp_path):
    """Without `each`, the identifier is the name of the entry and the notebook keeps its own parameters."""
    shutil.copytree(NOTEBOOKS, tmp_path / "n")
    (tmp_path / "n" / "briefings.toml").write_text('[meeting-next]\nnotebook = "meeting.ipynb"\nview = "meeting"\n', encoding="utf-8")
    [briefing] = plan(tmp_path / "n", real, {"currency": "USD"})
    assert (briefing.id, briefing.kind, briefing.value) == ("meeting-next", "meeting-next", None)
    assert briefing.parameters["currency"] == "USD"
