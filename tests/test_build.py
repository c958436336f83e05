"""A build makes what is due and nothing else, and what fails leaves the rest as it was."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from udcg.book import Book
from udcg.press import keys
from udcg.press.build import FORMATS, Build, Order, Outcome, build
from udcg.press.kernels import close
from udcg.press.plan import chosen, plan
from udcg.press.target import Folder, Written
from udcg.views.open import book_at


@pytest.fixture
def project(make_project, tmp_path, monkeypatch) -> Path:
    """Give a tiny project of three meetings."""
    home = make_project(tmp_path / "project")
    monkeypatch.setenv("UDCG_HOME", str(home))
    return home


def _build(home: Path, out: Path, *, only: list[int] | None = None, **order: object) -> dict[str, Outcome]:
    book = book_at(None, "", "EUR")
    planned = plan(home / "notebooks", book.ledger)
    wanted = [briefing for briefing in planned if only is None or briefing.value in only]
    outcomes = build(wanted, planned, book, Folder(out), replace(Order(jobs=2), **order), lambda outcome: None)
    return {outcome.briefing.id: outcome for outcome in outcomes}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _say(home: Path, old: str, new: str) -> None:
    """Replace text in the cells of the project's notebook."""
    path = home / "notebooks" / "meeting.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert any(old in cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


def _reasons(outcomes: dict[str, Outcome]) -> dict[str, tuple[str, ...]]:
    return {name: outcome.reasons for name, outcome in outcomes.items() if outcome.reasons}


def test_each_briefing_is_there_in_each_format(pages):
    """Two meetings and two donors as HTML, PDF and JSON."""
    for name in ("meeting-26", "meeting-27", "donor-NO", "donor-CZ"):
        assert all((pages / f"{name}.{kind}").stat().st_size > 1000 for kind in FORMATS)
        assert json.loads((pages / f"{name}.json").read_text(encoding="utf-8"))["id"] == name


def test_a_real_page_is_the_same_bytes_built_again(pages, real, tmp_path):
    """In another folder, with another number of jobs and with a template of its own."""
    planned = plan(Path(__file__).parents[1] / "notebooks", real)
    close()
    build(chosen(planned, ["meeting-26"]), planned, Book(real, "EUR"), Folder(tmp_path / "again"), Order(jobs=1), lambda outcome: None)
    for kind in FORMATS:
        assert (tmp_path / "again" / f"meeting-26.{kind}").read_bytes() == (pages / f"meeting-26.{kind}").read_bytes()


def test_no_page_shows_code_or_warnings(pages):
    """Nothing of the machinery is on a page."""
    for path in pages.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not any(word in html for word in ("Traceback", "Warning:", "sections.", ">nan<", "NaT", " None<"))


def test_the_second_build_makes_nothing(project, tmp_path):
    """Everything is made once; then nothing is due, and no file is touched."""
    first = _build(project, tmp_path / "out")
    assert {name: outcome.files for name, outcome in first.items()} == {
        f"meeting-{number}": tuple(sorted(f"meeting-{number}.{kind}" for kind in FORMATS)) for number in (26, 27, 28)
    }
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir() if path.name != ".lock"}
    assert _reasons(_build(project, tmp_path / "out")) == {}
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_force_makes_everything_anew(project, tmp_path):
    """Also what is as it should be."""
    _build(project, tmp_path / "out", formats=("json",))
    assert set(_reasons(_build(project, tmp_path / "out", formats=("json",), force=True)).values()) == {("everything is made anew",)}


