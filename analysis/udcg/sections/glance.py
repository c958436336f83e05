"""What a reader in a hurry must know beside the sums: what is in dispute, and what was asked and not answered."""

import pandas as pd

from udcg import answers
from udcg.blocks import Block, Prose, Span, Text
from udcg.sections import evidence
from udcg.sections.printed import amount, name, quantity, rest, span
from udcg.views import MeetingView

MEASURED = ("amount", "quantity")
MOST = 3  # of each, on a page that shows all of them further down
SHORT = 70  # characters of a title


def glance(view: MeetingView) -> Block:
    """Two paragraphs: the largest disagreements between sources, and the requests that nothing on record meets in full."""
    return Prose(paragraphs=(_disputed(view), _unanswered(view)))


def _disputed(view: MeetingView) -> Text:
    words = view.words
    if view.conflicts.empty:
        return words.say("{label} nothing: the sources found agree.", label=_label(words.line("In dispute:")))
    order = pd.Series({fact: place for place, fact in enumerate(view.shown)})
    told = view.conflicts[view.conflicts["field"].isin(MEASURED) & (view.conflicts["others"] != "") & (view.conflicts["chosen"] != "")]
    if told.empty:
        return words.say("{label} no sum or number, but{rest}.", label=_label(words.line("In dispute:")), rest=_more(view, 0))
    ranked = told.assign(rank=told["fact"].map(order)).sort_values("rank", kind="stable").drop_duplicates("fact").head(MOST)
    points = [
        words.say(
            "{what}, {chosen} here, {others} elsewhere",
            what=words.cap(row["title"], SHORT),
            chosen=span(view, evidence.chosen(view, row), [row["fact"]]),
            others=Span(evidence.others(view, row), facts=(row["fact"],)),
        )
        for row in ranked.to_dict("records")
    ]
    return words.say(
        "{label} {points}{rest}.", label=_label(words.line("In dispute:")), points=words.series(points), rest=_more(view, len(points))
    )


def _more(view: MeetingView, told: int) -> str:
    """How many more points are listed further down."""
    return rest(view, len(view.conflicts) - told, "; and {count} more point", "; and {count} more points")


def _unanswered(view: MeetingView) -> Text:
    words, asked = view.words, view.requests
    label = _label(words.line("Asked, and not answered in full:"))
    lacking = answers.unmet(asked).sort_values("day", ascending=False)
    older = rest(view, len(view.still_open), "{count} older request", "{count} older requests")
    if lacking.empty:
        return words.say("{label} {older}.", label=label, older=older or words.line("nothing on record"))
    each = [_request(view, row) for row in lacking.head(MOST).to_dict("records")]
    more = rest(view, len(lacking) - len(each), "{count} more request", "{count} more requests")
    return words.say("{label} {requests}.", label=label, requests=words.series([*each, *filter(None, (more, older))]))


def _request(view: MeetingView, row: dict) -> Text:  # type: ignore[type-arg]
    words = view.words
    met = words.share(row["met_low"], row["met_best"], row["met_high"])
    wanted = quantity(view, row) or amount(view, row)
    return words.say(
        "{what}{wanted} ({who}, {day}; {met})",
        what=span(view, words.cap(row["title"], SHORT), [row["fact"]]),
        wanted=words.say(", {amount}", amount=Span(wanted, facts=(row["fact"],))) if wanted else "",
        who=words.the(name(view, row["donor"])),
        day=words.partial_day(row["announced_on"]),
        met=words.say("{share} met since", share=Span(met, facts=(row["fact"], *row["answered_by"])))
        if met
        else words.line("answers cannot be measured against it")
        if row["answered_by"]
        else words.line("no answer on record"),
    )


def _label(text: str) -> Span:
    return Span(text, strong=True)
