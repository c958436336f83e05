"""A notebook as the plan needs it: its cells, read without the machinery that runs it, which takes longer to import than to answer."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from udcg.errors import ParameterError

VERSION = 4  # nbformat's


@dataclass(frozen=True)
class Cell:
    """One cell: code, markdown or raw."""

    kind: str
    source: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Notebook:
    """A notebook file: its path and text."""

    path: Path
    text: str

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells in order.

        Raises:
            ParameterError: the text is no notebook of a version that is still written.
        """
        try:
            content = json.loads(self.text)
            if content["nbformat"] != VERSION:
                raise ParameterError(f"{self.path.name}: is of notebook version {content['nbformat']}; save it anew in JupyterLab")
            return [_cell(cell) for cell in content["cells"]]
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise ParameterError(f"{self.path.name}: cannot be read as a notebook: {error}") from error

    @cached_property
    def digest(self) -> str:
        """A hash of what its cells say and how they are tagged; outputs and counts are none of it."""
        said = [[cell.kind, cell.source, cell.tags] for cell in self.cells]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def read(path: Path) -> Notebook:
    """Read a notebook file.

    Raises:
        ParameterError: it is missing or is no text.
    """
    try:
        return Notebook(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path.name}: cannot be read as a notebook: {error}") from error


def _cell(cell: dict[str, Any]) -> Cell:
    return Cell(cell["cell_type"], "".join(cell["source"]), tuple(cell.get("metadata", {}).get("tags", [])))
