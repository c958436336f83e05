"""A roll: one column for each meeting, one row for each who may be marked there."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style, width
from udcg.charts.axis import UNDER, meeting_axis
from udcg.charts.finished import figure
from udcg.charts.labels import row_labels
from udcg.charts.look import GAP, GREY, LONGEST, NAVY, SMALL, STEP, TILE, TINY
from udcg.words import Words

Line = tuple[str, str, int | None]  # group, label and the row that it names
THICK, NARROW = 0.66, 0.36  # of a row and half of a column: a mark
LEAST = 12  # columns from which they fill the width


def roll(
    rows: pd.DataFrame,
    years: Sequence[int],
    *,
    hollow: Collection[str] = (),
    beside: Sequence[str] = (),
    below: tuple[str, Sequence[str]] = ("", ()),
    title: str,
    alt: str,
    caption: Text,
) -> Figure:
    """Draw who is marked at which meeting; marks beside each other join to a bar.

    Args:
        rows: Whether each is marked: index group and label, in drawing order; a column for each meeting, named by its number.
        years: The year of each meeting.
        hollow: Labels of rows whose marks are not filled.
        beside: Words at the right of each row.
        below: A label, and words set upright below each column, "" for none.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
    """
    lines = _lines(rows)
    label, words = below
    starts = [EDGE + STEP * (place is not None and group != "") for group, _, place in lines]
    left = GAP + max(start + width(text, SMALL) for (_, text, _), start in zip([*lines, ("", label, None)], [*starts, EDGE], strict=True))
    right = EDGE + (GAP + max(width(text, TINY) for text in beside) if beside else 0)
    across = (WIDTH - left - right) * min(len(rows.columns) / LEAST, 1)
    upright = words if across > TINY * len(words) else ()  # where columns are narrower than a letter is high, none can be read
    deep = (max(width(word, TINY) for word in upright) + GAP) / TILE if any(upright) else 0.0
    with style():
        canvas, axes = sheet(left, WIDTH - left - across, UNDER, EDGE, TILE * (len(lines) + deep))
        axes.set_ylim(len(lines) + deep - 0.5, -0.5)
        axes.set_yticks([])
        _marks(axes, rows, lines, hollow)
        meeting_axis(axes, [str(meeting) for meeting in rows.columns], years, across, top=1)
        row_labels(axes, [text for _, text, _ in lines], range(len(lines)), starts, size=SMALL)
        _beside(axes, beside, lines)
        if deep:
            row_labels(axes, [label], [len(lines) + deep / 2 - 0.5], [EDGE], size=SMALL)
            _upright(axes, upright, len(lines) + deep / 2 - 0.5)
        return figure(canvas, title, alt, caption)


def _lines(rows: pd.DataFrame) -> list[Line]:
    """The lines to draw: group, text and the row's place; a group's own line has none and comes before its rows."""
    lines: list[Line] = []
    for place, (group, label) in enumerate(rows.index):
        if group and group not in {line[0] for line in lines}:
            lines.append((group, group, None))
        lines.append((group, Words.cap(label, LONGEST), place))
    return lines


def _marks(axes: Axes, rows: pd.DataFrame, lines: list[Line], hollow: Collection[str]) -> None:
    for line, (_, label, place) in enumerate(lines):
        if place is None:
            continue
        axes.plot([-0.5, len(rows.columns) - 0.5], [line, line], color=GREY, linewidth=0.3, clip_on=False, zorder=0.5)
        for first, last in _runs(rows.iloc[place].to_numpy(dtype=bool)):
            corner = (first - NARROW, line - THICK / 2)
            fill = "white" if label in hollow else NAVY
            across = last - first + 2 * NARROW
            axes.add_patch(Rectangle(corner, across, THICK, facecolor=fill, edgecolor=NAVY, linewidth=0.7, clip_on=False))


def _runs(marked: np.ndarray) -> list[tuple[int, int]]:
    """First and last place of each unbroken run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int)))
    return [(int(start), int(end) - 1) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _beside(axes: Axes, beside: Sequence[str], lines: list[Line]) -> None:
    placed = [line for line, (_, _, place) in enumerate(lines) if place is not None]
    if beside:
        row_labels(axes, beside, placed, [WIDTH - EDGE] * len(placed), side="right", size=TINY)


def _upright(axes: Axes, words: Sequence[str], middle: float) -> None:
    for place, word in enumerate(words):
        if word:
            axes.text(place, middle, word, rotation=90, ha="center", va="center", fontsize=TINY)
