"""PDF: an executed notebook's document as JSON into one constant Typst template, tagged (UA-1) and archival (A-3a)."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from udcg.errors import BriefingError

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "briefing.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]


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


def _compiler() -> typst.Compiler:
    """This thread's compiler: one cannot be used by two at once."""
    if not hasattr(_of_thread, "compiler"):
        _of_thread.compiler = typst.Compiler(font_paths=_fonts())
    compiler: typst.Compiler = _of_thread.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])


_of_thread = threading.local()
