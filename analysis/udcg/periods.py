"""For which years money is meant: money of several years is shown by year as far as sources split it (rule 7 of counting)."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import count
from udcg.book import PROMISES, Book, once
from udcg.lookups import Row, fact_rows
from udcg.money import ENDS, or_nothing
from udcg.shares import GROUP, split
from udcg.sums import COUNTED, OVERLAP, POSSIBLE, TAKEN_OUT, Part, Sum

NOT_STATED = ""
EVER = (0, 9999)
Ends = dict[str, float]


@once
def by_period(book: Book, part: Sum) -> dict[str, Sum]:
    """Split a sum by the years for which its money is meant.

    Args:
        book: The book.
        part: A sum of the book.

    Returns:
        By period as in the column period of facts (2025, 2026/2029, "" where no source says): what of the sum is meant for it, net of what
        the sum takes out. Money of several years goes to fewer years only where a line says so, that is a fact inside it with a narrower
        period; the rest stays with the span. The sums add up to the whole; where sources round lines up, the lines stay as stated.
    """
    shares: dict[tuple[str, str], list[Row]] = {}
    for row in part.rows:
        if row.role != POSSIBLE:
            shares.setdefault((row.whole, row.donor_or_partner), []).append(row._asdict())
    certain = [Part(**row) for (whole, donor), parts in shares.items() for row in _Share(book, whole, donor, parts).rows()]
    found: dict[str, list[Part]] = {}
    for row in [*certain, *(row for row in part.rows if row.role == POSSIBLE)]:
        found.setdefault(_periods(book)[row.fact] or NOT_STATED, []).append(row)
    return {years: Sum(parts) for years, parts in sorted(found.items())}


@dataclass(frozen=True, eq=False)
class _Share:
    """One donor's share of one counted whole: its parts of the sum, and the lines inside it."""

    book: Book
    whole: str
    donor: str
    parts: list[Row]

    def rows(self) -> list[Row]:
        """One counted row for each line with what is left in it, and one for the rest."""
        left = {line: dict(ends) for line, ends in self._lines.items()}
        left[self.whole] = _added(self._of(COUNTED))
        for fact, ends in [*self._lines.items(), *((part["fact"], part) for part in self._of(TAKEN_OUT))]:
            holder = left[self._holder(fact, self._lines)]
            holder.update({end: holder[end] - or_nothing(ends[other]) for end, other in zip(ENDS, ENDS[::-1], strict=True)})
        left[self.whole]["low"] -= sum(part["high"] for part in self._of(OVERLAP))
        same = {"donor": self.parts[0]["donor"], "donor_or_partner": self.donor, "role": COUNTED}
        return [{"fact": fact, "whole": fact, **same, **_tidy(ends)} for fact, ends in left.items() if any(_tidy(ends).values())]

    @cached_property
    def _lines(self) -> dict[str, Ends]:
        """Facts meant for fewer years than what holds them, with what of each is the donor's."""
        payers = [part["donor"] for part in _payers(self.book)[self.whole]]
        other = GROUP if GROUP in payers else payers[0]  # who holds what of the whole is nobody's known share
        own = {line: [part for part in _payers(self.book)[line] if self._holds(part["donor"], payers, other)] for line in self._candidates}
        return {line: {end: sum(part[end] for part in parts) for end in ENDS} for line, parts in own.items() if parts}

    def _holds(self, payer: str, payers: list[str], other: str) -> bool:
        return (payer if payer in payers else other) == self.donor

    @property
    def _candidates(self) -> list[str]:
        """Lines from the outermost in: a payment is one only for years that no content of the same holder is for."""
        period, countable = _periods(self.book), _countable(self.book)
        out = {self._saying(part["fact"]) for part in self._of(TAKEN_OUT)}
        inside = self.book.below.get(self._saying(self.whole), [])
        known = sorted((fact for fact in inside if fact in countable and period[fact]), key=self._depth)
        lines: list[str] = []
        for payment in (False, True):
            for fact in known:
                if fact in lines or fact in out or self._above(fact) & out or self._is_payment(fact) != payment:
                    continue
                holder = self._holder(fact, lines)
                beside = [line for line in lines if self._holder(line, lines) == holder and not self._is_payment(line)]
                if _narrower(period[fact], period[holder]) and not (payment and any(_meet(period[fact], period[line]) for line in beside)):
                    lines.append(fact)
        return sorted(lines, key=self._depth)

    def _of(self, role: str) -> list[Row]:
        return [part for part in self.parts if part["role"] == role]

    def _holder(self, fact: str, lines: Collection[str]) -> str:
        """The innermost line that a fact is inside of, else the whole."""
        return max(self._above(fact) & set(lines), key=self._depth, default=self.whole)

    def _depth(self, fact: str) -> tuple[int, str]:
        return len(self._above(fact)), fact

    def _above(self, fact: str) -> set[str]:
        """Everything that a fact is inside of."""
        return self.book.above.get(self._saying(fact), set())

    def _saying(self, fact: str) -> str:
        return str(fact_rows(self.book)[fact]["saying"])

    def _is_payment(self, fact: str) -> bool:
        return (fact, self._saying(self.whole)) not in _contents(self.book)


@once
def _payers(book: Book) -> dict[str, list[Row]]:
    """Who pays what of each promise: parts as `shares.split` gives them, those of no known donor aside."""
    found: dict[str, list[Row]] = {}
    for part in split(book, [fact for fact in book.rows.values() if fact.stage in PROMISES]):
        if part.donor != "":
            found.setdefault(part.fact, []).append(part._asdict())
    return found


@once
def _periods(book: Book) -> dict[str, str]:
    return {fact: row["period"] for fact, row in fact_rows(book).items()}


@once
def _countable(book: Book) -> set[str]:
    return {*count.countable(book)["fact"], *count.countable(book, "mixed")["fact"]}


@once
def _contents(book: Book) -> set[tuple[str, str]]:
    return set(zip(book.contents["fact"], book.contents["whole"], strict=True))


def _added(parts: list[Row]) -> Ends:
    """Add parts: an open low adds nothing, an open high leaves the sum open."""
    low, best = (sum(or_nothing(part[end]) for part in parts) for end in ENDS[:2])
    return {"low": min(low, best), "best": best, "high": sum(part["high"] for part in parts)}


def _span(period: str) -> tuple[int, int]:
    years = [int(year) for year in period.split("/")] if period else [*EVER]
    return years[0], years[-1]


def _narrower(line: str, holder: str) -> bool:
    (first, last), (start, end) = _span(line), _span(holder)
    return start <= first and last <= end and (first, last) != (start, end)


def _meet(one: str, other: str) -> bool:
    (first, last), (start, end) = _span(one), _span(other)
    return first <= end and start <= last


def _tidy(ends: Ends) -> Ends:
    """Keep what is left in order: nothing below nothing, low at most best, high at least best; an open high stays open."""
    best = max(ends["best"], 0.0)
    return {
        "low": min(max(ends["low"], 0.0), best),
        "best": best,
        "high": ends["high"] if pd.isna(ends["high"]) else max(ends["high"], best),
    }
