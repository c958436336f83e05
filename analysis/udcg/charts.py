"""Frames -> figures as SVG. Sources and alternative text are required: a figure without either cannot be made."""

import io
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.textpath import TextPath

from udcg import words
from udcg.blocks import Figure, Text

STYLE = Path(__file__).with_name("udcg.mplstyle")
FONTS = Path(__file__).parent / "press" / "fonts"
WIDTH = 6.7  # inches: the text width of an A4 page
ROW = 0.27  # inches for one bar with its label
NAVY, BLUE, PALE, GOLD, GREY = "#12355b", "#2f6ea5", "#c9dcec", "#b07d00", "#8a949e"
FILL = {"new": NAVY, "said_before": "#ffffff", "from_older": PALE, "undated": GREY, "mixed": GOLD, "civilian": GREY}
MEANING = {
    "new": "first announced since the meeting before",
    "said_before": "announced before, said again",
    "from_older": "paid from or inside older money",
    "undated": "day of first announcement not known",
    "mixed": "military and civilian in one sum",
    "civilian": "civilian",
}
VALUE = 8.5  # points: size of the values beside bars
MARGIN = 24  # points: pads and edges beside labels and bars
LABEL = 54  # characters of a row label
INDENT = "\u2003"  # em space: one step of depth


def bars(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text) -> Figure:
    """Draw intervals as bars with whiskers, a row each.

    Args:
        rows: Columns label, low, best, high (units of currency; NaN high: open), standing (a key of MEANING), in drawing order.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers, for readers who do not see the figure.
        caption: Sources and how to read it.
    """
    with _style():
        canvas, axes = _canvas(len(rows))
        scale, unit = _scale(rows, currency)
        place = np.arange(len(rows))
        for standing, part in rows.assign(place=place).groupby("standing", sort=False):
            axes.barh(
                part["place"],
                part["best"].fillna(0) / scale,
                height=0.62,
                color=FILL[standing],
                edgecolor=NAVY,
                linewidth=0.7,
                hatch="////" if standing == "said_before" else None,
                label=MEANING[standing],
            )
        _whiskers(axes, rows, place, scale)
        room = _labels(axes, rows["label"], place)
        _values(axes, rows, place, scale, currency, room)
        axes.set_xlabel(unit)
        _legend(axes, rows["standing"].nunique())
        return Figure(svg=_svg(canvas), title=title, alt=alt, caption=caption)


def nested(forest: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text) -> Figure:
    """Draw what is inside what: a bar for each promise, each part indented below its whole.

    Args:
        forest: Columns donor, title, depth, low, best, high, standing, as `Page.promises` orders them.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
    """
    indent = forest["depth"].map(lambda depth: INDENT * depth)
    labels = (
        indent + forest["donor"].where(forest["depth"] == 0, "") + forest["depth"].eq(0).map({True: " · ", False: "– "}) + forest["title"]
    )
    return bars(forest.assign(label=labels), currency, title=title, alt=alt, caption=caption)


def by_meeting(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text) -> Figure:
    """Draw new commitments and allocations side by side for each meeting.

    Args:
        rows: Indexed by meeting number; columns new_commitments and allocations (best values in units of currency).
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
    """
    with _style(), mpl.rc_context({"axes.grid.axis": "y"}):
        canvas = Canvas(figsize=(WIDTH, 2.3), layout="constrained")
        axes = canvas.subplots()
        scale, unit = _scale(rows.melt(value_name="best").assign(high=0.0), currency)
        place = np.arange(len(rows))
        for shift, (name, label, colour) in zip(
            (-0.2, 0.2),
            (("new_commitments", "new commitments", NAVY), ("allocations", "allocations", GOLD)),
            strict=True,
        ):
            axes.bar(place + shift, rows[name] / scale, width=0.38, color=colour, label=label)
        step = 1 if len(rows) <= 20 else 2
        axes.set_xticks(place[::step], [str(meeting) for meeting in rows.index][::step])
        axes.set_xlabel("meeting")
        axes.set_ylabel(unit)
        axes.legend(loc="upper left", frameon=False, fontsize=8.5, ncols=2, borderaxespad=0, bbox_to_anchor=(0, 1.14))
        return Figure(svg=_svg(canvas), title=title, alt=alt, caption=caption)


