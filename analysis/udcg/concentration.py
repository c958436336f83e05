"""How far a sum hangs on few donors: shares of the largest ones, and an index over all."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from udcg.book import Book, once
from udcg.money import ENDS, or_nothing
from udcg.shares import GROUP
from udcg.sums import COUNTED, POSSIBLE, Part, Sum

Amounts = NDArray[np.float64]
STEPS = 60  # halvings in which the level of the evenest split is found


@dataclass(frozen=True, eq=False)
class Concentration:
    """A sum split by donor as `floored` does it, and what that says about it."""

    split: pd.DataFrame

    @property
    def donors(self) -> list[str]:
        """Codes of all donors with a sum, largest first."""
        return largest(self.split, len(self.split))

    @property
    def is_open(self) -> bool:
        """Whether an amount has no upper end, so that the ranges can be wider."""
        return bool(self.split["open"].any())

    def share(self, donors: list[str]) -> pd.Series:
        """The share of some donors: low, best, high; see `share`."""
        return share(self.split, donors)

    @cached_property
    def index(self) -> pd.Series:
        """The Herfindahl-Hirschman index: low, best, high; see `herfindahl`."""
        return herfindahl(self.split)


@once
def concentration(book: Book, part: Sum) -> Concentration:
    """Look at how far a sum of a book hangs on few donors."""
    return Concentration(floored(part))


def floored(part: Sum) -> pd.DataFrame:
    """Split a sum by donor for shares: joint money of unknown shares apart, and amounts without an upper end at their best value.

    Returns:
        Indexed by donor, largest best first: low, best and high (units of the sum's currency; the group has the joint money of unknown
        shares), facts, joint (how much of the group's may be the donor's) and open (whether an amount has no upper end).
    """
    known = [row for row in part.rows if row.donor]
    without_end = {row.donor for row in known if _is_open(row)}
    split = Sum([row._replace(high=or_nothing(row.best)) if _is_open(row) else row for row in known]).by_donor()
    joint = _joint(part.rows, split.index)
    return split.assign(joint=[joint[donor] for donor in split.index], open=split.index.isin(without_end))


def largest(split: pd.DataFrame, most: int) -> list[str]:
    """Codes of the donors with the most, by their best values; the group is no donor."""
    donors = split.drop(index=GROUP, errors="ignore")
    return [str(donor) for donor in donors.index[donors["best"] > 0][:most]]


def share(split: pd.DataFrame, donors: list[str]) -> pd.Series:
    """The share of some donors in a sum: the bounds that the ranges of all donors allow.

    Joint money of unknown shares counts in the whole and as nobody's; at the low end it is the others', at the high end theirs if it
    may be.

    Args:
        split: Columns low, best, high by donor, as `floored` returns them.
        donors: Codes of the donors.

    Returns:
        low, best and high, 1 for all of it; NaN where there is nothing to share.
    """
    theirs, joint = split.index.isin(donors), split.index == GROUP
    ends = split[ENDS].to_numpy(dtype=float)
    own, group, other = ends[theirs].sum(axis=0), ends[joint].sum(axis=0), ends[~theirs & ~joint].sum(axis=0)
    return pd.Series(_shares(own[None], group, other[None], np.array([split.loc[theirs, "joint"].sum()]))[0], index=ENDS)


def herfindahl(split: pd.DataFrame) -> pd.Series:
    """The Herfindahl-Hirschman index: all donors' shares squared and added; 1 where one gives all, 1/n where n give alike.

    As defined by Hirschman, "The Paternity of an Index", American Economic Review 54 (1964), 761. The low end is the evenest split that the
    ranges of the shares allow, the high end at least the most uneven one; joint money of unknown shares is in the whole and nobody's.

    Args:
        split: Columns low, best, high by donor, as `floored` returns them.

    Returns:
        low, best and high, between 0 and 1; NaN where there is nothing to share.
    """
    joint = split.index == GROUP
    ends = split[ENDS].to_numpy(dtype=float)
    own, group = ends[~joint], ends[joint].sum(axis=0)
    shares = _shares(own, group, own.sum(axis=0) - own, split["joint"].to_numpy()[~joint])
    best = float((shares[:, 1] ** 2).sum()) if len(own) else math.nan
    if math.isnan(best):
        return pd.Series(dict.fromkeys(ENDS, math.nan))
    lows, highs = shares[:, 0], shares[:, 2]
    return pd.Series({"low": min(_evenest(lows, highs), best), "best": best, "high": max(_most_uneven(lows, highs), best)})


def equal_donors(index: float) -> float:
    """How many donors that give alike have this index: its inverse (Laakso and Taagepera, Comparative Political Studies 12, 1979, 3)."""
    return 1 / index


def _is_open(row: Part) -> bool:
    return row.role in (COUNTED, POSSIBLE) and math.isnan(row.high)


def _joint(rows: Sequence[Part], donors: Iterable[str]) -> dict[str, float]:
    """How much of the joint money each donor may pay: that of the wholes in which it has a part, or in which nobody is named."""
    most: dict[str, float] = {}
    partners: dict[str, set[str]] = {}
    for row in rows:
        if row.donor == GROUP and row.role in (COUNTED, POSSIBLE):
            most[row.whole] = most.get(row.whole, 0.0) + or_nothing(row.best if _is_open(row) else row.high)
        elif not row.donor:
            partners.setdefault(row.whole, set()).add(row.donor_or_partner)
    return {donor: sum(high for whole, high in most.items() if donor in partners.get(whole, {donor})) for donor in donors}


def _shares(own: Amounts, group: Amounts, other: Amounts, joint: Amounts) -> Amounts:
    """Shares by row, low, best and high, of one's own beside the group's and the others'; joint is what of the group's may be one's own."""
    most = np.minimum(joint, group[2])
    top = np.column_stack([own[:, 0], own[:, 1], own[:, 2] + most])
    rest = np.column_stack([other[:, 2] + group[2], other[:, 1] + group[1], other[:, 0] + np.maximum(group[0] - most, 0.0)])
    shares: Amounts = np.divide(top, top + rest, out=np.full_like(top, math.nan), where=top + rest > 0)
    return shares


def _evenest(lows: Amounts, highs: Amounts) -> float:
    """The least sum of squares of shares within their ranges that add up to 1, or to all that the ranges allow: drawn to one level."""
    floor, ceiling = 0.0, 1.0
    for _ in range(STEPS):
        level = (floor + ceiling) / 2
        floor, ceiling = (level, ceiling) if np.clip(level, lows, highs).sum() < 1 else (floor, level)
    return float((np.clip(floor, lows, highs) ** 2).sum())


def _most_uneven(lows: Amounts, highs: Amounts) -> float:
    """No less than the greatest sum of squares: what the low ends leave of 1 goes where a share of it adds most."""
    order = np.argsort(-(lows + highs), kind="stable")
    room = (highs - lows)[order]
    taken = np.clip(max(1 - lows.sum(), 0.0) - (room.cumsum() - room), 0.0, room)
    return float(min((lows**2).sum() + (taken * (lows + highs)[order]).sum(), 1.0))
