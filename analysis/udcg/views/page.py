"""What all views share: their facts, evidence, register of conflicts, and data to attach."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import pandas as pd

from udcg import __version__, ageing, answers, arithmetic, conflicts, periods
from udcg.book import PROMISES, Book
from udcg.evidence import FEW, MOST, Evidence
from udcg.lookups import Row, fact_rows
from udcg.sums import Sum
from udcg.views.forest import forest
from udcg.views.record import Json, claims_json, facts_json, names_json, promise_json, request_json, resolved, sources_json, sum_json
from udcg.words import ENGLISH, Words, of


@dataclass(frozen=True, eq=False)
class Page:
    """Base of the views: a book, the day it is shown as of ("" for all that is known), and the language that its page speaks."""

    most: ClassVar[int] = MOST  # independent sources cited beside one number
    few: ClassVar[int] = FEW  # sources cited beside a sum of many facts
    book: Book
    as_of: str
    language: str = field(default=ENGLISH.language, kw_only=True)

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
    def words(self) -> Words:
        """What the page speaks with: all that it prints but data passes through here."""
        return of(self.language)

    @cached_property
    def cut_off(self) -> pd.Timestamp:
        """The last day of the evidence: the as-of date, else the day of the latest claim."""
        return pd.Timestamp(self.as_of) if self.as_of else self.book.ledger.cut_off

    @cached_property
    def evidence(self) -> Evidence:
        """The numbered sources of the page, for the facts that it prints and those that its sums take from elsewhere."""
        counted = [fact for part in self.sums.values() for fact in part.named]
        return Evidence(self.book, tuple(joined(self.shown, counted, self._told, self.conflicts["fact"])), self.most, self.few)

    @property
    def shown(self) -> list[str]:
        """Ids of the facts that the page prints, in order of importance."""
        return list(self.facts["fact"])

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """The register of disagreements on the page's facts; see `udcg.conflicts.register`."""
        return conflicts.register(self.book, joined(self.shown, self.facts["fact"]))

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Money promises of the page below group totals, as a forest; see `udcg.views.forest.forest`."""
        return forest(self.book, self._offered[self._offered["stated_best"].notna()])

    @cached_property
    def equipment(self) -> pd.DataFrame:
        """Promises of things: facts with a quantity, or named items without a sum; rows of `Book.facts`."""
        facts = self._offered_once
        return facts[facts["q_words"].notna() | facts["stated_best"].isna()]

    @cached_property
    def serving(self) -> pd.DataFrame:
        """Promises below group totals that name a capability, each once; rows of `Book.facts`."""
        facts = self._offered_once
        return facts[~facts["capability"].isin(["", "other", "financial"])]

    @cached_property
    def _offered(self) -> pd.DataFrame:
        """Promises below group totals."""
        return self.facts[self.facts["stage"].isin(PROMISES) & (self.facts["level"] != "group_total")]

    @property
    def _offered_once(self) -> pd.DataFrame:
        """Those that are not civilian, each in its first saying alone."""
        return self._offered[(self._offered["scope"] != "civilian") & (self._offered["restates"] == "")]

    @cached_property
    def deliveries(self) -> pd.DataFrame:
        """What is reported delivered or paid out; rows of `Book.facts`."""
        return self.facts[self.facts["stage"].isin(["delivery", "disbursement"])]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Where the sources' own arithmetic fails, on the page's facts; see `udcg.arithmetic.findings`."""
        found = arithmetic.findings(self.book)
        found = found[found["fact"].isin(self.facts["fact"])].reset_index(drop=True)
        return found.assign(off=found["off"].astype("float64").round(4))

    @cached_property
    def disagreement(self) -> dict[str, int | float | None]:
        """How far sources disagree on the page's facts; see `udcg.conflicts.disagreement`."""
        return conflicts.disagreement(self.book, self.conflicts, self.facts["fact"])

    @cached_property
    def ageing(self) -> pd.DataFrame:
        """How every promise on the book stands on the last day of the evidence; see `udcg.ageing.ageing`."""
        return ageing.ageing(self.book, self.cut_off)

    @cached_property
    def periods(self) -> dict[str, dict[str, Sum]]:
        """For which years new commitments and allocations are meant; see `udcg.periods.by_period`."""
        return {name: periods.by_period(self.book, self.sums[name]) for name in ("new_commitments", "allocations")}

    @property
    def requests(self) -> pd.DataFrame:
        """Requests that the page shows: rows of `udcg.answers.answers`."""
        return answers.answers(self.book).iloc[:0]

    @property
    def promised(self) -> pd.DataFrame:
        """Promises whose fate the page tells: rows of `ageing`."""
        return self.ageing.iloc[:0]

    @property
    def overdue(self) -> pd.DataFrame:
        """Promises whose due day has passed without a report of their delivery in full: rows of `ageing`, longest overdue first."""
        return ageing.late(self.promised, self.cut_off).sort_values(["due_day", "fact"], kind="stable")

    @property
    def silent(self) -> pd.DataFrame:
        """Promises without a due day that no source or later fact has spoken of for a year: rows of `ageing`, oldest first."""
        return self.promised[self.promised["state"] == "silent"]

    @property
    def named(self) -> list[str]:
        """Ids of all facts that the page prints or counts, and of those that they are tied to."""
        by_year = [fact for split in self.periods.values() for part in split.values() for fact in part.named]
        return resolved(self.book, joined(self.evidence.facts, self.facts["fact"], by_year))

    @property
    def parties(self) -> list[str]:
        """Codes of donors, funds and chairs that the page names without a fact of theirs."""
        return []

    def fact(self, name: str) -> Row:
        """One fact of the book: the columns of `Book.facts`."""
        return fact_rows(self.book)[name]

    @property
    def _told(self) -> list[str]:
        """Facts of the requests and promises whose fate the page tells, with their answers and deliveries."""
        asked = zip(self.requests["fact"], self.requests["again"], self.requests["answered_by"], strict=True)
        promised = zip(self.promised["fact"], self.promised["delivered_by"], strict=True)
        return [fact for row in (*asked, *promised) for fact in (row[0], *(named for names in row[1:] for named in names))]

    @cached_property
    def data(self) -> Json:
        """All that the page rests on, JSON-ready and in a fixed order; an open end is null, amounts are whole units.

        Nothing else decides what the page shows, so a page of the same data, parameters and code is the same page.
        """
        content = self.content() | ({} if self.words.language == ENGLISH.language else {"language": self.language})
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
        return {
            "id": self.id,
            "as_of": f"{self.cut_off:%Y-%m-%d}",
            "view": digest,
            "version": __version__,
            "currency": self.currency,
            **content,
        }

    def _sums_json(self, sums: dict[str, Sum]) -> dict[str, Json]:
        return {name: sum_json(self.book, part) for name, part in sums.items()}

    def content(self) -> Json:
        """The part of the data that all pages have.

        Keys: totals and periods (sums by name, and by year), names (of donors, funds and chairs by code), own (the page's own facts as the
        ledger orders them), facts (those, and all that they are tied to or compared with), forest (promises of money, parts below their
        wholes), requests, promises (and what became of them), disagreement, conflicts, findings, claims and sources (of all facts).
        """
        facts = self.named
        rows = facts_json(self.book, facts)
        return {
            "totals": self._sums_json(self.sums),
            "periods": {
                name: [{"period": years, **ends} for years, ends in self._sums_json(split).items()] for name, split in self.periods.items()
            },
            "names": names_json(self.book, rows, self.parties),
            "own": list(self.facts["fact"]),
            "facts": rows,
            "forest": self.promises[["fact", "depth", "inside", "standing"]].to_dict("records"),
            "requests": [request_json(row) for row in self.requests.to_dict("records")],
            "promises": [promise_json(row) for row in self.promised.to_dict("records")],
            "disagreement": self.disagreement,
            "conflicts": self.conflicts.to_dict("records"),
            "findings": self.findings.to_dict("records"),
            "claims": claims_json(self.book, facts),
            "sources": sources_json(self.book, facts),
        }


def joined(*groups: Iterable[str]) -> list[str]:
    """Chain ids, each once, in order."""
    return list(dict.fromkeys(name for group in groups for name in group))
