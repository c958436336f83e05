"""Who says so: the numbered sources behind the facts of a page, and the register of what sources disagree on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import settle, words
from udcg.book import Book
from udcg.quantity import read as read_quantity

MOST = 3  # sources cited beside a number; all of them are in the attached data
LARGE = 0.05  # amounts that differ by less are rounding


@dataclass(frozen=True, eq=False)
class Evidence:
    """The claims behind a set of facts, best witness first, and the sources numbered in the order of the facts."""

    book: Book
    facts: tuple[str, ...]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """All claims on the facts: columns of `settle.witnesses` and chosen (bool), in the order of facts, best witness first."""
        claims = settle.witnesses(self.book.ledger)
        claims = claims[claims["fact"].isin(self.facts)]
        place = {fact: order for order, fact in enumerate(self.facts)}
        settled = self.book.facts
        chosen = claims["claim"].isin({*settled["claim"].dropna(), *settled["q_claim"].dropna()})
        tier = claims["tier"].map({name: rank for rank, name in enumerate(settle.TIERS)})
        ranked = claims.assign(chosen=chosen, place=claims["fact"].map(place), rank=tier)
        return ranked.sort_values(
            ["place", "chosen", "overruled", "rank", "date", "claim"], ascending=[True, False, True, True, True, True]
        )

    @cached_property
    def cited(self) -> pd.DataFrame:
        """The claims cited on the page: of each fact at most three, each of another origin; column number is the source's."""
        cited = self.claims.drop_duplicates(["fact", "origin"]).groupby("fact", sort=False).head(MOST)
        numbers = {source: number for number, source in enumerate(dict.fromkeys(cited["source"]), start=1)}
        return cited.assign(number=cited["source"].map(numbers))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources cited, one row each: number, source, publisher, url, date, tier."""
        columns = ["number", "source", "publisher", "url", "date", "tier"]
        return self.cited.drop_duplicates("number").sort_values("number")[columns].reset_index(drop=True)

    @cached_property
    def _numbers(self) -> dict[str, tuple[int, ...]]:
        return {str(fact): tuple(sorted(set(rows))) for fact, rows in self.cited.groupby("fact")["number"]}

    def cites(self, facts: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the sources behind some facts; of many facts, one source each."""
        wanted = list(facts)
        each = MOST if len(wanted) == 1 else 1
        return tuple(sorted({number for fact in wanted for number in self._numbers.get(fact, ())[:each]}))


def conflicts(book: Book, facts: Iterable[str]) -> pd.DataFrame:
    """List where sources disagree on facts beyond rounding, or where a person ruled.

    Returns:
        Columns fact, title, field, chosen (as printed), others (as printed), origins (that speak of it), rule, reason, status.
    """
    wanted = list(facts)
    rows = [*_numeric(book, wanted), *_worded(book, wanted)]
    columns = ["fact", "title", "field", "chosen", "others", "origins", "rule", "reason", "status"]
    order = {fact: place for place, fact in enumerate(wanted)}
    register = pd.DataFrame(rows, columns=columns)
    return register.sort_values("fact", key=lambda fact: fact.map(order), kind="stable").reset_index(drop=True)


def _numeric(book: Book, wanted: list[str]) -> list[dict]:  # type: ignore[type-arg]
    claims = settle.witnesses(book.ledger)
    claims = claims[claims["fact"].isin(wanted)].reset_index(drop=True)
    read = read_quantity(claims["quantity_text"])
    claims = claims.assign(q_low=read["low"], q_best=read["best"], q_high=read["high"])
    rulings = book.ledger.rulings
    rows = []
    for fact, group in claims.groupby("fact", sort=False):
        settled = book.facts.loc[fact]
        for name, spoken in (
            ("amount", _other_amounts(group, settled)),
            ("quantity", _other_quantities(group, settled)),
        ):
            ruled = rulings[(rulings["fact"] == fact) & (rulings["field"] == name)]
            if spoken or len(ruled):
                chosen = words.original(settled) if name == "amount" else words.quantity(str(settled["q_words"]), str(settled["q_unit"]))
                rule = settled["rule"] if name == "amount" else settled["q_rule"]
                rows.append(_row(settled, name, chosen, spoken, group["origin"].nunique(), rule, ruled))
    return rows


def _other_amounts(group: pd.DataFrame, settled: pd.Series) -> list[str]:
    own = group[group["amount"].notna() & (group["currency"] == settled["currency"])]
    far = own[(own["amount"] / settled["stated_best"] - 1).abs() > LARGE]
    misprints = group[group["amount"].notna() & group["overruled_amount"] & (group["currency"] != settled["currency"])]
    both = pd.concat([far, misprints]).drop_duplicates(["amount", "currency"])
    return [words.money(row.amount, row.currency) for row in both.itertuples()]


def _other_quantities(group: pd.DataFrame, settled: pd.Series) -> list[str]:
    stated = group[(group["quantity_text"] != "") & group["unit"].eq(settled["q_unit"])]
    top, bottom = (settled["q_best"] if pd.notna(settled["q_best"]) else settled[end] for end in ("q_high", "q_low"))
    outside = stated[(stated["q_low"] > top) | (stated["q_high"] < bottom) | stated["overruled_quantity"]]
    texts = dict.fromkeys(outside["quantity_text"])
    return [words.quantity(text, "") for text in texts if text != settled["q_words"]]


def _worded(book: Book, wanted: list[str]) -> list[dict]:  # type: ignore[type-arg]
    claims = book.ledger.claims[book.ledger.claims["fact"].isin(wanted) & (book.ledger.claims["disputes"] != "")]
    rulings = book.ledger.rulings[book.ledger.rulings["fact"].isin(wanted) & ~book.ledger.rulings["field"].isin(["amount", "quantity"])]
    pairs = dict.fromkeys([*zip(claims["fact"], claims["disputes"], strict=True), *zip(rulings["fact"], rulings["field"], strict=True)])
    rows = []
    for fact, name in pairs:
        settled = book.facts.loc[fact]
        said = claims[(claims["fact"] == fact) & (claims["disputes"] == name)]
        ruled = rulings[(rulings["fact"] == fact) & (rulings["field"] == name)]
        chosen = ruled["value"].iloc[0] if len(ruled) else _value(book, settled, name)
        rows.append(
            _row(
                settled,
                name,
                chosen,
                list(dict.fromkeys(said["says"])),
                0,
                "ruling" if len(ruled) else "as recorded",
                ruled,
            )
        )
    return rows


def _value(book: Book, settled: pd.Series, name: str) -> str:
    value = str(settled.get(name, ""))
    titles = book.facts["title"]
    return titles[value] if value in titles.index else book.ledger.names.get(value, words.plain(value))


def _row(settled: pd.Series, name: str, chosen: str, others: list[str], origins: int, rule: str, ruled: pd.DataFrame) -> dict:  # type: ignore[type-arg]
    return {
        "fact": settled["fact"],
        "title": settled["title"],
        "field": name,
        "chosen": chosen,
        "others": "; ".join(others),
        "origins": origins,
        "rule": rule,
        "reason": " ".join(ruled["reason"]),
        "status": "open" if (ruled["status"] == "open").any() else "settled",
    }
