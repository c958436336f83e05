"""Our commitments and allocations beside those of an independent tracker, with the reasons why they differ.

The tracker lists all aid; we list what is announced around meetings. Nothing of it enters our sums, and nothing of ours is fitted to it.
"""

from typing import Any

import pandas as pd

from udcg import count
from udcg.book import GIVERS, PROMISES, Book
from udcg.money import ENDS, EURO
from udcg.sums import OVERLAP, Sum
from udcg.tracker import KINDS, Tracker
from udcg.words import ENGLISH, Words

CELLS = [*ENDS, "theirs", "difference"]
AGREEMENT = 0.1  # sums within a tenth of each other need no reason


def compare(book: Book, tracker: Tracker, words: Words = ENGLISH) -> pd.DataFrame:
    """Set our sums beside the tracker's, over the months that both cover; the reasons are said in `words`.

    Returns:
        Indexed by donor: for commitments and allocations our low, best, high, the tracker's sum and the difference (ours - theirs), all in
        EUR as two-level columns, and reasons (list of sentences that apply to the donor), largest tracker sum first. Donors that only
        one side has are there too.
    """
    start, end = span(book, tracker)
    theirs, until = tracker.between(start, end), end + pd.offsets.MonthEnd(0)
    ours = {"commitments": count.committed(book, until=until), "allocations": count.allocated(book, until=until)}
    split = {kind: part.by_donor() for kind, part in ours.items()}
    kinds = book.ledger.donors.set_index("donor")["kind"]
    own = {donor for part in split.values() for donor in part.index if kinds.get(donor) in GIVERS}
    rows = {donor: _row(donor, split, theirs) for donor in sorted(own | set(theirs.index))}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=pd.MultiIndex.from_product([KINDS, CELLS]))
    table[("reasons", "")] = [_reasons(book, donor, table.loc[donor], tracker, ours, words) for donor in table.index]
    order = table[[(kind, "theirs") for kind in KINDS]].max(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename_axis("donor")


def span(book: Book, tracker: Tracker) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last month that both cover; the last one may end with our evidence, and a tracker without days covers all of it."""
    months, start = tracker.rows["month"].dropna(), book.facts["day"].min().replace(day=1)
    return max([start, *months.nsmallest(1)]), min([book.ledger.cut_off, *months.nlargest(1)])


def row_json(donor: str, row: pd.Series) -> dict[str, Any]:
    """One donor's sums beside the tracker's, in whole EUR; None where one side has none or an end is open."""
    cell = {(kind, name): None if pd.isna(row[(kind, name)]) else round(float(row[(kind, name)])) for kind in KINDS for name in CELLS}
    return {"donor": donor, **{kind: {name: cell[(kind, name)] for name in CELLS} for kind in KINDS}, "reasons": row[("reasons", "")]}


def _row(donor: str, split: dict[str, pd.DataFrame], theirs: pd.DataFrame) -> list[float]:
    cells_: list[float] = []
    for kind in KINDS:
        ends = split[kind].loc[donor, ENDS] if donor in split[kind].index else pd.Series(0.0, index=ENDS)
        other = theirs.at[donor, kind] if donor in theirs.index else float("nan")
        cells_ += [*ends, other, ends["best"] - other]
    return cells_


def _reasons(book: Book, donor: str, row: pd.Series, tracker: Tracker, ours: dict[str, Sum], words: Words) -> list[str]:
    """The reasons that apply to a donor, each with its own measure from the evidence; none where the sums agree."""
    if all(abs(row[(kind, "difference")]) <= AGREEMENT * row[(kind, "theirs")] for kind in KINDS if pd.notna(row[(kind, "theirs")])):
        return []
    start, end = span(book, tracker)
    facts = book.facts[~(book.facts["day"] > end + pd.offsets.MonthEnd(0))]
    own = facts[(facts["donor"] == donor) & facts["stage"].isin(PROMISES) & (facts["restates"] == "")]
    unpriced = own[own["stated_best"].isna() & (own["level"] != "group_total") & (own["scope"] != "civilian")]
    mixed = count.committed(book, "mixed").of_donor(donor)
    long = own[(own["level"] == "frame") & own["period"].str.contains("/") & own["fact"].isin(ours["commitments"].facts)]
    joint = ours["allocations"].parts
    open_shares = joint.loc[(joint["donor"] == "") & (joint["donor_or_partner"] == donor), "fact"].nunique()
    listed = tracker.rows[(tracker.rows["donor"] == donor) & (tracker.rows[KINDS].fillna(0).max(axis=1) > 0)]["month"]
    months = listed[(listed >= start) & (listed <= end)].nunique()
    seen = own.loc[own["stated_best"].notna(), "day"].dt.to_period("M").nunique()
    parts = ours["commitments"].parts
    twice = parts.loc[(parts["role"] == OVERLAP) & (parts["donor_or_partner"] == donor), "high"].sum()
    said = [
        (
            months > seen,
            words.plural(
                months,
                "meetings only: they list sums in {count} month, we have sums in {seen}",
                "meetings only: they list sums in {count} months, we have sums in {seen}",
                seen=words.number(seen),
            ),
        ),
        (
            len(unpriced) > 0,
            words.plural(
                len(unpriced),
                "valuation in kind: {count} promise without a sum, which they value",
                "valuation in kind: {count} promises without a sum, which they value",
            ),
        ),
        (bool(mixed.facts), words.line("scope: {sum} of mixed scope is kept apart here", sum=words.interval(mixed.ends, EURO))),
        (
            len(long) > 0,
            words.plural(
                len(long),
                "stage: {count} frame of several years count here in full when announced",
                "stage: {count} frames of several years count here in full when announced",
            ),
        ),
        (
            twice > 0,
            words.line(
                "overlap: up to {sum} here may repeat older promises; the best value keeps it, the low end not",
                sum=words.money(twice, EURO),
            ),
        ),
        (
            open_shares > 0,
            words.plural(
                open_shares,
                "shares: {count} joint package without a known share",
                "shares: {count} joint packages without a known share",
            ),
        ),
        (
            pd.isna(row[("commitments", "theirs")]),
            words.line("the monthly explorer has no military commitments apart, so only allocations compare"),
        ),
    ]
    return [reason for applies, reason in said if applies]
