"""For which years money is meant: money of several years is shown by year as far as sources split it (rule 7 of counting)."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import count
from udcg.book import Book
from udcg.money import ENDS
from udcg.shares import GROUP, looked_through
from udcg.sums import COUNTED, OVERLAP, POSSIBLE, TAKEN_OUT, Sum

NOT_STATED = ""
EVER = (0, 9999)
Ends = dict[str, float]


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
    certain = part.parts[part.parts["role"] != POSSIBLE]
    shares = certain.groupby(["whole", "donor_or_partner"], sort=False)
    rows = [row for (whole, donor), parts in shares for row in _Share(book, str(whole), str(donor), parts).rows()]
    undated = part.parts[part.parts["role"] == POSSIBLE]
    table = pd.concat([pd.DataFrame(rows, columns=part.parts.columns), undated], ignore_index=True) if rows else undated
    period = table["fact"].map(book.facts["period"]).fillna(NOT_STATED)
    return {str(years): Sum(parts.reset_index(drop=True)) for years, parts in table.groupby(period)}


@dataclass(frozen=True, eq=False)
class _Share:
    """One donor's share of one counted whole: its parts of the sum, and the lines inside it."""

    book: Book
    whole: str
    donor: str
    parts: pd.DataFrame

    def rows(self) -> list[dict[str, object]]:
        """One counted row for each line with what is left in it, and one for the rest."""
        left = {line: dict(ends) for line, ends in self._lines.items()}
        left[self.whole] = dict(Sum(self.parts[self.parts["role"] == COUNTED].assign(donor=self.donor)).ends)
        gone = self.parts[self.parts["role"] == TAKEN_OUT]
        taken = [*self._lines.items(), *zip(gone["fact"], gone[ENDS].to_dict("records"), strict=True)]
        for fact, ends in taken:
            holder = left[self._holder(fact)]
            holder.update({end: holder[end] - _nothing(ends[other]) for end, other in zip(ENDS, ENDS[::-1], strict=True)})
        left[self.whole]["low"] -= self.parts.loc[self.parts["role"] == OVERLAP, "high"].sum(skipna=False)
        same = {"donor": self.parts["donor"].iloc[0], "donor_or_partner": self.donor, "role": COUNTED}
        return [{"fact": fact, "whole": fact, **same, **_tidy(ends)} for fact, ends in left.items() if any(_tidy(ends).values())]

    @cached_property
    def _lines(self) -> dict[str, Ends]:
        """Facts meant for fewer years than what holds them, with what of each is the donor's."""
        lines = self._candidates
        parts = looked_through(self.book, self.book.facts.loc[lines])
        payers = looked_through(self.book, self.book.facts.loc[[self.whole]]).query("donor != ''")["donor"].tolist()
        other = GROUP if GROUP in payers else payers[0]  # who holds what of the whole is nobody's known share
        mine = parts[(parts["donor"] != "") & (parts["donor"].where(parts["donor"].isin(payers), other) == self.donor)]
        return {str(fact): {end: rows[end].sum(skipna=False) for end in ENDS} for fact, rows in mine.groupby("fact", sort=False)}

    @cached_property
    def _candidates(self) -> list[str]:
        """Lines from the outermost in: a payment is one only for years that no content of the same holder is for."""
        saying, period = self.book.facts["saying"], self.book.facts["period"]
        out = {saying[fact] for fact in self.parts.loc[self.parts["role"] == TAKEN_OUT, "fact"]}
        inside = self.book.wholes.loc[self.book.wholes["whole"] == saying[self.whole], "fact"]
        countable = {*count.countable(self.book)["fact"], *count.countable(self.book, "mixed")["fact"]}
        known = [fact for fact in sorted(inside, key=lambda fact: (len(self._above(fact)), fact)) if fact in countable and period[fact]]
        lines: list[str] = []
        for payment in (False, True):
            for fact in known:
                if fact in lines or fact in out or self._above(fact) & out or self._is_payment(fact) != payment:
                    continue
                holder = self._holder(fact, lines)
                beside = [line for line in lines if self._holder(line, lines) == holder and not self._is_payment(line)]
                if _narrower(period[fact], period[holder]) and not (payment and any(_meet(period[fact], period[line]) for line in beside)):
                    lines.append(fact)
        return sorted(lines, key=lambda fact: (len(self._above(fact)), fact))

    def _holder(self, fact: str, lines: list[str] | None = None) -> str:
        """The innermost line that a fact is inside of, else the whole."""
        holding = self._above(fact) & set(self._lines if lines is None else lines)
        return max(holding, key=lambda line: (len(self._above(line)), line), default=self.whole)

    def _above(self, fact: str) -> set[str]:
        """Everything that a fact is inside of."""
        return self.book.above.get(self.book.facts.at[fact, "saying"], set())

    def _is_payment(self, fact: str) -> bool:
        contents = self.book.contents
        return not ((contents["fact"] == fact) & (contents["whole"] == self.book.facts.at[self.whole, "saying"])).any()


def _span(period: str) -> tuple[int, int]:
    years = [int(year) for year in period.split("/")] if period else [*EVER]
    return years[0], years[-1]


def _narrower(line: str, holder: str) -> bool:
    (first, last), (start, end) = _span(line), _span(holder)
    return start <= first and last <= end and (first, last) != (start, end)


def _meet(one: str, other: str) -> bool:
    (first, last), (start, end) = _span(one), _span(other)
    return first <= end and start <= last


def _nothing(value: float) -> float:
    return 0.0 if pd.isna(value) else value


def _tidy(ends: Ends) -> Ends:
    """Keep what is left in order: nothing below nothing, low at most best, high at least best; an open high stays open."""
    best = max(ends["best"], 0.0)
    return {
        "low": min(max(ends["low"], 0.0), best),
        "best": best,
        "high": ends["high"] if pd.isna(ends["high"]) else max(ends["high"], best),
    }
