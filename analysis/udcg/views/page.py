"""What the views of a meeting and of a donor share: their facts, evidence, register of conflicts, and data to attach."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from udcg import __version__
from udcg.book import PROMISES, Book
from udcg.count import Sum
from udcg.evidence import Evidence, conflicts
from udcg.money import ENDS

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Page:
    """Base of the views: a book and the day it is shown as of ("" for all that is known)."""

    book: Book
    as_of: str

    @property
    def id(self) -> str:
        """Identifier of the briefing: the same in lists, file names and arguments."""
        raise NotImplementedError

    @property
    def facts(self) -> pd.DataFrame:
        """The facts of the page: rows of `Book.facts`."""
        raise NotImplementedError

    @property
    def sums(self) -> dict[str, Sum]:
        """The sums of the page by name."""
        raise NotImplementedError

    @property
    def currency(self) -> str:
        """Currency in which sums are shown."""
        return self.book.currency

    @cached_property
    def cut_off(self) -> pd.Timestamp:
        """The last day of the evidence: the as-of date, else the day of the latest claim."""
        return pd.Timestamp(self.as_of) if self.as_of else self.book.ledger.cut_off

    @cached_property
    def evidence(self) -> Evidence:
        """The numbered sources of the page, for its facts and for the facts that its sums take from elsewhere."""
        counted = [fact for part in self.sums.values() for fact in part.facts]
        return Evidence(self.book, tuple(dict.fromkeys([*self.shown, *counted])))

    @property
    def shown(self) -> list[str]:
        """Ids of the facts whose sources the page lists, in order of importance."""
        return list(self.facts["fact"])

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """The register of disagreements on the page's facts; see `udcg.evidence.conflicts`."""
        return conflicts(self.book, self.shown)

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Money promises of the page below group totals, as a forest: wholes by size, their parts below them.

        Columns: those of `Book.facts`, and depth (0 for a whole), inside (the fact above, "" for a whole) and standing: new,
        said_before, from_older, undated, or scope where it is not military.
        """
        promised = self.facts["stage"].isin(PROMISES) & (self.facts["level"] != "group_total") & self.facts["stated_best"].notna()
        return self.forest(self.facts[promised])

    @cached_property
    def equipment(self) -> pd.DataFrame:
        """Promises of things: facts with a quantity, or named items without a sum; rows of `Book.facts`."""
        facts = self.facts[self.facts["stage"].isin(PROMISES) & (self.facts["level"] != "group_total")]
        things = facts["q_words"].notna() | facts["stated_best"].isna()
        return facts[things & (facts["scope"] != "civilian") & (facts["restates"] == "")]

    @cached_property
    def deliveries(self) -> pd.DataFrame:
        """What is reported delivered or paid out; rows of `Book.facts`."""
        return self.facts[self.facts["stage"].isin(["delivery", "disbursement"])]

    def forest(self, facts: pd.DataFrame) -> pd.DataFrame:
        """Order facts as a forest and mark how each stands to earlier money."""
        above = self._above(facts)
        ordered: list[tuple[str, int]] = []

        def place(parent: str, depth: int) -> None:
            below = facts[above == parent].sort_values(["best", "fact"], ascending=[False, True], na_position="last")
            for fact in below["fact"]:
                ordered.append((fact, depth))
                place(fact, depth + 1)

        place("", 0)
        depth = dict(ordered)
        rows = facts.loc[list(depth)]
        return rows.assign(depth=rows["fact"].map(depth), inside=above[rows.index], standing=self._standing(rows))

    def _above(self, facts: pd.DataFrame) -> pd.Series:
        """The fact of the same list that each is inside of: its whole first, else its purse."""
        said = {saying: fact for fact, saying in zip(facts["fact"], facts["saying"], strict=True)} | {fact: fact for fact in facts["fact"]}
        whole, purse = (facts[tie].map(lambda fact: said.get(self._saying(fact), "")) for tie in ("part_of", "drawn_from"))
        return whole.where(whole != "", purse).where(lambda above: above != facts["fact"], "")

    def _saying(self, fact: str) -> str:
        return str(self.book.facts.at[fact, "saying"]) if fact else ""

    def _standing(self, facts: pd.DataFrame) -> pd.Series:
        older = facts["first_to"] < self.book.windows["opens"].reindex(facts["meeting"]).to_numpy()
        standing = pd.Series("new", index=facts.index).mask(facts["first_meeting"] == 0, "undated").mask(older, "from_older")
        return standing.mask(facts["restates"] != "", "said_before").mask(facts["scope"] != "military", facts["scope"])

    @cached_property
    def data(self) -> Json:
        """All that the page rests on, JSON-ready and in a fixed order; an open end is null, amounts are whole units."""
        content = self.content()
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
        return {
            "id": self.id,
            "as_of": f"{self.cut_off:%Y-%m-%d}",
            "view": digest,
            "version": __version__,
            "currency": self.currency,
            **content,
        }

    def content(self) -> Json:
        """The part of the data that all pages have."""
        return {
            "totals": {name: sum_json(part) for name, part in self.sums.items()},
            "facts": [self._fact_json(fact) for fact in self.facts.to_dict("records")],
            "conflicts": self.conflicts.to_dict("records"),
            "sources": [
                {**row, "date": f"{row['date']:%Y-%m-%d}" if pd.notna(row["date"]) else ""}
                for row in self.evidence.sources.to_dict("records")
            ],
        }

    def _fact_json(self, fact: Json) -> Json:
        claims = self._claims_of.get(fact["fact"], [])
        shares = self.book.ledger.shares
        return {
            "fact": fact["fact"],
            "donor": fact["donor"],
            "partners": [code for code in fact["partners"].split(";") if code],
            "shares": shares.loc[shares["fact"] == fact["fact"], ["donor", "amount", "currency", "claim"]].to_dict("records"),
            "title": fact["title"],
            **{name: fact[name] for name in ("level", "stage", "scope", "instrument", "period", "capability", "announced_on")},
            **ends_json(fact),
            "original": {"currency": fact["currency"], **ends_json({end: fact[f"stated_{end}"] for end in ENDS})}
            if fact["currency"]
            else None,
            "quantity": {
                "words": fact["q_words"],
                "unit": fact["q_unit"],
                **ends_json({end: fact[f"q_{end}"] for end in ENDS}),
            }
            if isinstance(fact["q_words"], str)
            else None,
            "first_announced": f"{fact['first_from']:%Y-%m-%d}" if fact["first_from"] == fact["first_to"] else None,
            **{tie: fact[tie] or None for tie in ("part_of", "drawn_from", "restates", "counted_in", "through", "answers", "delivers")},
            "rule": fact["rule"] if isinstance(fact["rule"], str) else None,
            "claims": claims,
        }

    @cached_property
    def _claims_of(self) -> dict[str, list[str]]:
        claims = self.book.ledger.claims
        return {str(fact): sorted(rows) for fact, rows in claims.groupby("fact")["claim"]}


def ends_json(ends: Json | pd.Series) -> Json:
    """Round an interval to whole units; an open end is None."""
    return {end: None if pd.isna(ends[end]) else round(float(ends[end])) for end in ENDS}


def sum_json(part: Sum) -> Json:
    """A sum with the facts that make it up."""
    return {**ends_json(part.ends), "facts": part.facts}


def joined(*groups: Iterable[str]) -> list[str]:
    """Chain ids, each once, in order."""
    return list(dict.fromkeys(name for group in groups for name in group))
