"""Which facts count inside which boundary, each euro once (rules 3 to 5 and 7 of counting).

Commitments are the topmost promises: frames, or packages and lone items under no frame. Allocations are the topmost packages,
or items in none, whoever pays. The two are never added. Group totals, civilian aid, requests, statements, indicators,
deliveries and disbursements enter neither; sums that mix military and civilian aid are counted apart.
"""

from dataclasses import dataclass

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, once
from udcg.money import ENDS, convert, total

FIRST = ("first_from", "first_to")
ROUNDING = 0.005  # shares that leave less than half a percent of the whole leave nothing
GROUP = "MULTI"  # the donor of money whose shares are not known


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum with its boundary: low, best and high in the book's currency, and the parts that make it up.

    Parts: columns fact, donor, low, best, high, sign (1 counted, -1 an older part taken out), certain (False: in high only).
    """

    parts: pd.DataFrame

    @property
    def ends(self) -> pd.Series:
        """low, best and high of the whole sum."""
        return _ends(self.parts[self.parts["donor"] != ""])

    @property
    def facts(self) -> list[str]:
        """The facts counted or taken out."""
        return sorted(set(self.parts["fact"]))

    def by_donor(self) -> pd.DataFrame:
        """Split by donor; money whose share is not known stays with the group and widens its donors' high.

        Returns:
            Indexed by donor: low, best, high and facts (list of ids), largest best first.
        """
        rows = {donor: {**_ends(part), "facts": sorted(set(part["fact"]))} for donor, part in self.parts.groupby("donor_or_partner")}
        split = pd.DataFrame.from_dict(rows, orient="index", columns=[*ENDS, "facts"])
        return split.rename_axis("donor").sort_values(["best", "high"], ascending=False, kind="stable")


@once
def countable(book: Book, scope: str = "military") -> pd.DataFrame:
    """Return the promises that a total may count: first sayings with an amount, below group totals, of one scope."""
    facts = book.facts
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
        on_the_day: Only those first said on the meeting's own days.
    """
    window = book.windows.loc[meeting]
    start = window["start"] if on_the_day else window["opens"]
    return _count(book, commitments(book, scope), start, window["end"], FIRST, _elsewhere(book, scope))


@once
def committed(book: Book, scope: str = "military") -> Sum:
    """Count all commitments on the book."""
    return _count(book, commitments(book, scope), pd.Timestamp.min, pd.NaT, FIRST, _elsewhere(book, scope))


@once
def allocated(book: Book, meeting: int | None = None, scope: str = "military") -> Sum:
    """Count the allocations announced in a meeting's window, or all of them."""
    facts = countable(book, scope)
    packages = facts[facts["level"].isin(["package", "item"])]
    packages = packages.assign(last=packages["day"])
    inside = book.wholes.loc[book.wholes["whole"].isin(packages["saying"]), "fact"]
    if meeting is None:
        return _count(book, packages[~packages["saying"].isin(inside)], pd.Timestamp.min, pd.NaT, ("day", "last"))
    window = book.windows.loc[meeting]
    counted = _count(book, packages, window["opens"], window["end"], ("day", "last"))
    return Sum(counted.parts[~((counted.parts["sign"] > 0) & counted.parts["fact"].isin(inside))])


@once
def reannounced(book: Book, meeting: int, scope: str = "military") -> Sum:
    """Count the promises said in a meeting's window that restate an earlier one."""
    facts = book.facts
    again = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] == scope)
    said = facts[again & facts["stated_best"].notna() & _said_before(facts) & (facts["meeting"] == meeting)]
    said = said[said["first_to"] < book.windows.loc[meeting, "opens"]].drop_duplicates("saying")
    return within(book, said)


def within(book: Book, facts: pd.DataFrame) -> Sum:
    """Add some countable facts, each euro once."""
    return Sum(_parts(book, _top(facts, book), sign=1))


