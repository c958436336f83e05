"""Small multiples: a row of intervals as columns with whiskers, in parts of the drawing, so that a page can give it any size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from udcg.words import EXACT

STEP, BAR, HIGH = 10, 7, 100  # units across from one column to the next, across a column, and up the drawing
OPEN = 14  # units that the sign of an open end goes up
ROOM = HIGH / (HIGH - OPEN)  # of the largest end: how far the scale reaches, so that an open end has where to go
Ends = tuple[float, float, float]  # low, best, high; an open high is NaN


@dataclass(frozen=True)
class Columns:
    """A drawing of intervals: paths in a box of `width` by HIGH units.

    Attributes:
        width: Units across.
        top: What the height of the box stands for, in the unit of the amounts.
        bars: Best values, the last one aside.
        last: The best value of the last interval, which stands apart: its window is still open.
        whiskers: From low to high, where they differ by more than a rounding.
        open: A little way up from the best value, where no high end is known.
        peak: Place of the largest best value among the intervals; None where all are nothing.
    """

    width: int
    top: float
    bars: str
    last: str
    whiskers: str
    open: str
    peak: int | None

    def across(self, place: int) -> float:
        """Where the middle of a column stands, in percent of the width."""
        return round((place + 0.5) * STEP / self.width * 100, 2)

    def up(self, amount: float) -> float:
        """How high an amount reaches, in percent of the height."""
        return round(amount / self.top * 100, 2)


def columns(ends: Sequence[Ends]) -> Columns:
    """Draw intervals side by side, in their order and on their own scale from nothing to the largest end."""
    largest = max((end for each in ends for end in each if not math.isnan(end)), default=0.0)
    top = max(largest, 0.0) * ROOM or 1.0
    bars = [_bar(place, best, top) for place, (_, best, _) in enumerate(ends)]
    spread = [(place, low, high) for place, (low, best, high) in enumerate(ends) if high - low > EXACT * abs(best)]
    unknown = [(place, best) for place, (_, best, high) in enumerate(ends) if math.isnan(high)]
    return Columns(
        width=STEP * len(ends),
        top=top,
        bars="".join(bars[:-1]),
        last="".join(bars[-1:]),
        whiskers="".join(f"M{_middle(place)} {_y(low, top)}V{_y(high, top)}" for place, low, high in spread),
        open="".join(f"M{_middle(place)} {_y(best, top)}V{HIGH - HIGH * best / top - OPEN:.2f}" for place, best in unknown),
        peak=max(range(len(ends)), key=lambda place: ends[place][1]) if any(best > 0 for _, best, _ in ends) else None,
    )


def ticks(top: float, most: int = 4) -> list[float]:
    """Round amounts for the lines of a scale: steps of 1, 2 or 5 times a power of ten, at most so many."""
    power = 10.0 ** math.floor(math.log10(top))
    step = next(step for part in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if top / (step := part * power) <= most)
    return [step * count for count in range(1, math.floor(top / step) + 1)]


def _bar(place: int, best: float, top: float) -> str:
    return f"M{_middle(place) - BAR / 2:g} {HIGH}V{_y(best, top)}h{BAR}V{HIGH}z" if best > 0 else ""


def _middle(place: int) -> int:
    return STEP * place + STEP // 2


def _y(amount: float, top: float) -> str:
    return f"{HIGH - HIGH * max(amount, 0.0) / top:.2f}".rstrip("0").rstrip(".")
