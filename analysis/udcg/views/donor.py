"""One donor: commitments and allocations by meeting, purses and what was drawn from them, things, outside figures."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from udcg import answers, compare, count, funds, ranks, tracker
from udcg.book import PROMISES, Book, once
from udcg.lookups import fact_rows, giver_rows
from udcg.money import ENDS, EURO
from udcg.sums import Sum
from udcg.views import given
from udcg.views.given import FOUR
from udcg.views.page import Page, joined
from udcg.views.record import Json, ends_json, share_json, sum_json


@dataclass(frozen=True, eq=False)
class DonorView(Page):
    """The frames of one donor's briefing; tracker is the path of a tracker's file to set beside, "" for none."""

    code: str
    tracker: str = ""

    @property
    def id(self) -> str:
        """Identifier of the briefing: donor-NO."""
        return f"donor-{self.code}"

    @property
    def name(self) -> str:
        """The donor's English name."""
        return self.book.ledger.names[self.code]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The facts in which the donor gives, alone or with others; see `Book.facts`."""
        given = {row["fact"] for row in giver_rows(self.book).get(self.code, [])}
        return self.book.facts[self.book.facts["fact"].isin(given)]

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The donor's sums over all meetings; see `udcg.views.given.ever`."""
        return given.ever(self.book, self.code)

    @cached_property
    def by_meeting(self) -> dict[int, dict[str, Sum]]:
        """The same four sums by meeting, the coming one last; a promise said again at several meetings stands at each."""
        return {int(meeting): given.at(self.book, int(meeting), self.code) for meeting in self.book.windows.index}

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Requests by the donor, and those that it answered: rows of `udcg.answers.answers`."""
        found, own = answers.answers(self.book), set(self.facts["fact"])
        concerned = [bool(own & {fact, *by}) for fact, by in zip(found["fact"], found["answered_by"], strict=True)]
        return found[pd.Series(concerned, index=found.index, dtype=bool)]

    @cached_property
    def promised(self) -> pd.DataFrame:
        """The donor's promises of packages and items: rows of `ageing`, oldest first."""
        return self.ageing[self.ageing["fact"].isin(self.facts["fact"])].sort_values(["day", "fact"], kind="stable")

    @property
    def last_promise(self) -> str:
        """When the donor last promised something military that it had not promised before, as stated: 2026-05-04, 2026-05; "" for never."""
        rows = (self.fact(fact) for fact in self.facts["fact"])
        new = [row for row in rows if row["stage"] in PROMISES and row["level"] != "group_total" and not row["restates"]]
        return max(((row["day"], row["announced_on"]) for row in new if row["scope"] != "civilian"), default=(None, ""))[1]

    @cached_property
    def funds(self) -> dict[str, Sum]:
        """What the donor pays into each pooled fund, largest first."""
        paid = {code: fund.paid_in.of_donor(self.code) for code, fund in funds.funds(self.book).items()}
        return {code: part for code, part in paid.items() if part.facts}

    @cached_property
    def purses(self) -> pd.DataFrame:
        """Frames with what has been drawn from each: rows of `Book.facts`, and drawn_low, drawn_best, drawn_high, payments."""
        frames = self.facts[(self.facts["level"] == "frame") & self.facts["stage"].isin(PROMISES) & (self.facts["restates"] == "")]
        frames = frames[(frames["scope"] != "civilian") & frames["stated_best"].notna()]
        rows = [_drawn(self.book, fact) for fact in frames["fact"]]
        drawn = pd.DataFrame(rows, index=frames.index, columns=["drawn_low", "drawn_best", "drawn_high", "payments"])
        return frames.join(drawn).sort_values("day")

    @cached_property
    def outside(self) -> pd.DataFrame:
        """Outside figures on the donor's aid, newest first: columns of the table figures."""
        figures = self.book.ledger.figures
        own = figures[(figures["subject"] == self.code) & ~figures["metric"].str.contains("gdp|population")]
        latest = own.sort_values(["as_of", "figure"], ascending=[False, True], kind="stable")
        return latest.drop_duplicates("metric").sort_values("metric").reset_index(drop=True)

    @cached_property
    def beside(self) -> Json | None:
        """Our sums beside the tracker's, in EUR: form, start, end, and `compare.row_json`; None if not asked.

        Raises:
            EvidenceError: the tracker's file cannot be read.
        """
        if not self.tracker:
            return None
        book = given.in_currency(self.book, EURO)
        listed = tracker.read(Path(self.tracker), book.ledger)
        table = compare.compare(book, listed, self.words)
        start, end = compare.span(book, listed)
        row = compare.row_json(self.code, table.loc[self.code]) if self.code in table.index else {}
        return {"form": listed.form, "start": f"{start:%Y-%m}", "end": f"{end:%Y-%m}", **row}

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Share of GDP and rank under each definition that places the donor: rows of `udcg.ranks.ranks`, by definition."""
        found = ranks.ranks(given.in_currency(self.book, ranks.GDP))
        own = found[found.index.get_level_values("donor") == self.code].droplevel("donor")
        return own.round({f"share_{end}": 8 for end in ENDS})

    @cached_property
    def shown(self) -> list[str]:
        """Facts in order of importance: purses, money, things, deliveries."""
        return joined(
            self.purses["fact"],
            self.promises["fact"],
            self.equipment["fact"],
            self.deliveries["fact"],
        )

    @property
    def parties(self) -> list[str]:
        """The donor, and the pooled funds that it pays into."""
        return [self.code, *self.funds]

    def _ranks_json(self) -> list[Json]:
        """Shares of GDP, 1 for all of it, with the figure that states the GDP (USD), and the rank with its ends."""
        kept = ["gdp", "year", "figure", "rank", "rank_first", "rank_last", "of"]
        rows = zip(self.ranks.index, self.ranks.to_dict("records"), strict=True)
        return [{"definition": name, "share": share_json(row, "share_"), **{key: row[key] for key in kept}} for name, row in rows]

    def content(self) -> Json:
        """The data behind the page."""
        return {
            "donor": self.code,
            "window": {"start": None, "end": f"{self.cut_off:%Y-%m-%d}"},
            "headline": None,
            "ladder": [],
            "donors": [{"donor": self.code, **{name: sum_json(self.book, self.sums[name]) for name in FOUR}}],
            "meetings": [{"meeting": meeting, **self._sums_json(four)} for meeting, four in self.by_meeting.items()],
            "purses": [
                {
                    "fact": row["fact"],
                    "drawn": ends_json({end: row[f"drawn_{end}"] for end in ENDS}),
                    "payments": row["payments"],
                }
                for row in self.purses.to_dict("records")
            ],
            "outside": self.outside[["figure", "metric", "measures", "value", "unit", "as_of", "vintage", "publisher"]].to_dict("records"),
            "ranks": self._ranks_json(),
            **super().content(),
            **({"tracker": self.beside} if self.beside else {}),
            "funds": [{"fund": code, "paid_in": sum_json(self.book, part)} for code, part in self.funds.items()],
        }


@once
def _drawn(book: Book, frame: str) -> list[object]:
    """What has been drawn from a frame: low, best, high, and the packages found."""
    facts, holder = count.countable(book), fact_rows(book)[frame]["saying"]
    inside = book.wholes.loc[book.wholes["whole"] == holder, "fact"]
    drawn = count.within(book, facts[facts["fact"].isin(inside) & facts["level"].isin(["package", "item"])])
    return [*drawn.ends[ENDS], drawn.facts]
