"""A sum with its boundary: what it counts, what it takes out, and how far that is known."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from udcg.money import ENDS, or_nothing

COUNTED = "counted"  # adds to low, best and high
TAKEN_OUT = "taken_out"  # counted elsewhere or before: subtracted from the whole that holds it
OVERLAP = "overlap"  # may be counted elsewhere or before, by how much no source says: lowers the low end only
POSSIBLE = "possible"  # first announced on a day that is not known: raises the high end only
ROLES = (COUNTED, TAKEN_OUT, OVERLAP, POSSIBLE)
ROUNDING = 0.005  # what leaves less than half a percent of a whole leaves nothing


class Part(NamedTuple):
    """One row of `Sum.parts`; an open end is NaN."""

    fact: str
    donor: str
    donor_or_partner: str
    low: float
    best: float
    high: float
    whole: str
    role: str


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum in the book's currency, from its parts: a frame with the columns of `parts`, or rows."""

    stated: pd.DataFrame | Sequence[Part]

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The parts as a frame.

        Columns: fact, whole (the counted fact that it belongs to), donor ("" where a partner's share is not known),
        donor_or_partner, low, best, high and role (counted, taken_out, overlap, possible).
        """
        return self.stated if isinstance(self.stated, pd.DataFrame) else framed(self.stated)

    @cached_property
    def rows(self) -> Sequence[Part]:
        """The parts as rows: quicker to walk through where there are few."""
        if not isinstance(self.stated, pd.DataFrame):
            return self.stated
        return [Part(*row) for row in zip(*(self.stated[column].tolist() for column in Part._fields), strict=True)]

    @cached_property
    def ends(self) -> pd.Series:
        """low, best and high of the whole sum."""
        return pd.Series(_ends(_net(part for part in self.rows if part.donor != "").values()), dtype="float64")

    @property
    def facts(self) -> list[str]:
        """The facts counted, none of them inside another one."""
        return self.of(COUNTED)

    @property
    def named(self) -> list[str]:
        """All facts that the sum rests on, whatever their role: those counted first."""
        return _named(self.rows)

    def of(self, role: str) -> list[str]:
        """The facts of one role."""
        return _of(self.rows, role)

    def by_donor(self) -> pd.DataFrame:
        """Split by donor; money whose share is not known stays with the group and widens its donors' high.

        Returns:
            Indexed by donor: low, best, high and facts (list of ids), largest best first.
        """
        shares: dict[str, list[list[float]]] = {}
        for (_, donor), ends in _net(self.rows).items():
            shares.setdefault(donor, []).append(ends)
        parts: dict[str, list[Part]] = {}
        for part in self.rows:
            parts.setdefault(part.donor_or_partner, []).append(part)
        rows = {donor: {**_ends(ends), "facts": _named(parts[donor])} for donor, ends in shares.items()}
        split = pd.DataFrame.from_dict(rows, orient="index", columns=[*ENDS, "facts"])
        return split.rename_axis("donor").sort_values(["best", "high"], ascending=False, kind="stable")

    def of_donor(self, code: str) -> "Sum":
        """The part of one donor."""
        return Sum([part._replace(donor=code) for part in self.rows if part.donor_or_partner == code])


def joined(sums: Iterable[Sum]) -> Sum:
    """Join sums whose boundaries share no money."""
    return Sum([part for one in sums for part in one.rows])


def framed(parts: Sequence[Part]) -> pd.DataFrame:
    """Rows as a frame with the columns of `Sum.parts`."""
    columns = zip(*parts, strict=True) if parts else [()] * len(Part._fields)
    return pd.DataFrame(
        {
            name: pd.array(column, dtype="float64" if name in ENDS else "str")
            for name, column in zip(Part._fields, map(list, columns), strict=True)
        }
    )


def _of(parts: Iterable[Part], role: str) -> list[str]:
    return sorted({part.fact for part in parts if part.role == role})


def _named(parts: Collection[Part]) -> list[str]:
    return list(dict.fromkeys([*_of(parts, COUNTED), *sorted({part.fact for part in parts})]))


def _ends(shares: Collection[list[float]]) -> dict[str, float]:
    """Add net shares: low, best and high, an open high as NaN."""
    low, best, high = (sum(ends) for ends in zip(*shares, strict=True)) if shares else (0.0, 0.0, 0.0)
    return {"low": min(low, best), "best": best, "high": math.nan if high == math.inf else high}


def _net(parts: Iterable[Part]) -> dict[tuple[str, str], list[float]]:
    """Net share of each donor in each whole: low, best, high, an open high as infinity.

    What is taken out leaves the interval of the difference; an overlap lowers the low end; a possible part raises the high end.
    """
    by_role: dict[tuple[str, str], dict[str, list[float]]] = {}
    for _, _, donor, low, best, high, whole, role in parts:
        share = by_role.setdefault((whole, donor), {}).setdefault(role, [0.0, 0.0, 0.0])
        share[0] += or_nothing(low)
        share[1] += or_nothing(best)
        share[2] += math.inf if math.isnan(high) else high
    return {key: _difference(*(roles.get(role, NOTHING) for role in ROLES)) for key, roles in by_role.items()}


NOTHING = [0.0, 0.0, 0.0]


def _difference(counted: list[float], taken_out: list[float], overlap: list[float], possible: list[float]) -> list[float]:
    if 0 < taken_out[1] >= counted[1] * (1 - ROUNDING):
        return [0.0, 0.0, possible[2]]
    least = 0.0 if taken_out[2] == math.inf else max(counted[0] - taken_out[2] - overlap[2], 0.0)
    return [least, counted[1] - taken_out[1], counted[2] - taken_out[0] + possible[2]]
