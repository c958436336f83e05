"""Which facts count inside which boundary, each euro once (rules 3 to 5 and 7 of counting).

Commitments are the topmost promises: frames, or packages and lone items under no frame. Allocations are the topmost packages,
or items in none, whoever pays. The two are never added. Group totals, civilian aid, requests, statements, indicators,
deliveries and disbursements enter neither; sums that mix military and civilian aid are counted apart.
"""

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, once
from udcg.overlaps import overlapping
from udcg.shares import GROUP, looked_through
from udcg.sums import POSSIBLE, TAKEN_OUT, Sum, joined

FIRST = ("first_from", "first_to")


@once
def countable(book: Book, scope: str = "military") -> pd.DataFrame:
    """Return the promises that a total may count: first sayings with an amount, below group totals, of one scope."""
    facts = book.brief
    promised = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] == scope)
    return facts[promised & facts["stated_best"].notna() & ~_said_before(facts)]


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
    window, facts = book.windows.loc[meeting], commitments(book, scope)
    if on_the_day:
        facts = facts[facts["first_from"] == facts["first_to"]]
    return _count(book, facts, window["start" if on_the_day else "opens"], window["end"], FIRST, _elsewhere(book, scope))


@once
def committed(book: Book, scope: str = "military", until: pd.Timestamp = pd.NaT) -> Sum:
    """Count all commitments on the book, or those first announced until a day."""
    return _count(book, commitments(book, scope), pd.Timestamp.min, until, FIRST, _elsewhere(book, scope))


@once
def said_on_the_days(book: Book) -> Sum:
    """Count the commitments first announced on the days of any meeting."""
    return joined([new(book, meeting, on_the_day=True) for meeting in book.windows.index[:-1]])


@once
def allocated(book: Book, meeting: int | None = None, scope: str = "military", until: pd.Timestamp = pd.NaT) -> Sum:
    """Count the allocations announced in a meeting's window, or all of them, or those until a day.

    A package that is part of one announced by then is not another one; a part announced in an earlier window was counted there.
    """
    window = book.windows.loc[meeting] if meeting else {"opens": pd.Timestamp.min, "end": until}
    facts = countable(book, scope)
    packages = facts[facts["level"].isin(["package", "item"])]
    packages = packages.assign(last=packages["day"])
    by_then = packages[~(packages["day"] > window["end"])]
    return _count(book, packages, window["opens"], window["end"], ("day", "last"), barred=_within(by_then, book), others=packages)


@once
def reannounced(book: Book, meeting: int | None = None, scope: str = "military") -> Sum:
    """Count the promises that restate one of an earlier window: those said in a meeting's window, or all of them, each once.

    A restatement carries the rate of its own day; its first saying carries that of the first day.
    """
    facts = book.brief
    again = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] == scope)
    said = facts[again & facts["stated_best"].notna() & _said_before(facts)]
    said = said[said["first_to"] < book.windows["opens"].reindex(said["meeting"]).to_numpy()]
    said = said[said["meeting"] == meeting] if meeting else said
    said = said.sort_values(["day", "best", "fact"]).drop_duplicates("saying", keep="last")
    return within(book, said)


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
    counted, promises = _top(facts, book), countable(book)
    older = promises[(promises["first_to"] < before) & promises["saying"].isin(_within(counted, book))]
    return joined([Sum(part) for part in _net(book, counted, _top(older, book))])


def _said_before(facts: pd.DataFrame) -> pd.Series:
    """Mark all sayings of a promise but the first that carries an amount: the first saying itself, else the earliest one."""
    counted = facts[facts["stated_best"].notna() & facts["stage"].isin(PROMISES)]
    return facts["fact"].isin(counted["fact"]) & ~facts["fact"].isin(ties.once(counted)["fact"])


def _elsewhere(book: Book, scope: str) -> pd.DataFrame:
    """What a sum of commitments must not hold because another one does: military slices of a mixed sum, payments from its purse."""
    military = commitments(book, "military")
    if scope == "mixed":
        return military
    return countable(book, scope).drop(index=military.index)