def test_a_claim_makes_the_briefings_due_that_show_it(make_project, tmp_path, monkeypatch):
    """Two gifts in two windows: the claim on one of them changes one meeting's page, and that of no other."""
    facts = [{"fact": "old", "announced_on": "2025-02-12"}, {"fact": "new", "announced_on": "2025-06-04"}]
    claims = [{"fact": "old", "qualifier": "exact", "amount": 100}, {"fact": "new", "qualifier": "exact", "amount": 200}]
    claims = [claim | {"currency": "EUR", "source": "wire"} for claim in claims]
    home = make_project(tmp_path / "project", facts=facts, claims=claims)
    _say(home, "from udcg.blocks import Prose, Title, text", "from udcg import sections, views\nview = views.meeting(meeting)")
    _say(home, 'Title(f"Meeting {meeting}", "S", "D", "2025-04-11", ("k",))', "sections.meeting.title(view)")
    _say(home, 'Prose((text("said"),))', "sections.headline.bottom_line(view)")
    monkeypatch.setenv("UDCG_HOME", str(home))
    out = tmp_path / "out"
    _build(home, out, formats=("html",))
    before = {path.name: path.read_bytes() for path in out.glob("*.html")}
    _edit(home / "data" / "claims.csv", ",200,", ",300,")
    outcomes = _build(home, out, formats=("html",))
    assert _reasons(outcomes) == {"meeting-28": ("the evidence that it shows changed",)}
    after = {path.name: path.read_bytes() for path in out.glob("*.html")}
    assert {name for name in before if before[name] != after[name]} >= {"meeting-28.html"}
    assert before["meeting-26.html"] == after["meeting-26.html"]
    assert _reasons(_build(home, out, formats=("html",))) == {}


def test_a_notebook_that_reaches_further_is_due_with_any_data(project, tmp_path):
    """One that imports more than views and sections may show everything, so everything makes it due."""
    _build(project, tmp_path / "out", formats=("json",))
    _edit(project / "data" / "donors.csv", "Denmark", "Danmark")
    assert set(_reasons(_build(project, tmp_path / "out", formats=("json",)))) == {"meeting-26", "meeting-27", "meeting-28"}


def test_why_a_briefing_is_due(project, tmp_path):
    """A notebook saved, a file gone, a file of another's, a format not made before: each is said."""
    out = tmp_path / "out"
    _build(project, out, formats=("html",))
    (out / "meeting-26.html").unlink()
    (out / "meeting-27.html").write_text("half", encoding="utf-8")
    assert _reasons(_build(project, out, formats=("html",))) == {
        "meeting-26": ("meeting-26.html is missing, or not as it was written",),
        "meeting-27": ("meeting-27.html is missing, or not as it was written",),
    }
    assert _reasons(_build(project, out, only=[28], formats=("json",))) == {"meeting-28": ("meeting-28.json was not made before",)}
    _say(project, "said", "told")
    assert set(_reasons(_build(project, out, formats=("html",))).values()) == {("its notebook changed",)}


def test_no_file_of_a_briefing_stays_older_than_another(project, tmp_path):
    """Asked for one format after a change, the build renews the others that are there too."""
    out = tmp_path / "out"
    _build(project, out, only=[26])
    _say(project, "said", "told")
    assert _build(project, out, only=[26], formats=("pdf",))["meeting-26"].files == ("meeting-26.html", "meeting-26.json", "meeting-26.pdf")
    assert "told" in (out / "meeting-26.html").read_text(encoding="utf-8")


def test_a_failed_briefing_leaves_the_others_and_its_last_good_files(project, tmp_path):
    """Its page in the log folder says why, until it is made again."""
    out = tmp_path / "out"
    _build(project, out, formats=("html",))
    good = (out / "meeting-27.html").read_bytes()
    _say(project, 'text("said")', "text(str(1 / (meeting - 27)))")
    outcomes = _build(project, out, formats=("html",))
    assert [name for name, outcome in outcomes.items() if outcome.failure] == ["meeting-27"]
    assert outcomes["meeting-27"].failure.cell == 3
    assert (out / "meeting-27.html").read_bytes() == good
    assert "ZeroDivisionError" in (out / "log" / "meeting-27.html").read_text(encoding="utf-8")
    assert set(_reasons(_build(project, out, formats=("html",)))) == {"meeting-27"}
    _say(project, "1 / (meeting - 27)", "1")
    assert _build(project, out, formats=("html",))["meeting-27"].failure is None
    assert not (out / "log" / "meeting-27.html").exists()


