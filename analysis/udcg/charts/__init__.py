"""Frames -> figures as SVG. Sources and alternative text are required: a figure without either cannot be made."""

from udcg.charts.cells import heat
from udcg.charts.groups import by_group
from udcg.charts.intervals import bars, nested, starts
from udcg.charts.look import MEANING, SLANT, SMALL
from udcg.charts.meetings import by_meeting
from udcg.charts.roll import roll
from udcg.charts.windows import by_window

__all__ = ["MEANING", "SLANT", "SMALL", "bars", "by_group", "by_meeting", "by_window", "heat", "nested", "roll", "starts"]
