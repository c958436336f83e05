"""A project of a tiny ledger with as many meetings as asked for, each of which is a parameter set of one tiny notebook."""

import csv
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from sample import HOME

PLAN = '[meeting]\nnotebook = "meeting.ipynb"\nview = "meeting"\nparameter = "meeting"\neach = "meetings"\n'
CELLS = (
    'meeting: int = 1\nas_of: str = ""\ncurrency: str = "EUR"',
    "from udcg import sections, views",
    "view = views.meeting(meeting, as_of, currency)\nsections.meeting.title(view)",
    "sections.headline.bottom_line(view)",
    "sections.data.data(view)",
    "sections.evidence.sources(view)",
)
FIRST, DONOR, SOURCE, FACT, CLAIM = date(2022, 4, 26), "NO", "ministry", "gift", "gift-ministry"


def project(folder: Path, meetings: int) -> Path:
    """Write the project and return its folder."""
    data, notebooks = folder / "data", folder / "notebooks"
    data.mkdir(parents=True)
    notebooks.mkdir()
    shutil.copy(HOME / "data" / "datapackage.json", data)
    declared = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    rows = _rows(meetings)
    for table in declared:
        _write(data / table["path"], [field["name"] for field in table["schema"]["fields"]], rows.get(table["name"], []))
    (notebooks / "briefings.toml").write_text(PLAN, encoding="utf-8")
    nbformat.write(_notebook(), notebooks / "meeting.ipynb")
    return folder


def _rows(meetings: int) -> dict[str, list[dict[str, object]]]:
    return {
        "meetings": [_meeting(number) for number in range(1, meetings + 1)],
        "donors": [{"donor": DONOR, "name": "Norway", "kind": "country", "currency": "NOK"}],
        "sources": [{"source": SOURCE, "publisher": "Ministry", "date": FIRST, "tier": "official", "origin": SOURCE}],
        "facts": [
            {
                "fact": FACT,
                "title": "Gift",
                "announced_on": FIRST,
                "donor": DONOR,
                "stage": "pledge",
                "level": "package",
                "scope": "military",
                "currency": "EUR",
            }
        ],
        "claims": [{"claim": CLAIM, "fact": FACT, "source": SOURCE, "qualifier": "exact", "amount": 100, "currency": "EUR"}],
        "rates": [{"currency": currency, "date": FIRST, "rate_date": FIRST, "rate": 1} for currency in ("GBP", "USD")],
    }


def _meeting(number: int) -> dict[str, object]:
    day = FIRST + timedelta(days=number - 1)
    fixed = {"place": "Brussels", "country": "BE", "format": "in_person", "chairs": DONOR, "us_attendance": "chair"}
    return {"meeting": number, "start": day, "end": day, "headline_measures": "none", **fixed}


def _write(path: Path, columns: list[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _notebook() -> nbformat.NotebookNode:
    cells = [new_code_cell(source) for source in CELLS]
    cells[0].metadata["tags"] = ["parameters"]
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
