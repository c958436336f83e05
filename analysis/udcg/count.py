"""Which facts count inside which boundary, each euro once (rules 3 to 5 and 7 of counting).

Commitments are the topmost promises: frames, or packages and lone items under no frame. Allocations are the topmost packages,
or items in none, whoever pays. The two are never added. Group totals, civilian aid, requests, statements, indicators,
deliveries and disbursements enter neither; sums that mix military and civilian aid are counted apart.
"""

from collections.abc import Iterable

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, Fact, once
from udcg.boundary import NOWHERE, Boundary, boundary
from udcg.netting import inside, net, placed, topmost
from udcg.overlaps import overlapping
from udcg.shares import split
from udcg.sums import POSSIBLE, Part, Sum

FIRST = ("first_from", "first_to")


@once
def countable(book: Book, scope: str = "military") -> pd.DataFrame:
    """Return the promises that a total may count: first sayings with an amount, below group totals, of one scope."""
    return book.brief[_promised(book, scope) & ~_said_before(book)]


@once
def commitments(book: Book, scope: str = "military") -> pd.DataFrame:
    """Return the countable promises that may be new money: not those paid from a purse that is counted elsewhere.

    A purse with an amount that this scope does not count (one of mixed scope, or a total that somebody stated) already holds
    the money, whatever day the payment from it was announced.
    """
    facts = countable(book, scope)
    purse = facts["drawn_from"].map(book.facts["saying"])
    amount = purse.map(book.facts["stated_best"])
    paid = facts.loc[amount.notna() & ~purse.isin(facts["saying"]), "saying"]
    within_paid = book.wholes.loc[book.wholes["whole"].isin(paid), "fact"]
    return facts[~facts["saying"].isin([*paid, *within_paid])]


@once
def new(book: Book, meeting: int, scope: str = "military", on_the_day: bool = False) -> Sum:
    """Count the commitments first announced in a meeting's window.

    Args:
        book: The book.
        meeting: Number of the meeting.
        scope: military, or mixed for the sums shown apart; their military slices count as military and are taken out.
        on_the_day: Only those first said on the meeting's own days; a promise of which only the month is known is none of them.
    """
    window = book.windows.loc[meeting]
    return _new(book, (window["start" if on_the_day else "opens"], window["end"]), scope, on_the_day)


@once
def committed(book: Book, scope: str = "military", until: pd.Timestamp = pd.NaT, since: pd.Timestamp = pd.Timestamp.min) -> Sum:
    """Count all commitments on the book, or those first announced until a day, or since one."""
    return _new(book, (since, until), scope)


@once
def said_on_the_days(book: Book) -> Sum:
    """Count the commitments first announced on the days of any meeting."""
    return Sum([part for meeting in book.windows.index[:-1] for part in new(book, meeting, on_the_day=True).rows])


@once
def allocated(
    book: Book,
    meeting: int | None = None,
    scope: str = "military",
    until: pd.Timestamp = pd.NaT,
    since: pd.Timestamp = pd.Timestamp.min,
) -> Sum:
    """Count the allocations announced in a meeting's window, or all of them, or those until a day, or since one.

    A package that is part of one announced by then is not another one; a part announced in an earlier window was counted there.
    """
    window = book.windows.loc[meeting] if meeting else {"opens": since, "end": until}
    start, end, packages = window["opens"], window["end"], _packages(book, scope)
    here = [fact for fact in packages.within(start, end) if not packages.begun(end, book.above.get(fact.saying, ()))]
    return _count(book, here, packages, (start, end), beside=packages)


@once
def reannounced(book: Book, meeting: int | None = None, scope: str = "military") -> Sum:
    """Count the promises that restate one of an earlier window: those said in a meeting's window, or all of them, each once.

    A restatement carries the rate of its own day; its first saying carries that of the first day.
    """
    said = [fact for at, fact in _said_again(book, scope) if meeting in (None, at)]
    return added(book, list({fact.saying: fact for fact in said}.values()))  # of each its last saying there


def of_meeting(book: Book, meeting: int) -> dict[str, Sum]:
    """The four sums of a meeting's window, military scope, by name."""
    return {
        "new_commitments": new(book, meeting),
        "first_said_on_the_day": new(book, meeting, on_the_day=True),
        "reannounced": reannounced(book, meeting),
        "allocations": allocated(book, meeting),
    }


def within(book: Book, facts: pd.DataFrame, before: pd.Timestamp = pd.Timestamp.min) -> Sum:
    """Add some countable facts, each euro once, less what in them was first announced before a day."""
    return added(book, book.rows_of(facts), before)


