"""Intervals as upright bars with whiskers: an arrow marks an open end, a number stands above each bar where it fits."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import IdentityTransform, blended_transform_factory, offset_copy
from numpy.typing import NDArray

from udcg.canvas import EDGE, width
from udcg.charts.labels import Ticks
from udcg.charts.look import GOLD, NAVY, SMALL, TINY
from udcg.words import EXACT, Words

CAP = 3.0  # points: half the width of an arrow, and of the caps of a whisker
ABOVE = 3.0  # points between a mark and its number
ROOM = TINY + ABOVE + 2 * CAP  # points kept above the highest mark
Points = NDArray[np.float64]


def columns(
    axes: Axes,
    places: Sequence[float],
    rows: pd.DataFrame,
    unit: float,
    words: Words,
    *,
    wide: float,
    fill: str | Sequence[str] = NAVY,
    hatch: str | Sequence[str] = "",
) -> None:
    """Draw bars, whiskers, arrows and numbers.

    Args:
        axes: Axes whose extent along x is set.
        places: Where each bar stands.
        rows: Columns low, best, high (NaN high: open).
        unit: What amounts are divided by.
        words: What numbers are printed with.
        wide: Width of a bar, as the axis counts.
        fill: Colour of the bars, or of each.
        hatch: Hatch of the bars, or of each.
    """
    at, ends = np.asarray(places, dtype=float), rows[["low", "best", "high"]] / unit
    low, best, high = (ends[name].fillna(ends["best"]).to_numpy() for name in ("low", "best", "high"))
    axes.bar(at, best, width=wide, color=fill, hatch=hatch, edgecolor=NAVY, linewidth=0.7, clip_on=False)
    ranged = (high - low) > EXACT * best
    if ranged.any():
        spread = np.vstack([best - low, high - best])[:, ranged].clip(min=0)
        axes.errorbar(at[ranged], best[ranged], yerr=spread, fmt="none", ecolor=GOLD, elinewidth=1.4, capsize=CAP - 0.5, clip_on=False)
    top = np.maximum(best, high)
    open_ended = rows["high"].isna().to_numpy() & (best > 0)
    per_unit = _heights(axes, top)
    lifted = offset_copy(axes.transData, y=CAP, units="dots")
    axes.plot(at[open_ended], top[open_ended], "^", color=GOLD, markersize=2 * CAP, transform=lifted, clip_on=False, linestyle="")
    _numbers(axes, at, best, top * per_unit + 2 * CAP * open_ended, per_unit, wide, words)


def unit_beside(axes: Axes, name: str, words: Words) -> None:
    """Name the unit at the left edge of the canvas."""
    axes.set_ylabel(name)
    axes.yaxis.set_major_formatter(Ticks(words))
    axes.yaxis.set_label_coords(EDGE + SMALL + 2, 0.5, blended_transform_factory(IdentityTransform(), axes.transAxes))
    axes.grid(axis="y", clip_on=False)


def _heights(axes: Axes, top: Points) -> float:
    """Make the axis high enough for the numbers above the bars, and return the points that a unit of it takes."""
    height = axes.bbox.height
    highest = max(float(top.max(initial=0.0)), 1e-9)
    axes.set_ylim(0, highest * height / (height - ROOM))
    return (height - ROOM) / highest


def _numbers(axes: Axes, at: Points, best: Points, reach: Points, per_unit: float, wide: float, words: Words) -> None:
    """Print the best values above their bars: the largest first, and none that would touch a number or a bar beside it."""
    pitch = axes.bbox.width / float(np.ptp(axes.get_xlim()))
    taken: list[tuple[float, float, float, float]] = [
        ((x - wide / 2) * pitch, (x + wide / 2) * pitch, 0.0, y) for x, y in zip(at, reach, strict=True) if y > 0
    ]
    for place in np.argsort(-best, kind="stable"):
        text, foot = words.tenths(best[place]), reach[place] + ABOVE
        half = width(text, TINY) / 2 + 0.5
        box = (at[place] * pitch - half, at[place] * pitch + half, foot, foot + TINY)
        if best[place] > 0 and not any(_touch(box, other) for other in taken):
            taken.append(box)
            axes.text(at[place], foot / per_unit, text, ha="center", va="bottom", fontsize=TINY)


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
