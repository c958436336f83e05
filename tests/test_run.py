"""Running one briefing: whole files or none."""

import nbformat
import pytest

from udcg.errors import BriefingError
from udcg.press.plan import Briefing
from udcg.press.run import publish, run


def _briefing(tmp_path, source: str) -> Briefing:
    cells = [nbformat.v4.new_code_cell("meeting: int = 27", metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(source)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "n.ipynb")
    return Briefing("meeting-27", "meeting", tmp_path / "n.ipynb", {"meeting": 27, "as_of": "", "currency": "EUR"})


def test_a_failing_cell_is_named_and_nothing_is_written(tmp_path):
    """The cell's number is that of the stored notebook, and no file is left."""
    with pytest.raises(BriefingError, match="ZeroDivisionError") as error:
        run(_briefing(tmp_path, "1 / 0"), ("html", "pdf"), tmp_path / "out")
    assert error.value.cell == 2
    assert not (tmp_path / "out").exists()


def test_a_dying_kernel_is_an_error_like_any_other(tmp_path):
    """A kernel that is gone fails its briefing with a reason."""
    with pytest.raises(BriefingError, match="meeting-27"):
        run(_briefing(tmp_path, "import os; os._exit(1)"), ("html",), tmp_path / "out")


def test_a_file_is_whole_or_the_one_before(tmp_path, monkeypatch):
    """A write that fails leaves the file before it and nothing beside it."""
    publish(tmp_path / "a.html", b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path / "a.html", b"new")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_bytes() == b"old"
