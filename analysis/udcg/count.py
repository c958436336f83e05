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

    Parts: columns fact, whole (the counted fact that it belongs to), donor ("" where a partner's share is not known), donor_or_partner,
    low, best, high, sign (1 counted, -1 a part taken out), certain (False: its date is not known, so it counts in high only).
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
    """Count the allocations announced in a meeting's window, or all of them.

    A package that is part of one announced by then is not another one; a part announced in an earlier window was counted there.
    """
    window = book.windows.loc[meeting] if meeting else {"opens": pd.Timestamp.min, "end": pd.NaT}
    facts = countable(book, scope)
    packages = facts[facts["level"].isin(["package", "item"])]
    packages = packages.assign(last=packages["day"])
    by_then = packages[~(packages["day"] > window["end"])]
    return _count(book, packages, window["opens"], window["end"], ("day", "last"), barred=_within(by_then, book))


@once
def reannounced(book: Book, meeting: int, scope: str = "military") -> Sum:
    """Count the promises said in a meeting's window that restate an earlier one."""
    facts = book.facts
    again = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] == scope)
    said = facts[again & facts["stated_best"].notna() & _said_before(facts) & (facts["meeting"] == meeting)]
    said = said[said["first_to"] < book.windows.loc[meeting, "opens"]]
    said = said.sort_values(["day", "best", "fact"]).drop_duplicates("saying", keep="last")
    return within(book, said)


def within(book: Book, facts: pd.DataFrame) -> Sum:
    """Add some countable facts, each euro once."""
    return Sum(_parts(book, _top(facts, book)))


def _said_before(facts: pd.DataFrame) -> pd.Series:
    """Mark all sayings of a promise but the first that carries an amount: the first saying itself, else the earliest one."""
    counted = facts[facts["stated_best"].notna() & facts["stage"].isin(PROMISES)]
    ranked = counted.assign(again=counted["saying"] != counted["fact"]).sort_values(["saying", "again", "day", "fact"])
    first = ranked.drop_duplicates("saying")["fact"]
    return facts["fact"].isin(counted["fact"]) & ~facts["fact"].isin(first)


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
) -> Sum:
    """Count the topmost facts of a window, less what in them is older or counted apart; dates not known go to the high."""
    last = pd.Timestamp.max if pd.isna(end) else end
    first_from, first_to = facts[days[0]], facts[days[1]]
    within = (first_from >= start) & (first_to <= last)
    free = within if barred is None else within & ~facts["saying"].isin(barred)
    counted = _top(facts[free], book)
    older = facts[first_to < start]
    out = older if apart is None else pd.concat([older, apart])
    out = _top(out[out["saying"].isin(_within(counted, book))], book)
    maybe = facts[(first_from <= last) & (first_to >= start) & ~within & ~facts["saying"].isin(_within(counted, book))]
    plus = _parts(book, counted)
    parts = [plus, _taken_out(book, out, plus), _parts(book, _top(maybe, book)).assign(certain=False)]
    return Sum(pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True))


def _taken_out(book: Book, facts: pd.DataFrame, plus: pd.DataFrame) -> pd.DataFrame:
    """The parts to take out, each from the counted whole that it is inside of, and there from its donor's share."""
    inside = book.wholes[book.wholes["whole"].isin(book.facts["saying"].reindex(plus["fact"]))].drop_duplicates("fact")
    saying = dict(zip(book.facts["saying"].reindex(plus["fact"]), plus["fact"], strict=True))
    whole = inside.set_index("fact")["whole"].map(saying)
    out = _parts(book, facts).assign(sign=-1)
    out["whole"] = out["fact"].map(book.facts["saying"]).map(whole)
    shares = set(zip(plus["whole"], plus["donor"], strict=True))
    known = [pair in shares for pair in zip(out["whole"], out["donor"], strict=True)]
    return out.assign(**{name: out[name].where(known, GROUP) for name in ("donor", "donor_or_partner")})


def _top(facts: pd.DataFrame, book: Book) -> pd.DataFrame:
    return facts[ties.topmost(facts["saying"], book.wholes)]


def _within(facts: pd.DataFrame, book: Book) -> pd.Series:
    return book.wholes.loc[book.wholes["whole"].isin(facts["saying"]), "fact"]


def _parts(book: Book, facts: pd.DataFrame) -> pd.DataFrame:
    """Look through facts to each donor's share (rule 7 of counting)."""
    asked = facts[["fact", "donor", "partners", *ENDS]].to_dict("records")
    rows = [row for fact in asked for row in _shared(book, fact)]
    frame = pd.DataFrame(rows, columns=["fact", "donor", "donor_or_partner", *ENDS])
    return frame.assign(whole=frame["fact"], sign=1, certain=True)


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
    """Add a sum's parts, net of what is taken out of each donor's share of each whole."""
    certain = parts[parts["certain"]]
    net = [_net(part) for _, part in certain.groupby(["whole", "donor_or_partner"], sort=False)]
    ends = total(pd.DataFrame(net, columns=ENDS))
    possible = total(parts[~parts["certain"]])["high"]
    return pd.Series({"low": min(ends["low"], ends["best"]), "best": ends["best"], "high": ends["high"] + possible})


def _net(parts: pd.DataFrame) -> dict[str, float]:
    plus, minus = total(parts[parts["sign"] > 0]), total(parts[parts["sign"] < 0])
    if minus["best"] == 0:
        return dict(plus)
    if minus["best"] >= plus["best"] * (1 - ROUNDING):
        return dict.fromkeys(ENDS, 0.0)
    least = 0.0 if pd.isna(minus["high"]) else max(plus["low"] - minus["high"], 0.0)
    return {"low": least, "best": plus["best"] - minus["best"], "high": plus["high"] - minus["low"]}
