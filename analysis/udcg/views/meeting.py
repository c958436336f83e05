"""One meeting: what was announced in its window, what of it is new, who gives, what sources disagree on."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from udcg import answers, count, ties
from udcg.money import ENDS, total
from udcg.sums import TAKEN_OUT
from udcg.views.page import joined
from udcg.views.record import Json, ends_json, fund_json, iso, meeting_json, original_json, resolved
from udcg.views.window import Window


@dataclass(frozen=True, eq=False)
class MeetingView(Window):
    """The frames of one meeting's briefing."""

    @property
    def id(self) -> str:
        """Identifier of the briefing: meeting-27."""
        return f"meeting-{self.number}"

    @cached_property
    def meeting(self) -> pd.Series:
        """The meeting's row of the table meetings."""
        return self.book.ledger.meetings.set_index("meeting", drop=False).loc[self.number]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The facts announced in the meeting's window, and its headline; see `Book.facts`."""
        facts = self.book.facts
        told = (facts["meeting"] == self.number) | facts["fact"].isin([self.meeting["headline"], self.meeting["participants"]])
        return facts[told]

    @cached_property
    def headline(self) -> pd.Series | None:
        """The fact that states the group's sum, or None."""
        return self.book.facts.loc[self.meeting["headline"]] if self.meeting["headline"] else None

    @cached_property
    def headline_forms(self) -> pd.DataFrame:
        """The headline in other currencies: columns currency, amount, qualifier; one sum, said in several ways."""
        if self.headline is None:
            return pd.DataFrame(columns=["currency", "amount", "qualifier"])
        claims = self.evidence.claims
        other = claims[
            (claims["fact"] == self.meeting["headline"]) & (claims["currency"] != self.headline["currency"]) & claims["amount"].notna()
        ]
        other = other[~other["overruled"]]
        often = other.groupby(["currency", "amount"])["origin"].transform("nunique")
        first = other.assign(often=-often).sort_values(["often", "rank", "amount"], kind="stable").drop_duplicates("currency")
        return first[["currency", "amount", "qualifier"]].reset_index(drop=True)

    @cached_property
    def ladder(self) -> pd.DataFrame:
        """Split the headline by what sources place inside it (rule 6 of counting): indexed by step, low, best, high and facts.

        Steps: headline; new (money first announced in the window), reannounced (said again), inside_other (paid from or inside
        older money that is not itself listed), unattributed (the rest, never below 0). No rows where the headline measures
        anything but what was announced here. Facts inside one another count once.
        """
        if self.headline is None or self.meeting["headline_measures"] != "announced_here":
            return pd.DataFrame(columns=[*ENDS, "facts"])
        named = self._counted_in
        older = named["first_to"] < self.window["opens"]
        step = pd.Series("new", index=named.index).mask(older, "inside_other").mask(named["restates"] != "", "reannounced")
        new = count.within(self.book, named[step == "new"], self.window["opens"])
        inside = pd.concat([named[step == "inside_other"], new.parts[new.parts["role"] == TAKEN_OUT]])
        sums = {"new": new.ends, "reannounced": total(named[step == "reannounced"]), "inside_other": total(inside)}
        known, whole = total(named), self.headline
        rest = {low: max(whole[low] - known[high], 0.0) for low, high in zip(ENDS, ENDS[::-1], strict=True)}
        rows = {"headline": whole[ENDS], **sums, "unattributed": pd.Series(rest)}
        listed = {"new": new.facts, "reannounced": named["fact"][step == "reannounced"], "inside_other": inside["fact"]}
        facts = {"headline": [whole["fact"]], **{name: sorted(set(ids)) for name, ids in listed.items()}, "unattributed": []}
        return pd.DataFrame.from_dict(rows, orient="index")[ENDS].assign(facts=pd.Series(facts)).rename_axis("step")

    @property
    def said_before(self) -> pd.DataFrame:
        """What sources place in the headline that was first announced before the window: rows of `Book.facts`, none inside another."""
        return self._counted_in[self._counted_in["first_to"] < self.window["opens"]]

    @cached_property
    def _counted_in(self) -> pd.DataFrame:
        """The facts with a sum that sources place in the headline, none inside another."""
        facts = self.book.facts
        named = facts[(facts["counted_in"] == self.meeting["headline"]) & facts["best"].notna() & bool(self.meeting["headline"])]
        return named[ties.topmost(named["saying"], self.book.wholes)]

    @cached_property
    def shown(self) -> list[str]:
        """Facts in order of importance: headline, money, things, deliveries, what changed."""
        first = [fact for fact in (self.meeting["headline"], self.meeting["participants"]) if fact]
        changed = self.changes.loc[self.changes["change"] != "withdrawn", "fact"]
        return joined(first, self.promises["fact"], self.equipment["fact"], self.deliveries["fact"], changed)

    @cached_property
    def requests(self) -> pd.DataFrame:
        """What was asked for, or asked again, in the window: rows of `udcg.answers.answers`."""
        asked = self.facts.loc[self.facts["stage"] == "request", "saying"]
        found = answers.answers(self.book)
        return found[found["fact"].isin(asked)]

    @cached_property
    def still_open(self) -> pd.DataFrame:
        """Requests of the year before the window that are not known to be met in full by the end of the evidence: rows as in `requests`."""
        found = answers.answers(self.book)
        before = self.window["opens"] - pd.Timedelta(days=365) if self._follows else self.window["opens"]
        earlier = found[(found["day"] >= before) & (found["day"] < self.window["opens"])]
        return answers.unmet(earlier[~earlier["fact"].isin(self.requests["fact"])])

    @cached_property
    def promised(self) -> pd.DataFrame:
        """Promises that fell due in the window, whenever announced: rows of `ageing`."""
        due = self.ageing["due_day"]
        return self.ageing[(due >= self.window["opens"]) & (due <= self.window["end"])].sort_values("due_day", kind="stable")

    @property
    def parties(self) -> list[str]:
        """Who chaired, and the pooled funds."""
        return [*self.meeting["chairs"].split(";"), *self.funds]

    @property
    def named(self) -> list[str]:
        """Ids of all facts that the page prints or counts, and of those that they are tied to."""
        return resolved(self.book, joined(super().named, self.said_before["fact"]))

    @cached_property
    def capabilities(self) -> pd.DataFrame:
        """How many promises serve each capability: donors as rows, capabilities as columns, counts as values."""
        return pd.crosstab(self.serving["donor"], self.serving["capability"])

    def content(self) -> Json:
        """The data behind the page."""
        return {
            "meeting": meeting_json(self.meeting.to_dict()),
            "window": {"start": iso(self.window["opens"]), "end": iso(self.window["end"])},
            "headline": self._headline_json(),
            "ladder": [{"step": step, **ends_json(row), "facts": row["facts"]} for step, row in self.ladder.iterrows()],
            "donors": self._donors_json(),
            **super().content(),
            "funds": [fund_json(self.book, fund) for fund in self.funds.values()],
            "still_open": list(self.still_open["fact"]),
            "changes": self.changes.to_dict("records"),
        }

    def _headline_json(self) -> Json | None:
        if self.headline is None:
            return None
        return {
            **ends_json(self.headline),
            "original": original_json(self.headline),
            "measures": self.meeting["headline_measures"],
            "fact": self.headline["fact"],
            "said_before": {**ends_json(total(self.said_before)), "facts": list(self.said_before["fact"])},
            "same_sum": self.headline_forms.to_dict("records"),
        }
