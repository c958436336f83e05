"""The declarations of data/datapackage.json become tables and fields, or one readable problem."""

import json
from pathlib import Path

import pytest

from conftest import DATA
from udcg import schema
from udcg.errors import EvidenceError
from udcg.ledger import TABLES
from udcg.schema import Field, Table

GIFTS = {
    "name": "gifts",
    "path": "gifts.csv",
    "schema": {
        "primaryKey": "gift",
        "fields": [
            {"name": "gift", "type": "string", "description": "Id", "constraints": {"required": True, "unique": True, "pattern": "[a-z]+"}},
            {"name": "donors", "type": "string", "description": "Who", "separator": ";", "references": "donors"},
            {"name": "amount", "type": "number", "description": "Sum", "unit": "EUR", "constraints": {"minimum": 0}},
        ],
    },
}


def _package(folder: Path, text: str) -> Path:
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def test_read_gives_the_declared_table(tmp_path: Path):
    """A declared table is read with its key and each field's constraints, and with nothing that is not declared."""
    result = schema.read(_package(tmp_path, json.dumps({"resources": [GIFTS]})))
    assert result == {
        "gifts": Table(
            "gifts",
            "gifts.csv",
            ("gift",),
            (
                Field("gift", "string", "Id", required=True, unique=True, pattern="[a-z]+"),
                Field("donors", "string", "Who", separator=";", references="donors"),
                Field("amount", "number", "Sum", unit="EUR", minimum=0),
            ),
        )
    }


def test_read_gives_a_key_of_several_columns(tmp_path: Path):
    """A key of two columns stays two columns."""
    double = GIFTS | {"schema": GIFTS["schema"] | {"primaryKey": ["gift", "donors"]}}
    assert schema.read(_package(tmp_path, json.dumps({"resources": [double]})))["gifts"].key == ("gift", "donors")


def test_columns_and_field_are_found_by_name(tmp_path: Path):
    """A table knows its columns in order and each field by its name."""
    table = schema.read(_package(tmp_path, json.dumps({"resources": [GIFTS]})))["gifts"]
    assert table.columns == ("gift", "donors", "amount")
    assert table.field("amount").unit == "EUR"


def test_read_names_a_missing_file(tmp_path: Path):
    """A folder without declarations is an error that names the file."""
    with pytest.raises(EvidenceError) as error:
        schema.read(tmp_path)
    assert [problem.file for problem in error.value.problems] == [str(tmp_path / "datapackage.json")]
    assert "cannot be read: No such file" in str(error.value)


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"resources": [{"name": "gifts"}]}', '{"resources": 1}'])
def test_read_says_what_is_no_data_package(tmp_path: Path, text: str):
    """Broken JSON, and JSON of another shape, are problems of the file and not tracebacks."""
    with pytest.raises(EvidenceError, match=r"datapackage\.json: is not a Data Package"):
        schema.read(_package(tmp_path, text))


def test_the_project_declares_every_table_of_the_ledger():
    """Each table that the ledger loads is declared, described and keyed by columns that it has."""
    tables = schema.read(DATA)
    assert set(TABLES) <= set(tables)
    assert [name for name, table in tables.items() if not table.key or not set(table.key) <= set(table.columns)] == []
    assert [(name, field.name) for name, table in tables.items() for field in table.fields if not field.description] == []


def test_the_project_references_only_declared_tables():
    """A column that names the key of another table names one that is declared."""
    tables = schema.read(DATA)
    named = {field.references for table in tables.values() for field in table.fields if field.references}
    assert named <= set(tables)
