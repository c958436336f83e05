"""Sums side by side for each meeting."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch
from matplotlib.transforms import IdentityTransform, blended_transform_factory

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, sheet, style
from udcg.charts.finished import figure
from udcg.charts.labels import Ticks, scale
from udcg.charts.look import AXIS, BESIDE, LINE, SERIES, SMALL
from udcg.words import ENGLISH, Words


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
    unit, name = scale(rows.melt(value_name="best").assign(high=0.0), currency, words)
    with style():
        canvas, axes = sheet(BESIDE, EDGE, AXIS, EDGE + LINE, height=112)
        for shift, (key, (_, colour)) in zip((-0.2, 0.2), SERIES.items(), strict=True):
            some = np.flatnonzero(rows[key])
            axes.bar(some + shift, rows[key].iloc[some] / unit, width=0.38, color=colour, clip_on=False)
        step = 1 if len(rows) <= 20 else 2
        axes.set_xticks(range(0, len(rows), step), [str(meeting) for meeting in rows.index][::step])
        axes.set_xlim(-0.8, len(rows) - 0.2)
        axes.set_xlabel(words.line("meeting"))
        axes.set_ylabel(name)
        axes.yaxis.set_major_formatter(Ticks(words))
        axes.yaxis.set_label_coords(EDGE + SMALL + 2, 0.5, blended_transform_factory(IdentityTransform(), axes.transAxes))
        axes.grid(axis="y", clip_on=False)
        canvas.legend(handles=[Patch(color=colour, label=words.line(series)) for series, colour in SERIES.values()], ncols=2)
        return figure(canvas, title, alt, caption)
