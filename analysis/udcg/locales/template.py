"""The template of the catalogues: all messages in the code, in the notebooks and in the vocabularies of the evidence."""

import ast
import io
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from udcg import changes
from udcg.catalogue import LOCALES

PACKAGE = LOCALES.parent
# what a message is an argument of, and the places of its forms
SAID = {"say": (0,), "line": (0,), "message": (0,), "many": (1, 2), "plural": (1, 2), "counted": (1, 2), "rest": (2, 3)}
SHOWN = {"meetings": ["headline_measures"], "facts": ["capability", "scope", "stage", "level", "instrument"], "claims": ["disputes"]}

Found = tuple[str, str | tuple[str, ...]]  # where, and the message or its two forms


def template(home: Path) -> bytes:
    """Make the template of the catalogues of a project: its package, and its folders notebooks and data."""
    catalogue = Catalog(project="udcg", fuzzy=False, creation_date=None)
    for where, said in sorted({*_code(), *_notebooks(home / "notebooks"), *_vocabularies(home / "data")}, key=str):
        catalogue.add(said, locations=[(where, None)])  # type: ignore[list-item] # a file alone: lines move
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=140, sort_output=True)
    return buffer.getvalue()


def _code() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(path.read_text(encoding="utf-8")):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            forms = [_text(call.args[place]) for place in SAID.get(name, ()) if place < len(call.args)]
            if forms and all(forms):
                yield path.relative_to(PACKAGE).as_posix(), forms[0] if len(forms) == 1 else tuple(forms)


def _calls(source: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _notebooks(folder: Path) -> Iterator[Found]:
    """Headings of Markdown cells, and what calls of sections are given as text."""
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            for said in _typed(source) if cell["cell_type"] == "code" else _headings(source):
                yield f"notebooks/{path.name}", said


def _headings(source: str) -> list[str]:
    return [line.lstrip("#").strip() for line in source.splitlines() if line.startswith("#")]


def _typed(source: str) -> list[str]:
    return [said for call in _calls(source) for each in call.args if (said := _text(each))]


def _vocabularies(folder: Path) -> Iterator[Found]:
    """The words of the evidence that pages print, and the fields that a change or a disagreement is of."""
    tables = {table["name"]: table for table in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
    for table, names in SHOWN.items():
        fields = {field["name"]: field for field in tables[table]["schema"]["fields"]}
        for word in (word for name in names for word in _allowed(fields[name])):
            yield "data/datapackage.json", word.replace("_", " ")
    for field in changes.READ:
        yield "changes.py", field.replace("_", " ")


def _allowed(field: dict) -> list[str]:  # type: ignore[type-arg]
    return list(field.get("constraints", {}).get("enum", field.get("vocabulary", [])))
