"""Runs one briefing: notebook and parameters -> executed notebook -> HTML, PDF and JSON, all of them or a failure."""

import contextlib
import logging
import traceback
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.parameterize import parameterize_notebook

from udcg import ledger
from udcg.errors import BriefingError, TemplateError, UdcgError
from udcg.press import failure, kernels, keys, view
from udcg.press.about import About
from udcg.press.document import document
from udcg.press.failure import Failure
from udcg.press.html import page
from udcg.press.kernels import Warm
from udcg.press.kernels.engine import ForkedEngine
from udcg.press.keys import Key
from udcg.press.pdf import typeset
from udcg.press.plan import Briefing

KERNEL = "python3"
ATTEMPTS = 2  # a kernel that dies is started once more
logging.getLogger("traitlets").addHandler(logging.NullHandler())  # what goes wrong in a kernel is said once, by its briefing


@dataclass(frozen=True)
class Job:
    """What a worker is handed: a briefing, the files wanted, what it shall be made from, seconds for a cell, and what is counted once."""

    briefing: Briefing
    formats: tuple[str, ...]
    key: Key
    limit: int
    warm: Warm


@dataclass(frozen=True)
class Product:
    """What a worker hands back: files by name, the digest of the view that they show, what the page says of itself; or a failure."""

    files: dict[str, bytes] = field(default_factory=dict)
    view: str = ""
    about: About = field(default_factory=About)
    failure: Failure | None = None


def produce(job: Job) -> Product:
    """Render one briefing; whatever goes wrong in it is its failure, and no other briefing's."""
    try:
        _check(job)
        with contextlib.suppress(TemplateError):  # then its kernel is an ordinary one
            kernels.shared(job.warm)
        product = _rendered(job)
        _check(job)
    except PapermillExecutionError as error:  # its index, from 0, counts the cell of injected parameters too
        cause = BriefingError(job.briefing.id, error.cell_index, f"{error.ename}: {error.evalue}")
        return Product(failure=failure.of(cause, error.source, "\n".join(error.traceback)))
    except BriefingError as error:
        return Product(failure=failure.of(error, _source(job.briefing, error.cell)))
    except (UdcgError, OSError) as error:
        return Product(failure=Failure(str(error)))
    except Exception as error:  # a fault of ours that one notebook brought to light
        return Product(failure=Failure(f"{type(error).__name__}: {error}", trace=traceback.format_exc()))
    return product


def execute(briefing: Briefing, limit: int = 120) -> NotebookNode:
    """Run the notebook with its parameters in a kernel of its own.

    Raises:
        PapermillExecutionError: a cell failed.
        BriefingError: the kernel died or hung.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _executed(briefing, limit)
        except (DeadKernelError, RuntimeError, TimeoutError) as error:
            if attempt == ATTEMPTS - 1:
                raise BriefingError(briefing.id, None, f"{error}, {ATTEMPTS} times") from error
    raise AssertionError  # the loop returns or raises


def _executed(briefing: Briefing, limit: int) -> NotebookNode:
    prepared = deepcopy(_prepared(briefing.notebook.text))
    if briefing.parameters:
        prepared = parameterize_notebook(prepared, briefing.parameters, kernel_name=KERNEL)
    # papermill's own `cwd` would be all threads', and its last step would serialise the outputs for nobody
    try:
        executed: NotebookNode = ForkedEngine.execute_notebook(
            prepared, KERNEL, progress_bar=False, execution_timeout=limit, folder=str(_folder(briefing))
        )
    except CellTimeoutError as error:
        raise BriefingError(briefing.id, _running(prepared), f"the cell took longer than {limit} seconds") from error
    raise_for_execution_errors(executed, None)
    return executed


@lru_cache(maxsize=16)
def _prepared(text: str) -> NotebookNode:
    """A notebook as papermill prepares it, validated once for all of its briefings."""
    notebook: NotebookNode = papermill.execute_notebook(nbformat.reads(text, as_version=4), None, kernel_name=KERNEL, prepare_only=True)
    return notebook


def _running(notebook: NotebookNode) -> int:
    """The cell that was begun last; counted from 0, but with the cell of injected parameters."""
    return max(index for index, cell in enumerate(notebook.cells) if cell.metadata.papermill.get("start_time"))


def _folder(briefing: Briefing) -> Path:
    """The notebook's folder; on a worker elsewhere, the one of its own project."""
    own = briefing.notebook.path.parent
    return own if own.is_dir() else ledger.home() / "notebooks"


def _rendered(job: Job) -> Product:
    briefing, files = job.briefing, dict[str, bytes]()
    content = document(execute(briefing, job.limit), briefing.id)
    if "html" in job.formats:
        files[f"{briefing.id}.html"] = page(content, home="index.html").encode()
    if "pdf" in job.formats:
        files[f"{briefing.id}.pdf"] = typeset(content, briefing.id)
    data = content["files"].get(f"{briefing.id}.json") or view.text(briefing)  # the page's numbers and its data are one
    if "json" in job.formats:
        files[f"{briefing.id}.json"] = data.encode()
    digest = keys.digest(data) if view.shows_its_view(briefing.notebook) else job.key.vintage
    return Product(files, digest, About.of(content))


def _check(job: Job) -> None:
    """Refuse to make a briefing of anything but what was planned.

    Raises:
        BriefingError: the evidence or the code here is not that of the plan.
    """
    if ledger.current().vintage != job.key.vintage:
        raise BriefingError(job.briefing.id, None, "data/ is not what the build began with; build again")
    if keys.code() != job.key.code:
        raise BriefingError(job.briefing.id, None, "the code of udcg on this worker is not that of the build; install the same on both")


def _source(briefing: Briefing, cell: int | None) -> str:
    return briefing.notebook.cells[cell - 1].source if cell else ""
