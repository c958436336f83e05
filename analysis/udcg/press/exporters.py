"""nbconvert's exporters: `jupyter nbconvert --to udcg-html` and `udcg-pdf`, and JupyterLab's export menu."""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from udcg.press.document import document
from udcg.press.html import page
from udcg.press.pdf import typeset


class HTMLBriefing(Exporter):
    """Exports an executed notebook as a briefing in one HTML file."""

    export_from_notebook = "UDCG briefing (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Render an executed notebook.

        Raises:
            BriefingError: the notebook was not run or shows what a briefing may not.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return page(document(nb, _name(resources)), nb.metadata.get("udcg_home", "")), resources


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
        resources["output_extension"] = ".pdf"
        return typeset(document(nb, _name(resources)), _name(resources)), resources


def _name(resources: Any) -> str:
    return str(resources.get("metadata", {}).get("name", "notebook"))
