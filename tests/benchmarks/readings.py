"""Readings: what was measured, one row each, on their way between processes and into a table."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from measure import Cost


@dataclass(frozen=True)
class Reading:
    """One measurement.

    contender is press (ours), commands, warmed, floor, or answers (short commands of ours); part is what of it was measured;
    briefing is an identifier, or all or sample where `count` briefings were made at once; wall and cpu are seconds.
    """

    contender: str
    part: str
    briefing: str
    count: int
    turn: int
    wall: float
    cpu: float
    drops: str = ""


def reading(contender: str, part: str, briefing: str, turn: int, cost: Cost, count: int = 1) -> Reading:
    """Make a reading of a cost."""
    return Reading(contender, part, briefing, count, turn, cost.wall, cost.cpu, " ".join(cost.drops))


def table(readings: Iterable[Reading]) -> pd.DataFrame:
    """Return readings as a table, a row each."""
    return pd.DataFrame([asdict(one) for one in readings])
