"""How far a sum hangs on few donors: shares of the largest ones, and an index over all."""

import math

import pandas as pd

from udcg.money import ENDS
from udcg.shares import GROUP
from udcg.sums import COUNTED, POSSIBLE, Part, Sum

STEPS = 60  # halvings in which the level of the evenest split is found


def floored(part: Sum) -> pd.DataFrame:
    """Split a sum by donor for shares: what several may have paid aside, and amounts without an upper end at their best value.

    Returns:
        Indexed by donor, largest best first: low, best and high (units of the sum's currency, the row of the group holding all money whose
        shares are not known), facts, and open (whether an amount has no upper end, so that high can be higher).
    """
    known = [row for row in part.rows if row.donor]
    without_end = {row.donor for row in known if _is_open(row)}
    split = Sum([row._replace(high=row.best) if _is_open(row) else row for row in known]).by_donor()
    return split.assign(open=split.index.isin(without_end))


def largest(split: pd.DataFrame, most: int) -> list[str]:
    """Codes of the donors with the most, by their best values; the group is no donor."""
    donors = split.drop(index=GROUP, errors="ignore")
    return [str(donor) for donor in donors.index[donors["best"] > 0][:most]]


def share(split: pd.DataFrame, donors: list[str]) -> pd.Series:
    """The share of some donors in a sum: the bounds that the ranges of all donors allow.

    Joint money of unknown shares counts in the whole and as nobody's; at the low end all of it is the others', at the high end all theirs.

    Args:
        split: Columns low, best, high by donor, as `floored` returns them.
        donors: Codes of the donors.

    Returns:
        low, best and high, 1 for all of it; NaN where there is nothing to share.
    """
    theirs, joint = split.index.isin(donors), split.index == GROUP
    own, group, other = (split.loc[rows, ENDS].sum() for rows in (theirs, joint, ~theirs & ~joint))
    return pd.Series(
        {
            "low": _part(own["low"], other["high"] + group["high"]),
            "best": _part(own["best"], other["best"] + group["best"]),
            "high": _part(own["high"] + group["high"], other["low"]),
        }
    )


def herfindahl(split: pd.DataFrame) -> pd.Series:
    """The Herfindahl-Hirschman index: all donors' shares squared and added; 1 where one gives all, 1/n where n give alike.

    As defined by Hirschman, "The Paternity of an Index", American Economic Review 54 (1964), 761. The low end is the evenest split that the
    ranges of the shares allow, the high end at least the most uneven one; joint money of unknown shares is in the whole and nobody's.

    Args:
        split: Columns low, best, high by donor, as `floored` returns them.

    Returns:
        low, best and high, between 0 and 1; NaN where there is nothing to share.
    """
    donors = split.index.drop(GROUP, errors="ignore")
    shares = [share(split, [donor]) for donor in donors]
    lows, bests, highs = ([float(each[end]) for each in shares] for end in ENDS)
    best = sum(one**2 for one in bests) if shares else math.nan
    if math.isnan(best):
        return pd.Series(dict.fromkeys(ENDS, math.nan))
    return pd.Series({"low": min(_evenest(lows, highs), best), "best": best, "high": max(_most_uneven(lows, highs), best)})


def equal_donors(index: float) -> float:
    """How many donors that give alike have this index: its inverse (Laakso and Taagepera, Comparative Political Studies 12, 1979, 3)."""
    return 1 / index


def _is_open(row: Part) -> bool:
    return row.role in (COUNTED, POSSIBLE) and math.isnan(row.high)


def _part(own: float, rest: float) -> float:
    return own / (own + rest) if own + rest > 0 else math.nan


def _evenest(lows: list[float], highs: list[float]) -> float:
    """The least sum of squares of shares within their ranges that add up to 1, or to all that the ranges allow: drawn to one level."""
    floor, ceiling = 0.0, 1.0
    for _ in range(STEPS):
        level = (floor + ceiling) / 2
        floor, ceiling = (level, ceiling) if sum(_drawn_to(level, lows, highs)) < 1 else (floor, level)
    return sum(one**2 for one in _drawn_to(floor, lows, highs))


def _drawn_to(level: float, lows: list[float], highs: list[float]) -> list[float]:
    return [min(max(level, low), high) for low, high in zip(lows, highs, strict=True)]


def _most_uneven(lows: list[float], highs: list[float]) -> float:
    """No less than the greatest sum of squares: what the low ends leave of 1 goes where a share of it adds most."""
    left, squares = max(1 - sum(lows), 0.0), sum(low**2 for low in lows)
    for low, high in sorted(zip(lows, highs, strict=True), key=lambda ends: -sum(ends)):
        taken = min(high - low, left)
        left, squares = left - taken, squares + taken * (low + high)
    return min(squares, 1.0)