def added(book: Book, facts: list[Fact], before: pd.Timestamp = pd.Timestamp.min) -> Sum:
    """Add countable facts that are given as rows; see `within`."""
    counted = topmost(book, facts)
    older = _countable(book).before(before, inside(book, counted))
    return _joined(net(book, counted, topmost(book, older)))


def _count(
    book: Book,
    here: list[Fact],
    facts: Boundary,
    window: tuple[pd.Timestamp, pd.Timestamp],
    beside: Boundary,
    apart: Boundary = NOWHERE,
) -> Sum:
    """Count the topmost facts of a window, less what in them is older or counted apart; dates not known go to the high.

    Args:
        book: The book.
        here: The facts of the window.
        facts: All facts that a window may count.
        window: Its first and last day; NaT: still open.
        beside: The facts that an overlap may be with.
        apart: The facts that another sum counts.
    """
    start, end = window
    counted = topmost(book, here)
    held = inside(book, counted)
    out = topmost(book, [*facts.before(start, held), *apart.among(held)])
    maybe = [fact for fact in facts.perhaps(start, end) if fact.saying not in held]
    plus, *taken_out = net(book, counted, out)
    ours = {*held, *(fact.saying for fact in counted)} - {*inside(book, out), *(fact.saying for fact in out)}
    overlaps = overlapping(book, counted, ours, lambda other: other in apart.sayings or bool(beside.before(start, [other])))
    undated = split(book, topmost(book, maybe), POSSIBLE)
    return _joined([plus, *taken_out, _once_each(placed(book, overlaps, plus)), undated])


def _once_each(overlaps: list[Part]) -> list[Part]:
    """What a donor may hold twice of a fact that lies in two wholes lowers the first one only."""
    first: dict[tuple[str, str], Part] = {}
    for part in overlaps:
        first.setdefault((part.fact, part.donor_or_partner), part)
    return list(first.values())


def _joined(parts: Iterable[list[Part]]) -> Sum:
    return Sum([part for some in parts for part in some])


def _new(book: Book, window: tuple[pd.Timestamp, pd.Timestamp], scope: str, dated: bool = False) -> Sum:
    """Count commitments by the day of their first announcement; those of which only the month is known not if they must be dated."""
    facts = _commitments(book, scope, dated)
    return _count(book, facts.within(*window), facts, window, beside=_sayings(book), apart=_elsewhere(book, scope))


def _promised(book: Book, scope: str) -> pd.Series:
    facts = book.brief
    named = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] == scope)
    return named & facts["stated_best"].notna()


@once
def _said_before(book: Book) -> pd.Series:
    """Mark all sayings of a promise but the first that carries an amount: the first saying itself, else the earliest one."""
    facts = book.brief
    counted = facts[facts["stated_best"].notna() & facts["stage"].isin(PROMISES)]
    several = counted[counted.duplicated("saying", keep=False)]
    return facts["fact"].isin(several["fact"]) & ~facts["fact"].isin(ties.once(several)["fact"])


@once
def _said_again(book: Book, scope: str) -> list[tuple[int, Fact]]:
    """Promises with an amount that restate one of an earlier window, by day, each with the meeting of its window."""
    said = book.brief[_promised(book, scope) & _said_before(book)]
    said = said[said["first_to"] < book.windows["opens"].reindex(said["meeting"]).to_numpy()].sort_values(["day", "best", "fact"])
    return [(meeting, book.rows[fact]) for meeting, fact in zip(said["meeting"].tolist(), said["fact"].tolist(), strict=True)]


@once
def _elsewhere(book: Book, scope: str) -> Boundary:
    """What a sum of commitments must not hold because another one does: military slices of a mixed sum, payments from its purse."""
    military = commitments(book, "military")
    return boundary(book, military if scope == "mixed" else countable(book, scope).drop(index=military.index), *FIRST)


@once
def _sayings(book: Book) -> Boundary:
    return boundary(book, book.brief, *FIRST)


@once
def _countable(book: Book) -> Boundary:
    return boundary(book, countable(book), *FIRST)


@once
def _commitments(book: Book, scope: str, dated: bool) -> Boundary:
    facts = commitments(book, scope)
    return boundary(book, facts[facts["first_from"] == facts["first_to"]] if dated else facts, *FIRST)


@once
def _packages(book: Book, scope: str) -> Boundary:
    facts = countable(book, scope)
    return boundary(book, facts[facts["level"].isin(["package", "item"])], "day", "day")
