"""How pages are set: notes stay with their tables, figures make way for text, long words break, no last page holds a few lines."""

import json
from typing import Any

import pytest

import layout
from boxes import Box, boxes
from udcg.blocks import Block, Column, Figure, Prose, Source, Sources, Table, Title, text
from udcg.press import pdf
from udcg.press.document import markdown

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="482pt" height="{0}pt"><rect width="482" height="{0}" fill="navy"/></svg>'
HEAD = {**Title("T", "S", "D", "2026-01-31", ("k",)).content(), "files": {}}
COLUMNS = (Column("Who", 0.2), Column("What", 0.8))


def _document(*parts: str | Block, title: str = "T") -> dict[str, Any]:
    blocks = [block for part in parts for block in (markdown(part) if isinstance(part, str) else [part.content()])]
    return {**HEAD, "title": title, "blocks": blocks}


def _lines(count: int) -> Prose:
    return Prose(tuple(text("A line of text.") for _ in range(count)))


def _figure(height: int) -> Figure:
    return Figure(SVG.format(height), "finding", "alternative", text("caption"))


def _sources(count: int) -> Sources:
    return Sources(tuple(Source(number, "Publisher of some name", "1 January 2025", "", "press") for number in range(1, count + 1)), "note")


def _set(content: dict[str, Any]) -> list[Box]:
    return boxes(pdf.typeset(content, "n"))


def _where(found: list[Box], said: str) -> tuple[int, float]:
    """Page of a text, and how far from the page's head it stands."""
    box = next(box for box in found if said in box.text and "Artifact" not in box.tags)
    return box.page, layout.PAGE[1] - box.top


@pytest.mark.parametrize("rows", range(36, 52))
def test_a_note_is_never_parted_from_its_table(rows):
    """Wherever the table ends, its last row and its note stand on one page, the note just below."""
    table = Table("caption", COLUMNS, tuple((text("who"), text(f"row {row}")) for row in range(rows)), text("the note"))
    found = _set(_document("## Heading", table, _lines(3)))
    (page, row), (noted, note) = _where(found, f"row {rows - 1}"), _where(found, "the note")
    assert noted == page
    assert 0 < note - row < 20


def test_a_figure_that_does_not_fit_makes_way_for_the_text_after_it():
    """Its heading and the text stay on the page that they fit on, the figure stands at the head of the next."""
    found = _set(
        _document(_lines(26), "## Heading", _figure(300), _lines(2), "after", _lines(30), "## Method", _lines(3), "## End", _lines(3))
    )
    assert _where(found, "Heading")[0] == _where(found, "after")[0] == 1
    page, top = _where(found, "finding")
    assert (page, top < layout.MARGIN + 5) == (2, True)


@pytest.mark.parametrize("before", [0, 22, 44])
def test_a_figure_that_fits_stands_where_it_is_told_of(before):
    """Below its heading and above the text."""
    found = _set(_document(_lines(before), "## Heading", _figure(120), "after", _lines(30)))
    heading, figure, after = (_where(found, said) for said in ("Heading", "finding", "after"))
    assert heading < figure < after
    assert heading[0] == figure[0]


def test_figures_that_push_one_another_on_without_end_stay_where_they_are_told_of():
    """Where the setting comes to no end, each figure is set below its own heading."""
    parts = [
        part for number in range(4) for part in (f"## Heading {number}", _figure(230 + number * 37 % 90), Prose((text("word " * 60),) * 4))
    ]
    content = _document(*parts)
    assert pdf._compiled({"document": json.dumps(content), "files": "{}"})[1]
    found = [box for box in _set(content) if "Heading" in box.text or "finding" in box.text]
    assert [box.page for box in found[::2]] == [box.page for box in found[1::2]]


@pytest.mark.parametrize("filled", range(0, 44, 3))
def test_no_last_page_holds_a_few_lines(filled):
    """Wherever the sources begin, the page on which they end holds more than a few of them, and none before it is left half empty."""
    parts = ("## A", _lines(44), "## B", _lines(filled), "## How", _lines(5), "## Method", _lines(4), "## Sources", _sources(40))
    assert [str(fault) for fault in layout.empty(_set(_document(*parts)))] == []


def test_words_and_titles_of_any_length_keep_their_place():
    """A word longer than its column breaks, in a cell, a heading and a title; the running head stays one line."""
    word = "unbreakable" * 30
    table = Table(word, COLUMNS, ((text(word), text(word)),), text(word))
    found = pdf.typeset(_document(f"## {word}", table, Prose((text(word),)), "## More", _lines(60), title="word " * 60), "n")
    assert [str(fault) for rule in (layout.outside, layout.overlapping, layout.overfull) for fault in rule(boxes(found))] == []
