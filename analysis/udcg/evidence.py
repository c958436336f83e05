"""Who says so: the claims and the numbered sources behind the facts of a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from udcg import judge, settle
from udcg.book import Book, once

MOST = 2  # independent sources cited beside one number; all of them are in the attached data
FEW = 8  # sources cited beside a sum of many facts, of one fact each


@dataclass(frozen=True, eq=False)
class Evidence:
    """The claims behind a set of facts, best witness first, and the sources that a page cites, numbered in the order of citing.

    Beside one number it cites the best of the independent ones, beside a sum of many facts a few.
    """

    book: Book
    facts: tuple[str, ...]
    most: int = MOST
    few: int = FEW
    numbers: dict[str, int] = field(default_factory=dict)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """All claims on the facts: columns of `ranked`, in the order of facts, best witness first."""
        places = _places(self.book)
        return ranked(self.book).iloc[[place for fact in self.facts for place in places.get(fact, [])]]

    def cites(self, facts: Iterable[str]) -> tuple[int, ...]:
        """Cite the sources of some facts and return their numbers: of one fact its best independent ones, of many one each."""
        wanted = list(dict.fromkeys(facts))
        best = _best(self.book)
        several = [best[fact][0] for fact in wanted if fact in best][: self.few]
        sources = best.get(wanted[0], [])[: self.most] if len(wanted) == 1 else several
        return tuple(sorted({self.numbers.setdefault(source, len(self.numbers) + 1) for source in sources}))

    @property
    def sources(self) -> pd.DataFrame:
        """The sources cited so far, one row each: number, source, publisher, url, date, tier."""
        sources = self.book.ledger.sources
        cited = sources.set_index("source", drop=False).reindex(list(self.numbers))
        columns = ["number", "source", "publisher", "url", "date", "tier"]
        return cited.assign(number=list(self.numbers.values()))[columns].reset_index(drop=True)


@once
def ranked(book: Book) -> pd.DataFrame:
    """All claims, best witness of each fact first: columns of `settle.witnesses`, chosen (bool) and rank (of the tier, from 0)."""
    claims, settled = settle.witnesses(book.ledger), book.facts
    chosen = claims["claim"].isin({*settled["claim"].dropna(), *settled["q_claim"].dropna()})
    tier = claims["tier"].map({name: rank for rank, name in enumerate(judge.TIERS)})
    order = ["fact", "chosen", "overruled", "rank", "date", "claim"]
    return claims.assign(chosen=chosen, rank=tier).sort_values(order, ascending=[True, False, True, True, True, True])


@once
def _places(book: Book) -> dict[str, list[int]]:
    """Where the claims on each fact stand in `ranked`."""
    return {str(fact): list(places) for fact, places in ranked(book).groupby("fact").indices.items()}


@once
def _best(book: Book) -> dict[str, list[str]]:
    """The best sources of each fact, each of another origin."""
    independent = ranked(book).drop_duplicates(["fact", "origin"]).groupby("fact").head(MOST)
    return {str(fact): list(sources) for fact, sources in independent.groupby("fact")["source"]}
