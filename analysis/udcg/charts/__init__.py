"""Frames -> figures as SVG. Sources and alternative text are required: a figure without either cannot be made."""

from udcg.charts.cells import heat
from udcg.charts.intervals import bars, nested, starts
from udcg.charts.look import MEANING, SLANT, SMALL
from udcg.charts.meetings import by_meeting

__all__ = ["MEANING", "SLANT", "SMALL", "bars", "by_meeting", "heat", "nested", "starts"]
