"""What a page shows, cell by cell of its notebook but without a kernel, and figures that tell their numbers instead of drawing them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from udcg import charts, sections
from udcg.blocks import Figure, Text
from udcg.views.page import Page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
DRAWINGS = ("bars", "nested", "by_meeting", "heat", "by_window", "by_group", "roll")
DRAWN = ["label", "title", "depth", "standing", "start", "low", "best", "high"]
Json = dict[str, Any]


def shown(view: Page, notebook: str) -> list[Json]:
    """Return the blocks that the cells of a notebook show of a view, in their order."""
    blocks = [eval(cell, {"sections": sections, "view": view}).content() for cell in _cells(notebook)]  # noqa: S307 - our own notebooks
    return [item for block in blocks for item in (block["items"] if block["kind"] == "blocks" else [block])]


@contextmanager
def undrawn() -> Iterator[None]:
    """Let a figure show the very numbers that it is given instead of drawing them: stricter, and quick."""
    with pytest.MonkeyPatch.context() as patch:
        for name in DRAWINGS:
            patch.setattr(charts, name, _given)
        yield


def _cells(notebook: str) -> list[str]:
    """What the cells of a notebook show, as expressions on a view."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells if cell["cell_type"] == "code" for line in "".join(cell["source"]).splitlines()]
    return [line for line in lines if line.startswith("sections.")]


def _given(rows: pd.DataFrame, *more: Any, title: str, alt: str, caption: Text, words: Any = None, **marks: Any) -> Figure:
    drawn = rows[[column for column in rows.columns if column in DRAWN]]
    told = (rows if drawn.empty else drawn).reset_index().to_json(double_precision=15)
    return Figure(svg=f"{told} {more} {marks}", title=title, alt=alt, caption=caption)
