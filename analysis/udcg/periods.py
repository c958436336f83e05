"""For which years money is meant: money of several years is shown by year as far as sources split it (rule 7 of counting)."""

import pandas as pd

from udcg import count, ties
from udcg.book import Book
from udcg.shares import looked_through
from udcg.sums import COUNTED, TAKEN_OUT, Sum

NOT_STATED = ""


def by_period(book: Book, part: Sum) -> dict[str, Sum]:
    """Split a sum by the years for which its money is meant.

    Args:
        book: The book.
        part: A sum of the book.

    Returns:
        By period as in the column period of facts (2025, 2026/2029, "" where no source says): what of the sum is meant for it. Money of
        several years goes to a single year only where a fact says so; the rest stays with the span. The sums add up to the whole.
    """
    lines = _lines(book, part)
    moved = looked_through(book, lines)
    whole = pd.Series(dict(zip(lines["fact"], lines["whole"], strict=True)), dtype="object")
    known = pd.MultiIndex.from_frame(part.parts[["whole", "donor_or_partner"]])
    moved = moved[pd.MultiIndex.from_arrays([moved["fact"].map(whole), moved["donor_or_partner"]]).isin(known)]
    out = moved.assign(whole=moved["fact"].map(whole), role=TAKEN_OUT)
    parts = pd.concat([part.parts, out, moved], ignore_index=True) if len(moved) else part.parts
    period = parts["whole"].map(book.facts["period"]).fillna(NOT_STATED)
    return {str(years): Sum(rows.reset_index(drop=True)) for years, rows in parts.groupby(period)}


def _lines(book: Book, part: Sum) -> pd.DataFrame:
    """Facts inside a counted one that are meant for fewer years: the outermost ones, with their counted whole."""
    counted = part.parts[part.parts["role"] == COUNTED]
    facts = pd.concat([count.countable(book), count.countable(book, "mixed")])
    sayings = dict(zip(book.facts["saying"].reindex(counted["fact"]), counted["fact"], strict=True))
    inside = book.wholes[book.wholes["whole"].isin(list(sayings))].drop_duplicates("fact").set_index("fact")["whole"]
    gone = book.facts["saying"].reindex(part.of(TAKEN_OUT))
    gone = pd.concat([gone, book.wholes.loc[book.wholes["whole"].isin(gone), "fact"]])
    lines = facts[facts["saying"].isin(inside.index) & ~facts["saying"].isin(gone) & (facts["part_of"] != "")]
    lines = lines.assign(whole=lines["saying"].map(inside).map(sayings))
    spans = lines["whole"].map(book.facts["period"])
    lines = lines[(lines["period"] != "") & (lines["period"] != spans) & (spans.str.contains("/") | (spans == ""))]
    return lines[ties.topmost(lines["saying"], book.wholes)]
