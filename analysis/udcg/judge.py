"""The claims on one fact -> the one chosen, the rule that chose it, its witnesses and its range (rules 1, 2 and 9 of counting)."""

import math
from collections.abc import Hashable
from typing import NamedTuple

import pandas as pd

CONTROLLED = "state_controlled"
TIERS = ["official", "agency", "press", "aggregator", CONTROLLED]
FIRMNESS = ["exact", "between", "about", "nearly", "at_least", "over", "up_to"]


class Said(NamedTuple):
    """What one claim says of an amount or a quantity; value is what another claim must say to agree."""

    claim: str
    tier: str
    origin: str
    date: pd.Timestamp
    qualifier: str
    unit: str
    value: Hashable
    low: float
    best: float
    high: float
    ruled: bool
    overruled: bool


class Settled(NamedTuple):
    """What a fact is settled at; agree and origins: independent origins that give the chosen value, and that give any."""

    claim: str
    rule: str
    agree: int
    origins: int
    low: float
    best: float
    high: float


def chosen(said: list[Said]) -> Said | None:
    """Choose a claim by ruling, else official source, else agreement, else the best tier; None where all are set aside.

    Ties are broken by the firmer qualifier, then the earlier page, then the claim's id, so the order of rows never matters.
    """
    agree = _agreement(said)

    def rank(claim: Said) -> tuple[object, ...]:
        agreed = _count(agree, claim)
        firm = TIERS.index(claim.tier), FIRMNESS.index(claim.qualifier)
        return not claim.ruled, claim.tier != "official", -agreed if agreed > 1 else 0, *firm, claim.date, claim.claim

    return min(_able(said), key=rank, default=None)


def settled(said: list[Said]) -> Settled | None:
    """Settle the claims on one fact, in one unit; None where all are set aside."""
    first = chosen(said)
    if first is None:
        return None
    agree = _agreement(said)
    agreed, origins = _count(agree, first), len(set().union(*agree.values()))
    official = "official" if first.tier == "official" else "agreement" if agreed > 1 else "tier"
    return Settled(first.claim, "ruling" if first.ruled else official, agreed, origins, *_widened(first, said))


def _able(said: list[Said]) -> list[Said]:
    return [claim for claim in said if claim.ruled or not claim.overruled]


def _agreement(said: list[Said]) -> dict[Hashable, set[str]]:
    """Independent origins by what they say; state-controlled ones count only where nobody else speaks."""
    able = _able(said)
    free = [claim for claim in able if claim.tier != CONTROLLED]
    agree: dict[Hashable, set[str]] = {}
    for claim in free or able:
        agree.setdefault(claim.value, set()).add(claim.origin)
    return agree


def _count(agree: dict[Hashable, set[str]], claim: Said) -> int:
    return len(agree.get(claim.value, ()))


def _widened(first: Said, said: list[Said]) -> tuple[float, float, float]:
    """Widen the chosen interval by standing claims that exclude it, and close an open high where another claim gives one."""
    standing = [claim for claim in said if not claim.overruled]
    top, bottom = (end if math.isnan(first.best) else first.best for end in (first.high, first.low))
    above = [claim.high for claim in standing if claim.low > top]
    below = [claim.high if math.isnan(claim.low) else claim.low for claim in standing if claim.high < bottom]
    closing = [claim.high for claim in standing if claim.high >= first.best]
    low = first.low if math.isnan(first.low) else min([first.low, *below])
    high = max(closing, default=math.nan) if math.isnan(first.high) else max([first.high, *above])
    return low, first.best, math.nan if any(map(math.isnan, above)) else high