def test_the_same_bytes_in_another_folder_with_another_number_of_jobs(project, tmp_path):
    """Every file of two builds, the manifest and the index too."""
    contents = []
    for name, jobs in (("one", 1), ("two", 3)):
        _build(project, tmp_path / name / "deep", jobs=jobs)
        contents.append({path.name: path.read_bytes() for path in (tmp_path / name / "deep").iterdir() if path.is_file()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 3 * len(FORMATS) + 4  # and manifest, index, feed, lock


def test_the_manifest_says_what_everything_was_made_from(project, tmp_path):
    """Versions, vintage, the evidence's last day, and hashes of each file."""
    _build(project, tmp_path, only=[26])
    content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert content["cut_off"] == "2025-04-11"
    assert {"python", "pandas", "typst", "matplotlib"} <= content["versions"].keys()
    record = content["briefings"]["meeting-26"]
    assert record["parameters"] == {"meeting": 26, "as_of": "", "currency": "EUR"}
    assert record["key"]["vintage"] == content["vintage"]
    assert all(record["files"][f"meeting-26.{kind}"]["size"] == (tmp_path / f"meeting-26.{kind}").stat().st_size for kind in FORMATS)


def test_the_manifest_says_what_index_and_feed_were_made_from(project, tmp_path):
    """A key, and the hash of each; and what each page says of itself, so that both can be made without opening it."""
    _build(project, tmp_path, only=[26])
    content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    files = content["lists"]["files"]
    assert {name: Written(**was) for name, was in files.items()} == {
        name: Written.of((tmp_path / name).read_bytes()) for name in ("index.html", "feed.json")
    }
    about = {"title": "Meeting 26", "subtitle": "S", "day": "2025-04-11", "bottom_line": ""}
    assert content["briefings"]["meeting-26"]["about"] == about


def test_index_and_feed_change_with_what_they_show_and_only_then(make_project, tmp_path, monkeypatch):
    """A new briefing changes both; nothing new, or other code that gives the same bytes, neither."""
    home, out = make_project(tmp_path / "project"), tmp_path / "out"
    monkeypatch.setenv("UDCG_HOME", str(home))

    def written() -> dict[str, tuple[int, bytes]]:
        return {name: ((out / name).stat().st_mtime_ns, (out / name).read_bytes()) for name in ("index.html", "feed.json")}

    _build(home, out, only=[26], formats=("html",))
    first = written()
    _build(home, out, only=[26], formats=("html",))
    assert written() == first
    _build(home, out, only=[27], formats=("html",))
    second = written()
    assert all(first[name] != second[name] and b"meeting-27" in second[name][1] for name in first)
    monkeypatch.setattr(keys, "code", lambda: "other code")
    work = Build(book_at(None, "", "EUR"), Folder(out), Order())
    key = work.manifest.lists.key
    work.lists(plan(home / "notebooks", work.book.ledger))
    assert work.manifest.lists.key != key
    assert written() == second


@pytest.mark.parametrize("name", ["index.html", "feed.json"])
def test_an_index_or_feed_that_is_not_as_it_was_written_is_written_again(project, tmp_path, name):
    """Missing or changed by hand; the other one is left alone."""
    _build(project, tmp_path, only=[26], formats=("html",))
    good = (tmp_path / name).read_bytes()
    for spoil in ((tmp_path / name).unlink, lambda: (tmp_path / name).write_bytes(good[:-20])):
        spoil()
        _build(project, tmp_path, only=[26], formats=("html",))
        assert (tmp_path / name).read_bytes() == good


def test_a_manifest_that_cannot_be_read_is_as_none(project, tmp_path):
    """Another version's, or half of one: everything is made again, and it is whole."""
    (tmp_path / "manifest.json").write_text('{"briefings": {"meeting-26": {}}}', encoding="utf-8")
    assert set(_reasons(_build(project, tmp_path, only=[26], formats=("json",)))) == {"meeting-26"}
    (tmp_path / "manifest.json").write_text('{"briefings"', encoding="utf-8")
    assert set(_reasons(_build(project, tmp_path, only=[26], formats=("json",)))) == {"meeting-26"}
    assert _reasons(_build(project, tmp_path, only=[26], formats=("json",))) == {}


def test_briefings_of_another_day_are_others(project, tmp_path):
    """The same folder asked for an earlier day is made again, and says why."""
    home = project
    book = book_at(None, "", "EUR")
    _build(home, tmp_path, only=[26], formats=("json",))
    planned = plan(home / "notebooks", book.ledger, {"as_of": "2025-04-11"})[:1]
    outcomes = build(
        planned, planned, book_at(None, "2025-04-11", "EUR"), Folder(tmp_path), Order(("json",), as_of="2025-04-11"), lambda _: None
    )
    assert outcomes[0].reasons == ("its parameters changed",)
