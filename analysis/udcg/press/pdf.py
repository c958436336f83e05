"""PDF: an executed notebook's document as JSON into one constant Typst template, tagged (UA-1) and archival (A-3a)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from udcg.errors import BriefingError
from udcg.press.document import document

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "briefing.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]


class PDFBriefing(Exporter):
    """Exports an executed notebook as a briefing in PDF."""

    export_from_notebook = "UDCG briefing (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """Render an executed notebook.

        Raises:
            BriefingError: the notebook was not run, shows what a briefing may not, or cannot be set.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "notebook")
        resources["output_extension"] = ".pdf"
        return typeset(document(nb, name), name), resources


def typeset(content: dict[str, Any], name: str) -> bytes:
    """Set a document as PDF; the same document gives the same bytes."""
    try:
        pdf = _compiler().compile(
            TEMPLATE.read_bytes(),
            sys_inputs={"document": json.dumps(content)},
            format="pdf",
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise BriefingError(name, None, f"cannot be set as PDF: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise BriefingError(name, None, "the PDF has no pages")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"]))
