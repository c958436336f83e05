"""The notebooks keep the shape of the model notebook: all thinking is in the library."""

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
BARRED = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Try, ast.With, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def code(request) -> list[nbformat.NotebookNode]:
    """Give the code cells of each notebook."""
    return [cell for cell in nbformat.read(request.param, as_version=4).cells if cell.cell_type == "code"]


def test_all_notebooks_are_there():
    """The notebooks of briefings.toml exist."""
    assert {path.stem for path in NOTEBOOKS} >= {"meeting", "donor", "coalition"}


def test_a_notebook_is_stored_without_outputs(code):
    """Outputs and counts are not stored."""
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []


def test_a_notebook_has_no_logic(code):
    """No definitions, branches, loops or comprehensions."""
    found = [type(node).__name__ for cell in code for node in ast.walk(ast.parse(cell.source)) if isinstance(node, BARRED)]
    assert found == []


def test_a_notebook_is_short(code):
    """At most three statements a cell, the parameters aside, and about one line a section."""
    own = [cell for cell in code if "parameters" not in cell.metadata.get("tags", [])]
    assert max(len(ast.parse(cell.source).body) for cell in own) <= 3
    assert sum(len(cell.source.splitlines()) for cell in code) <= 25


def test_one_cell_holds_the_parameters_and_nothing_else(code):
    """Exactly one cell is tagged, with annotated names and literals only."""
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    for node in ast.parse(tagged[0].source).body:
        assert isinstance(node, ast.AnnAssign)
        ast.literal_eval(node.value)


def test_no_number_is_typed_into_a_notebook(code):
    """Outside the parameters, code holds no number."""
    own = [cell for cell in code if "parameters" not in cell.metadata.get("tags", [])]
    numbers = [
        node.value
        for cell in own
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]
    assert numbers == []
