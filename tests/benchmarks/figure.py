"""The figure: processor time per briefing, a bar for each contender, its parts told apart, every value beside its bar."""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

import report
from report import NAMES
from sample import HOME

FILL = {"run": "#2f6ea5", "html": "#8a6200", "pdf": "#5b6570"}
MEANING = {"run": "notebook", "html": "HTML", "pdf": "PDF"}
STYLE = HOME / "analysis" / "udcg" / "udcg.mplstyle"
OURS, FLOOR = "#12355b", "#c9dcec"


def draw(readings: pd.DataFrame, folder: Path) -> None:
    """Write press.svg and press.png to a folder."""
    with mpl.rc_context(mpl.rc_params_from_file(STYLE, use_default_template=False)):
        mpl.rcParams["font.family"] = "DejaVu Sans"
        mpl.rcParams["figure.facecolor"] = mpl.rcParams["savefig.facecolor"] = "white"
        canvas, axes = plt.subplots(figsize=(7.6, 2.4), layout="constrained")
        table, split = report.summary(readings), report.parts(readings)
        for place, (name, row) in enumerate(table.iterrows()):
            _bar(axes, place, _pieces(str(name), row["cpu_mean"], split))
            _label(axes, place, str(name), row)
        _finish(axes, table)
        canvas.suptitle(_finding(table), x=0.01, ha="left", fontsize=10, fontweight="bold")
        for kind in ("svg", "png"):
            canvas.savefig(folder / f"press.{kind}", dpi=160)
        plt.close(canvas)


def _pieces(name: str, total: float, split: pd.DataFrame) -> list[tuple[str, float, str]]:
    if name in split.index:
        return [(MEANING[part], seconds, FILL[part]) for part, seconds in split.loc[name].dropna().items()]
    return [("", total, OURS if name == "press" else FLOOR)]


def _bar(axes: Axes, place: int, pieces: list[tuple[str, float, str]]) -> None:
    left = 0.0
    for meaning, seconds, fill in pieces:
        axes.barh(place, seconds, left=left, height=0.62, color=fill)
        if meaning and place == 0:  # the parts are named once, in the longest bar
            axes.annotate(meaning, (left + seconds / 2, place), color="white", fontsize=8, ha="center", va="center")
        left += seconds


def _label(axes: Axes, place: int, name: str, row: pd.Series) -> None:
    times = "" if name in ("press", "floor") else f", {row['times']:.1f} times ours"
    weight = "bold" if name == "press" else "normal"
    axes.annotate(
        f"{row['cpu_mean']:.2f} s{times}",
        (row["cpu_mean"], place),
        (4, 0),
        textcoords="offset points",
        va="center",
        fontweight=weight,
    )


def _finish(axes: Axes, table: pd.DataFrame) -> None:
    axes.set_yticks(range(len(table)), [NAMES[str(name)] for name in table.index])
    axes.invert_yaxis()
    axes.set_xlim(0, table["cpu_mean"].max() * 1.38)
    axes.set_xlabel("seconds of processor time per briefing (HTML, PDF and data), mean")


def _finding(table: pd.DataFrame) -> str:
    times = table.loc["commands", "times"]
    more = f"{times:.0f} times" if times >= 2 else f"{times:.1f} times"
    return f"The usual commands take {more} the processor time of ours for a briefing"
