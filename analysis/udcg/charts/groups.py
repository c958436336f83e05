"""Groups of upright bars: the same years for each of a few who give."""

import numpy as np
import pandas as pd

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style, width
from udcg.charts.columns import columns, unit_beside
from udcg.charts.finished import figure
from udcg.charts.labels import scale
from udcg.charts.look import BESIDE, LABEL, NAVY, PALE, TINY
from udcg.words import ENGLISH, Words

HEIGHT = 82
BELOW = 29  # points for the names of bars and of groups
FOOT = 22  # points from the axis down to the foot of the groups' names
FILLS = (NAVY, PALE, "#ffffff")  # of the groups in turn
HATCHES = ("", "", "////")


def by_group(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw groups of bars side by side, each with its range.

    Args:
        rows: Columns group and label (of a bar), low, best, high (units of currency; NaN high: open), in drawing order.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts are printed with.
    """
    unit, name = scale(rows, currency, words)
    group = pd.factorize(rows["group"])[0]
    places = np.arange(len(rows)) + 0.8 * group  # a gap between groups
    kinds = group % len(FILLS)
    with style():
        canvas, axes = sheet(BESIDE, EDGE, BELOW, EDGE, HEIGHT)
        axes.set_xlim(-0.6, places.max() + 0.6)
        pitch = (WIDTH - BESIDE - EDGE) / float(np.ptp(axes.get_xlim()))
        fits = max(width(label, TINY) for label in rows["label"]) + 1 <= pitch
        axes.set_xticks(places, rows["label"] if fits else [label[-2:] for label in rows["label"]], fontsize=TINY)
        for number, text in enumerate(dict.fromkeys(rows["group"])):
            middle = float(places[group == number].mean())
            axes.annotate(text, (middle, 0), (0, -FOOT), textcoords="offset points", ha="center", va="baseline", fontsize=LABEL)
        unit_beside(axes, name, words)
        columns(axes, places, rows, unit, words, wide=0.72, fill=[FILLS[kind] for kind in kinds], hatch=[HATCHES[kind] for kind in kinds])
        return figure(canvas, title, alt, caption)
