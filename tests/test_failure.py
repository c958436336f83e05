"""The page of a failed briefing."""

from pathlib import Path

from udcg.press.failure import Failure, page
from udcg.press.notebook import Notebook
from udcg.press.plan import Briefing

HOSTILE = "<script>alert(1)</script>"


def test_a_failure_is_readable_and_escaped():
    """Cell, code, parameters, cause and trace stand on it, and nothing in them is markup."""
    briefing = Briefing(
        "meeting-27", "meeting", "meeting", 27, Notebook(Path("folder/meeting.ipynb"), "{}"), {"meeting": 27, "as_of": HOSTILE}
    )
    html = page(Failure(f"ValueError: {HOSTILE}", 3, HOSTILE, f"line 1\n{HOSTILE}"), briefing).decode()
    for piece in ("meeting-27 was not built", "Cell 3 of meeting.ipynb", "as_of", "27", "ValueError", "line 1"):
        assert piece in html
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_a_failure_of_no_cell_says_so():
    """No cell, no code, no trace: only the cause."""
    briefing = Briefing("meeting-27", "meeting", "meeting", 27, Notebook(Path("meeting.ipynb"), "{}"), {"meeting": 27})
    html = page(Failure("its worker was lost"), briefing).decode()
    assert "No cell of meeting.ipynb is at fault" in html
    assert "<pre>" not in html
