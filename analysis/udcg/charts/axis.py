"""The axis of meetings: their numbers, and the years below them."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from udcg.canvas import width
from udcg.charts.look import GREY, SMALL, TINY

UNDER = 27  # points for the numbers and the years below an axis of meetings
APART = 2.0  # points at least between two numbers
YEAR = 20  # points from the axis down to the foot of the years


def meeting_axis(axes: Axes, names: Sequence[str], years: Sequence[int], across: float, top: float = 0.0) -> None:
    """Name the columns of an axis, so many points across, by their meetings, and part the years by lines up to a part of its height."""
    column = across / len(names)
    step = 1 + int(max(width(name, TINY) for name in names) + APART > column)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_xticks(range(0, len(names), step), names[::step], fontsize=TINY)
    starts = [place for place, year in enumerate(years) if place == 0 or year != years[place - 1]]
    foot = (SMALL - YEAR) / axes.bbox.height  # between the numbers, not through the years
    below = offset_copy(axes.get_xaxis_transform(), y=-YEAR, units="dots")
    for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
        if start:
            axes.axvline(start - 0.5, foot, top, color=GREY, linewidth=0.6, zorder=0.4, clip_on=False)
        name, middle = str(years[start]), (start + end - 1) / 2
        if width(name, SMALL) + APART <= (end - start) * column:
            axes.text(middle, 0, name, transform=below, ha="center", va="baseline", fontsize=SMALL)
        elif end == len(names):  # the last year may have but one meeting yet
            axes.text(end - 0.5, 0, name, transform=below, ha="right", va="baseline", fontsize=SMALL)
