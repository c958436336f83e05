"""The words by which articles are read are tables that an analyst can extend, and that are checked."""

import shutil

import pytest

from conftest import DATA
from udcg.errors import EvidenceError
from udcg.reading import vocabulary

TABLES = ("names", "verbs", "cues", "aid", "equipment", "currencies", "qualifiers", "scales")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_sound(table):
    """No phrase stands twice and every value is allowed."""
    assert vocabulary.rows(table)


def test_capabilities_and_codes_are_known():
    """The gazetteer's capabilities are declared, and givers are donors of the ledger."""
    assert vocabulary.unknown(vocabulary.FOLDER, DATA) == []


def _changed(tmp_path, table, old, new):
    folder = tmp_path / "vocabulary"
    shutil.copytree(vocabulary.FOLDER, folder)
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_value_that_is_not_allowed_names_the_nearest(tmp_path):
    """File, row, column, value, and what was meant."""
    folder = _changed(tmp_path, "names", "Germany,DE,giver,country", "Germany,DE,gver,country")
    with pytest.raises(EvidenceError, match=r"vocabulary/names\.csv, row .*, column role: 'gver' is not allowed; nearest: giver"):
        vocabulary.rows("names", folder)


def test_a_phrase_that_stands_twice(tmp_path):
    """A phrase has one meaning."""
    folder = _changed(tmp_path, "equipment", "Patriots,", "Patriot,")
    with pytest.raises(EvidenceError, match="'Patriot' stands twice"):
        vocabulary.rows("equipment", folder)


def test_an_unknown_capability_and_an_unknown_donor(tmp_path):
    """Both are named with the nearest one that is known."""
    folder = _changed(tmp_path, "equipment", "Patriot,air_defence", "Patriot,air_defense")
    names = folder / "names.csv"
    names.write_text(names.read_text(encoding="utf-8").replace("Norway,NO,", "Norway,NN,", 1), encoding="utf-8")
    found = {(problem.value, problem.nearest) for problem in vocabulary.unknown(folder, DATA)}
    assert ("air_defense", "air_defence") in found
    assert any(value == "NN" for value, _ in found)


def test_acronyms_must_be_written_so():
    """US is a country, "us" is not; a hyphen is as good as a space."""
    from udcg.reading.tokens import tokens

    assert [found.value.code for found in vocabulary.names().find(tokens("The US gave us weapons"))] == ["US"]
    assert [found.value.phrase for found in vocabulary.equipment().find(tokens("night-vision goggles"))] == ["night vision goggle"]
