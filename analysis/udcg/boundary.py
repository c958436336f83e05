"""The boundary of a sum: the promises that it may count, each money once, and the days that place them in a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from udcg.book import Book, Fact

Days = NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class Boundary:
    """Promises as rows, in the order of the ledger, with the first and last possible day that counts for each."""

    facts: list[Fact]
    first: Days
    last: Days

    def within(self, start: pd.Timestamp, end: pd.Timestamp) -> list[Fact]:
        """Those whose day falls in a window; NaT: still open."""
        return self._where((self.first >= _day(start)) & (self.last <= _day(end)))

    def perhaps(self, start: pd.Timestamp, end: pd.Timestamp) -> list[Fact]:
        """Those whose day is not known, and may fall in a window."""
        begins, ends = _day(start), _day(end)
        return self._where((self.first <= ends) & (self.last >= begins) & ((self.first < begins) | (self.last > ends)))

    def before(self, start: pd.Timestamp, sayings: Iterable[str]) -> list[Fact]:
        """Those of some first sayings whose day falls before another."""
        begins = _day(start)
        return self._among(place for place in self._places(sayings) if self.last[place] < begins)

    def among(self, sayings: Iterable[str]) -> list[Fact]:
        """Those of some first sayings."""
        return self._among(self._places(sayings))

    def begun(self, end: pd.Timestamp, sayings: Iterable[str]) -> bool:
        """Say whether one of some first sayings is here and not later than a day."""
        return any(not self.first[place] > _day(end) for place in self._places(sayings))

    @cached_property
    def sayings(self) -> dict[str, int]:
        """The place of each first saying."""
        return {fact.saying: place for place, fact in enumerate(self.facts)}

    def _places(self, sayings: Iterable[str]) -> list[int]:
        return [self.sayings[saying] for saying in sayings if saying in self.sayings]

    def _where(self, mask: NDArray[np.bool_]) -> list[Fact]:
        return [self.facts[place] for place in np.flatnonzero(mask)]

    def _among(self, places: Iterable[int]) -> list[Fact]:
        return [self.facts[place] for place in sorted(places)]


def boundary(book: Book, facts: pd.DataFrame, first: str, last: str) -> Boundary:
    """Make the boundary of some rows of `Book.facts` with the columns of the days that count."""
    rows = [book.rows[fact] for fact in facts["fact"]]
    return Boundary(rows, *(facts[column].to_numpy(dtype="datetime64[us]") for column in (first, last)))


def _day(day: pd.Timestamp) -> Any:
    return np.datetime64(OPEN if pd.isna(day) else day.to_datetime64(), "us")


OPEN = pd.Timestamp.max.to_datetime64()
NOWHERE = Boundary([], *[np.array([], dtype="datetime64[us]")] * 2)
