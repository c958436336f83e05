"""Parameters are read without running the notebook and refused before a kernel starts."""

from pathlib import Path

import nbformat
import pytest

from udcg.errors import ParameterError
from udcg.press.notebook import Notebook
from udcg.press.parameters import checked, declared

TYPES = {"donor": (str, "NO"), "meeting": (int, 27)}


def _notebook(*sources: str) -> Notebook:
    cells = [nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]}) for source in sources]
    return Notebook(Path("n.ipynb"), nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


def test_types_and_defaults_are_read_from_the_tagged_cell():
    """Annotated names with literals are the parameters."""
    assert declared(_notebook('meeting: int = 27\nas_of: str = ""')) == {"meeting": (int, 27), "as_of": (str, "")}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ((), "0 cells"),
        (("a: int = 1", "b: int = 2"), "2 cells"),
        (("a = 1",), "name: type = literal"),
        (("a: list = []",), "allowed: int, float, str, bool"),
        (("a: int = print(1)",), "not a literal"),
        (("import os",), "name: type = literal"),
        (("a: int =",), "cannot be read"),
    ],
)
def test_a_cell_of_another_form_is_refused(sources, said):
    """Anything but one cell of annotated literals is refused with what is wrong."""
    with pytest.raises(ParameterError, match=said):
        declared(_notebook(*sources))


def test_right_values_pass():
    """Values of the declared types come back as they are."""
    assert checked({"donor": "NO", "meeting": 27}, TYPES, "n") == {"donor": "NO", "meeting": 27}


@pytest.mark.parametrize("value", [False, 0, None, ["NO"]])
def test_yaml_no_is_not_norway(value):
    """YAML reads an unquoted NO as false; it is refused, not converted."""
    with pytest.raises(ParameterError, match="donor must be str"):
        checked({"donor": value}, TYPES, "n")


@pytest.mark.parametrize("value", ["27", 27.0, True])
def test_a_number_is_a_number(value):
    """Text, floats and truth values are no meeting."""
    with pytest.raises(ParameterError, match="meeting must be int"):
        checked({"meeting": value}, TYPES, "n")


def test_unknown_names_are_refused_with_the_nearest():
    """A misspelt parameter is refused; so is one that would be code."""
    with pytest.raises(ParameterError, match="did you mean donor"):
        checked({"donnor": "NO"}, TYPES, "n")
    with pytest.raises(ParameterError, match="unknown parameter"):
        checked({"x = 1; import os": 1}, TYPES, "n")


def test_all_faults_are_said_at_once():
    """Two faults give one error that names both."""
    with pytest.raises(ParameterError, match=r"(?s)donor.*meeting|meeting.*donor"):
        checked({"donor": 1, "meeting": "x"}, TYPES, "n")
