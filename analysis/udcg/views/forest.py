"""Promises as a forest: wholes by size with their parts below them, and how each stands to earlier money."""

import pandas as pd

from udcg import count
from udcg.book import Book
from udcg.lookups import fact_rows


def forest(book: Book, facts: pd.DataFrame) -> pd.DataFrame:
    """Order facts as a forest and mark how each stands to earlier money.

    Returns:
        Columns those of `Book.facts`, and depth (0 for a whole), inside (the fact above, "" for a whole) and standing: new,
        said_before, from_older, undated, or scope where it is not military.
    """
    above = _above(book, facts)
    below: dict[str, list[str]] = {}
    for fact in facts.sort_values(["best", "fact"], ascending=[False, True], na_position="last")["fact"]:
        below.setdefault(above[fact], []).append(fact)
    depth: dict[str, int] = {}

    def place(parent: str, deep: int) -> None:
        for fact in below.get(parent, []):
            depth[fact] = deep
            place(fact, deep + 1)

    place("", 0)
    rows = facts.loc[list(depth)]
    rows = rows.assign(depth=rows["fact"].map(depth), inside=rows["fact"].map(above))
    return rows.assign(standing=_standing(book, rows))


def _above(book: Book, facts: pd.DataFrame) -> dict[str, str]:
    """The fact of the same list that each is inside of: its whole first, else its purse; "" for none."""
    said = dict(zip(facts["saying"], facts["fact"], strict=True)) | dict(zip(facts["fact"], facts["fact"], strict=True))
    ties = zip(facts["fact"], facts["part_of"], facts["drawn_from"], strict=True)
    above = {fact: [said.get(fact_rows(book)[tie]["saying"], "") for tie in (whole, purse) if tie] for fact, whole, purse in ties}
    first = {fact: next(filter(None, holders), "") for fact, holders in above.items()}
    return {fact: holder if holder != fact else "" for fact, holder in first.items()}


def _standing(book: Book, facts: pd.DataFrame) -> pd.Series:
    older = (facts["first_to"] < book.windows["opens"].reindex(facts["meeting"]).to_numpy()) | _held(book, facts)
    standing = pd.Series("new", index=facts.index).mask(facts["first_meeting"] == 0, "undated").mask(older, "from_older")
    return standing.mask(facts["restates"] != "", "said_before").mask(facts["scope"] != "military", facts["scope"])


def _held(book: Book, facts: pd.DataFrame) -> pd.Series:
    """Mark wholes, with their parts, whose purse is a total that somebody stated: no sum counts them as new."""
    apart = set(count.countable(book)["fact"]) - set(count.commitments(book)["fact"])
    held = facts["fact"].isin(apart)
    return held & held.groupby(facts["depth"].eq(0).cumsum()).transform("first")