def _said_before(facts: pd.DataFrame) -> pd.Series:
    """Mark restatements of a first saying that carries an amount itself and is a promise."""
    counted = facts.index[facts["stated_best"].notna() & facts["stage"].isin(PROMISES)]
    return (facts["saying"] != facts["fact"]) & facts["saying"].isin(counted)


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
) -> Sum:
    """Count the topmost facts of a window, less what in them is older or counted apart; dates not known go to the high."""
    last = pd.Timestamp.max if pd.isna(end) else end
    first_from, first_to = facts[days[0]], facts[days[1]]
    counted = _top(facts[(first_from >= start) & (first_to <= last)], book)
    older = facts[first_to < start]
    out = older if apart is None else pd.concat([older, apart])
    out = _top(out[out["saying"].isin(_within(counted, book))], book)
    possible = (first_from <= last) & (first_to >= start) & ~((first_from >= start) & (first_to <= last))
    maybe = _top(facts[possible & ~facts["saying"].isin(_within(counted, book))], book)
    parts = [_parts(book, counted, 1), _parts(book, out, -1), _parts(book, maybe, 1).assign(certain=False)]
    return Sum(pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True))


def _top(facts: pd.DataFrame, book: Book) -> pd.DataFrame:
    return facts[ties.topmost(facts["saying"], book.wholes)]


def _within(facts: pd.DataFrame, book: Book) -> pd.Series:
    return book.wholes.loc[book.wholes["whole"].isin(facts["saying"]), "fact"]


def _parts(book: Book, facts: pd.DataFrame, sign: int) -> pd.DataFrame:
    """Look through facts to each donor's share (rule 7 of counting)."""
    asked = facts[["fact", "donor", "partners", *ENDS]].to_dict("records")
    rows = [row for fact in asked for row in _shared(book, fact)]
    columns = ["fact", "donor", "donor_or_partner", *ENDS]
    return pd.DataFrame(rows, columns=columns).assign(sign=sign, certain=True)


def _shared(book: Book, fact: dict) -> list[dict]:  # type: ignore[type-arg]
    whole = {end: fact[end] for end in ENDS}
    partners = [partner for partner in fact["partners"].split(";") if partner]
    known = _shares(book).get(fact["fact"], {})
    if not partners and not known:
        return [_part(fact, fact["donor"], fact["donor"], whole)]
    rows = [_part(fact, donor, donor, dict.fromkeys(ENDS, amount)) for donor, amount in known.items()]
    left = {end: max(whole[end] - sum(known.values()), 0.0) if pd.notna(whole[end]) else whole[end] for end in ENDS}
    if left["best"] <= ROUNDING * whole["best"]:
        return rows
    unknown = [donor for donor in dict.fromkeys([fact["donor"], *partners]) if donor not in known and donor != GROUP]
    only_high = {"low": 0.0, "best": 0.0, "high": left["high"]}
    return [*rows, _part(fact, GROUP, GROUP, left), *(_part(fact, "", donor, only_high) for donor in unknown)]


def _part(fact: dict, donor: str, donor_or_partner: str, ends: dict[str, float]) -> dict:  # type: ignore[type-arg]
    return {"fact": fact["fact"], "donor": donor, "donor_or_partner": donor_or_partner, **ends}


@once
def _shares(book: Book) -> dict[str, dict[str, float]]:
    """Known shares of joint packages in the book's currency, by fact and donor."""
    shares = book.ledger.shares
    day = shares["fact"].map(book.facts["rate_day"])
    values = convert(shares[["amount"]], shares["currency"], day, book.currency, book.ledger.rates)["amount"]
    known: dict[str, dict[str, float]] = {}
    for fact, donor, value in zip(shares["fact"], shares["donor"], values, strict=True):
        known.setdefault(fact, {})[donor] = value
    return known


def _ends(parts: pd.DataFrame) -> pd.Series:
    """Add a sum's parts; what is taken out counts at its best value, for its uncertainty is in the whole already."""
    counted, out = parts[parts["certain"] & (parts["sign"] > 0)], parts[parts["sign"] < 0]
    plus, minus = total(counted), total(out)["best"]
    possible = total(parts[~parts["certain"]])["high"]
    low, best = max(plus["low"] - minus, 0.0), max(plus["best"] - minus, 0.0)
    high = max(plus["high"] - minus + possible, 0.0) if pd.notna(plus["high"]) else float("nan")
    return pd.Series({"low": min(low, best), "best": best, "high": high})
