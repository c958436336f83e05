"""No page of the build looks broken, and each way in which one could is found."""

from dataclasses import replace

import pytest
import typst

import layout
from boxes import Box
from udcg.press.pdf import STANDARDS

PAPER = (
    '#set page(paper: "a4", margin: 20mm)\n#set document(title: "T")\n#set text(lang: "en", size: 10pt)\n#show figure: set align(left)\n'
)
TABLE = "#figure(kind: table, caption: [Caption], supplement: none, table(columns: ({}, 1fr), table.header[A][B], {}))\n"


def _pdf(body: str) -> bytes:
    made = typst.compile((PAPER + body).encode(), format="pdf", pdf_standards=STANDARDS, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _found(body: str) -> set[str]:
    return {fault.what for fault in layout.faults(_pdf(body))}


def test_no_briefing_looks_broken(whole):
    """In no PDF of the build does anything leave its place, lie on something else, or stand alone."""
    found = {path.name: list(map(str, layout.faults(path.read_bytes()))) for path in sorted(whole.glob("*.pdf"))}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_sound_page_has_no_fault():
    """Headings, text, a table and its note."""
    assert _found("= Heading\n" + "#lorem(300)\n" + TABLE.format("1fr", "[one], [two]") + "A note.\n\n#lorem(60)") == set()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("#lorem(200) #place(dx: 160mm)[leaves the paper]", "outside the margins"),
        ("#lorem(200) #place(dy: -3mm)[on another line]", "printed on one another"),
        (TABLE.format("9mm", "[unbreakableword], [x]") + "#lorem(200)", "wider than its column"),
        (
            "#show heading: set block(sticky: false)\n#v(249mm)\n= Heading\n#block(height: 60mm)[#lorem(200)]",
            "a heading with nothing below it",
        ),
        ("= Whole\n#lorem(200)\n= Empty\n#pagebreak()\n#lorem(200)", "a heading with nothing below it"),
        ("#lorem(560)\n#pagebreak()\nA line.", "near-empty"),
        ("#lorem(250)\n#pagebreak()\n#lorem(560)", "% of the page is empty below"),
        ("#lorem(100)\n#v(80mm)\n#lorem(250)\n", "% of the page is empty below"),
    ],
)
def test_each_fault_is_found(body, fault):
    """A page made with one fault is told by it."""
    assert any(found.endswith(fault) for found in _found(body))


CELL = ("Document", "Table", "TBody", "TR", "TD")
CAPTION, NOTE = ("Document", "Table", "Caption"), ("Document", "P")
DRAWN, DRAWING = ("Document", "Div", "Caption"), ("Document", "Div", "Figure")


def _box(page, tags, *path) -> Box:
    return Box(page, tags, path, 60, 60, 90, 70, "text")


@pytest.mark.parametrize(
    ("rule", "pieces", "fault"),
    [
        (layout.parted, [_box(1, CELL, 0, 0, 1, 0, 0, 0), _box(2, NOTE, 0, 1, 0)], "a note apart from its table"),
        (layout.parted, [_box(1, DRAWN, 0, 0, 0), _box(2, DRAWING, 0, 0, 1, 0)], "a caption apart from its figure"),
        (layout.severed, [_box(1, CAPTION, 0, 0, 0), _box(2, CELL, 0, 0, 1, 0, 0, 0)], "a caption without its table"),
    ],
)
def test_what_belongs_together_is_missed_when_it_is_apart(rule, pieces, fault):
    """Pieces on one page are as they should be, pieces on two are not."""
    assert [found.what for found in rule(pieces)] == [fault]
    assert list(rule([replace(piece, page=1) for piece in pieces])) == []
