"""Counts as a heat map."""

import pandas as pd
import seaborn as sns

from udcg.blocks import Figure, Text
from udcg.canvas import EDGE, WIDTH, sheet, style, width
from udcg.charts.finished import figure
from udcg.charts.labels import column_labels, row_labels, slanted
from udcg.charts.look import GAP, LABEL, NAVY, ROW, SMALL


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
    above, across = slanted(columns, WIDTH - left - EDGE)
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
        row_labels(axes, rows, [place + 0.5 for place in range(len(rows))], [left - GAP] * len(rows), side="right")
        column_labels(axes, columns)
        return figure(canvas, title, alt, caption)
