"""Where each donor stands: what it last said, when it last brought new money, and what it has promised and not been reported to deliver."""

import pandas as pd

from udcg import ageing, count
from udcg.book import GIVERS, PROMISES, Book, once
from udcg.judge import CONTROLLED
from udcg.lookups import Row, claims, giver_rows
from udcg.matching import outermost
from udcg.money import ENDS, or_nothing
from udcg.sums import Sum

OWED = ["overdue", "due", "partly", "open"]  # states of promises not delivered, those aside that were not heard of for a year
COLUMNS = ["last", "new_at", "owed", "overdue", *ENDS]


@once
def positions(book: Book, today: pd.Timestamp) -> pd.DataFrame:
    """Say where each country or union with a military promise stands on a day.

    Args:
        book: The book, as it was known on that day.
        today: The day; that of the evidence, never the clock's.

    Returns:
        Indexed by donor, in the order of their names: last (the fact that is its latest word: a promise, its own or a joint one, or a
        statement of its own; of one day the outermost and largest; one that only state-controlled outlets report where there is no other),
        new_at (the last meeting in whose window it brought new commitments; 0 for none), owed (promises of packages and items of which no
        source reports full delivery, none inside another; those without a due day and not heard of for a year aside), overdue (those past
        their due day, none inside another) and low, best, high (the donor's part of what is owed with a sum, each euro once; units of the
        book's currency).
    """
    aged = ageing.ageing(book, today)
    owed = set(aged.loc[aged["state"].isin(OWED), "fact"])
    late = set(ageing.late(aged, today)["fact"])
    rows = {donor: _position(book, donor, owed, late) for donor in _givers(book)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)


def _position(book: Book, donor: str, owed: set[str], late: set[str]) -> list[object]:
    given = giver_rows(book)[donor]
    open_, overdue = (outermost(book, [row for row in given if row["fact"] in names]) for names in (owed, late))
    named = [[row["fact"] for row in rows] for rows in (open_, overdue)]
    return [_last(book, donor, given), _new_at(book).get(donor, 0), *named, *_sum(book, open_).of_donor(donor).ends[ENDS]]


def _last(book: Book, donor: str, given: list[Row]) -> str:
    """The latest word of a donor, as far as it can be one that a free outlet reports."""
    spoken = [row for row in given if _is_promise(row) or (row["stage"] == "statement" and row["donor"] == donor and _is_its_own(row))]
    said = [row for row in spoken if row["fact"] in _free(book)] or spoken
    day = max(row["day"] for row in said)
    latest = outermost(book, [row for row in said if row["day"] == day])
    word = max(latest, key=lambda row: (row["donor"] == donor, or_nothing(row["best"]), row["fact"]))
    return str(word["fact"])


def _sum(book: Book, rows: list[Row]) -> Sum:
    countable = set(count.countable(book)["fact"])
    return count.added(book, [book.rows[row["fact"]] for row in rows if row["fact"] in countable])


@once
def _free(book: Book) -> set[str]:
    """Facts of which not only outlets speak that a state controls."""
    return {claim["fact"] for claim in claims(book) if claim["tier"] != CONTROLLED}


@once
def _new_at(book: Book) -> dict[str, int]:
    """The last meeting in whose window each donor brought new commitments."""
    return {
        str(donor): int(meeting)
        for meeting in book.windows.index
        for donor, row in count.new(book, int(meeting)).by_donor().iterrows()
        if row["best"] > 0
    }


@once
def _givers(book: Book) -> list[str]:
    """Countries and unions with a military promise below group totals, in the order of their names."""
    donors, given = book.ledger.donors, giver_rows(book)
    own = donors[donors["kind"].isin(GIVERS)].sort_values("name")["donor"]
    return [donor for donor in own if any(_is_promise(row) and row["scope"] == "military" for row in given.get(donor, ()))]


def _is_promise(row: Row) -> bool:
    return row["stage"] in PROMISES and _is_its_own(row)


def _is_its_own(row: Row) -> bool:
    """Say whether a fact is no sum over others and no civilian aid."""
    return bool(row["level"] != "group_total" and row["scope"] != "civilian")
