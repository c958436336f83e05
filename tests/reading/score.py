"""How well a reader finds the claims of the passages: precision, recall and F1 of places, accuracy of what it says of them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from passages import Claim, Passage

FIELDS = ("value", "currency", "donors", "stage")
HEADER = f"{'':24} {'P':>5} {'R':>5} {'F1':>5}  {'value':>5} {'curr.':>5} {'donor':>5} {'stage':>5}  {'record F1':>9}"


@dataclass
class Tally:
    """Counts over passages: places found, missed and false, and how many of the found ones have each field right."""

    found: int = 0
    missed: int = 0
    false: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FIELDS, "record"), 0))

    @property
    def precision(self) -> float:
        """Share of the proposed claims that are claims."""
        return self.found / max(self.found + self.false, 1)

    @property
    def recall(self) -> float:
        """Share of the claims that were found."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / max(2 * self.found + self.missed + self.false, 1)

    @property
    def record(self) -> float:
        """F1 where a claim counts as found only if its value, currency and donors are right."""
        return 2 * self.right["record"] / max(2 * self.found + self.missed + self.false, 1)

    def accuracy(self, name: str) -> float:
        """Share of the found claims whose field is right."""
        return self.right[name] / max(self.found, 1)


def tally(passages: Iterable[Passage], records: Mapping[str, Sequence[Mapping[str, Any]]], money: bool) -> Tally:
    """Count for sums (money) or for quantities; a record may meet an optional claim without gain or loss."""
    total = Tally()
    for passage in passages:
        left = [record for record in records[passage.name] if (record["amount"] is not None) == money]
        for claim in (claim for claim in passage.claims if claim.money == money):
            hit = next((record for record in left if record["start"] < claim.end and claim.start < record["end"]), None)
            if hit:
                left.remove(hit)
            if not claim.optional:
                _count(total, claim, hit)
        total.false += len(left)
    return total


def _count(total: Tally, claim: Claim, hit: Mapping[str, Any] | None) -> None:
    if hit is None:
        total.missed += 1
        return
    total.found += 1
    right = {
        "value": _value(claim, hit),
        "currency": (hit["currency"] or "") == claim.currency,
        "donors": frozenset(hit["donors"]) == claim.donors,
        "stage": hit["stage"] == claim.stage,
    }
    right["record"] = right["value"] and right["currency"] and right["donors"]
    for name, good in right.items():
        total.right[name] += good


def _value(claim: Claim, hit: Mapping[str, Any]) -> bool:
    kind = "amount" if claim.money else "quantity"
    return _same(hit[f"{kind}_low"], claim.low) and _same(hit[f"{kind}_high"], claim.high)


def _same(said: float | None, wanted: float) -> bool:
    return math.isnan(wanted) if said is None else math.isclose(said, wanted, rel_tol=1e-6)


def false_in_negatives(passages: Iterable[Passage], records: Mapping[str, Sequence[object]]) -> tuple[int, int]:
    """How many claims were proposed in passages that hold none, and how many such passages there are."""
    negatives = [passage for passage in passages if passage.negative]
    return sum(len(records[passage.name]) for passage in negatives), len(negatives)


class Score(NamedTuple):
    """How well passages were read: sums, quantities, claims proposed in those that hold none, and how many these are."""

    sums: Tally
    counts: Tally
    false: int
    negatives: int


def score(passages: Sequence[Passage], records: Mapping[str, Sequence[Mapping[str, Any]]]) -> Score:
    """Score the records of passages, by their names."""
    return Score(tally(passages, records, True), tally(passages, records, False), *false_in_negatives(passages, records))


def table(name: str, scored: Score) -> str:
    """The rows of a reader under HEADER."""
    rows = (line(f"{name} money", scored.sums), line(f"{name} quantities", scored.counts))
    return "\n".join([*rows, f"{'':24} {scored.false} false in {scored.negatives} without a claim"])


def line(name: str, total: Tally) -> str:
    """One row of the table under HEADER."""
    fields = " ".join(f"{total.accuracy(each):5.2f}" for each in FIELDS)
    return f"{name:24} {total.precision:5.2f} {total.recall:5.2f} {total.f1:5.2f}  {fields}  {total.record:9.2f}"
