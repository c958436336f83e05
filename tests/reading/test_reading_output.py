"""The three forms of output: a table for eyes, CSV for review, JSON for programs."""

import csv
import io
import json

import pytest
from rich.console import Console

from udcg.reading import rows, table
from udcg.reading.api import Read, currencies, last_rates
from udcg.reading.claims import claims
from udcg.reading.documents import Document
from udcg.reading.record import KEYS, Match

TEXT = "Britain unveiled a £150 million package ($186 million) for Ukraine. It includes 50 tanks. Ten soldiers were killed in Ukraine."


@pytest.fixture
def read():
    """A package, its conversion and its contents."""
    records, indicators = claims(TEXT, "2025-02-12", currencies(), last_rates())
    return Read(Document("news/a.txt", TEXT, "2025-02-12"), records, indicators)


def test_json_has_the_keys(read):
    """Exactly the keys of the format, same_as only where it is."""
    first, second, third = (record.json() for record in read.records)
    assert tuple(first) == KEYS
    assert (second["same_as"], third["part_of"], first["match"]) == (0, 0, {"status": "new", "fact": None, "difference": None})
    assert json.loads(json.dumps(third))["donors"] == ["GB"]
    assert TEXT[third["start"] : third["end"]] == "50 tanks"


def test_csv_is_ready_for_review(read):
    """One row a claim, unaccepted, with the cells of source, fact and claim; a conversion is a claim of the same fact."""
    package, dollars, tanks = csv.DictReader(io.StringIO(rows.text([read])))
    assert tuple(package) == rows.COLUMNS
    assert package["accept"] == ""
    assert package["facts.fact"] == dollars["facts.fact"] == tanks["facts.part_of"]
    assert (package["claims.amount"], package["claims.currency"], package["claims.qualifier"]) == ("150000000", "GBP", "exact")
    assert (tanks["claims.quantity_text"], tanks["claims.unit"], tanks["facts.level"]) == ("50", "tanks", "item")
    assert (package["sources.source"], package["sources.date"]) == ("a-2025-02-1", "2025-02-12")


def test_what_is_said_again_is_one_row(read):
    """A text that repeats a claim gives one row for it."""
    twice = Read(read.document, [*read.records, read.records[0].__class__(**{**read.records[0].__dict__, "same_as": 0})], [])
    assert len(rows.text([twice]).splitlines()) == 1 + len(read.records)


def test_the_table_marks_the_mention(read):
    """With donors, stage, number, what the ledger knows, and the sentence."""
    out = io.StringIO()
    table.show([read], indicators=True, console=Console(file=out, width=160, force_terminal=True, color_system="standard"))
    shown = out.getvalue()
    for piece in ("news/a.txt, 2025-02-12: 3 claims: 3 new", "GBP 150m", "same as 0", "part of 0", "no aid", "10"):
        assert piece in shown
    assert "\x1b[1;7m£150 million\x1b[0m" in shown


def test_nothing_found(read):
    """A document without a claim says so."""
    out = io.StringIO()
    table.show([Read(Document("b.txt", "Rain.", ""), [], [])], indicators=False, console=Console(file=out, width=80))
    assert "b.txt, day not known: 0 claims" in out.getvalue()
    assert Match().status == "new"
