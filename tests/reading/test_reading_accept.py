"""Reviewed rows go into a copy of data/: all or nothing, and never twice."""

import csv
import io
import shutil

import pytest

from conftest import DATA
from udcg import audit, ledger
from udcg.book import Book
from udcg.errors import EvidenceError, ReadingError, ReviewError, TargetError
from udcg.money import EURO
from udcg.reading import rows
from udcg.reading.accept import accept
from udcg.reading.api import read_document
from udcg.reading.documents import Document

TEXT = "Denmark will give Ukraine another 3.3 billion kroner of military aid. The package includes 17 Skynex systems."


@pytest.fixture
def folder(tmp_path):
    """A copy of the project's evidence."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def review(tmp_path, folder):
    """Write a review with changed cells; accepted where nothing else is said."""
    read = read_document(Document("daily.txt", TEXT, "2026-02-20"), Book(ledger.load(folder), EURO))
    listed = list(csv.DictReader(io.StringIO(rows.text([read]))))

    def write(name="review.csv", **cells):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows.COLUMNS, *(set(cells) - set(rows.COLUMNS))])
            writer.writeheader()
            writer.writerows({**row, "accept": "yes", **cells} for row in listed)
        return path

    return write


def _bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_accepted_rows_are_appended(folder, review):
    """Source, facts and claims stand at the end of their files, all before is as it was, and the check passes."""
    before = _bytes(folder)
    assert accept(review(), folder) == f"added 1 source, 2 facts, 2 claims to {folder}"
    after = _bytes(folder)
    assert all(after[name].startswith(before[name]) for name in ("sources.csv", "facts.csv", "claims.csv"))
    evidence = ledger.load(folder)
    assert audit.problems(evidence) == []
    fact = evidence.facts.iloc[-1]
    assert (fact["donor"], fact["item"], fact["part_of"]) == ("DK", "Skynex systems", evidence.facts.iloc[-2]["fact"])
    assert not list(folder.parent.glob(".accepting-*"))


def test_duplicates_are_refused_with_the_ids(folder, review):
    """The same review again names every claim that it repeats, and writes nothing."""
    accept(review(), folder)
    before = _bytes(folder)
    with pytest.raises(ReviewError, match="repeats a claim; nearest: daily-2026-02-1-001"):
        accept(review(), folder)
    with pytest.raises(ReviewError, match="is the id of another claim"):
        accept(review("b.csv", **{"facts.fact": "dk-2026-02-other", "facts.part_of": ""}), folder)
    assert _bytes(folder) == before


def test_a_fact_under_another_name_is_refused(folder, review):
    """Donor, day, stage and number say that it is the same."""
    accept(review(), folder)
    path = review("again.csv", **{"sources.source": "other-2026-02-1", "facts.part_of": ""})
    text = path.read_text(encoding="utf-8").replace("daily-2026-02-1-0", "other-2026-02-1-0").replace("dk-2026-02-", "dk-2026-02-x-")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReviewError, match="repeats a fact; name that one instead; nearest: dk-2026-02-skynex-systems"):
        accept(path, folder)


@pytest.mark.parametrize(
    ("cells", "error", "answer"),
    [
        ({"facts.stage": "plegde"}, EvidenceError, "'plegde' is not allowed; nearest: pledge"),
        ({"facts.part_of": "dk-no-such-fact"}, EvidenceError, "is not in facts.csv"),
        ({"facts.level": ""}, ReviewError, "is needed for a fact with an amount"),
        ({"accept": "maybe"}, ReviewError, "'maybe' is no answer"),
        ({"accept": "no"}, ReviewError, "accepts no row"),
        ({"facts.donors": "DK"}, ReviewError, "'facts.donors' is no column of this table"),
        ({"colour": "red"}, ReviewError, "'colour' is not a known column"),
    ],
)
def test_faults_are_named_and_nothing_is_written(folder, review, cells, error, answer):
    """A fault in one cell leaves every file as it was."""
    before = _bytes(folder)
    with pytest.raises(error, match=answer):
        accept(review(**cells), folder)
    assert _bytes(folder) == before
    assert not list(folder.parent.glob(".accepting-*"))


def test_a_missing_column_and_a_missing_file(folder, review, tmp_path):
    """Both are named."""
    path = review()
    path.write_text(path.read_text(encoding="utf-8").replace("claims.amount,", "claims.amout,", 1), encoding="utf-8")
    with pytest.raises(ReviewError, match=r"column claims\.amount: this column is missing; nearest: claims\.amout"):
        accept(path, folder)
    with pytest.raises(ReadingError, match="cannot be read"):
        accept(tmp_path / "none.csv", folder)


def test_all_files_or_none(folder, review, monkeypatch):
    """Where the last file cannot be put in place, those before are put back."""
    before, path = _bytes(folder), review()
    replace = type(folder).replace

    def failing(self, target):
        if self.name == "claims.csv":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(type(folder), "replace", failing)
    with pytest.raises(TargetError, match="No space left on device; nothing was changed"):
        accept(path, folder)
    assert _bytes(folder) == before