def heat(counts: pd.DataFrame, *, title: str, alt: str, caption: Text) -> Figure:
    """Draw counts as a heat map with the numbers in the cells.

    Args:
        counts: Row labels as index, column labels as columns, whole counts as values.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
    """
    with _style(), mpl.rc_context({"axes.grid": False}):
        canvas = Canvas(figsize=(WIDTH, 0.95 + ROW * len(counts)), layout="constrained")
        axes = canvas.subplots()
        colours = sns.light_palette(NAVY, as_cmap=True)
        shown = counts.where(counts > 0)
        sns.heatmap(
            shown,
            ax=axes,
            cmap=colours,
            annot=True,
            fmt=".0f",
            cbar=False,
            linewidths=1,
            linecolor="white",
            vmin=0,
            annot_kws={"size": 8.5},
        )
        axes.set(xlabel="", ylabel="")
        axes.xaxis.tick_top()
        axes.set_xticks(axes.get_xticks(), counts.columns, rotation=35, ha="left", rotation_mode="anchor")
        axes.tick_params(axis="y", rotation=0)
        return Figure(svg=_svg(canvas), title=title, alt=alt, caption=caption)


def _style() -> AbstractContextManager[None]:
    for font in sorted(FONTS.glob("*.ttf")):
        if str(font) not in _added:
            font_manager.fontManager.addfont(font)
            _added.add(str(font))
    return mpl.rc_context(fname=STYLE)


_added: set[str] = set()


def _canvas(rows: int) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(WIDTH, 0.85 + ROW * rows), layout="constrained")
    return canvas, canvas.subplots()


def _scale(rows: pd.DataFrame, currency: str) -> tuple[float, str]:
    largest = float(np.nanmax([rows["best"].max(), rows["high"].max(), 1.0]))
    return (1e9, f"{currency} bn") if largest >= 1e9 else (1e6, f"{currency} m")


def _labels(axes: Axes, labels: pd.Series, place: np.ndarray) -> float:
    """Set row labels flush left, so that the indent of a part can be seen; return the points left beside them."""
    texts = [words.cap(label, LABEL) for label in labels]
    widest = max(_width(text, mpl.rcParams["ytick.labelsize"]) for text in texts)
    axes.set_yticks(place, texts, ha="left")
    axes.tick_params(axis="y", pad=widest + 6)
    axes.invert_yaxis()
    return WIDTH * 72 - widest - MARGIN


def _width(text: str, size: float) -> float:
    font = font_manager.FontProperties(family=mpl.rcParams["font.family"], size=size)
    return float(TextPath((0, 0), text.replace(INDENT, "mn"), prop=font).get_extents().width)


def _whiskers(axes: Axes, rows: pd.DataFrame, place: np.ndarray, scale: float) -> None:
    best = rows["best"].fillna(0)
    down = (best - rows["low"].fillna(best)).clip(lower=0)
    up = (rows["high"].fillna(best) - best).clip(lower=0)
    ranged = ((down + up) > words.EXACT * best).to_numpy()
    if ranged.any():
        ends = np.vstack([down, up])[:, ranged] / scale
        axes.errorbar(best[ranged] / scale, place[ranged], xerr=ends, fmt="none", ecolor=GOLD, elinewidth=1.4, capsize=2.5)


def _values(axes: Axes, rows: pd.DataFrame, place: np.ndarray, scale: float, currency: str, room: float) -> None:
    """Print each interval beyond its bar and whisker, and make the axis long enough for it."""
    reach = rows[["best", "high"]].max(axis=1).fillna(0).to_numpy() / scale
    texts = [words.amount(low, best, high, currency) for low, best, high in rows[["low", "best", "high"]].itertuples(index=False)]
    for at, end, text in zip(place, reach, texts, strict=True):
        axes.annotate(text, (end, at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=VALUE, color="#1d242b")
    left = [max(1 - (_width(text, VALUE) + 10) / room, 0.2) for text in texts]
    needed = [end / share for end, share in zip(reach, left, strict=True)]
    axes.set_xlim(0, max([*needed, reach.max() * 1.02, 1e-9]))


def _legend(axes: Axes, kinds: int) -> None:
    if kinds > 1:
        axes.figure.legend(loc="outside upper left", frameon=False, ncols=2, fontsize=8.5, handlelength=1.4, borderaxespad=0.2)


def _svg(canvas: Canvas) -> str:
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    return re.sub(r"<\?xml.*?\?>\s*<!DOCTYPE.*?>\s*", "", text, flags=re.DOTALL)


def names(values: Sequence[str]) -> list[str]:
    """Print names of a vocabulary for an axis."""
    return [words.plain(value) for value in values]
