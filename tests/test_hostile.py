"""Evidence that means harm, or says next to nothing, is printed as what it is: pages keep their shape and run nothing."""

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

import hostile
import layout

DATA = Path(__file__).parents[1] / "data"
IDS = ["meeting-27", "meeting-33", "meeting-next", "donor-GB", "donor-ME", "coalition"]
HARM = {"outside the margins", "printed on one another", "wider than its column", "a note apart from its table"}
FORMULA = ("=", "+", "-", "@")


def _built(home: Path) -> Path:
    """Build some briefings of a project whose data is there already."""
    shutil.copytree(DATA.parent / "notebooks", home / "notebooks")
    command = [sys.executable, "-m", "udcg", "build", *IDS, "--to", str(home / "out"), "--jobs", "2"]
    run = subprocess.run(command, env=os.environ | {"UDCG_HOME": str(home)}, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
    return home / "out"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Path:
    """Build pages of evidence whose free texts are all hostile."""
    home = tmp_path_factory.mktemp("attacked")
    hostile.attacked(DATA, home / "data")
    return _built(home)


@pytest.fixture(scope="module")
def bared(tmp_path_factory) -> Path:
    """Build pages of evidence in which every cell that may be empty is."""
    home = tmp_path_factory.mktemp("bared")
    hostile.bared(DATA, home / "data")
    return _built(home)


@pytest.fixture(params=IDS)
def name(request) -> str:
    """Name each of the briefings."""
    return request.param


def _tables(pdf: Path) -> dict[str, list[dict[str, str]]]:
    """The CSV files attached to a PDF."""
    attached = PdfReader(pdf).attachments
    return {
        file: list(csv.DictReader(io.StringIO(content[0].decode("utf-8")))) for file, content in attached.items() if file.endswith(".csv")
    }


def test_a_page_shows_hostile_texts_and_runs_none(attacked, name):
    """Tags, handlers and addresses that would run something are text in HTML; nothing fills in a template or a message."""
    text = (attacked / f"{name}.html").read_text(encoding="utf-8")
    assert any(harm in html.unescape(text) for harm in hostile.TEXTS)
    assert re.findall(r"<(?:script|iframe|img|object)\b|<svg onload", text) == []
    assert re.findall(r"<[a-z][^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*\son[a-z]+=", text) == []
    assert re.findall(r'(?:href|src)="(?!https?:|#|data:|index\.html)', text) == []


def test_a_pdf_keeps_its_shape_whatever_it_has_to_say(attacked, name):
    """No text of any length or script leaves its place; markup and letters without a drawing stay within the standards."""
    pdf = (attacked / f"{name}.pdf").read_bytes()
    assert [str(fault) for fault in layout.faults(pdf) if fault.what in HARM] == []
    assert [failure for profile in ("ua1", "3a") for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


def test_markup_is_printed(attacked):
    """What would be code, a reference and a heading in the language of the PDF's template is on its pages."""
    printed = re.sub(r"[\s\u200b\u2060]+", "", "".join(page.extract_text() for page in PdfReader(attacked / "donor-GB.pdf").pages))
    assert '#panic("x")$x$*bold*_it_@ref<lab>' in printed
    assert "<script>alert(1)</script>" in printed


def test_no_attached_cell_is_a_formula(attacked, name):
    """No cell begins as a formula does, and each text is there letter by letter, behind an apostrophe where it would."""
    tables = _tables(attacked / f"{name}.pdf")
    cells = {cell for rows in tables.values() for row in rows for cell in row.values()}
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert cells & {"'" + text for text in hostile.TEXTS if text.startswith(FORMULA)}
    assert cells & {text for text in hostile.TEXTS if not text.startswith(FORMULA)}


def test_the_data_holds_the_very_texts(attacked, name):
    """JSON, beside the page and attached to it, has the texts as they were."""
    data = (attacked / f"{name}.json").read_text(encoding="utf-8")
    titles = {fact["title"] for fact in json.loads(data)["facts"]}
    assert titles
    assert titles <= {text.strip() for text in hostile.TEXTS}
    assert PdfReader(attacked / f"{name}.pdf").attachments[f"{name}.json"][0].decode("utf-8") == data


def test_pages_that_know_next_to_nothing_are_whole(bared, name):
    """Without amounts, days of delivery, ties, rulings' claims and notes, pages are as sound as others."""
    pdf = (bared / f"{name}.pdf").read_bytes()
    assert list(map(str, layout.faults(pdf))) == []
    assert [failure for profile in ("ua1", "3a") for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []
    printed = (bared / f"{name}.html").read_text(encoding="utf-8")
    assert (
        re.findall(r"\b(?:nan|NaN|NaT|None(?! of )|inf)\b", re.sub(r"<style.*?</style>|base64,[^\"]*", "", printed, flags=re.DOTALL)) == []
    )
