"""The eve of the coming meeting: what is new since the last one, what was asked and is open, what is due, where each donor stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pandas as pd

from udcg import ageing, answers
from udcg.money import ENDS
from udcg.positions import positions
from udcg.views.page import joined
from udcg.views.record import Json, ends_json, iso, meeting_json
from udcg.views.window import Window

AHEAD = 12  # months ahead in which a promise falls due: many are due by the end of a year


@dataclass(frozen=True, eq=False)
class EveView(Window):
    """The frames of the briefing on the coming meeting, as it can be known on the last day of the evidence."""

    most: ClassVar[int] = 1  # the page has many rows and shall be short

    @property
    def id(self) -> str:
        """Identifier of the briefing."""
        return "meeting-next"

    @cached_property
    def last(self) -> pd.Series | None:
        """The row of the table meetings of the last meeting held; None before the first one."""
        meetings = self.book.ledger.meetings
        return meetings.sort_values("meeting").iloc[-1] if len(meetings) else None

    @property
    def until(self) -> pd.Timestamp:
        """The last of the days ahead of which the page tells what falls due."""
        return self.cut_off + pd.DateOffset(months=AHEAD)

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Money promises as `Page.promises` has them, wholes of new money first."""
        forest = super().promises
        old = (forest["standing"] != "new").groupby(forest["depth"].eq(0).cumsum()).transform("first")
        return forest.loc[old.sort_values(kind="stable").index]

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Requests not known to be met in full, whenever made: rows of `udcg.answers.answers`."""
        return answers.unmet(answers.answers(self.book))

    @property
    def unanswered(self) -> pd.DataFrame:
        """Requests without any answer on record, latest first: rows as in `requests`."""
        silent = self.requests[self.requests["answered_by"].str.len() == 0]
        return silent.sort_values(["day", "best"], ascending=False, kind="stable")

    @cached_property
    def due(self) -> pd.DataFrame:
        """Promises that fall due in the days ahead, next first: rows of `ageing`."""
        return ageing.ahead(self.ageing, self.cut_off, self.until).sort_values(["due_day", "fact"], kind="stable")

    @cached_property
    def overdue(self) -> pd.DataFrame:
        """Promises whose due day has passed without a report of their delivery in full: rows of `ageing`, those due last first."""
        return ageing.late(self.ageing, self.cut_off).sort_values(["due_day", "day", "fact"], ascending=[False, False, True], kind="stable")

    @property
    def silent(self) -> pd.DataFrame:
        """Promises without a due day that no source or later fact has spoken of for a year: rows of `ageing`."""
        return self.ageing[self.ageing["state"] == "silent"]

    @cached_property
    def promised(self) -> pd.DataFrame:
        """Promises that fall due or are overdue: rows of `ageing`."""
        return pd.concat([self.due, self.overdue])

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Where each donor stands; see `udcg.positions.positions`."""
        return positions(self.book, self.cut_off)

    @cached_property
    def shown(self) -> list[str]:
        """Facts of the window in order of importance: money, things."""
        return joined(self.promises["fact"], self.equipment["fact"])

    @property
    def parties(self) -> list[str]:
        """Who chaired the last meeting."""
        return [] if self.last is None else self.last["chairs"].split(";")

    @property
    def _told(self) -> list[str]:
        """Also what each donor last said and what it owes."""
        listed = (fact for name in ("owed", "overdue") for facts in self.positions[name] for fact in facts)
        return joined(super()._told, self.positions["last"], listed)

    def content(self) -> Json:
        """The data behind the page."""
        return {
            "meeting": {"number": self.number, "last": None if self.last is None else meeting_json(self.last.to_dict())},
            "window": {"start": iso(self.window["opens"]), "end": iso(self.cut_off)},
            "headline": None,
            "ladder": [],
            "donors": self._donors_json(),
            **super().content(),
            "until": iso(self.until),
            "due": list(self.due["fact"]),
            "overdue": list(self.overdue["fact"]),
            "silent": len(self.silent),
            "positions": [self._position_json(str(donor), row) for donor, row in self.positions.iterrows()],
        }

    def _position_json(self, donor: str, row: pd.Series) -> Json:
        meeting = int(row["new_at"])
        days = self.book.windows.loc[meeting] if meeting else None
        new_at = None if days is None else {"meeting": meeting, "start": iso(days["start"]), "end": iso(days["end"])}
        same = {name: row[name] for name in ("last", "owed", "overdue")}
        return {"donor": donor, "new_at": new_at, **same, "sum": ends_json(row[ENDS])}
