"""One donor: commitments and allocations by meeting, purses and what was drawn from them, things, outside figures."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import count
from udcg.book import PROMISES
from udcg.count import Sum
from udcg.money import ENDS
from udcg.views.page import Json, Page, ends_json, joined


@dataclass(frozen=True, eq=False)
class DonorView(Page):
    """The frames of one donor's briefing."""

    code: str

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
        facts = self.book.facts
        shares = self.book.ledger.shares
        partner = facts["partners"].str.split(";").map(lambda codes: self.code in codes)
        shared = facts["fact"].isin(shares.loc[shares["donor"] == self.code, "fact"])
        return facts[(facts["donor"] == self.code) | partner | shared]

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The donor's sums over all meetings: commitments, allocations, mixed_commitments."""
        return {
            "commitments": self._own(count.committed(self.book)),
            "allocations": self._own(count.allocated(self.book)),
            "mixed_commitments": self._own(count.committed(self.book, scope="mixed")),
        }

    @cached_property
    def by_meeting(self) -> pd.DataFrame:
        """New commitments and allocations by meeting: indexed by meeting, low, best, high of each as two-level columns."""
        rows = {
            meeting: {
                (name, end): value
                for name, part in (
                    ("new_commitments", self._own(count.new(self.book, meeting))),
                    ("allocations", self._own(count.allocated(self.book, meeting))),
                )
                for end, value in part.ends.items()
            }
            for meeting in self.book.windows.index
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("meeting")

    @cached_property
    def purses(self) -> pd.DataFrame:
        """Frames with what has been drawn from each: rows of `Book.facts`, and drawn_low, drawn_best, drawn_high, payments."""
        frames = self.facts[(self.facts["level"] == "frame") & self.facts["stage"].isin(PROMISES) & (self.facts["restates"] == "")]
        frames = frames[(frames["scope"] != "civilian") & frames["stated_best"].notna()]
        rows = [self._drawn(fact) for fact in frames["fact"]]
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
    def share_of_gdp(self) -> pd.Series | None:
        """Commitments as a share of one year's GDP: low, best, high (fraction of 1), gdp (USD), year, figure; None without GDP."""
        donors = self.book.ledger.donors.set_index("donor")
        figures = self.book.ledger.figures.set_index("figure")
        figure = donors.at[self.code, "gdp"]
        if not figure or figure not in figures.index:
            return None
        dollars = count.committed(type(self.book)(self.book.ledger, "USD"))
        own = self._own(dollars).ends / figures.at[figure, "value"]
        return pd.Series({**own, "gdp": figures.at[figure, "value"], "year": figures.at[figure, "as_of"], "figure": figure})

    @cached_property
    def due(self) -> pd.DataFrame:
        """Promises with a due date in words or as a date, not reported delivered: rows of `Book.facts`."""
        promised = self.facts[self.facts["stage"].isin(PROMISES) & (self.facts["delivery_by"] != "") & (self.facts["restates"] == "")]
        delivered = set(self.book.facts["delivers"])
        return promised[~promised["fact"].isin(delivered) & ~promised["saying"].isin(delivered)].sort_values("day")

    @cached_property
    def shown(self) -> list[str]:
        """Facts in order of importance: purses, money, things, deliveries, the rest."""
        return joined(
            self.purses["fact"],
            self.promises["fact"],
            self.equipment["fact"],
            self.deliveries["fact"],
            self.facts["fact"],
        )

    def content(self) -> Json:
        """The data behind the page."""
        return {
            "donor": self.code,
            "meetings": [
                {
                    "meeting": int(str(meeting)),
                    **{name: ends_json(row[name]) for name in ("new_commitments", "allocations")},
                }
                for meeting, row in self.by_meeting.iterrows()
            ],
            "purses": [
                {
                    "fact": row["fact"],
                    "drawn": ends_json({end: row[f"drawn_{end}"] for end in ENDS}),
                    "payments": row["payments"],
                }
                for row in self.purses.to_dict("records")
            ],
            "outside": self.outside[["figure", "metric", "value", "unit", "as_of", "publisher"]].to_dict("records"),
            **super().content(),
        }

    def _own(self, part: Sum) -> Sum:
        """The donor's part of a sum."""
        parts = part.parts[part.parts["donor_or_partner"] == self.code]
        return Sum(parts.assign(donor=self.code))

    def _drawn(self, fact: str) -> list[object]:
        wholes = self.book.wholes
        inside = wholes.loc[wholes["whole"] == self.book.facts.at[fact, "saying"], "fact"]
        facts = count.countable(self.book)
        paid = facts[facts["fact"].isin(inside) & facts["level"].isin(["package", "item"])]
        drawn = count.within(self.book, paid)
        return [*drawn.ends[ENDS], drawn.facts]
