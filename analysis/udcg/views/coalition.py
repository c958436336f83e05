"""The coalition: all meetings on one page. Who leads and who comes, who pays how much of it, and what became of promises."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pandas as pd

from udcg import count, funds
from udcg.blocs import BLOCS, by_bloc
from udcg.book import PROMISES, Book, once
from udcg.concentration import Concentration, concentration
from udcg.funds import Fund
from udcg.money import ENDS
from udcg.presence import by_window, presence, promises
from udcg.sums import Sum
from udcg.views import beside, given
from udcg.views.page import Page, joined
from udcg.views.record import Json, ends_json, fund_json, meeting_json, share_json, sum_json

LAPSE = 5  # windows, the last ones, that make a donor new or lapsed
TOP = (1, 3, 5)  # donors whose share tells how concentrated a sum is
DRAWN = ["new_commitments", "allocations"]
YEAR = 365.25  # days


@dataclass(frozen=True, eq=False)
class CoalitionView(Page):
    """The frames of the coalition's briefing."""

    few: ClassVar[int] = 4  # its sums are of hundreds of facts, of which no few sources give a picture

    @property
    def id(self) -> str:
        """Identifier of the briefing."""
        return "coalition"

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """All meetings in their order: rows of the table meetings, indexed by number."""
        return self.book.ledger.meetings.set_index("meeting", drop=False).sort_index()

    @cached_property
    def facts(self) -> pd.DataFrame:
        """All promises, and what is known of the meetings themselves: headlines and participants; rows of `Book.facts`."""
        facts = self.book.facts
        told = joined(self.meetings["headline"], self.meetings["participants"])
        return facts[facts["stage"].isin(PROMISES) | facts["fact"].isin(told)]

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The sums over all meetings; see `udcg.views.given.whole`."""
        return given.whole(self.book)

    @cached_property
    def years(self) -> list[int]:
        """The calendar years from the first promise that counts to the end of the evidence."""
        first = count.countable(self.book)["first_from"].min()
        return list(range((self.cut_off if pd.isna(first) else first).year, self.cut_off.year + 1))

    @property
    def full_years(self) -> list[int]:
        """Those of the years that the evidence covers to their last day."""
        return [year for year in self.years if pd.Timestamp(year, 12, 31) <= self.cut_off]

    @cached_property
    def by_year(self) -> dict[int, dict[str, Sum]]:
        """Sums by calendar year; see `udcg.views.given.in_year`. The years share no money."""
        return {year: given.in_year(self.book, year) for year in self.years}

    @cached_property
    def by_meeting(self) -> dict[int, dict[str, Sum]]:
        """Sums by meeting's window, the coming one last; see `udcg.views.given.in_window`."""
        return {int(meeting): given.in_window(self.book, int(meeting)) for meeting in self.book.windows.index}

    def blocs(self, part: Sum) -> pd.DataFrame:
        """Split a sum by bloc: indexed by those of BLOCS that have a part in it, low, best, high and facts."""
        split = _by_bloc(self.book, part)
        return split.reindex([bloc for bloc in BLOCS if bloc in split.index])

    def shares(self, part: Sum) -> pd.DataFrame:
        """The shares of the blocs in a sum, joint money of unknown shares aside: columns low, best and high, 1 for all of it."""
        split = concentration(self.book, by_bloc(self.book, part))
        return pd.DataFrame({bloc: split.share([bloc]) for bloc in BLOCS[:-1]}, index=ENDS).T

    @cached_property
    def concentrations(self) -> dict[str, dict[str, Concentration]]:
        """How far allocations, then commitments hang on few donors: in all ("") and by year."""
        return {
            name: {"": concentration(self.book, self.sums[name])}
            | {str(year): concentration(self.book, sums[name]) for year, sums in self.by_year.items()}
            for name in reversed(DRAWN)
        }

    @cached_property
    def capabilities(self) -> pd.DataFrame:
        """How many promises serve each capability: years as rows, capabilities as columns, most frequent first, counts as values."""
        counts = pd.crosstab(self.serving["day"].dt.year, self.serving["capability"])
        return counts[counts.sum().sort_values(ascending=False, kind="stable").index]

    @property
    def promising(self) -> pd.DataFrame:
        """Every promise with a known window, by donor; see `udcg.presence.promises`."""
        return promises(self.book)

    @cached_property
    def windows(self) -> pd.DataFrame:
        """How many promises of each donor were first said in each window; see `udcg.presence.by_window`."""
        return by_window(self.book)

    @cached_property
    def presence(self) -> pd.DataFrame:
        """The first and last window with a promise of each donor, and who is new or lapsed; see `udcg.presence.presence`."""
        return presence(self.windows, LAPSE)

    @cached_property
    def promised(self) -> pd.DataFrame:
        """All promises of packages and items: rows of `ageing`, oldest first."""
        return self.ageing.sort_values(["first_from", "fact"], kind="stable")

    @cached_property
    def years_old(self) -> pd.Series:
        """Full years since the first announcement of each row of `promised`."""
        return (self.promised["age"] // YEAR).clip(lower=0).astype(int)

    @cached_property
    def ages(self) -> pd.DataFrame:
        """How many promises stand how, by age: states as rows, full years since the first announcement as columns."""
        return pd.crosstab(self.promised["state"], self.years_old)

    @cached_property
    def funds(self) -> dict[str, Fund]:
        """Pooled funds over all meetings, from both sides; see `udcg.funds.funds`."""
        return funds.funds(self.book)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """The register of disagreements on the page's facts, those first on which most origins say something else."""
        register = super().conflicts
        against = [sum(value["origins"] for value in values) for values in register["values"]]
        return register.assign(against=against).sort_values(["against", "origins"], ascending=False, kind="stable").drop(columns="against")

    @cached_property
    def beside(self) -> pd.DataFrame:
        """Our allocations beside an independent tracker's, by donor; see `udcg.views.beside.beside`."""
        return beside.beside(self.book)

    @cached_property
    def beside_blocs(self) -> pd.DataFrame:
        """The same by bloc; see `udcg.views.beside.by_bloc`."""
        return beside.by_bloc(self.beside)

    @cached_property
    def shown(self) -> list[str]:
        """Facts in order of importance: how many took part, then promises past their due day."""
        return joined(filter(None, self.meetings["participants"]), self.overdue["fact"])

    @property
    def parties(self) -> list[str]:
        """Who chaired, the pooled funds, and those who promise or are tracked."""
        chairs = (chair for chairs in self.meetings["chairs"] for chair in chairs.split(";"))
        return joined(chairs, self.funds, self.presence.index, self.beside["donor"])

    def content(self) -> Json:
        """The data behind the page."""
        return {
            "window": {"start": None, "end": f"{self.cut_off:%Y-%m-%d}"},
            "meetings": [meeting_json(row) for row in self.meetings.to_dict("records")],
            "by_meeting": [{"meeting": meeting, **self._sums_json(sums)} for meeting, sums in self.by_meeting.items()],
            "by_year": [
                {"year": year, **{name: self._split_json(part) for name, part in sums.items()}} for year, sums in self.by_year.items()
            ],
            "blocs": {name: self._split_json(self.sums[name]) for name in (*DRAWN, "mixed_new_commitments")},
            "concentration": {
                name: {year: _concentration_json(one) for year, one in rows.items()} for name, rows in self.concentrations.items()
            },
            "capabilities": {str(year): row[row > 0].to_dict() for year, row in self.capabilities.iterrows()},
            "presence": self._presence_json(),
            "ages": {str(state): {str(years): number for years, number in row.items()} for state, row in self.ages.iterrows()},
            "beside": [{**row, **ends_json(row)} for row in self.beside.to_dict("records")],
            **super().content(),
            "funds": [fund_json(self.book, fund) for fund in self.funds.values()],
        }

    def _split_json(self, part: Sum) -> Json:
        """A sum with its blocs, and their shares."""
        split, shares = self.blocs(part), self.shares(part)
        each = {
            str(bloc): {**ends_json(row), "share": share_json(shares.loc[bloc], "") if bloc in shares.index else None}
            for bloc, row in split.iterrows()
        }
        return {**sum_json(self.book, part), "blocs": each}

    def _presence_json(self) -> list[Json]:
        promised = self.windows.to_dict("index")
        return [
            {"donor": donor, **row, "windows": {str(window): number for window, number in promised[donor].items() if number}}
            for donor, row in self.presence.to_dict("index").items()
        ]


@once
def _by_bloc(book: Book, part: Sum) -> pd.DataFrame:
    return by_bloc(book, part).by_donor()


def _concentration_json(found: Concentration) -> Json:
    """Donors with a sum, the shares of the largest of them, and the index; 1 for all of it."""
    leaders = [{"donors": found.donors[:most], "share": share_json(found.share(found.donors[:most]), "")} for most in TOP]
    return {"donors": found.donors, "largest": leaders, "index": share_json(found.index, ""), "open": found.is_open}
