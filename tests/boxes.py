"""Where everything stands on the pages of a tagged PDF, and as what: geometry by PDFium, order and tags by pypdf."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdfium2 import raw

DEPTH = 15  # levels of forms within forms that are looked into
Edges = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A run of text, or a whole figure.

    Attributes:
        page: Its page, counted from 1.
        tags: From the document down, such as Table, TBody, TR, TD; only Artifact for running heads and repeated headers.
        path: Its place among its siblings at each level: sorted, the order of reading.
        left, bottom, right, top: Points from the page's lower left corner, close round the ink.
        text: What it says.
    """

    page: int
    tags: tuple[str, ...]
    path: tuple[int, ...]
    left: float
    bottom: float
    right: float
    top: float
    text: str

    def within(self, tag: str) -> tuple[int, ...]:
        """Return the path of the element of some tag that holds it; () where none does."""
        return self.path[: self.tags.index(tag) + 1] if tag in self.tags else ()


def boxes(pdf: bytes) -> list[Box]:
    """List all that stands on the pages, in the order of reading; running heads first."""
    places = _places(pdf)
    document = pypdfium2.PdfDocument(pdf)
    found = [box for number, page in enumerate(document, start=1) for box in _page(number, page, places)]
    document.close()
    return sorted(_whole_figures(found), key=lambda box: box.path)


def _page(number: int, page: pypdfium2.PdfPage, places: dict[tuple[int, int], Any]) -> Iterator[Box]:
    text = page.get_textpage()
    for each in page.get_objects(max_depth=DEPTH, textpage=text):
        mark = raw.FPDFPageObj_GetMarkedContentID(each)
        tags, path = places.get((number, mark), (("Artifact",), ()))
        said = each.extract() if each.type == raw.FPDF_PAGEOBJ_TEXT else ""
        if said.strip() or "Figure" in tags:
            yield Box(number, tags, path, *each.get_bounds(), said)


def _whole_figures(found: list[Box]) -> list[Box]:
    """Make one box of all strokes and letters of a figure."""
    figures: dict[tuple[int, ...], Box] = {}
    for box in found:
        if "Figure" in box.tags:
            figures[box.path] = _joined(figures[box.path], box) if box.path in figures else box
    return [box for box in found if "Figure" not in box.tags] + list(figures.values())


def _joined(one: Box, other: Box) -> Box:
    low = (min(one.left, other.left), min(one.bottom, other.bottom))
    high = (max(one.right, other.right), max(one.top, other.top))
    return Box(one.page, one.tags, one.path, *low, *high, one.text + other.text)


def _places(pdf: bytes) -> dict[tuple[int, int], tuple[tuple[str, ...], tuple[int, ...]]]:
    """Tags and path of each marked content, by page and mark."""
    reader = PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, start=1)}
    return {(numbers[page], mark): (tags, path) for tags, path, page, mark in _marks(reader.trailer["/Root"]["/StructTreeRoot"], 0)}


def _marks(element: Any, page: int, tags: tuple[str, ...] = (), path: tuple[int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk an element's content: a number marks content of the element's page, a dictionary is an element or says the page."""
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    kids = element.get("/K", [])
    for place, kid in enumerate(kids if isinstance(kids, list) else [kids]):
        found = kid.get_object()
        if isinstance(found, int):
            yield tags, (*path, place), page, int(found)
        elif "/S" in found:
            yield from _marks(found, page, (*tags, str(found["/S"])[1:]), (*path, place))
        elif "/MCID" in found:
            yield tags, (*path, place), found.raw_get("/Pg").idnum if "/Pg" in found else page, int(found["/MCID"])
