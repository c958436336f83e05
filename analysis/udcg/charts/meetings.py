"""Sums side by side for each meeting."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, sheet, style
from udcg.charts.columns import columns, unit_beside
from udcg.charts.finished import figure
from udcg.charts.labels import scale
from udcg.charts.look import AXIS, BESIDE, LINE, NAVY, SERIES
from udcg.words import ENGLISH, Words

SHIFTS = (-0.2, 0.2)  # of the two bars of a meeting, from its number


def by_meeting(rows: pd.DataFrame, currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH) -> Figure:
    """Draw new commitments and allocations side by side for each meeting, with their ranges.

    Args:
        rows: Indexed by meeting number; two-level columns new_commitments and allocations, each with low, best and high (units of
            currency; NaN high: open).
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts and labels are printed with.
    """
    series = {name: rows[name].assign(place=np.arange(len(rows)) + shift) for name, shift in zip(SERIES, SHIFTS, strict=True)}
    drawn = pd.concat([ends[(ends["best"] > 0) | (ends["high"] != 0)].assign(fill=SERIES[name][1]) for name, ends in series.items()])
    unit, name = scale(drawn, currency, words)
    with style():
        canvas, axes = sheet(BESIDE, EDGE, AXIS, EDGE + LINE, height=112)
        step = 1 if len(rows) <= 20 else 2
        axes.set_xticks(range(0, len(rows), step), [str(meeting) for meeting in rows.index][::step])
        axes.set_xlim(-0.8, len(rows) - 0.2)
        axes.set_xlabel(words.line("meeting"))
        unit_beside(axes, name, words)
        columns(axes, list(drawn["place"]), drawn, unit, words, wide=0.38, fill=list(drawn["fill"]))
        legend = [Patch(facecolor=colour, edgecolor=NAVY, linewidth=0.7, label=words.line(label)) for label, colour in SERIES.values()]
        canvas.legend(handles=legend, ncols=2)
        return figure(canvas, title, alt, caption)
