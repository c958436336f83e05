"""The bottom line on the eve of a meeting: what is new and from whom, what was asked and is unanswered, what is overdue or falls due."""

import pandas as pd

from udcg.blocks import Prose, Span, Text
from udcg.sections.printed import amount, bound, givers, lead, name, quantity, span
from udcg.shares import GROUP
from udcg.sums import OVERLAP, POSSIBLE, Sum
from udcg.views import EveView

MOST_NAMED = 3  # donors named in a sentence
CITED = 6  # facts whose sources a sentence on many facts cites


def bottom_line(view: EveView) -> Prose:
    """Three sentences, one on each."""
    return lead(_new(view), _asked(view), _due(view))


def since(view: EveView) -> str:
    """Which meeting the window follows."""
    words, last = view.words, view.last
    return words.line("so far") if last is None else words.line("since the {ordinal} meeting", ordinal=words.ordinal(int(last["meeting"])))


def _new(view: EveView) -> Text:
    """What is new since the last meeting, and from whom; beside it what was allocated and what was said again."""
    words, new, opening = view.words, view.sums["new_commitments"], view.words.capital(since(view))
    beside = (*_mixed(view), *_allocated(view), *_again(view))
    if not new.facts:
        return words.say("{since}, no new military commitment with a known sum was announced{beside}.", since=opening, beside=beside)
    return words.say(
        "{since}, new commitments of {sum} were announced{givers}{overlap}{possible}{beside}.",
        since=opening,
        sum=bound(view, new, new.facts[:CITED], strong=True),
        givers=_givers(view, new),
        overlap=words.line("; parts of it may repeat older promises, hence the low end") if new.of(OVERLAP) else "",
        possible=words.line("; the high end adds money of which only the month or year is known") if new.of(POSSIBLE) else "",
        beside=beside,
    )


def _mixed(view: EveView) -> Text:
    part = view.sums["mixed_new_commitments"]
    if not part.facts:
        return ()
    printed = bound(view, part, part.facts[:CITED])
    return view.words.say("; {sum} of mixed scope, military and civilian in one, is counted apart", sum=printed)


def _allocated(view: EveView) -> Text:
    part = view.sums["allocations"]
    if not part.facts:
        return ()
    printed = bound(view, part, part.facts[:CITED])
    return view.words.say("; packages of {sum} were allocated{givers}", sum=printed, givers=_givers(view, part))


def _again(view: EveView) -> Text:
    part = view.sums["reannounced"]
    if not part.facts:
        return ()
    return view.words.say("; {sum} had been announced before and was said again", sum=bound(view, part, part.facts[:CITED]))


def _givers(view: EveView, part: Sum) -> str:
    """Who gives most of a sum."""
    words, named = view.words, givers(view, part)
    if not named:
        return ""
    first = words.listed(named[:MOST_NAMED])
    return words.line(", above all by {donors}", donors=first) if len(named) > MOST_NAMED else words.line(" by {donors}", donors=first)


def _asked(view: EveView) -> Text:
    """How many requests are open, and the latest of those that nobody has answered."""
    words, held = view.words, view.requests
    if held.empty:
        return words.say("No request on record is open.")
    return words.many(
        len(held),
        "{count} request on record is not known to be met in full{silent}.",
        "{count} requests on record are not known to be met in full{silent}.",
        count=_number(view, held),
        silent=_silent(view),
    )


def _silent(view: EveView) -> Text:
    words, silent = view.words, view.unanswered
    if silent.empty:
        return words.say(", but each has an answer")
    first = silent.iloc[0].to_dict()
    wanted = quantity(view, first) or amount(view, first)
    day = words.partial_day(first["announced_on"])
    known = words.series([Span(wanted, facts=(first["fact"],)), day] if wanted else [day], ", ")
    return words.many(
        len(silent),
        "; {count} has no answer on record: {latest} ({known})",
        "; {count} have no answer on record, the latest: {latest} ({known})",
        count=_number(view, silent),
        latest=span(view, first["title"], [first["fact"]]),
        known=known,
    )


def _due(view: EveView) -> Text:
    """How many promises are past their due day, and how many fall due next."""
    until = view.words.day(view.until)
    return view.words.say("{overdue}, and {ahead} by {day}.", overdue=_overdue(view), ahead=_ahead(view), day=until)


def _overdue(view: EveView) -> Text:
    words, late = view.words, view.overdue
    if late.empty:
        return words.say("No promise on record is past its due day without a report of full delivery")
    return words.many(
        len(late),
        "{count} promise is past its due day without a report of full delivery{whose}",
        "{count} promises are past their due day without a report of full delivery{whose}",
        count=_number(view, late),
        whose=_whose(view, late),
    )


def _whose(view: EveView, late: pd.DataFrame) -> Text:
    """Who has made more than half of some promises."""
    donor = late["donor"].value_counts(sort=False).idxmax()
    own = late[late["donor"] == donor]
    if donor == GROUP or len(own) == len(late) or 2 * len(own) <= len(late):
        return ()
    promised_by = view.words.the(name(view, str(donor)))
    return view.words.say(", {number} of them by {donor}", number=_number(view, own), donor=promised_by)


def _ahead(view: EveView) -> Text:
    words, coming = view.words, view.due
    if coming.empty:
        return words.say("none falls due")
    return words.many(len(coming), "{count} falls due", "{count} fall due", count=_number(view, coming))


def _number(view: EveView, rows: pd.DataFrame) -> Span:
    return Span(view.words.number(len(rows)), facts=tuple(rows["fact"]))
