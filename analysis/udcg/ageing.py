"""What became of promises: delivered, overdue, due, or not heard of again."""

from collections.abc import Iterable

import pandas as pd

from udcg.book import PROMISES, Book, once
from udcg.dates import last_day
from udcg.lookups import Row, fact_rows
from udcg.matching import comparable, outermost, said_once, share, stated
from udcg.money import ENDS

ALL = 0.995  # a delivered share from which a promise is kept, for the rounding of counts
SILENCE = pd.Timedelta(days=365)  # without a due date and not heard of for so long
TRACES = ["restates", "part_of", "drawn_from", "delivers"]  # ties of later facts that show a promise is alive
DELIVERING = ["delivery", "disbursement"]
STATES = ["delivered", "partly", "reported", "overdue", "due", "silent", "open"]
DELIVERED = ["delivered", "reported"]  # and how far is not stated


@once
def ageing(book: Book, today: pd.Timestamp) -> pd.DataFrame:
    """Say how each promise of a package or item stands on a day.

    Args:
        book: The book, as it was known on that day.
        today: The day; that of the evidence, never the clock's.

    Returns:
        Indexed by fact, one row for each first saying below frames, civilian aid aside: the columns of `Book.facts`, and due_day (the
        last day in time; NaT where none is stated), delivered_by (facts that report a delivery), done_low, done_best, done_high
        (delivered share, 1 for all; NaN where it cannot be compared), heard (last day on which a source or a later fact speaks of it),
        age (days since its first announcement) and state: delivered, partly, reported (delivered, how far is not stated), overdue,
        due (later), silent (no due date, not heard of for a year) or open.
    """
    facts = book.facts
    promised = facts["stage"].isin(PROMISES) & facts["level"].isin(["package", "item", ""]) & (facts["scope"] != "civilian")
    promises = facts[promised & (facts["saying"] == facts["fact"])]
    columns = ["delivered_by", *(f"done_{end}" for end in ENDS)]
    done = pd.DataFrame(_done(book, promises["fact"]), index=promises.index, columns=columns)
    rows = promises.join(done).assign(due_day=last_day(promises["due"]), heard=_heard(book).reindex(promises["fact"]))
    return rows.assign(age=(today - rows["first_from"]).dt.days, state=_state(rows, today))


def late(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Keep the rows of `ageing` whose due day has passed without a report of their delivery in full."""
    return rows[(rows["due_day"] < today) & ~rows["state"].isin(DELIVERED)]


def ahead(rows: pd.DataFrame, today: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """Keep the rows of `ageing` that fall due from a day until another and are not reported delivered."""
    return rows[(rows["due_day"] >= today) & (rows["due_day"] <= until) & ~rows["state"].isin(DELIVERED)]


def _state(rows: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
    state = pd.Series("open", index=rows.index).mask(rows["due_day"].isna() & (rows["heard"] <= today - SILENCE), "silent")
    state = state.mask(rows["due_day"] >= today, "due").mask(rows["due_day"] < today, "overdue")
    reported, partly = rows["delivered_by"].str.len() > 0, rows["done_best"].fillna(rows["done_low"])
    return state.mask(reported, "reported").mask(reported & (partly < ALL), "partly").mask(reported & (partly >= ALL), "delivered")


def _done(book: Book, promises: Iterable[str]) -> list[list[object]]:
    """Deliveries of each promise and their share of it: delivered_by, done_low, done_best, done_high."""
    facts = fact_rows(book)
    found: dict[str, list[Row]] = {}
    for row in said_once(row for row in facts.values() if row["stage"] in DELIVERING and row["delivers"]):
        found.setdefault(facts[row["delivers"]]["saying"], []).append(row)
    return [_delivered(facts[promise], outermost(book, found.get(promise, []))) for promise in promises]


def _delivered(promise: Row, found: list[Row]) -> list[object]:
    """The share delivered, in pieces where both count the same, else in money; the least delivered of the most promised is its low end."""
    named = [row["fact"] for row in found]
    for prefix in ("q_", ""):
        given = comparable(found, promise, prefix)
        if given and stated(promise, prefix):
            return [named, *share(given, promise, prefix)]
    return [named, *[float("nan")] * 3]


@once
def _heard(book: Book) -> pd.Series:
    """The last day on which a source, or a later fact tied to it, speaks of each first saying."""
    facts, known = book.ledger.facts, book.ledger.known_on
    spoken = known.groupby(book.ledger.claims["fact"]).max()
    tied = [pd.DataFrame({"fact": facts["fact"], "about": facts["fact"]})]
    tied += [facts.loc[facts[tie] != "", ["fact", tie]].set_axis(["fact", "about"], axis=1) for tie in TRACES]
    spoken_of = pd.concat(tied)
    about = spoken_of["about"].map(book.facts["saying"])
    return spoken_of["fact"].map(spoken).groupby(about.to_numpy()).max()
