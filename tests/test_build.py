"""A real build, and one with a failing briefing in it."""

import json
import shutil
from pathlib import Path

from udcg.press.build import build
from udcg.press.plan import chosen, plan

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def test_each_briefing_is_there_in_each_format(pages):
    """Two meetings and two donors as HTML, PDF and JSON."""
    for name in ("meeting-26", "meeting-27", "donor-NO", "donor-CZ"):
        assert all((pages / f"{name}.{kind}").stat().st_size > 1000 for kind in ("html", "pdf", "json"))
        assert json.loads((pages / f"{name}.json").read_text(encoding="utf-8"))["id"] == name


def test_no_page_shows_code_or_warnings(pages):
    """Nothing of the machinery is on a page."""
    for path in pages.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not any(word in html for word in ("Traceback", "Warning:", "sections.", ">nan<", "NaT", " None<"))


def test_a_failed_briefing_leaves_the_others_and_its_last_good_file(real, tmp_path):
    """The good one is built; the failed one keeps its old file and its cause is in the log folder."""
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    broken = tmp_path / "notebooks" / "donor.ipynb"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("sections.donor.bottom_line(view)", "sections.donor.no_such(view)"), encoding="utf-8"
    )
    out = tmp_path / "out"
    out.mkdir()
    (out / "donor-CZ.html").write_text("last good", encoding="utf-8")
    seen = []
    wanted = chosen(plan(tmp_path / "notebooks", real), ["donor-CZ", "meeting-26"])
    failed, good = build(wanted, ("html",), out, jobs=2, report=seen.append)
    assert "cell 5" in failed.error
    assert "no_such" in failed.error
    assert good.files == ("meeting-26.html",)
    assert len(seen) == 2
    assert (out / "donor-CZ.html").read_text(encoding="utf-8") == "last good"
    assert "no_such" in (out / "log" / "donor-CZ.txt").read_text(encoding="utf-8")
