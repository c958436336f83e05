"""One proposed claim, in the ledger's own form, tied to its place in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEYS: tuple[str, ...] = (
    "start",
    "end",
    "stage",
    "donors",
    "amount",
    "amount_low",
    "amount_high",
    "qualifier",
    "currency",
    "quantity_low",
    "quantity_high",
)
KEYS += ("quantity_text", "item", "capability", "period", "part_of", "match", "confidence")


@dataclass(frozen=True)
class Match:
    """What the ledger knows of a claim: status (known, new, differs), the nearest fact, the difference and why it is one."""

    status: str = "new"
    fact: str | None = None
    difference: str | None = None


@dataclass(frozen=True)
class Record:
    """A proposed claim: an amount or a quantity; None where the text says nothing or an end is open.

    start and end are code points of the text as read; amount in units of currency (the lower one of a range); quantity in pieces, its text
    in the ledger's words; part_of and same_as are indices of other records of the text; unit is what the quantity counts.
    """

    start: int
    end: int
    stage: str
    donors: tuple[str, ...]
    amount: float | None = None
    amount_low: float | None = None
    amount_high: float | None = None
    qualifier: str | None = None
    currency: str | None = None
    quantity_low: float | None = None
    quantity_high: float | None = None
    quantity_text: str | None = None
    item: str | None = None
    capability: str | None = None
    unit: str | None = None
    period: str | None = None
    part_of: int | None = None
    same_as: int | None = None
    confidence: float = 0.0
    mention: str = ""
    sentence: tuple[int, int] = (0, 0)
    around: str = ""
    match: Match = field(default_factory=Match)

    def json(self) -> Mapping[str, Any]:
        """The record with the keys of the JSON form; same_as only where it repeats or converts another record."""
        found = {key: getattr(self, key) for key in KEYS}
        found["donors"] = list(self.donors)
        found["match"] = {"status": self.match.status, "fact": self.match.fact, "difference": self.match.difference}
        return found if self.same_as is None else {**found, "same_as": self.same_as}


@dataclass(frozen=True)
class Indicator:
    """A number of the battlefield that is no aid: place, quantity in the ledger's words, what it counts, and why it is no aid."""

    start: int
    end: int
    quantity_text: str
    item: str
    kind: str
    mention: str
