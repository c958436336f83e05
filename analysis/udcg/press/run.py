"""Runs one briefing: notebook and parameters -> executed notebook -> HTML, PDF and JSON files, each whole or not at all."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from udcg import views
from udcg.errors import BriefingError
from udcg.press.document import document
from udcg.press.html import page
from udcg.press.kernels import PrivateKernelManager
from udcg.press.parameters import read
from udcg.press.pdf import typeset
from udcg.press.plan import Briefing

FORMATS = ("html", "pdf", "json")
TIME_LIMIT = 120  # seconds for one cell


def run(briefing: Briefing, formats: tuple[str, ...], to: Path) -> list[str]:
    """Render one briefing and return the names of the files written.

    Raises:
        BriefingError: a cell failed or shows what a briefing may not; nothing is written then.
    """
    files: dict[str, bytes] = {}
    name = f"{briefing.id}.json"
    content: dict[str, Any] = {"files": {}}
    if {"html", "pdf"} & set(formats):
        content = document(execute(briefing), briefing.id)
        if "html" in formats:
            files[f"{briefing.id}.html"] = page(content, home="index.html").encode()
        if "pdf" in formats:
            files[f"{briefing.id}.pdf"] = typeset(content, briefing.id)
    if "json" in formats:  # what the notebook attached, so that the page's numbers and its data are one
        files[name] = (content["files"].get(name) or shown(briefing)).encode()
    for file, content_bytes in files.items():
        publish(to / file, content_bytes)
    return sorted(files)


def execute(briefing: Briefing) -> NotebookNode:
    """Run the notebook with its parameters in a kernel of its own.

    Raises:
        BriefingError: carries the cell that failed and the cause.
    """
    read(briefing.notebook)
    try:
        executed: NotebookNode = papermill.execute_notebook(
            str(briefing.notebook),
            None,
            briefing.parameters,
            cwd=str(briefing.notebook.parent),
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            execution_timeout=TIME_LIMIT,
            kernel_manager_class=PrivateKernelManager,
        )
    except PapermillExecutionError as error:  # its index, from 0, counts the cell of injected parameters too
        raise BriefingError(briefing.id, error.cell_index, f"{error.ename}: {error.evalue}") from error
    except (RuntimeError, TimeoutError) as error:  # the kernel died or hung
        raise BriefingError(briefing.id, None, str(error)) from error
    return executed


def shown(briefing: Briefing) -> str:
    """Return the data behind a briefing as JSON text."""
    return json.dumps(_view(briefing.kind, briefing.parameters).data, indent=1, ensure_ascii=False) + "\n"


def _view(kind: str, parameters: dict[str, Any]) -> views.MeetingView | views.DonorView:
    opened = {"meeting": views.meeting, "donor": views.donor}[kind]
    return opened(parameters[kind], **{name: value for name, value in parameters.items() if name != kind})  # type: ignore[operator,no-any-return]


def publish(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that readers see a whole file or the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
