"""The book: every fact with its settled value in one currency, the day it was first announced, and its meeting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import pandas as pd

from udcg import stated, ties
from udcg.ledger import Ledger
from udcg.money import ENDS, convert

P = ParamSpec("P")
T = TypeVar("T")
PROMISES = ["pledge", "commitment", "allocation"]
GIVERS = ["country", "union"]  # kinds of donors that speak for themselves; groups and funds do not
BRIEF = ["fact", "donor", "partners", "stage", "level", "scope", "period", "through", "part_of", "drawn_from", "overlaps", "restates"]
BRIEF += ["saying", "meeting", "day", "first_from", "first_to", "stated_best", *ENDS]


class Fact(NamedTuple):
    """What counting needs to know of one fact, as in `Book.facts`; row is its place there."""

    fact: str
    saying: str
    donor: str
    partners: str
    stage: str
    level: str
    low: float
    best: float
    high: float
    row: int


@dataclass(frozen=True, eq=False)
class Book:
    """The ledger, settled and valued in one currency."""

    ledger: Ledger
    currency: str
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """All facts, indexed by fact.

        Columns: those of the table facts, and stated_low, stated_best, stated_high (units of the fact's own currency), low,
        best, high (units of the book's currency; an open end is NaN), claim, rule, agree, origins (see `settle.amounts`),
        q_low, q_best, q_high, q_unit, q_words, q_claim, q_rule (see `settle.quantities`), rate_day (day of the rate), day
        (first possible day of announcement), saying (first saying), first_from, first_to (see `ties.announced`), meeting (in
        whose window the announcement falls) and first_meeting (in whose window the first one falls; 0 where unknown).
        """
        facts = stated.facts(self.ledger)
        own = facts[[f"stated_{end}" for end in ENDS]].set_axis(ENDS, axis=1)
        valued = convert(own, facts["currency"], facts["rate_day"], self.currency, self.ledger.rates)
        return pd.concat([facts.loc[:, :"rate_day"], valued, facts.loc[:, "first_from":]], axis=1)

    @cached_property
    def brief(self) -> pd.DataFrame:
        """All facts with the columns that counting needs; cutting rows of all sixty takes thrice as long."""
        return self.facts[BRIEF]

    @cached_property
    def rows(self) -> dict[str, Fact]:
        """All facts as rows, by fact: a window holds some forty, and a frame of forty takes longer to cut than to walk through."""
        columns = [self.facts[name].tolist() for name in Fact._fields[:-1]]
        return {row[0]: Fact._make((*row, place)) for place, row in enumerate(zip(*columns, strict=True))}

    def rows_of(self, facts: pd.DataFrame) -> list[Fact]:
        """Some rows of `facts` as rows, with the amounts as they stand there."""
        columns = [facts[name].tolist() for name in Fact._fields[:-1]]
        return [Fact._make((*row, self.rows[row[0]].row)) for row in zip(*columns, strict=True)]

    @cached_property
    def windows(self) -> pd.DataFrame:
        """Windows of the meetings, indexed by meeting: opens (the day after the one before ended), start, end (NaT: still open).

        The last row is the coming meeting's.
        """
        return stated.windows(self.ledger)

    @cached_property
    def inside(self) -> pd.DataFrame:
        """What each fact is inside of along both forests, whatever its stage: columns fact, whole; see `ties.inside`."""
        return stated.inside(self.ledger)

    @cached_property
    def holders(self) -> dict[str, set[str]]:
        """Everything that each first saying is inside of, whatever its stage; see `inside`."""
        return {fact: set(wholes) for fact, wholes in ties.gathered(self.inside["fact"], self.inside["whole"]).items()}

    @cached_property
    def contents(self) -> pd.DataFrame:
        """What each fact is content of, purses aside: columns fact, whole; see `ties.inside`."""
        return stated.inside(self.ledger, ("part_of",))

    @cached_property
    def wholes(self) -> pd.DataFrame:
        """What each fact is inside of along both forests, among promises below group totals: columns fact, whole."""
        wholes = self.inside
        countable = self.facts.loc[(self.facts["level"] != "group_total") & self.facts["stage"].isin(PROMISES), "fact"]
        return wholes[wholes["whole"].isin(countable)]

    @cached_property
    def above(self) -> dict[str, set[str]]:
        """Everything that each first saying is inside of among `wholes`."""
        return {fact: set(wholes) for fact, wholes in ties.gathered(self.wholes["fact"], self.wholes["whole"]).items()}

    @cached_property
    def below(self) -> dict[str, list[str]]:
        """Everything that is inside each first saying among `wholes`."""
        return ties.gathered(self.wholes["whole"], self.wholes["fact"])


def once(function: Callable[Concatenate[Book, P], T]) -> Callable[Concatenate[Book, P], T]:
    """Compute a function of a book once for the same arguments; the answer lives as long as the book."""

    @wraps(function)
    def remembered(book: Book, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, args, tuple(kwargs.items()))
        if key not in book.kept:
            book.kept[key] = function(book, *args, **kwargs)
        found: T = book.kept[key]
        return found

    return cast("Callable[Concatenate[Book, P], T]", remembered)
