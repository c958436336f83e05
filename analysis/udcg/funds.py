"""Pooled funds, seen from the donors that pay in and from the fund that spends, with the overlap removed (rule 7 of counting)."""

from dataclasses import dataclass

import pandas as pd

from udcg import count
from udcg.book import PROMISES, Book, once
from udcg.money import total
from udcg.sums import Sum


@dataclass(frozen=True, eq=False)
class Fund:
    """One pooled fund: what donors put in, what was announced through it, and both together, each euro once."""

    code: str
    paid_in: Sum
    announced: Sum
    once: Sum
    totals: list[str]

    @property
    def overlap(self) -> pd.Series:
        """What both views hold: paid in plus announced, less both together; best values cannot be below nothing."""
        both = total(pd.DataFrame([self.paid_in.ends, self.announced.ends])) - self.once.ends
        return both.clip(lower=0.0)


@once
def funds(book: Book, meeting: int | None = None) -> dict[str, Fund]:
    """Look at every pooled fund from both sides, largest first.

    Paid in: promises of donors that name the fund (`through`), each first saying once. Announced: packages in the fund's own name, or of
    several donors through it. Totals: sums that somebody stated over all members, which bound and are never added.

    Args:
        book: The book.
        meeting: Only what was announced in this meeting's window; everything where not given.

    Returns:
        By code of the fund.
    """
    donors = book.ledger.donors
    promised, stated = (facts[facts["meeting"] == meeting] if meeting else facts for facts in _sides(book))
    named = {*promised["through"], *promised["donor"], *stated["through"], *stated["donor"]}
    codes = [code for code in donors.loc[donors["kind"] == "fund", "donor"] if code in named]
    found = {code: _fund(book, code, _of(promised, code), _of(stated, code)) for code in codes}
    known = {code: fund for code, fund in found.items() if fund.once.facts or fund.totals}
    return dict(sorted(known.items(), key=lambda pair: -pair[1].once.ends["best"]))


@once
def _sides(book: Book) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What may be counted, and what somebody stated over all."""
    countable = pd.concat([count.countable(book), count.countable(book, "mixed")])
    return countable, book.facts[(book.facts["level"] == "group_total") & book.facts["stated_best"].notna()]


def _fund(book: Book, code: str, of_fund: pd.DataFrame, totals: pd.DataFrame) -> Fund:
    own = of_fund["donor"].map(book.ledger.donors.set_index("donor")["kind"]).isin(["fund", "group"])
    return Fund(
        code,
        count.within(book, of_fund[~own]),
        count.within(book, of_fund[own]),
        count.within(book, of_fund),
        list(totals[totals["stage"].isin([*PROMISES, "statement"])].sort_values("day")["fact"]),
    )


def _of(facts: pd.DataFrame, code: str) -> pd.DataFrame:
    return facts[(facts["through"] == code) | (facts["donor"] == code)]
