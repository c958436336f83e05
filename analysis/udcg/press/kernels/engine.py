"""papermill's engine over forked shells: what the press runs cells with, and `papermill --engine udcg`."""

import contextlib
import json
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager

from udcg.errors import TemplateError
from udcg.press.kernels import owner
from udcg.press.kernels.manager import KernelManager


class ForkedEngine(Engine):
    """Runs the cells of a notebook in a shell forked from this process's template; in an ordinary kernel where that cannot be."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, folder: str = ".", **kwargs: Any) -> None:
        """Run all cells, or those up to the first that fails.

        Args:
            nb_man: papermill's record of the notebook.
            kernel_name: Name of the kernel where an ordinary one is needed.
            folder: Folder in which the cells work.
            kwargs: papermill's own options, of which execution_timeout counts: seconds for a cell.

        Raises:
            CellTimeoutError: a cell took longer.
            DeadKernelError: the shell died.
        """
        limit = kwargs.get("execution_timeout")
        try:
            shell = _forked(folder)
        except TemplateError:
            resources = {"metadata": {"path": folder}}
            NBClientEngine.execute_managed_notebook(
                nb_man, kernel_name, kernel_manager_class=KernelManager, resources=resources, shutdown_kernel="immediate", **kwargs
            )
            return
        with shell as pipe:
            _run(nb_man, pipe, limit)


def _forked(folder: str) -> contextlib.AbstractContextManager[Connection]:
    template = owner.shared()
    try:
        template.ready.result(owner.LOADED)
    except TimeoutError as error:
        raise TemplateError(f"it was not up after {owner.LOADED:.0f} seconds") from error
    return _open(*template.shell(folder, dict(os.environ)))


@contextlib.contextmanager
def _open(kernel: owner.Kernel, pipe: Connection) -> Iterator[Connection]:
    """Hold a shell's pipe; nothing is left of the shell when it is let go."""
    try:
        with pipe:
            yield pipe
    finally:
        kernel.kill()
        kernel.exited.result()


def _run(nb_man: NotebookExecutionManager, pipe: Connection, limit: int | None) -> None:
    for index, cell in enumerate(nb_man.nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        nb_man.cell_start(cell, index)
        failed = _ran(cell, pipe, limit) and "raises-exception" not in cell.metadata.get("tags", [])
        if failed:
            nb_man.cell_exception(cell, index)
        nb_man.cell_complete(cell, index)
        if failed:
            return


def _ran(cell: NotebookNode, pipe: Connection, limit: int | None) -> bool:
    """Run a cell and keep what it shows; True if it failed."""
    with _alive():
        pipe.send_bytes(cell.source.encode())
        answered = pipe.poll(limit)
    if not answered and limit:
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", limit, cell)
    with _alive():
        answer = json.loads(pipe.recv_bytes())
    cell.execution_count, cell.outputs = answer["count"], [from_dict(output) for output in answer["outputs"]]
    return any(output.output_type == "error" for output in cell.outputs)


@contextlib.contextmanager
def _alive() -> Iterator[None]:
    """Say that the shell died where its pipe closes."""
    try:
        yield
    except (EOFError, OSError) as error:
        raise DeadKernelError("Kernel died") from error
