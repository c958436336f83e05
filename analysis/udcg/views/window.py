"""What happened in a meeting's window: its facts and sums, who gives, pooled funds, and what changed for earlier promises."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import changes, count, funds
from udcg.funds import Fund
from udcg.money import ENDS
from udcg.sums import Sum
from udcg.views import given
from udcg.views.given import FOUR
from udcg.views.page import Page
from udcg.views.record import Json, sum_json
from udcg.words import ENGLISH


@dataclass(frozen=True, eq=False)
class Window(Page):
    """Base of the views of one meeting's window: that of a meeting which was held, or of the coming one, which is still open."""

    number: int

    @cached_property
    def window(self) -> pd.Series:
        """Opens (the day after the meeting before ended), start and end (the meeting's own days; NaT for the coming one)."""
        return self.book.windows.loc[self.number]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The facts announced in the window; see `Book.facts`."""
        return self.book.facts[self.book.facts["meeting"] == self.number]

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The sums of the window: new_commitments, first_said_on_the_day, reannounced, allocations, mixed_new_commitments."""
        return {
            **count.of_meeting(self.book, self.number),
            "mixed_new_commitments": count.new(self.book, self.number, scope="mixed"),
        }

    @cached_property
    def donors(self) -> pd.DataFrame:
        """Who gives: indexed by donor, low, best and high of each of the four sums as two-level columns, largest new first."""
        frames = {name: given.by_donor(self.book, self.sums[name])[ENDS] for name in FOUR}
        table = pd.concat(frames, axis=1)
        order = [(name, "best") for name in ("new_commitments", "reannounced", "allocations")]
        return table.fillna({column: 0.0 for column in table.columns if column[1] != "high"}).sort_values(order, ascending=False)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What became known in the window of promises announced outside it; see `udcg.changes.of_window`."""
        return changes.of_window(self.book, self.number, ENGLISH)

    @cached_property
    def funds(self) -> dict[str, Fund]:
        """Pooled funds in the window, from both sides; see `udcg.funds.funds`."""
        return funds.funds(self.book, self.number)

    @property
    def _follows(self) -> bool:
        """Whether a meeting was held before."""
        return bool(self.window["opens"] != pd.Timestamp.min)

    def _donors_json(self) -> list[Json]:
        return [{"donor": donor, **{name: self._donor_json(name, str(donor)) for name in FOUR}} for donor in self.donors.index]

    def _donor_json(self, name: str, donor: str) -> Json:
        return sum_json(self.book, given.at(self.book, self.number, donor)[name])
