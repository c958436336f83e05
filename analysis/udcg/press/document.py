"""An executed notebook -> one JSON-ready document of headings, text and blocks, the same for HTML and PDF."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import mistune

from udcg.blocks import MIME
from udcg.errors import BriefingError
from udcg.words import of

if TYPE_CHECKING:
    from nbformat import NotebookNode

Json = dict[str, Any]
INJECTED = "injected-parameters"  # papermill's own cell, which the stored notebook does not have
ASIDE = "remove"  # tag of cells that speak to the analyst, not to the reader
_parse = mistune.create_markdown(renderer="ast", plugins=["strikethrough"])


def document(notebook: "NotebookNode", name: str) -> Json:
    """Collect what an executed notebook shows.

    Returns:
        title, subtitle, data_line, keywords, language, labels (see `furniture.labels`), files (name to text) and blocks (list).

    Raises:
        BriefingError: the notebook was not run, a cell failed, or a cell shows what a briefing may not: plain output,
            warnings, or anything that is not one of our blocks.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.get("execution_count") or cell.outputs for cell in code):
        raise BriefingError(name, None, "the notebook has no outputs; run it first")
    own = [cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", [])]
    blocks = [block for number, cell in enumerate(own, start=1) for block in _cell(cell, number, name)]
    title = next((block for block in blocks if block["kind"] == "title"), None)
    if title is None:
        raise BriefingError(name, None, "no cell shows a title block")
    files = {file: text for block in blocks if block["kind"] == "data" for file, text in block["files"].items()}
    return {**title, "files": files, "blocks": [_said(block, title["language"]) for block in blocks if block["kind"] != "title"]}


def _said(block: Json, language: str) -> Json:
    """Headings are typed in the notebook, and said in the language of the page."""
    if block["kind"] != "heading":
        return block
    return {**block, "spans": [{**span, "text": of(language).typed(span["text"])} for span in block["spans"]]}


def _cell(cell: "NotebookNode", number: int, name: str) -> Iterator[Json]:
    if ASIDE in cell.metadata.get("tags", []):
        return
    if cell.cell_type == "markdown":
        yield from markdown(cell.source)
    elif cell.cell_type == "code":
        for output in cell.outputs:
            content = _output(output, number, name)
            yield from content["items"] if content["kind"] == "blocks" else [content]


def _output(output: "NotebookNode", number: int, name: str) -> Json:
    if output.output_type == "error":
        raise BriefingError(name, number, f"{output.ename}: {output.evalue}")
    if output.output_type == "stream":
        raise BriefingError(name, number, f"prints to {output.name}, which a briefing may not: {output.text.strip()[:300]}")
    content = output.get("data", {}).get(MIME)
    if content is None:
        kinds = ", ".join(output.get("data", {})) or "nothing"
        raise BriefingError(name, number, f"shows {kinds}; a briefing shows only blocks of udcg (prose, tables, figures)")
    return dict(content)


def markdown(source: str) -> list[Json]:
    """Parse Markdown into headings, paragraphs and lists of spans; raw HTML stays text."""
    return [block for token in cast("list[Json]", _parse(source)) for block in _block(token)]


def _block(token: Json) -> Iterator[Json]:
    match token["type"]:
        case "heading":
            yield {"kind": "heading", "level": token["attrs"]["level"], "spans": spans(token["children"])}
        case "paragraph" | "block_text":
            yield {"kind": "prose", "paragraphs": [spans(token["children"])], "lead": False}
        case "list":
            items = [[span for part in item["children"] for span in spans(part.get("children", []))] for item in token["children"]]
            yield {"kind": "list", "items": items, "ordered": token["attrs"].get("ordered", False)}
        case "blank_line" | "thematic_break":
            return
        case _:
            yield {"kind": "prose", "paragraphs": [[_span(token.get("raw", "").strip())]], "lead": False}


def spans(tokens: list[Json], **style: Any) -> list[Json]:
    """Flatten inline Markdown into spans: text, strong, emph, code, link."""
    return [span for token in tokens for span in _inline(token, style)]


def _inline(token: Json, style: Json) -> list[Json]:
    match token["type"]:
        case "strong":
            return spans(token["children"], **style, strong=True)
        case "emphasis":
            return spans(token["children"], **style, emph=True)
        case "link":
            return spans(token["children"], **style, link=token["attrs"]["url"])
        case "codespan":
            return [_span(token["raw"], **style, code=True)]
        case "softbreak" | "linebreak":
            return [_span(" ", **style)]
        case _:
            return [_span(token.get("raw", ""), **style)]


def _span(text: str, **style: Any) -> Json:
    return {"text": text, "facts": [], "cites": [], "strong": False, "emph": False, **style}
