"""A sum with its boundary: what it counts, what it takes out, and how far that is known."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg.money import ENDS

COUNTED = "counted"  # adds to low, best and high
TAKEN_OUT = "taken_out"  # counted elsewhere or before: subtracted from the whole that holds it
OVERLAP = "overlap"  # may be counted elsewhere or before, by how much no source says: lowers the low end only
POSSIBLE = "possible"  # first announced on a day that is not known: raises the high end only
PARTS = ["fact", "donor", "donor_or_partner", *ENDS, "whole", "role"]
ROLES = (COUNTED, TAKEN_OUT, OVERLAP, POSSIBLE)
ROUNDING = 0.005  # what leaves less than half a percent of a whole leaves nothing


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum in the book's currency.

    Parts: columns fact, whole (the counted fact that it belongs to), donor ("" where a partner's share is not known),
    donor_or_partner, low, best, high and role (counted, taken_out, overlap, possible).
    """

    parts: pd.DataFrame

    @cached_property
    def ends(self) -> pd.Series:
        """low, best and high of the whole sum."""
        return pd.Series(_ends(list(_net(self.parts[self.parts["donor"] != ""]).values())), dtype="float64")

    @property
    def facts(self) -> list[str]:
        """The facts counted, none of them inside another one."""
        return self.of(COUNTED)

    @property
    def named(self) -> list[str]:
        """All facts that the sum rests on, whatever their role: those counted first."""
        return list(dict.fromkeys([*self.facts, *sorted(set(self.parts["fact"]))]))

    def of(self, role: str) -> list[str]:
        """The facts of one role."""
        return sorted(set(self.parts.loc[self.parts["role"] == role, "fact"]))

    def by_donor(self) -> pd.DataFrame:
        """Split by donor; money whose share is not known stays with the group and widens its donors' high.

        Returns:
            Indexed by donor: low, best, high and facts (list of ids), largest best first.
        """
        shares: dict[str, list[list[float]]] = {}
        for (_, donor), ends in _net(self.parts).items():
            shares.setdefault(donor, []).append(ends)
        facts = {donor: Sum(part).named for donor, part in self.parts.groupby("donor_or_partner")}
        rows = {donor: {**_ends(ends), "facts": facts[donor]} for donor, ends in shares.items()}
        split = pd.DataFrame.from_dict(rows, orient="index", columns=[*ENDS, "facts"])
        return split.rename_axis("donor").sort_values(["best", "high"], ascending=False, kind="stable")

    def of_donor(self, code: str) -> "Sum":
        """The part of one donor."""
        return Sum(self.parts[self.parts["donor_or_partner"] == code].assign(donor=code))


def joined(sums: list[Sum]) -> Sum:
    """Join sums whose boundaries share no money."""
    filled = [part.parts for part in sums if len(part.parts)]
    return Sum(pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=PARTS))


def _ends(shares: Collection[list[float]]) -> dict[str, float]:
    """Add net shares: low, best and high, an open high as NaN."""
    low, best, high = (sum(ends) for ends in zip(*shares, strict=True)) if shares else (0.0, 0.0, 0.0)
    return {"low": min(low, best), "best": best, "high": math.nan if high == math.inf else high}


def _net(parts: pd.DataFrame) -> dict[tuple[str, str], list[float]]:
    """Net share of each donor in each whole: low, best, high, an open high as infinity.

    What is taken out leaves the interval of the difference; an overlap lowers the low end; a possible part raises the high end.
    """
    by_role: dict[tuple[str, str], dict[str, list[float]]] = {}
    columns = [parts["whole"], parts["donor_or_partner"], parts["role"], parts["low"].fillna(0.0), parts["best"].fillna(0.0)]
    for whole, donor, role, *ends in zip(*columns, parts["high"].fillna(math.inf), strict=True):
        share = by_role.setdefault((whole, donor), {known: [0.0, 0.0, 0.0] for known in ROLES})[role]
        share[:] = (have + more for have, more in zip(share, ends, strict=True))
    return {key: _difference(**roles) for key, roles in by_role.items()}


def _difference(counted: list[float], taken_out: list[float], overlap: list[float], possible: list[float]) -> list[float]:
    if 0 < taken_out[1] >= counted[1] * (1 - ROUNDING):
        return [0.0, 0.0, possible[2]]
    least = 0.0 if taken_out[2] == math.inf else max(counted[0] - taken_out[2] - overlap[2], 0.0)
    return [least, counted[1] - taken_out[1], counted[2] - taken_out[0] + possible[2]]
