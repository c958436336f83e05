"""What promises may hold of each other where no source says how much: an overlap lowers the low end of the newer one (rule 3)."""

import math

import pandas as pd

from udcg.book import PROMISES, Book, once
from udcg.shares import looked_through
from udcg.sums import OVERLAP


def overlapping(book: Book, counted: pd.DataFrame, out: pd.DataFrame, before: set[str]) -> pd.DataFrame:
    """What counted facts may hold of money counted elsewhere: of each at most what it has, of each other fact at most all of it.

    Args:
        book: The book.
        counted: The facts that a sum counts; rows of `Book.brief`.
        out: What the sum takes out of them.
        before: First sayings of money that is older or counted apart.

    Returns:
        Parts of a sum in the role overlap, under the facts that hold them; see `udcg.sums.Sum`.
    """
    facts, sayings = book.brief, list(counted["saying"])
    holder = dict.fromkeys(sayings) | _first_whole(book.contents, sayings)  # a payment's overlap is not its purse's
    beside = _all_inside(book, counted) - _all_inside(book, out)
    together = set(zip(book.wholes["fact"], book.wholes["whole"], strict=True))
    pairs = [
        (fact, other, stated)
        for fact, other, stated in _pairs(book)
        if fact in holder and fact in beside and other != holder[fact] and (other, holder[fact] or fact) not in together
    ]
    left = {other: _open(facts.at[other, "high"]) for _, other, _ in pairs}
    held: dict[str, float] = {}
    for fact, other, stated in pairs:
        if other in before or (stated and other in beside):
            most = min(left[other], _open(facts.at[fact, "high"]) - held.get(fact, 0.0))
            held[fact] = held.get(fact, 0.0) + most
            left[other] = left[other] - most if left[other] < math.inf else math.inf
    rows = facts.loc[list(held)]
    return looked_through(book, rows.assign(low=0.0, best=0.0, high=pd.Series(held, dtype="float64"))).assign(role=OVERLAP)


def _first_whole(inside: pd.DataFrame, wholes: list[str]) -> dict[str, str]:
    held = inside[inside["whole"].isin(wholes)].drop_duplicates("fact")
    return dict(zip(held["fact"], held["whole"], strict=True))


def _open(high: float) -> float:
    return math.inf if math.isnan(high) else high


@once
def _pairs(book: Book) -> list[tuple[str, str, bool]]:
    """Promises that may hold a part of each other, both ways round; the third says whether it stands so in the evidence."""
    facts = book.brief
    promised = facts["stage"].isin(PROMISES) & facts["best"].notna() & (facts["scope"] != "civilian")
    tied = facts[promised & (facts["overlaps"] != "") & facts["overlaps"].isin(facts.loc[promised, "fact"])].sort_values("fact")
    ways = zip(tied["saying"], tied["overlaps"].map(facts["saying"]), strict=True)
    return [pair for fact, other in ways for pair in ((fact, other, True), (other, fact, False))]


def _all_inside(book: Book, facts: pd.DataFrame) -> set[str]:
    inside = book.wholes.loc[book.wholes["whole"].isin(facts["saying"]), "fact"]
    return {*facts["saying"], *inside}
