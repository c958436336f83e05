"""One sum for each meeting's window."""

from collections.abc import Sequence

import pandas as pd

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style
from udcg.charts.axis import UNDER, meeting_axis
from udcg.charts.columns import columns, unit_beside
from udcg.charts.finished import figure
from udcg.charts.labels import scale
from udcg.charts.look import BESIDE
from udcg.words import ENGLISH, Words

HEIGHT = 84


def by_window(
    rows: pd.DataFrame, years: Sequence[int], currency: str, *, title: str, alt: str, caption: Text, words: Words = ENGLISH
) -> Figure:
    """Draw one sum for each meeting's window, with its range.

    Args:
        rows: Indexed by meeting number, in order; columns low, best, high (units of currency; NaN high: open).
        years: The year of each meeting.
        currency: Currency of the amounts.
        title: The finding, in words.
        alt: The finding with its numbers.
        caption: Sources and how to read it.
        words: What amounts are printed with.
    """
    unit, name = scale(rows, currency, words)
    with style():
        canvas, axes = sheet(BESIDE, EDGE, UNDER, EDGE, HEIGHT)
        meeting_axis(axes, [str(meeting) for meeting in rows.index], years, WIDTH - BESIDE - EDGE)
        unit_beside(axes, name, words)
        columns(axes, range(len(rows)), rows, unit, words, wide=0.62)
        return figure(canvas, title, alt, caption)
