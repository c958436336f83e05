"""Tiny valid evidence for the tests: a data folder, a ledger and a book from literal rows, and the project's own ledger."""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings

from udcg import catalogue, ledger, tracker, words
from udcg.book import Book
from udcg.ledger import Ledger
from udcg.money import EURO
from udcg.press.about import About
from udcg.press.build import Order, build
from udcg.press.contents import Entry
from udcg.press.kernels import owner
from udcg.press.notebook import Notebook
from udcg.press.plan import Briefing, chosen, plan
from udcg.press.run import execute
from udcg.press.target import Folder
from udcg.tracker import Tracker
from udcg.words import Words

DATA = Path(__file__).parents[1] / "data"
Rows = list[dict[str, Any]]

# the same examples on every run, and as long as they take
settings.register_profile("udcg", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("udcg")

DEFAULTS: dict[str, dict[str, Any]] = {
    "meetings": {
        "place": "Brussels",
        "country": "BE",
        "format": "in_person",
        "chairs": "GB",
        "us_attendance": "chair",
        "headline_measures": "none",
    },
    "donors": {"kind": "country"},
    "sources": {"publisher": "Outlet", "date": "2025-04-11", "tier": "press"},
    "facts": {
        "announced_on": "2025-04-11",
        "donor": "GB",
        "stage": "pledge",
        "level": "package",
        "scope": "military",
        "currency": "EUR",
    },
    "shares": {"currency": "EUR"},
    "claims": {"source": "daily"},
    "rulings": {
        "field": "amount",
        "value": "as chosen",
        "reason": "Because.",
        "decided_on": "2026-01-01",
        "status": "settled",
        "expect": "none",
    },
    "figures": {"metric": "gdp", "value": 1, "unit": "USD", "measures": "Everything", "publisher": "Bureau"},
    "rates": {},
}

MINIMAL: dict[str, Rows] = {
    "meetings": [
        {"meeting": 26, "start": "2025-02-12", "end": "2025-02-12"},
        {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11"},
        {"meeting": 28, "start": "2025-06-04", "end": "2025-06-05"},
    ],
    "donors": [
        {"donor": "GB", "name": "United Kingdom", "currency": "GBP", "groups": "NATO;G7;JEF"},
        {"donor": "NO", "name": "Norway", "currency": "NOK"},
        {"donor": "DK", "name": "Denmark", "currency": "DKK"},
        {"donor": "MULTI", "name": "Several donors", "kind": "group"},
        {"donor": "UDCG", "name": "Contact Group", "kind": "group"},
        {"donor": "IFU", "name": "International Fund for Ukraine", "kind": "fund"},
    ],
    "sources": [
        {"source": "ministry", "tier": "official"},
        {"source": "wire", "tier": "agency"},
        {"source": "daily"},
        {"source": "weekly"},
        {"source": "blog", "tier": "aggregator"},
        {"source": "echo", "tier": "state_controlled"},
    ],
    "facts": [{"fact": "gift"}],
    "shares": [],
    "rulings": [],
    "figures": [],
    "rates": [
        {"currency": "GBP", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 0.8},
        {"currency": "USD", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 1.25},
    ],
}


def _declared() -> dict[str, list[str]]:
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return {table["name"]: [field["name"] for field in table["schema"]["fields"]] for table in resources}


def _filled(table: str, row: dict[str, Any]) -> dict[str, Any]:
    made = {
        "sources": {"origin": row.get("source")},
        "facts": {"title": row.get("fact")},
        "claims": {"claim": f"{row.get('fact')}-{row.get('source', 'daily')}"},
        "rulings": {"ruling": f"{row.get('fact')}.{row.get('field', 'amount')}"},
        "donors": {"name": row.get("donor")},
    }
    return {**DEFAULTS[table], **made.get(table, {}), **row}


def _write(folder: Path, **tables: Rows) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(DATA / "datapackage.json", folder)
    rows = MINIMAL | tables
    rows.setdefault("claims", [{"fact": row["fact"], "qualifier": "exact", "amount": 100, "currency": "EUR"} for row in rows["facts"]])
    for name, columns in _declared().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(_filled(name, row) for row in rows[name])
    return folder


@pytest.fixture(scope="session")
def evidence_folder() -> Callable[..., Path]:
    """Give a function that writes a tiny valid data folder: `evidence_folder(folder, facts=[{"fact": "gift"}], ...)`.

    A table that is not given has minimal rows, and each fact one claim of exactly EUR 100; a cell that is not given has the
    usual value.
    """
    return _write


@pytest.fixture(scope="session")
def make_ledger(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ledger]:
    """Give a function that writes rows as `evidence_folder` does and loads them: `make_ledger(facts=[...])`."""
    return lambda **tables: ledger.load(_write(tmp_path_factory.mktemp("evidence"), **tables))


@pytest.fixture(scope="session")
def make_book(make_ledger: Callable[..., Ledger]) -> Callable[..., Book]:
    """Give a function that makes a book in euros of facts that carry their own amount: `make_book([{"fact": "a", "amount": 1}])`.

    The cells amount, qualifier, amount_high and source make the fact's one claim; a fact without an amount is only mentioned.
    """

    def make(facts: Rows, **tables: Rows) -> Book:
        spoken = ("amount", "qualifier", "amount_high", "source")
        claims = [{"fact": row["fact"], **{cell: row[cell] for cell in spoken if cell in row}} for row in facts]
        stated = [{"qualifier": "exact", "currency": row.get("currency", "EUR")} if "amount" in row else {} for row in facts]
        return Book(
            make_ledger(
                **{
                    "facts": [{cell: value for cell, value in row.items() if cell not in spoken} for row in facts],
                    "claims": [first | second for first, second in zip(stated, claims, strict=True)],
                    **tables,
                }
            ),
            "EUR",
        )

    return make


@pytest.fixture(scope="session")
def real() -> Ledger:
    """Load the project's own ledger."""
    return ledger.load(DATA)


@pytest.fixture(scope="session")
def book(real: Ledger) -> Book:
    """Give the project's own book in euros."""
    return Book(real, EURO)


@pytest.fixture
def tracked(tmp_path: Path) -> Callable[[Book, str], Tracker]:
    """Give a function that writes a tracker's file and reads it."""

    def read(book: Book, text: str) -> Tracker:
        path = tmp_path / "tracker.csv"
        path.write_text(text, encoding="utf-8")
        return tracker.read(path, book.ledger)

    return read


@pytest.fixture(scope="session")
def pages(real: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build four real briefings once, on two threads, and give the folder with their files and index."""
    folder = tmp_path_factory.mktemp("pages")
    briefings = plan(DATA.parent / "notebooks", real)
    wanted = chosen(briefings, ["meeting-26", "meeting-27", "donor-NO", "donor-CZ"])
    outcomes = build(wanted, briefings, Book(real, "EUR"), Folder(folder), Order(jobs=2), report=lambda outcome: None)
    assert [outcome.failure for outcome in outcomes] == [None] * 4
    return folder


@pytest.fixture(scope="session")
def whole(pages: Path, real: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build all briefings once, those of `pages` aside, and give the folder with the files and index of all."""
    folder = tmp_path_factory.mktemp("whole") / "build"
    shutil.copytree(pages, folder)
    briefings = plan(DATA.parent / "notebooks", real)
    outcomes = build(briefings, briefings, Book(real, "EUR"), Folder(folder), Order(jobs=2), report=lambda outcome: None)
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    return folder


@pytest.fixture(scope="session")
def run_notebook(real: Ledger) -> nbformat.NotebookNode:
    """Run the notebook of the 27th meeting once and give it with its outputs."""
    return execute(chosen(plan(DATA.parent / "notebooks", real), ["meeting-27"])[0])


NOTEBOOK = """
from udcg.blocks import Prose, Title, text
Title(f"Meeting {meeting}", "S", "D", "2025-04-11", ("k",))
---
Prose((text("said"),))
"""


def _project(folder: Path, source: str = "", **tables: Rows) -> Path:
    _write(folder / "data", **tables)
    cells = [nbformat.v4.new_code_cell("meeting: int = 26\nas_of: str = ''\ncurrency: str = 'EUR'", metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(part.strip()) for part in (NOTEBOOK + "---" + source).split("---") if part.strip()]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (folder / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "notebooks" / "meeting.ipynb")
    entry = '[meeting]\nnotebook = "meeting.ipynb"\nview = "meeting"\nparameter = "meeting"\neach = "meetings"\n'
    (folder / "notebooks" / "briefings.toml").write_text(entry, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def make_project() -> Callable[..., Path]:
    """Give a function that writes a tiny project of three meetings: `make_project(folder, "1 / 0")`, its last cell as given."""
    return _project


@pytest.fixture(scope="session")
def make_entry() -> Callable[..., Entry]:
    """Give a function that lists a briefing: `make_entry("meeting", 27, title="27th meeting", bottom_line="Little is new.")`.

    Its HTML has no known size, its PDF 2,000 bytes and its JSON 3,000; a kind without a value is one of which there is but one.
    """

    def make(kind: str, value: object = None, files: tuple[str, ...] = ("html", "pdf", "json"), **about: str) -> Entry:
        name = kind if value is None else f"{kind}-{value}"
        sizes = {"html": None, "pdf": 2000, "json": 3000}
        briefing = Briefing(name, kind, kind, value, Notebook(Path("x.ipynb"), "{}"), {})
        return Entry(briefing, About(**about), {file: sizes[file] for file in files})

    return make


@pytest.fixture
def language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], Words]]:
    """Give a function that makes a catalogue the one of Ukrainian and returns its words."""
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)

    def known(catalogue_: bytes) -> Words:
        (tmp_path / "uk.po").write_bytes(catalogue_)
        return words.of("uk")

    _forget()
    yield known
    _forget()


def _forget() -> None:
    words.of.cache_clear()
    catalogue.catalogue.cache_clear()


@pytest.fixture(scope="module")
def forking(make_project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fork in a tiny project, which a template loads quickly, and leave no template behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UDCG_HOME", str(make_project(tmp_path_factory.mktemp("forking") / "project")))
        owner.close()
        yield
    owner.close()
