"""The parameters of a notebook: read from its tagged cell without running it, and checked before any kernel starts."""

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from udcg.errors import ParameterError, nearest
from udcg.press.notebook import Notebook

TAG = "parameters"
TYPES: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool}


def declared(notebook: Notebook) -> dict[str, tuple[type, Any]]:
    """Return type and default of each parameter in the cell tagged `parameters`.

    Raises:
        ParameterError: it is no notebook, there is not exactly one such cell, or it holds anything but annotated names with literals.
    """
    name = notebook.path.name
    cells = [cell for cell in notebook.cells if TAG in cell.tags]
    if len(cells) != 1:
        raise ParameterError(f"{name}: {len(cells)} cells are tagged {TAG!r}; exactly one is needed")
    try:
        return dict(_parameter(node, name) for node in ast.parse(cells[0].source).body)
    except SyntaxError as error:
        raise ParameterError(f"{name}: the parameters cell cannot be read: {error.msg}, line {error.lineno}") from error


def checked(values: Mapping[str, Any], types: Mapping[str, tuple[type, Any]], name: str) -> dict[str, Any]:
    """Check values against the declared parameters; nothing is converted, so YAML's `no` cannot become a donor.

    Raises:
        ParameterError: a name is unknown or a value has another type; all of them at once.
    """
    try:
        return dict(_model(tuple(types.items()))(**values))
    except ValidationError as error:
        raise ParameterError(f"{name}: " + "; ".join(_said(fault, types) for fault in error.errors())) from error


@lru_cache
def _model(types: tuple[tuple[str, tuple[type, Any]], ...]) -> type[BaseModel]:
    fields: dict[str, Any] = dict(types)
    return create_model("Parameters", __config__=ConfigDict(strict=True, extra="forbid"), **fields)


def _parameter(node: ast.stmt, name: str) -> tuple[str, tuple[type, Any]]:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or not isinstance(node.annotation, ast.Name):
        raise ParameterError(f"{name}: line {node.lineno} of the parameters cell is not of the form `name: type = literal`")
    kind = TYPES.get(node.annotation.id)
    if kind is None:
        raise ParameterError(f"{name}: parameter {node.target.id} has type {node.annotation.id}; allowed: {', '.join(TYPES)}")
    try:
        value = ast.literal_eval(node.value) if node.value else None
    except ValueError as error:
        raise ParameterError(f"{name}: the default of parameter {node.target.id} is not a literal") from error
    return node.target.id, (kind, value)


def _said(fault: Any, types: Mapping[str, tuple[type, Any]]) -> str:
    key = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        hint = nearest(key, types)
        return f"unknown parameter {key!r}" + (f", did you mean {hint}?" if hint else "") + f" Known: {', '.join(types)}"
    return f"parameter {key} must be {types[key][0].__name__}, not {fault['input']!r}"
