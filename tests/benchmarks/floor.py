"""Contender d, the floor: a notebook's code cells alone, in a warm process, each shown as a notebook shows it, nothing rendered.

Prints the readings of the named briefings as JSON. The process is as warm as the press's own: everything is imported, the evidence is
loaded, and the first briefing of each notebook has run before anything is measured. Each briefing then runs once: a second run would
find its answers remembered, which no press can do for a page that it has not made.
"""

import argparse
import ast
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from types import CodeType
from typing import Any

import nbformat

import measure
from readings import Reading, reading
from sample import NOTEBOOKS, Briefing, named

Cell = tuple[CodeType, CodeType | None, bool]  # its statements, the value that it shows, whether it holds the parameters


def readings(briefings: list[Briefing], turn: int) -> Iterator[Reading]:
    """Run each briefing's cells once, after one of each notebook."""
    os.chdir(NOTEBOOKS)
    for first in {briefing.notebook: briefing for briefing in reversed(briefings)}.values():
        _run(_cells(first), first.parameters)
    for briefing in briefings:
        cells = _cells(briefing)
        _, cost = measure.call(lambda cells=cells, given=briefing.parameters: _run(cells, given))
        yield reading("floor", "cells", briefing.id, turn, cost)


def _cells(briefing: Briefing) -> list[Cell]:
    cells = [cell for cell in nbformat.read(briefing.notebook, as_version=4).cells if cell.cell_type == "code"]
    return [(*_compiled(cell.source), "parameters" in cell.metadata.get("tags", [])) for cell in cells]


def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    tree, shown = ast.parse(source), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        shown = compile(ast.Expression(tree.body.pop().value), "cell", "eval")
    return compile(tree, "cell", "exec"), shown


def _run(cells: list[Cell], parameters: dict[str, Any]) -> None:
    scope: dict[str, Any] = {"__name__": "__main__"}
    for statements, shown, declares in cells:
        exec(statements, scope)  # noqa: S102 - the code of our own notebooks
        value = eval(shown, scope) if shown else None  # noqa: S307 - the same
        if hasattr(value, "_repr_mimebundle_"):
            value._repr_mimebundle_()
        if declares:
            scope.update(parameters)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("briefings", nargs="+")
    parser.add_argument("--turn", type=int, default=0)
    asked = parser.parse_args()
    json.dump([asdict(one) for one in readings(named(asked.briefings), asked.turn)], sys.stdout)
