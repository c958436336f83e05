"""What the template loads, counts and draws once, so that no kernel has to."""

import ast
import contextlib
import importlib
from collections.abc import Iterator
from types import CodeType

from udcg import ledger
from udcg.errors import UdcgError
from udcg.press import view
from udcg.press.notebook import Notebook
from udcg.press.plan import Briefing, plan

MODULES = [  # not matplotlib_inline's backend: it ties itself to the kernel that imports it
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "jedi",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas.io.formats.style",
    "seaborn",
    "sqlite3",
    "tornado.platform.asyncio",
    "udcg.press.kernels.shell",
    "udcg.sections",
    "zmq.utils.garbage",
]


HARMLESS = (ast.Call, ast.Attribute, ast.Name, ast.Constant, ast.keyword, ast.Load)


def warm(as_of: str, currency: str, vintage: str) -> None:  # another vintage, another template
    """Import what notebooks use, count the book that they share, and show once what those of a kind show."""
    for module in MODULES:
        importlib.import_module(module)
    with contextlib.suppress(UdcgError):  # evidence at fault: each kernel meets the error too, and says it
        briefings = plan(ledger.home() / "notebooks", ledger.current(), {"as_of": as_of, "currency": currency})
        for briefing in {briefing.kind: briefing for briefing in briefings if briefing.value is not None}.values():
            _show(briefing)  # of a kind of which there is but one, nothing would be gained


def _show(briefing: Briefing) -> None:
    """Show the sections of one briefing, without running anything else of its notebook, which could leave something behind."""
    names = {"sections": importlib.import_module("udcg.sections"), "view": view.opened(briefing)}
    for section in _sections(briefing.notebook):
        with contextlib.suppress(Exception):  # its kernel meets it too, and says it
            eval(section, names)._repr_mimebundle_()  # noqa: S307 - calls of our own functions, nothing else


def _sections(notebook: Notebook) -> Iterator[CodeType]:
    """The calls `sections.some.thing(view, "constant")` of a notebook."""
    for cell in notebook.cells:
        with contextlib.suppress(SyntaxError):
            for statement in ast.parse(cell.source).body if cell.kind == "code" else []:
                nodes = list(ast.walk(statement))[1:]
                named = {node.id for node in nodes if isinstance(node, ast.Name)}
                if isinstance(statement, ast.Expr) and named == {"sections", "view"} and all(isinstance(node, HARMLESS) for node in nodes):
                    yield compile(ast.Expression(statement.value), notebook.path.name, "eval")
