"""Who says so: the claims and the numbered sources behind the facts of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import settle
from udcg.book import Book

MOST = 3  # sources cited beside a number; all of them are in the attached data


@dataclass(frozen=True, eq=False)
class Evidence:
    """The claims behind a set of facts, best witness first, and the sources numbered in the order of the facts."""

    book: Book
    facts: tuple[str, ...]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """All claims on the facts: columns of `settle.witnesses` and chosen (bool), in the order of facts, best witness first."""
        claims = settle.witnesses(self.book.ledger)
        claims = claims[claims["fact"].isin(self.facts)]
        place = {fact: order for order, fact in enumerate(self.facts)}
        settled = self.book.facts
        chosen = claims["claim"].isin({*settled["claim"].dropna(), *settled["q_claim"].dropna()})
        tier = claims["tier"].map({name: rank for rank, name in enumerate(settle.TIERS)})
        ranked = claims.assign(chosen=chosen, place=claims["fact"].map(place), rank=tier)
        return ranked.sort_values(
            ["place", "chosen", "overruled", "rank", "date", "claim"], ascending=[True, False, True, True, True, True]
        )

    @cached_property
    def cited(self) -> pd.DataFrame:
        """The claims cited on the page: of each fact at most three, each of another origin; column number is the source's."""
        cited = self.claims.drop_duplicates(["fact", "origin"]).groupby("fact", sort=False).head(MOST)
        numbers = {source: number for number, source in enumerate(dict.fromkeys(cited["source"]), start=1)}
        return cited.assign(number=cited["source"].map(numbers))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources cited, one row each: number, source, publisher, url, date, tier."""
        columns = ["number", "source", "publisher", "url", "date", "tier"]
        return self.cited.drop_duplicates("number").sort_values("number")[columns].reset_index(drop=True)

    @cached_property
    def _numbers(self) -> dict[str, tuple[int, ...]]:
        return {str(fact): tuple(sorted(set(rows))) for fact, rows in self.cited.groupby("fact")["number"]}

    def cites(self, facts: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the sources behind some facts; of many facts, one source each."""
        wanted = list(facts)
        each = MOST if len(wanted) == 1 else 1
        return tuple(sorted({number for fact in wanted for number in self._numbers.get(fact, ())[:each]}))
