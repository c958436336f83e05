"""A notebook is read without the machinery that runs it."""

from pathlib import Path

import nbformat
import pytest

from udcg.errors import ParameterError
from udcg.press.notebook import Cell, Notebook, read


def _notebook(*sources: str, **metadata: object) -> Notebook:
    cells = [nbformat.v4.new_code_cell(source, metadata=metadata) for source in sources]
    return Notebook(Path("n.ipynb"), nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


def test_cells_are_what_nbformat_reads():
    """Kind, source of several lines and tags are as the format's own library reads them."""
    path = Path(__file__).parents[1] / "notebooks" / "meeting.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    assert read(path).cells == [Cell(cell.cell_type, cell.source, tuple(cell.metadata.get("tags", []))) for cell in cells]


def test_the_digest_is_of_what_the_cells_say():
    """Outputs and counts leave it as it is; a word or a tag does not."""
    plain, run = (nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]) for _ in range(2))
    run.cells[0].update(execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")])
    digests = [Notebook(Path("n.ipynb"), nbformat.writes(notebook)).digest for notebook in (plain, run)]
    assert digests[0] == digests[1]
    assert len({digests[0], _notebook("1 + 2").digest, _notebook("1 + 1", tags=["remove"]).digest}) == 3


@pytest.mark.parametrize("text", ["not json", "[]", "{}", '{"nbformat": 4}', '{"nbformat": 4, "cells": [1]}'])
def test_a_file_that_is_no_notebook_is_refused(text):
    """Broken JSON, or JSON of another kind, gives a clear error."""
    with pytest.raises(ParameterError, match=r"x\.ipynb: cannot be read as a notebook"):
        _ = Notebook(Path("x.ipynb"), text).cells


def test_a_missing_file_is_refused(tmp_path):
    """A notebook that is not there gives a clear error."""
    with pytest.raises(ParameterError, match=r"x\.ipynb: cannot be read as a notebook"):
        read(tmp_path / "x.ipynb")


def test_an_old_notebook_is_refused():
    """Version 3 has no cells at its top: say how to save it anew."""
    with pytest.raises(ParameterError, match="version 3; save it anew"):
        _ = Notebook(Path("x.ipynb"), '{"nbformat": 3, "worksheets": []}').cells
