"""Labels of rows and columns, placed in points, and the unit of an axis."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import ScalarFormatter
from matplotlib.transforms import IdentityTransform, blended_transform_factory, offset_copy

from udcg.canvas import width
from udcg.charts.look import GAP, LABEL, SLANT, SMALL
from udcg.words import Words


class Ticks(ScalarFormatter):
    """Prints the numbers of an axis with the decimal sign of the page's language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._decimal = words.decimal

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Print a number."""
        return super().__call__(x, pos).replace(".", self._decimal)


def scale(rows: pd.DataFrame, currency: str, words: Words) -> tuple[float, str]:
    """Return what amounts are divided by, billions or millions, and the unit that an axis then names."""
    largest = float(np.nanmax([rows["best"].max(), rows["high"].max(), 1.0]))
    if largest >= 1e9:
        return 1e9, words.line("{currency} bn", currency=currency)
    return 1e6, words.line("{currency} m", currency=currency)


def row_labels(
    axes: Axes,
    labels: Sequence[str],
    places: Sequence[float],
    points: Sequence[float],
    side: str = "left",
    size: float = LABEL,
) -> None:
    """Set labels beside their rows; points from the canvas's edge say where the given side of each stands."""
    beside = blended_transform_factory(IdentityTransform(), axes.transData)
    for label, place, at in zip(labels, places, points, strict=True):
        axes.text(at, place, label, transform=beside, ha=side, va="center", fontsize=size)


def column_labels(axes: Axes, labels: Sequence[str]) -> None:
    """Set slanted labels above their columns."""
    above = offset_copy(axes.transData, y=GAP, units="dots")
    for place, label in enumerate(labels):
        axes.text(place + 0.5, 0, label, transform=above, rotation=SLANT, rotation_mode="anchor", fontsize=SMALL)


def slanted(labels: Sequence[str], room: float) -> tuple[float, float]:
    """Return how high slanted labels of columns rise, and how wide the columns can be with none of the labels cut at the right."""
    slant = np.deg2rad(SLANT)
    lengths = np.array([width(label, SMALL) for label in labels])
    centres = (np.arange(len(labels)) + 0.5) / len(labels)
    return GAP + LABEL + float(lengths.max() * np.sin(slant)), float(min(room, *(room - lengths * np.cos(slant)) / centres))
