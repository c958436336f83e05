"""Pooled funds, seen from the donors that pay in and from the fund that spends, with the overlap removed (rule 7 of counting)."""

import math
from dataclasses import dataclass

import pandas as pd

from udcg import count
from udcg.book import PROMISES, Book, once
from udcg.lookups import Row, fact_rows
from udcg.money import total
from udcg.sums import Sum

OWN = ("fund", "group")  # kinds of donors whose promises through a fund are its own spending


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
    kinds = _kinds(book)
    promised, stated = ([row for row in rows if meeting in (None, row["meeting"])] for rows in _sides(book))
    named = {code for row in (*promised, *stated) for code in (row["through"], row["donor"])}
    codes = [code for code, kind in kinds.items() if kind == "fund" and code in named]
    found = {code: _fund(book, code, _of(promised, code), _of(stated, code)) for code in codes}
    known = {code: fund for code, fund in found.items() if fund.once.facts or fund.totals}
    return dict(sorted(known.items(), key=lambda pair: -pair[1].once.ends["best"]))


@once
def _sides(book: Book) -> tuple[list[Row], list[Row]]:
    """What may be counted, and what somebody stated over all."""
    facts = fact_rows(book)
    countable = [facts[fact] for scope in ("military", "mixed") for fact in count.countable(book, scope)["fact"].tolist()]
    return countable, [row for row in facts.values() if row["level"] == "group_total" and not math.isnan(row["stated_best"])]


@once
def _kinds(book: Book) -> dict[str, str]:
    donors = book.ledger.donors
    return dict(zip(donors["donor"].tolist(), donors["kind"].tolist(), strict=True))


def _fund(book: Book, code: str, of_fund: list[Row], totals: list[Row]) -> Fund:
    promised = [book.rows[row["fact"]] for row in of_fund]
    own = [fact for fact in promised if _kinds(book).get(fact.donor) in OWN]
    others = [fact for fact in promised if _kinds(book).get(fact.donor) not in OWN]
    paid_in, announced, once = (count.added(book, facts) for facts in (others, own, promised))
    told = sorted((row for row in totals if row["stage"] in (*PROMISES, "statement")), key=lambda row: row["day"])
    return Fund(code, paid_in, announced, once, [row["fact"] for row in told])


def _of(rows: list[Row], code: str) -> list[Row]:
    return [row for row in rows if code in (row["through"], row["donor"])]
