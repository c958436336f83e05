"""What is wrong with the look of a set page, told from where its texts and figures stand."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from boxes import Box, boxes

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
MARGIN = 20 * MM
EDGE = 8 * MM  # what stands in the margin, such as page numbers, keeps this far from the paper's edge
SLACK = 2.0  # points: how far ink may leave its place before it is a fault
REACH = 4.0  # points: what signs of the first and last line of a page may reach above and below it
USED = 0.15  # of the text's height: a page with less is near-empty
HOLE = 0.25  # of the text's height: more of it may not stay empty in one piece, the end of the last page aside
MARKS = re.compile(r"[\s\u0300-\u036f\u200b\u2060]+")
HEIGHT = PAGE[1] - 2 * MARGIN


@dataclass(frozen=True)
class Fault:
    """Something wrong on a page, with the text by which it is found."""

    page: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.what}: {self.text[:60]!r}"


def faults(pdf: bytes) -> list[Fault]:
    """List all that is wrong with the look of a tagged PDF on A4."""
    found = boxes(pdf)
    rules = (outside, overlapping, overfull, stranded, severed, parted, empty)
    return [fault for rule in rules for fault in rule(found)]


def outside(found: list[Box]) -> Iterator[Fault]:
    """Text that leaves the margins, or a running head that comes too near to the edge of the paper."""
    for box in found:
        edge = (EDGE if "Artifact" in box.tags else MARGIN) - SLACK
        if min(box.left, box.bottom + REACH, PAGE[0] - box.right, PAGE[1] - box.top + REACH) < edge:
            yield Fault(box.page, "outside the margins", box.text)


def overlapping(found: list[Box]) -> Iterator[Fault]:
    """Text printed on text or on a figure; marks such as accents belong on what they mark."""
    for _, group in _by_page([box for box in found if not MARKS.fullmatch(box.text)]):
        edges = np.array([(box.left, box.bottom, box.right, box.top) for box in group])
        low = np.maximum(edges[:, None, :2], edges[None, :, :2])
        high = np.minimum(edges[:, None, 2:], edges[None, :, 2:])
        for one, other in np.argwhere(np.triu((high - low > SLACK).all(axis=2), 1)):
            yield Fault(group[one].page, "printed on one another", f"{group[one].text[:28]} / {group[other].text[:28]}")


def overfull(found: list[Box]) -> Iterator[Fault]:
    """A cell whose text reaches into the column beside it."""
    cells = [box for box in found if {"TD", "TH"} & set(box.tags)]
    for (_, page), table in itertools.groupby(cells, key=lambda box: (box.within("Table"), box.page)):
        columns: dict[int, list[Box]] = {}
        for box in table:
            columns.setdefault(_column(box), []).append(box)
        for one, other in itertools.pairwise(sorted(columns)):
            widest = max(columns[one], key=lambda box: box.right)
            if widest.right > min(box.left for box in columns[other]):
                yield Fault(page, "wider than its column", widest.text)


def stranded(found: list[Box]) -> Iterator[Fault]:
    """A heading without any of its section below it on its page."""
    own = _content(found)
    for place, box in enumerate(own):
        level = _level(box)
        section = itertools.takewhile(lambda other: not 0 < _level(other) <= level, own[place + 1 :])  # noqa: B023 - used at once
        if level and not any(other.page == box.page and not _leads(other) for other in section):
            yield Fault(box.page, "a heading with nothing below it", box.text)


def severed(found: list[Box]) -> Iterator[Fault]:
    """A caption without any of its table below it on its page."""
    tables = {(box.within("Table"), box.page) for box in found if "TD" in box.tags}
    for box in found:
        if {"Table", "Caption"} <= set(box.tags) and (box.within("Table"), box.page) not in tables:
            yield Fault(box.page, "a caption without its table", box.text)


def parted(found: list[Box]) -> Iterator[Fault]:
    """A note on another page than the end of its table, or a caption than its figure."""
    for one, other in itertools.pairwise(_content(found)):
        if "Table" in one.tags and "P" in other.tags and one.page != other.page and "Table" not in other.tags:
            yield Fault(other.page, "a note apart from its table", other.text)
        if "Figure" in other.tags and one.path[:2] == other.path[:2] and one.page != other.page:
            yield Fault(one.page, "a caption apart from its figure", one.text)


def empty(found: list[Box]) -> Iterator[Fault]:
    """A page with hardly anything on it, or with a large hole; only the last one may end early."""
    own = _content(found)
    last = max(box.page for box in own)
    for page, group in _by_page(own):
        spans = sorted((PAGE[1] - MARGIN - box.top, PAGE[1] - MARGIN - box.bottom) for box in group)
        reach = list(itertools.accumulate((end for _, end in spans), max))
        if reach[-1] < USED * HEIGHT:
            yield Fault(page, "near-empty", group[0].text)
        starts = [start for start, _ in spans][1:] + ([HEIGHT] if page != last else [])
        gap, end = max(((start - end, end) for end, start in zip(reach, starts, strict=False)), default=(0.0, 0.0))
        if gap > HOLE * HEIGHT:
            above = min(group, key=lambda box: abs(PAGE[1] - MARGIN - box.bottom - end))
            yield Fault(page, f"{gap / HEIGHT:.0%} of the page is empty below", above.text)


def _content(found: list[Box]) -> list[Box]:
    """All but running heads and repeated headers."""
    return [box for box in found if "Artifact" not in box.tags]


def _by_page(found: list[Box]) -> Iterator[tuple[int, list[Box]]]:
    """The boxes of each page."""
    for page, group in itertools.groupby(sorted(found, key=lambda box: box.page), key=lambda box: box.page):
        yield page, list(group)


def _column(box: Box) -> int:
    """Which cell of its row a box is in."""
    return box.path[box.tags.index("TR") + 1]


def _level(box: Box) -> int:
    """Level of the heading that a box is part of; 0 for none."""
    return next((int(tag[1]) for tag in box.tags if tag[0] == "H" and tag[1:].isdigit()), 0)


def _leads(box: Box) -> bool:
    """Whether a box only leads to something else: a heading, a caption, the head of a table."""
    return bool(_level(box) or {"Caption", "TH"} & set(box.tags))
