"""The bottom line of a meeting: what was announced, how much of it is new, what was said before or is disputed."""

import pandas as pd

from udcg.blocks import Block, Span, Text, text
from udcg.money import total
from udcg.sections.printed import lead, name, span
from udcg.shares import GROUP
from udcg.sums import OVERLAP, POSSIBLE
from udcg.views import MeetingView, given
from udcg.words import ENGLISH as words

MEASURES = {
    "year_total": "counts a whole year, not this meeting",
    "cumulative": "counts all support so far, not this meeting",
    "one_donor": "is one donor's sum, not the group's",
    "announced_here": "is what the chairs say was announced here",
}
STEPS = {
    "new": "was first announced since the meeting before",
    "reannounced": "had been said before",
    "inside_other": "is paid from or inside older money",
}
CITED = 6  # facts whose sources a sentence on many facts cites


def bottom_line(view: MeetingView) -> Block:
    """Three sentences: what was announced and how much of it is new, what is new in all, what was said before or is disputed."""
    return lead(_headline(view), _new(view), _before(view))


def _headline(view: MeetingView) -> Text:
    head = view.headline
    if head is None:
        return text("No sum for the whole group was found in the sources on this meeting, so there is no headline to take apart.")
    stated = span(view, words.original(head), [head["fact"]])
    measures = view.meeting["headline_measures"]
    if measures != "announced_here":
        return (*text("The sum in the news, ", stated, f", {MEASURES[measures]}: "), *_unsplit(view))
    forms = [words.money(row.amount, row.currency) for row in view.headline_forms.itertuples()]
    same = f" (the same sum that others print as {words.listed(forms)})" if forms else ""
    return (*text("The chairs put the sum announced at ", stated, same), *_placed(view), Span("."))


def _unsplit(view: MeetingView) -> Text:
    """What is known of a headline that is no sum of this meeting: what of it had been said before."""
    head, older = view.headline, view.said_before
    if head is not None and view.meeting["headline_measures"] == "one_donor" and pd.notna(head["first_to"]):
        if head["first_to"] < view.window["opens"]:
            return text(f"none of it is new, since it is paid from or repeats money announced on {words.day(head['first_to'])}.")
        return text("it was first announced since the meeting before.")
    if older.empty:
        return text("how much of it is new cannot be read from it.")
    facts = list(older["fact"])
    printed = Span(words.interval(total(older), view.currency), tuple(facts), view.evidence.cites(facts), strong=True)
    return text("how much of it is new cannot be read from it, but of what sources place in it ", printed, " had been announced before.")


def _placed(view: MeetingView) -> Text:
    """How much of the headline sources place in new and in older money, and how much in none."""
    ladder = view.ladder
    named = [step for step in STEPS if ladder.at[step, "facts"]]
    if not named:
        return text("; sources do not say what is in it, so how much of it is new is not known")
    pieces: list[str | Span] = [". How much of it is new: "]
    for step in named:
        facts = ladder.at[step, "facts"]
        printed = words.interval(ladder.loc[step], view.currency)
        pieces += [Span(printed, tuple(facts), view.evidence.cites(facts), strong=step == "new"), f" {STEPS[step]}, "]
    rest = Span(words.interval(ladder.loc["unattributed"], view.currency), facts=(view.meeting["headline"],))
    return text(*pieces, "and for ", rest, " no source names a donor")


def _new(view: MeetingView) -> Text:
    new, day = view.sums["new_commitments"], view.sums["first_said_on_the_day"]
    if not new.facts:
        return text("No new commitment with a known sum was found since the meeting before.")
    leaders = [words.the(name(view, str(code))) for code in given.by_donor(view.book, new).query("best > 0").index if code != GROUP][:3]
    total = Span(words.interval(new.ends, view.currency), facts=tuple(new.named), cites=view.evidence.cites(new.facts[:CITED]), strong=True)
    at = Span(words.interval(day.ends, view.currency), facts=tuple(day.named))
    spoken = text(", of which ", at, " at the meeting itself") if day.facts else text(", none of it at the meeting itself")
    led = f"; the largest {words.plural(len(leaders), 'comes', 'come')} from {words.listed(leaders)}" if leaders else ""
    unsure = "; parts of it may repeat older promises, hence the low end" if new.of(OVERLAP) else ""
    unsure += "; the high end adds money of which only the month or year is known" if new.of(POSSIBLE) else ""
    return (*text("In all, new since the meeting before is ", total), *spoken, Span(led + unsure + "."))


def _before(view: MeetingView) -> Text:
    again, index = view.sums["reannounced"], view.disagreement
    disputed = "the sources found do not disagree."
    if len(view.conflicts):
        points = words.counted(len(view.conflicts), "point", "points")
        compared = words.counted(int(index["compared"] or 0), "fact", "facts")
        disputed = (
            f"sources disagree on {points}, listed below ({index['disputed']} of {compared} that two or more independent ones report)."
        )
    if not again.facts:
        return text(f"No sum on record was said again here; {disputed}")
    which = view.book.facts.loc[again.facts].sort_values("best", ascending=False)
    first = f"{words.the(name(view, which.iloc[0]['donor']))}: {which.iloc[0]['title']}"
    sums = Span(words.interval(again.ends, view.currency), facts=tuple(again.named), cites=view.evidence.cites(again.facts[:3]))
    return text("A further ", sums, f" had been announced before and is not new (above all {first}); {disputed}")
