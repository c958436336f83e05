"""The view behind a briefing: the data that it shows, and the digest that says whether it changed."""

import ast
import json

from udcg import views
from udcg.press import keys
from udcg.press.notebook import Notebook
from udcg.press.plan import Briefing
from udcg.views.page import Page

SHARED = ("as_of", "currency", "tracker")  # parameters that open a view, beside what it is about
LIMITED = {"udcg.views", "udcg.sections"}  # modules that show nothing beyond the view


def opened(briefing: Briefing) -> Page:
    """Open the view behind a briefing.

    Raises:
        UnknownNameError, ParameterError: a parameter names nothing that is known.
    """
    about = () if briefing.value is None else (briefing.value,)
    return views.OPEN[briefing.view](*about, **{name: briefing.parameters[name] for name in SHARED if name in briefing.parameters})


def text(briefing: Briefing) -> str:
    """Return the data behind a briefing as JSON text; raises what `opened` does."""
    return json.dumps(opened(briefing).data, indent=1, ensure_ascii=False) + "\n"


def digest(briefing: Briefing, vintage: str) -> str:
    """Return the digest of all evidence that a briefing can show: its view, or everything where its notebook reaches further."""
    return keys.digest(text(briefing)) if shows_its_view(briefing.notebook) else vintage


def shows_its_view(notebook: Notebook) -> bool:
    """Whether a notebook takes of this package only views and sections, so that its view is all that it can show."""
    try:
        nodes = [node for cell in notebook.cells if cell.kind == "code" for node in ast.walk(ast.parse(cell.source))]
    except SyntaxError:  # magics: they may do anything
        return False
    imported = {name for node in nodes for name in _imported(node)}
    return {name for name in imported if name.split(".")[0] == "udcg"} <= LIMITED


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{name.name}" if node.module == "udcg" else f"{node.module}" for name in node.names]
    return []
