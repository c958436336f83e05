"""An independent cross-check: frictionless reads the same declarations and files."""

import shutil

import pytest
from frictionless import Package
from frictionless.system import system

from udcg.ledger import TABLES, home


@pytest.mark.parametrize("table", TABLES)
def test_frictionless_finds_no_error(table):
    """The declared package is valid for another tool too."""
    report = Package(home() / "data" / "datapackage.json").get_resource(table).validate()
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []


def test_frictionless_would_find_one(tmp_path):
    """A planted fault is found, so the check can fail."""
    shutil.copytree(home() / "data", tmp_path / "data")
    path = tmp_path / "data" / "meetings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2022-04-26", "31/02/2022", 1), encoding="utf-8")
    with system.use_context(trusted=True):
        assert not Package(tmp_path / "data" / "datapackage.json").get_resource("meetings").validate().valid
