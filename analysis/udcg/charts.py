"""Frames -> figures as SVG. Sources and alternative text are required: a figure without either cannot be made."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import ScalarFormatter
from matplotlib.transforms import IdentityTransform, blended_transform_factory, offset_copy

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style, svg, width
from udcg.words import ENGLISH, EXACT, Words, message

ROW = 19.5  # points for one row with its label
LINE = 16  # points for one line of a legend
AXIS = 34  # points for the labels and the unit below an axis
BESIDE = 46  # points for the labels and the unit beside an axis
GAP = 6  # points between a label and what it names
STEP = 9  # points: one step of depth
LABEL, SMALL = 9.0, 8.5  # points: size of the labels of rows, and of values and the labels of columns
LONGEST = 54  # characters of a row label
SLANT = 35  # degrees: labels of columns
NAVY, PALE, GOLD, GREY = "#12355b", "#c9dcec", "#b07d00", "#8a949e"
FILL = {"new": NAVY, "said_before": "#ffffff", "from_older": PALE, "undated": GREY, "mixed": GOLD, "civilian": GREY}
HATCH = {"said_before": "////"}
MEANING = {
    "new": message("first announced since the meeting before"),
    "said_before": message("announced before, said again"),
    "from_older": message("paid from or inside older money"),
    "undated": message("day of first announcement not known"),
    "mixed": message("military and civilian in one sum"),
    "civilian": message("civilian"),
}
SERIES = {"new_commitments": (message("new commitments"), NAVY), "allocations": (message("allocations"), GOLD)}


def bars(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw intervals as bars with whiskers, a row each.

    Args:
        rows: Columns label, low, best, high (units of currency; NaN high: open), standing (a key of MEANING), in drawing order;
            depth, if there, indents a label by as many steps.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers, for readers who do not see the figure.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
    """
    labels = [words.cap(label, LONGEST) for label in rows["label"]]
    starts = [EDGE + STEP * depth for depth in rows.get("depth", [0] * len(rows))]
    left = GAP + max(start + width(label, LABEL) for start, label in zip(starts, labels, strict=True))
    kinds = rows["standing"].unique()
    lines = (len(kinds) + 1) // 2 if len(kinds) > 1 else 0
    scale, unit = _scale(rows, currency, words)
    with style():
        canvas, axes = sheet(left, 2 * EDGE, AXIS, EDGE + LINE * lines, ROW * len(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks([])
        axes.set_xlabel(unit)
        axes.xaxis.set_major_formatter(_Ticks(words))
        axes.grid(axis="x", clip_on=False)
        _bars(axes, rows, scale)
        _whiskers(axes, rows, scale)
        _values(axes, rows, scale, currency, words, room=WIDTH - left - 2 * EDGE)
        _row_labels(axes, labels, range(len(rows)), starts)
        if lines:
            canvas.legend(handles=[_key(kind, words) for kind in kinds], ncols=2)
        return Figure(svg=svg(canvas), title=title, alt=alt, caption=caption)


def nested(forest: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw what is inside what: a bar for each promise, each part indented below its whole.

    Args:
        forest: Columns donor, title, depth, low, best, high, standing, as `Page.promises` orders them.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
    """
    before = (forest["donor"] + " · ").where(forest["depth"] == 0, "– ")
    return bars(forest.assign(label=before + forest["title"]), currency, title=title, alt=alt, caption=caption, words=words)


def by_meeting(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw new commitments and allocations side by side for each meeting.

    Args:
        rows: Indexed by meeting number; columns new_commitments and allocations (best values in units of currency).
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
    """
    scale, unit = _scale(rows.melt(value_name="best").assign(high=0.0), currency, words)
    with style():
        canvas, axes = sheet(BESIDE, EDGE, AXIS, EDGE + LINE, height=112)
        for shift, (name, (_, colour)) in zip((-0.2, 0.2), SERIES.items(), strict=True):
            some = np.flatnonzero(rows[name])
            axes.bar(some + shift, rows[name].iloc[some] / scale, width=0.38, color=colour, clip_on=False)
        step = 1 if len(rows) <= 20 else 2
        axes.set_xticks(range(0, len(rows), step), [str(meeting) for meeting in rows.index][::step])
        axes.set_xlim(-0.8, len(rows) - 0.2)
        axes.set_xlabel(words.line("meeting"))
        axes.set_ylabel(unit)
        axes.yaxis.set_major_formatter(_Ticks(words))
        axes.yaxis.set_label_coords(EDGE + SMALL + 2, 0.5, blended_transform_factory(IdentityTransform(), axes.transAxes))
        axes.grid(axis="y", clip_on=False)
        canvas.legend(handles=[Patch(color=colour, label=words.line(name)) for name, colour in SERIES.values()], ncols=2)
        return Figure(svg=svg(canvas), title=title, alt=alt, caption=caption)


def heat(counts: pd.DataFrame, *, title: str, alt: str, caption: Text) -> Figure:
    """Draw counts as a heat map with the numbers in the cells.

    Args:
        counts: Row labels as index, column labels as columns, whole counts as values.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
    """
    rows, columns = list(counts.index), list(counts.columns)
    left = EDGE + max(width(label, LABEL) for label in rows) + GAP
    above, across = _slanted(columns, WIDTH - left - EDGE)
    with style():
        canvas, axes = sheet(left, WIDTH - left - across, EDGE, EDGE + above, ROW * len(rows))
        sns.heatmap(
            counts.where(counts > 0),
            ax=axes,
            cmap=sns.light_palette(NAVY, as_cmap=True),
            vmin=0,
            cbar=False,
            annot=True,
            fmt=".0f",
            annot_kws={"size": SMALL},
            xticklabels=False,
            yticklabels=False,
            clip_on=False,
        )
        axes.set(xlabel="", ylabel="")
        axes.vlines(range(1, len(columns)), 0, len(rows), colors="white", linewidth=1, clip_on=False)
        axes.hlines(range(1, len(rows)), 0, len(columns), colors="white", linewidth=1, clip_on=False)
        _row_labels(axes, rows, [place + 0.5 for place in range(len(rows))], [left - GAP] * len(rows), side="right")
        _column_labels(axes, columns)
        return Figure(svg=svg(canvas), title=title, alt=alt, caption=caption)


class _Ticks(ScalarFormatter):
    """Prints the numbers of an axis with the decimal sign of the page's language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._decimal = words.decimal

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Print a number."""
        return super().__call__(x, pos).replace(".", self._decimal)


def _scale(rows: pd.DataFrame, currency: str, words: Words) -> tuple[float, str]:
    largest = float(np.nanmax([rows["best"].max(), rows["high"].max(), 1.0]))
    if largest >= 1e9:
        return 1e9, words.line("{currency} bn", currency=currency)
    return 1e6, words.line("{currency} m", currency=currency)


def _key(kind: str, words: Words) -> Patch:
    return Patch(facecolor=FILL[kind], hatch=HATCH.get(kind), edgecolor=NAVY, linewidth=0.7, label=words.line(MEANING[kind]))


def _bars(axes: Axes, rows: pd.DataFrame, scale: float) -> None:
    axes.barh(
        range(len(rows)),
        rows["best"].fillna(0) / scale,
        height=0.62,
        color=[FILL[standing] for standing in rows["standing"]],
        hatch=[HATCH.get(standing, "") for standing in rows["standing"]],
        edgecolor=NAVY,
        linewidth=0.7,
        clip_on=False,
    )


def _whiskers(axes: Axes, rows: pd.DataFrame, scale: float) -> None:
    best = rows["best"].fillna(0)
    down = (best - rows["low"].fillna(best)).clip(lower=0)
    up = (rows["high"].fillna(best) - best).clip(lower=0)
    ranged = ((down + up) > EXACT * best).to_numpy()
    if ranged.any():
        ends = np.vstack([down, up])[:, ranged] / scale
        places = np.flatnonzero(ranged)
        axes.errorbar(best[ranged] / scale, places, xerr=ends, fmt="none", ecolor=GOLD, elinewidth=1.4, capsize=2.5, clip_on=False)


def _values(axes: Axes, rows: pd.DataFrame, scale: float, currency: str, words: Words, room: float) -> None:
    """Print each interval beyond its bar and whisker, and make the axis long enough for it."""
    reach = rows[["best", "high"]].max(axis=1).fillna(0).to_numpy() / scale
    texts = [words.amount(low, best, high, currency) for low, best, high in rows[["low", "best", "high"]].itertuples(index=False)]
    beyond = offset_copy(axes.transData, x=GAP, units="dots")
    for place, (end, text) in enumerate(zip(reach, texts, strict=True)):
        axes.text(end, place, text, transform=beyond, va="center", fontsize=SMALL)
    left = [max(1 - (GAP + width(text, SMALL)) / room, 0.2) for text in texts]
    needed = [end / share for end, share in zip(reach, left, strict=True)]
    axes.set_xlim(0, max([*needed, reach.max() * 1.02, 1e-9]))


def _row_labels(axes: Axes, labels: Sequence[str], places: Sequence[float], points: Sequence[float], side: str = "left") -> None:
    """Set labels beside their rows; points from the canvas's edge say where the given side of each stands."""
    beside = blended_transform_factory(IdentityTransform(), axes.transData)
    for label, place, at in zip(labels, places, points, strict=True):
        axes.text(at, place, label, transform=beside, ha=side, va="center", fontsize=LABEL)


def _column_labels(axes: Axes, labels: Sequence[str]) -> None:
    above = offset_copy(axes.transData, y=GAP, units="dots")
    for place, label in enumerate(labels):
        axes.text(place + 0.5, 0, label, transform=above, rotation=SLANT, rotation_mode="anchor", fontsize=SMALL)


def _slanted(labels: Sequence[str], room: float) -> tuple[float, float]:
    """Return how high slanted labels of columns rise, and how wide the columns can be with none of the labels cut at the right."""
    slant = np.deg2rad(SLANT)
    lengths = np.array([width(label, SMALL) for label in labels])
    centres = (np.arange(len(labels)) + 0.5) / len(labels)
    return GAP + LABEL + float(lengths.max() * np.sin(slant)), float(min(room, *(room - lengths * np.cos(slant)) / centres))
