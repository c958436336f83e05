"""Cells in a forked shell: they show what they show in a kernel, and what goes wrong is said."""

import re
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillExecutionError

import proc
from udcg.press.kernels import owner
from udcg.press.kernels.engine import ForkedEngine

pytestmark = [
    pytest.mark.usefixtures("forking"),
    pytest.mark.skipif(not owner.SUPPORTED, reason="shells are forked on Linux only"),
]


def _ran(engine: type, *sources: str, tags: Sequence[str] = (), **options: object) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]
    prepared = papermill.execute_notebook(nbformat.v4.new_notebook(cells=cells), None, kernel_name="python3", prepare_only=True)
    return engine.execute_notebook(prepared, "python3", progress_bar=False, **options)


def _shown(notebook: nbformat.NotebookNode) -> list[list[dict]]:
    """The outputs of all cells, without what differs between any two runs: addresses, colours and pixels."""
    return [[_plain(output) for output in cell.get("outputs", [])] for cell in notebook.cells]


def _plain(output: dict) -> dict:
    kept = {name: value for name, value in output.items() if name not in ("traceback", "transient")}
    if "image/png" in kept.get("data", {}):
        kept["data"] = {**kept["data"], "image/png": kept["data"]["image/png"][:20]}
    return {**kept, "data": {kind: re.sub("0x[0-9a-f]+", "", str(value)) for kind, value in kept.get("data", {}).items()}}


CELLS = {
    "a value": "6 * 7",
    "nothing": "value = 1",
    "a value, hidden": "6 * 7;",
    "text": "print('one'); print('two', end=''); print('three')",
    "an error stream": "import sys; print('err', file=sys.stderr)",
    "text before a value": "print('first'); 42",
    "displays": "display('a', 1); from IPython.display import HTML; display(HTML('<b>b</b>'))",
    "a display that is updated": "handle = display('before', display_id='it'); handle.update('after')",
    "a display that is cleared": "from IPython.display import clear_output; print('gone'); clear_output(); print('stays')",
    "a frame": "import pandas as pd; pd.DataFrame({'a': [1]})",
    "a magic": "%matplotlib inline",
    "a picture": "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
    "a command": "!echo said",
    "waiting": "import asyncio; await asyncio.sleep(0); print('waited')",
    "an error": "1 / 0",
    "odd letters": "print('Łódź \u202e \x00 <b>')",
    "a broken repr": "class Broken:\n    def _repr_html_(self): return 1 / 0\n    def __repr__(self): return 'broken'\nBroken()",
    "a thread": "import threading; thread = threading.Thread(target=print, args=('from a thread',)); thread.start(); thread.join()",
    "an interpreter": "get_ipython().execution_count, __name__",
    "the last value": "_",
}


def test_cells_show_what_they_show_in_a_kernel():
    """Values, texts, displays, frames, pictures, magics, commands, errors: the same outputs with the same counts."""
    ours = _shown(_ran(ForkedEngine, *CELLS.values(), tags=["raises-exception"]))
    # A kernel sends its text on a timer, in as many pieces as the machine's load makes of it; a shell sends it whole.
    theirs = _shown(_ran(NBClientEngine, *CELLS.values(), tags=["raises-exception"], coalesce_streams=True))
    assert dict(zip(CELLS, ours, strict=True)) == dict(zip(CELLS, theirs, strict=True))
    assert [len(shown) for shown in ours[:4]] == [1, 0, 0, 1]


def test_text_and_errors_stay_in_order():
    """A kernel's client gathers each stream; here they come as they were written."""
    [cell] = _ran(ForkedEngine, "import sys; print('out'); print('err', file=sys.stderr); print('again')").cells
    assert [(output.name, output.text) for output in cell.outputs] == [("stdout", "out\n"), ("stderr", "err\n"), ("stdout", "again\n")]


def test_cells_share_their_names_and_are_counted():
    """What one cell makes the next one sees; `_` is the last value."""
    executed = _ran(ForkedEngine, "value = 20", "value + 1", "_ * 2")
    assert [cell.execution_count for cell in executed.cells] == [1, 2, 3]
    assert executed.cells[2].outputs[0].data["text/plain"] == "42"


def test_the_first_failing_cell_ends_the_run():
    """Its error is kept, the cells after it do not run."""
    executed = _ran(ForkedEngine, "print('runs')", "1 / 0", "print('never')")
    assert executed.cells[1].outputs[0].ename == "ZeroDivisionError"
    assert executed.cells[1].metadata.papermill.exception is True
    assert executed.cells[2].outputs == []


def test_a_cell_may_be_tagged_to_fail():
    """`raises-exception` is heeded, as everywhere."""
    executed = _ran(ForkedEngine, "1 / 0", "print('on')", tags=["raises-exception"])
    assert executed.cells[1].outputs[0].text == "on\n"


def test_a_cell_that_hangs_and_a_shell_that_dies_are_said():
    """The limit of a cell holds; a shell that is gone is no empty output."""
    with pytest.raises(CellTimeoutError):
        _ran(ForkedEngine, "import time; time.sleep(60)", execution_timeout=1)
    with pytest.raises(DeadKernelError):
        _ran(ForkedEngine, "import os; os._exit(3)")


def test_a_shell_ends_with_its_run():
    """It is a child of the template, and gone afterwards with what it started."""
    source = "import os, subprocess; child = subprocess.Popen(['sleep', '600']); print(os.getppid(), os.getpid(), child.pid)"
    parent, own, child = _ran(ForkedEngine, source).cells[0].outputs[0].text.split()
    assert int(parent) == owner.shared().process.pid
    assert not Path(f"/proc/{own}").exists()
    end = time.monotonic() + 10
    while proc.runs(int(child)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not proc.runs(int(child))


def test_nothing_is_asked_of_the_reader():
    """`input` fails at once: nobody is there to answer."""
    assert _ran(ForkedEngine, "input('name?')", execution_timeout=20).cells[0].outputs[-1].output_type == "error"


def test_papermill_finds_the_engine(tmp_path):
    """`--engine udcg` runs any notebook in a forked shell, and errors are papermill's."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os; print(os.getppid())")])
    executed = papermill.execute_notebook(notebook, None, engine_name="udcg", kernel_name="python3", progress_bar=False)
    assert int(executed.cells[0].outputs[0].text) == owner.shared().process.pid
    notebook.cells[0].source = "1 / 0"
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        papermill.execute_notebook(notebook, None, engine_name="udcg", kernel_name="python3", progress_bar=False)


def test_where_nothing_can_be_forked_an_ordinary_kernel_runs_the_cells(monkeypatch):
    """On systems without fork the same notebook runs, in a kernel."""
    monkeypatch.setattr(owner, "SUPPORTED", False)
    executed = _ran(ForkedEngine, "import os; print(os.getppid())", "6 * 7", execution_timeout=60)
    assert executed.cells[1].outputs[0].data["text/plain"] == "42"