def _count(
    book: Book,
    facts: pd.DataFrame,
    start: pd.Timestamp,
    end: pd.Timestamp,
    days: tuple[str, str],
    apart: pd.DataFrame | None = None,
    barred: pd.Series | None = None,
    others: pd.DataFrame | None = None,
) -> Sum:
    """Count the topmost facts of a window, less what in them is older or counted apart; dates not known go to the high.

    Others are the facts that an overlap may be with: all promises where not given, boundaries too.
    """
    last = pd.Timestamp.max if pd.isna(end) else end
    first_from, first_to = facts[days[0]], facts[days[1]]
    within = (first_from >= start) & (first_to <= last)
    free = within if barred is None else within & ~facts["saying"].isin(barred)
    counted = _top(facts[free], book)
    older = facts[first_to < start]
    out = older if apart is None else pd.concat([older, apart])
    out = _top(out[out["saying"].isin(_within(counted, book))], book)
    maybe = facts[(first_from <= last) & (first_to >= start) & ~within & ~facts["saying"].isin(_within(counted, book))]
    said = book.brief if others is None else others
    before = {*said.loc[said[days[1]] < start, "saying"], *([] if apart is None else apart["saying"])}
    net = _net(book, counted, out)
    overlaps = _inside(book, overlapping(book, counted, out, before), net[0]).drop_duplicates(["fact", "donor_or_partner"])
    undated = looked_through(book, _top(maybe, book)).assign(role=POSSIBLE)
    return joined([Sum(part) for part in (*net, overlaps, undated)])


def _net(book: Book, counted: pd.DataFrame, out: pd.DataFrame) -> list[pd.DataFrame]:
    """The parts of what is counted, of what is taken out of it, and of what two counted facts hold and one of them gives up."""
    plus, shared = looked_through(book, counted), _shared(book, counted, out)
    taken_out = _inside(book, looked_through(book, out).assign(role=TAKEN_OUT), plus)
    return [plus, taken_out, _inside(book, looked_through(book, shared).assign(role=TAKEN_OUT), plus, but_first=True)]


def _shared(book: Book, counted: pd.DataFrame, out: pd.DataFrame) -> pd.DataFrame:
    """Facts that lie inside two counted ones, such as a share of a package that a counted frame pays: both hold the same euro."""
    holders = book.wholes[book.wholes["whole"].isin(counted["saying"])].groupby("fact")["whole"].nunique()
    facts = book.brief[book.facts["saying"].isin(holders.index[holders > 1]) & book.facts["best"].notna()]
    promised = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["saying"] == facts["fact"])
    return _top(facts[promised & ~facts["saying"].isin([*out["saying"], *_within(out, book)])], book)


def _inside(book: Book, parts: pd.DataFrame, plus: pd.DataFrame, but_first: bool = False) -> pd.DataFrame:
    """Put parts under each counted whole that holds them, or each but the first (a purse before others), in their donor's share."""
    if parts.empty:
        return parts
    sayings = pd.DataFrame({"held": book.facts["saying"].reindex(plus["fact"]).to_numpy(), "whole": plus["fact"]}).drop_duplicates()
    itself = sayings.assign(fact=sayings["held"])
    inside = book.wholes.rename(columns={"whole": "held"}).merge(sayings, on="held")
    holders = pd.concat([itself, inside])[["fact", "whole"]]
    purse = holders["whole"].map(book.facts["level"]) == "frame"
    holders = holders.assign(other=~purse).sort_values(["fact", "other", "whole"], kind="stable")
    holders = holders[holders.duplicated("fact")] if but_first else holders
    placed = parts.drop(columns="whole").assign(saying=parts["fact"].map(book.facts["saying"]))
    placed = placed.merge(holders.rename(columns={"fact": "saying"}), on="saying").drop(columns=["saying", "other"])
    payers = plus[plus["donor"] != ""].assign(alone=plus["donor"] != GROUP)
    payers = payers.sort_values(["alone", "best"], ascending=[True, False], kind="stable")
    fallback = payers.drop_duplicates("whole").set_index("whole")["donor"]  # the group where it holds a part, else who pays most
    known = pd.MultiIndex.from_frame(placed[["whole", "donor"]]).isin(pd.MultiIndex.from_frame(payers[["whole", "donor"]]))
    return placed.assign(**{name: placed[name].where(known, placed["whole"].map(fallback)) for name in ("donor", "donor_or_partner")})


def _top(facts: pd.DataFrame, book: Book) -> pd.DataFrame:
    return facts[ties.topmost(facts["saying"], book.wholes)]


def _within(facts: pd.DataFrame, book: Book) -> pd.Series:
    return book.wholes.loc[book.wholes["whole"].isin(facts["saying"]), "fact"]
