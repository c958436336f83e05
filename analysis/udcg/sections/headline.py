"""The bottom line of a meeting: what was announced, how much of it is new, what was said before or is disputed."""

import pandas as pd

from udcg.blocks import Block, Span, Text
from udcg.money import total
from udcg.sections.printed import bound, givers, lead, name, span
from udcg.views import MeetingView
from udcg.words import message

MEASURES = {
    "year_total": message("counts a whole year, not this meeting"),
    "cumulative": message("counts all support so far, not this meeting"),
    "one_donor": message("is one donor's sum, not the group's"),
    "announced_here": message("is what the chairs say was announced here"),
}
STEPS = {
    "new": message("{sum} was first said since the meeting before"),
    "reannounced": message("{sum} had been said before"),
    "inside_other": message("{sum} is paid from or inside older money"),
}
MOST_LEADERS = 3
CITED, FEW = 6, 3  # facts whose sources a sentence on many facts cites: of what is new, of what is not


def bottom_line(view: MeetingView) -> Block:
    """Three sentences: what was announced and how much of it is new, what is new in all and from whom, what is not new."""
    return lead(_headline(view), _new(view), _before(view))


def _headline(view: MeetingView) -> Text:
    words, head = view.words, view.headline
    if head is None:
        return words.say("No sum for the whole group was found in the sources on this meeting, so there is no headline to take apart.")
    stated = span(view, words.original(head), [head["fact"]])
    measures = view.meeting["headline_measures"]
    if measures != "announced_here":
        said = words.line(MEASURES[measures])
        return words.say("The sum in the news, {sum}, {measures}: {known}", sum=stated, measures=said, known=_unsplit(view))
    forms = [words.money(row.amount, row.currency) for row in view.headline_forms.itertuples()]
    same = words.say(" (also printed as {forms})", forms=Span(words.listed(forms), facts=(head["fact"],))) if forms else ""
    return words.say("The chairs announced {sum}{same}{placed}.", sum=stated, same=same, placed=_placed(view))


def _unsplit(view: MeetingView) -> Text:
    """What is known of a headline that is no sum of this meeting: what of it had been said before."""
    words, head, older = view.words, view.headline, view.said_before
    if head is not None and view.meeting["headline_measures"] == "one_donor" and pd.notna(head["first_to"]):
        if head["first_to"] < view.window["opens"]:
            day = words.day(head["first_to"])
            return words.say("none of it is new, since it is paid from or repeats money announced on {day}.", day=day)
        return words.say("it was first announced since the meeting before.")
    if older.empty:
        return words.say("how much of it is new cannot be read from it.")
    facts = list(older["fact"])
    printed = Span(words.interval(total(older), view.currency), tuple(facts), view.evidence.cites(facts), strong=True)
    return words.say(
        "how much of it is new cannot be read from it, but of what sources place in it {sum} had been announced before.", sum=printed
    )


def _placed(view: MeetingView) -> Text:
    """How much of the headline sources place in new and in older money, and how much in none."""
    words, ladder = view.words, view.ladder
    named = [step for step in STEPS if ladder.at[step, "facts"]]
    if not named:
        return words.say("; sources do not say what is in it, so how much of it is new is not known")
    steps = [words.say(STEPS[step], sum=_step(view, step)) for step in named]
    rest = Span(words.interval(ladder.loc["unattributed"], view.currency), facts=(view.meeting["headline"],))
    return words.say(
        ": {steps}, and for {unattributed} no source names a donor",
        steps=words.series(steps, ", "),
        unattributed=rest,
    )


def _step(view: MeetingView, step: str) -> Span:
    facts = view.ladder.at[step, "facts"]
    printed = view.words.interval(view.ladder.loc[step], view.currency)
    return Span(printed, tuple(facts), view.evidence.cites(facts), strong=step == "new")


def _new(view: MeetingView) -> Text:
    words, new, day = view.words, view.sums["new_commitments"], view.sums["first_said_on_the_day"]
    if not new.facts:
        return words.say("No new commitment with a known sum was found since the meeting before.")
    whole = bound(view, new, new.facts[:CITED], strong=True)
    at_meeting = words.say("; {sum} of it was said at the meeting itself", sum=bound(view, day))
    return words.say(
        "All that is new since the meeting before comes to {sum}{led}{spoken}.",
        sum=whole,
        led=_led(view),
        spoken=at_meeting if day.facts else words.line("; none of it was said at the meeting itself"),
    )


def _led(view: MeetingView) -> str:
    """Who promised most of what is new."""
    words, leaders = view.words, givers(view, view.sums["new_commitments"])
    if not leaders:
        return ""
    if len(leaders) <= MOST_LEADERS:
        return words.line(", from {donors}", donors=words.listed(leaders))
    return words.line(", most of it from {donors}", donors=words.listed(leaders[:MOST_LEADERS]))


def _before(view: MeetingView) -> Text:
    words, again = view.words, view.sums["reannounced"]
    if not again.facts:
        return words.say("No sum on record was said again here.")
    which = view.book.facts.loc[again.facts].sort_values("best", ascending=False)
    return words.say(
        "Said here, but not new: {sum}, above all {first}.",
        sum=bound(view, again, again.facts[:FEW]),
        first=f"{words.the(name(view, which.iloc[0]['donor']))}: {which.iloc[0]['title']}",
    )
