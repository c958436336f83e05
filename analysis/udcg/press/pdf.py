"""PDF: an executed notebook's document as JSON into one constant Typst template, tagged (UA-1) and archival (A-3a)."""

import json
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from udcg.errors import BriefingError
from udcg.press.letters import settable

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "briefing.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]


def typeset(content: dict[str, Any], name: str) -> bytes:
    """Set a document as PDF; the same document gives the same bytes."""
    inputs = {"document": settable(json.dumps(_shown(content), ensure_ascii=False)), "files": json.dumps(content["files"])}
    try:
        pdf, warnings = _compiled(inputs)
        if warnings:  # figures that make way for text push one another on without end: then each stays where it is told of
            pdf, _ = _compiled({**inputs, "inline": "yes"})
    except typst.TypstError as error:
        raise BriefingError(name, None, f"cannot be set as PDF: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise BriefingError(name, None, "the PDF has no pages")
    return with_plain_ends(pdf)


def with_plain_ends(pdf: bytes) -> bytes:
    """Tell the data of a stream that ends in a carriage return from the line feed that ends its line, without moving an object.

    Validators of PDF/A take the two for one end of line, and the stream for one byte shorter than it says. With one more carriage
    return, that and the line feed are the end of the line; the room for it is the line feed before the stream begins.
    """
    whole = bytearray(pdf)
    for head in re.finditer(rb"/Length (\d+)[^\n]*>>(\nstream\n)", pdf):
        end = head.end() + int(head[1])
        if pdf[end - 1 : end + 10] == b"\r\nendstream":
            whole[head.start(2) : end + 1] = b"stream\n" + pdf[head.end() : end] + b"\r\n"
    return bytes(whole)


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """All but the files, which are attached as they are; of them their names are printed."""
    blocks = [{**block, "files": list(block["files"])} if block["kind"] == "data" else block for block in content["blocks"]]
    return {**content, "blocks": blocks, "files": None}


def _compiled(inputs: dict[str, str]) -> tuple[Any, list[Any]]:
    return _compiler().compile_with_warnings(TEMPLATE.read_bytes(), sys_inputs=inputs, format="pdf", pdf_standards=STANDARDS)


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
