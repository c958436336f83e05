"""What a notebook cell shows: blocks of prose, figures and tables that carry their facts and sources into HTML and PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

MIME = "application/vnd.udcg.v1+json"


@dataclass(frozen=True)
class Span:
    """A run of text, with the facts that its numbers come from and the numbers of the sources that it cites."""

    text: str
    facts: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()
    strong: bool = False
    emph: bool = False


Text = tuple[Span, ...]


def text(*parts: str | Span) -> Text:
    """Make a text of plain strings and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True)
class Block:
    """Base of all blocks; a cell whose last value is a block shows it in JupyterLab and in every export."""

    kind: ClassVar[str]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        from udcg.press.html import block_html

        content = self.content()
        return {MIME: content, "text/html": block_html(content), "text/plain": plain(content)}

    def content(self) -> dict[str, Any]:
        """Return the block as JSON-ready data."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True)
class Title(Block):
    """Title block of a briefing: title, subtitle, one line on the data behind it, the last day of the evidence (ISO), and its language."""

    kind: ClassVar[str] = "title"
    title: str
    subtitle: str
    data_line: str
    date: str
    keywords: tuple[str, ...]
    language: str = "en"

    def content(self) -> dict[str, Any]:
        """Return the block as JSON-ready data, with the words that the page prints round its blocks."""
        from udcg.press.furniture import labels, region

        return {**super().content(), "region": region(self.language), "labels": labels(self.language)}


@dataclass(frozen=True)
class Prose(Block):
    """Paragraphs of generated text; lead paragraphs are set larger."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[Text, ...]
    lead: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: the value as printed, what it is, how to read it, and the facts behind it."""

    value: str
    label: str
    note: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigures(Block):
    """A row of key figures."""

    kind: ClassVar[str] = "key_figures"
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, alignment (start or end) and share of the width."""

    label: str
    width: float
    align: str = "start"


@dataclass(frozen=True)
class Table(Block):
    """A table with its caption, columns, rows of texts and note; every row cites the sources it rests on."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text


@dataclass(frozen=True)
class Figure(Block):
    """A figure as SVG with the finding as title, its alternative text and its sources; none of them has a default."""

    kind: ClassVar[str] = "figure"
    svg: str
    title: str
    alt: str
    caption: Text


@dataclass(frozen=True)
class Source:
    """One line of the numbered list of sources."""

    number: int
    publisher: str
    date: str
    url: str
    tier: str


@dataclass(frozen=True)
class Sources(Block):
    """The numbered list of sources."""

    kind: ClassVar[str] = "sources"
    items: tuple[Source, ...]
    note: str = ""


@dataclass(frozen=True)
class Data(Block):
    """The data behind the briefing, attached to the PDF and offered for saving in HTML: file name to text."""

    kind: ClassVar[str] = "data"
    files: Mapping[str, str] = field(repr=False)
    label: str = ""


@dataclass(frozen=True)
class Blocks(Block):
    """Blocks that one cell shows one after the other."""

    kind: ClassVar[str] = "blocks"
    items: tuple[Block, ...]

    def content(self) -> dict[str, Any]:
        """Return the blocks as JSON-ready data."""
        return {"kind": self.kind, "items": [item.content() for item in self.items]}


def plain(content: Mapping[str, Any]) -> str:
    """Return the plain text of a block for terminals and screen readers without HTML."""
    match content["kind"]:
        case "title":
            return f"{content['title']}\n{content['subtitle']}\n{content['data_line']}"
        case "prose":
            return "\n\n".join(_plain(paragraph) for paragraph in content["paragraphs"])
        case "key_figures":
            return "\n".join(f"{item['label']}: {item['value']} ({item['note']})" for item in content["items"])
        case "table":
            rows = [" | ".join(_plain(cell) for cell in row) for row in content["rows"]]
            return "\n".join([content["caption"], " | ".join(column["label"] for column in content["columns"]), *rows])
        case "figure":
            return f"{content['title']}\n{content['alt']}"
        case "sources":
            return "\n".join(f"{item['number']}. {item['publisher']}, {item['date']} {item['url']}" for item in content["items"])
        case "blocks":
            return "\n\n".join(map(plain, content["items"]))
        case _:
            return str(content.get("label", ""))


def _plain(spans: Sequence[Mapping[str, Any]]) -> str:
    return "".join(span["text"] for span in spans)
