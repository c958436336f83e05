"""Intervals as bars with whiskers, a row each, parts below their wholes."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.transforms import offset_copy

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style, width
from udcg.charts.finished import figure
from udcg.charts.labels import row_labels, scale
from udcg.charts.look import FILL, GAP, GOLD, GREY, HATCH, LABEL, LINE, LONGEST, MEANING, NAVY, ROW, SMALL, STEP
from udcg.words import ENGLISH, EXACT, Words


def bars(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH, legend: bool = True) -> Figure:
    """Draw intervals as bars with whiskers, a row each.

    Args:
        rows: Columns label, low, best, high (units of currency; NaN high: open), standing (a key of MEANING), in drawing order;
            depth, if there, indents a label by as many steps; start, if there, is where a bar begins.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers, for readers who do not see the figure.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
        legend: Whether colours are explained; not where each row's label says it.
    """
    labels = [words.cap(label, LONGEST) for label in rows["label"]]
    indents = [EDGE + STEP * depth for depth in rows.get("depth", [0] * len(rows))]
    left = GAP + max(indent + width(label, LABEL) for indent, label in zip(indents, labels, strict=True))
    kinds = rows["standing"].unique()
    lines = (len(kinds) + 1) // 2 if legend and len(kinds) > 1 else 0
    unit, _ = scale(rows, currency, words)
    with style():
        canvas, axes = sheet(left, 2 * EDGE, EDGE, EDGE + LINE * lines, ROW * len(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set(xticks=[], yticks=[])  # every bar has its value beside it
        axes.spines["bottom"].set_visible(False)
        axes.axvline(0, color=GREY, linewidth=0.8, clip_on=False)
        _bars(axes, rows, unit)
        _whiskers(axes, rows, unit)
        _values(axes, rows, unit, currency, words, room=WIDTH - left - 2 * EDGE)
        row_labels(axes, labels, range(len(rows)), indents)
        if lines:
            canvas.legend(handles=[_key(kind, words) for kind in kinds], ncols=2)
        return figure(canvas, title, alt, caption)


def nested(forest: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw what is inside what: a bar for each promise, each part below its whole and within its length.

    Args:
        forest: Columns donor, title, depth, low, best, high, standing, as `Page.promises` orders them.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
    """
    before = (forest["donor"] + " · ").where(forest["depth"] == 0, "– ")
    rows = forest.assign(label=before + forest["title"], start=starts(forest["depth"], forest["best"].fillna(0)))
    return bars(rows, currency, title=title, alt=alt, caption=caption, words=words)


def starts(depths: Iterable[int], lengths: Iterable[float]) -> list[float]:
    """Return where each part begins: after the parts before it, within its whole."""
    begins, free = list[float](), {0: 0.0}
    for depth, length in zip(depths, lengths, strict=True):
        start = free[depth] if depth else 0.0
        begins.append(start)
        free |= {depth: start + length, depth + 1: start}
    return begins


def _begin(rows: pd.DataFrame, unit: float) -> np.ndarray:
    return rows["start"].to_numpy() / unit if "start" in rows else np.zeros(len(rows))


def _key(kind: str, words: Words) -> Patch:
    return Patch(facecolor=FILL[kind], hatch=HATCH.get(kind), edgecolor=NAVY, linewidth=0.7, label=words.line(MEANING[kind]))


def _bars(axes: Axes, rows: pd.DataFrame, unit: float) -> None:
    axes.barh(
        range(len(rows)),
        rows["best"].fillna(0) / unit,
        left=_begin(rows, unit),
        height=0.62,
        color=[FILL[standing] for standing in rows["standing"]],
        hatch=[HATCH.get(standing, "") for standing in rows["standing"]],
        edgecolor=NAVY,
        linewidth=0.7,
        clip_on=False,
    )


def _whiskers(axes: Axes, rows: pd.DataFrame, unit: float) -> None:
    best = rows["best"].fillna(0)
    down = (best - rows["low"].fillna(best)).clip(lower=0)
    up = (rows["high"].fillna(best) - best).clip(lower=0)
    ranged = ((down + up) > EXACT * best).to_numpy()
    if ranged.any():
        ends = np.vstack([down, up])[:, ranged] / unit
        places = np.flatnonzero(ranged)
        middle = (_begin(rows, unit) + best / unit)[ranged]
        axes.errorbar(middle, places, xerr=ends, fmt="none", ecolor=GOLD, elinewidth=1.4, capsize=2.5, clip_on=False)


def _values(axes: Axes, rows: pd.DataFrame, unit: float, currency: str, words: Words, room: float) -> None:
    """Print each interval beyond its bar and whisker, and make the axis long enough for it."""
    reach = _begin(rows, unit) + rows[["best", "high"]].max(axis=1).fillna(0).to_numpy() / unit
    texts = [words.amount(low, best, high, currency) for low, best, high in rows[["low", "best", "high"]].itertuples(index=False)]
    beyond = offset_copy(axes.transData, x=GAP, units="dots")
    for place, (end, text) in enumerate(zip(reach, texts, strict=True)):
        axes.text(end, place, text, transform=beyond, va="center", fontsize=SMALL)
    left = [max(1 - (GAP + width(text, SMALL)) / room, 0.2) for text in texts]
    needed = [end / share for end, share in zip(reach, left, strict=True)]
    axes.set_xlim(0, max([*needed, reach.max() * 1.02, 1e-9]))
