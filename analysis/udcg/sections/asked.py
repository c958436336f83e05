"""Sections on what was asked and what became of promises: requests with their answers, what fell due, what is overdue."""

import pandas as pd

from udcg.blocks import Block, Column, Table, Text, text
from udcg.sections.printed import amount, name, none, notes, quantity, rest, span
from udcg.views import DonorView, EveView, MeetingView
from udcg.views.page import Page
from udcg.words import message

MOST_REQUESTS, MOST_OPEN, MOST_ANSWERS, MOST_DUE = 10, 7, 4, 12
STATES = {
    "delivered": message("delivered in full"),
    "partly": message("delivered in part"),
    "reported": message("delivery reported, how far is not stated"),
    "overdue": message("no delivery on record"),
    "due": message("not due yet"),
    "silent": message("not heard of for a year"),
    "open": message("no due day stated"),
}


def requests(view: MeetingView) -> Block:
    """Table of what was asked for in the window, who answered and how far."""
    words = view.words
    also = rest(
        view,
        len(view.still_open),
        "{count} request of the year before was not met in full either.",
        "{count} requests of the year before were not met in full either.",
    )
    if view.requests.empty:
        return none(" ".join(filter(None, (words.line("No request was found in this window."), also))))
    note = words.line("An answer is a later promise or delivery; where no source ties it to the request, its note says so.")
    return _requests(view, view.requests, words.line("Requests and what answered them"), note, also)


def answered(view: DonorView) -> Block:
    """Table of the requests that the donor made, or answered."""
    line = view.words.line
    if view.requests.empty:
        return none(line("No request that this donor made or answered is on record."))
    return _requests(view, view.requests, line("Requests answered"), line("How far is the answer of all donors together."))


def still_open(view: EveView) -> Block:
    """Table of requests that are not known to be met in full, with their age."""
    line = view.words.line
    if view.requests.empty:
        return none(line("Every request on record is met in full, or none was made."))
    note = line(
        "Open until the answers on record, later promises or deliveries, add up to all of it; what is asked each month or year never does."
    )
    return _requests(view, view.requests, line("Asked and not known to be met in full, latest first"), note, most=MOST_OPEN, aged=True)


def ahead(view: EveView, each: int = MOST_DUE, most: int = MOST_DUE) -> Block:
    """Table of promises that fall due in the months ahead: at most so many of each donor, and in all."""
    words, until = view.words, view.words.day(view.until)
    if view.due.empty:
        return none(words.line("No promise on record falls due by {day}.", day=until))
    caption = words.line("Promises that fall due by {day}", day=until)
    return _promises(view, view.due, caption, words.line("Promises without a due day are not listed."), each=each, most=most)


def fell_due(view: MeetingView) -> Block:
    """Table of promises, whenever made, whose due day fell into the window."""
    line = view.words.line
    if view.promised.empty:
        return none(line("No promise on record had a due day in this window."))
    note = line("No report found does not mean not delivered.")
    return _promises(view, view.promised, line("Promises that fell due since the meeting before"), note)


def overdue(view: Page, each: int = MOST_DUE, most: int = MOST_DUE) -> Block:
    """Table of promises whose due day has passed, at most so many of each donor and in all, and how many others were not heard of again."""
    words, late = view.words, view.overdue
    also = rest(
        view,
        len(view.silent),
        "{count} promise without a due day has not been heard of for a year.",
        "{count} promises without a due day have not been heard of for a year.",
    )
    if late.empty:
        nothing = words.line("No promise on record is past its due day without a report of delivery.")
        return none(" ".join(filter(None, (nothing, also))))
    caption = words.line("Overdue: promises past their due day without a report of full delivery")
    note = words.line("No report found does not mean not delivered: few deliveries are announced.")
    return _promises(view, late, caption, note, also, each=each, most=most)


def _requests(page: Page, asked: pd.DataFrame, caption: str, *said: str, most: int = MOST_REQUESTS, aged: bool = False) -> Table:
    words, line = page.words, page.words.line
    shown = asked.sort_values("day", ascending=False).head(most)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]), *text(f", {_when(page, fact, aged)}")),
            text(quantity(page, fact) or amount(page, fact)),
            _answers(page, fact["answered_by"]),
            text(_met(page, fact)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column(line("Who asked"), 0.12),
        Column(line("For what"), 0.28),
        Column(line("How much"), 0.15),
        Column(line("Answered by"), 0.3),
        Column(line("How far"), 0.15),
    )
    left = len(asked) - len(shown)
    more = rest(page, left, "{count} more request in the attached data.", "{count} more requests in the attached data.")
    return Table(caption, columns, rows, notes(*said, more))


def _when(page: Page, fact: dict, aged: bool) -> str:  # type: ignore[type-arg]
    """When a request was made; where its age is told, also when it was last made again, and how long ago it was first made."""
    words, first = page.words, page.words.partial_day(fact["announced_on"])
    if not aged:
        return first
    ago = words.ago(page.cut_off - fact["day"])
    if not fact["again"]:
        return words.line("{day} ({ago})", day=first, ago=ago)
    again = words.partial_day(page.fact(fact["again"][-1])["announced_on"])
    return words.line("{day}, again {again} ({ago})", day=first, again=again, ago=ago)


def _answers(page: Page, facts: list[str]) -> Text:
    words = page.words
    if not facts:
        return text(words.line("no answer on record"))
    rows = [page.fact(fact) for fact in facts[:MOST_ANSWERS]]
    named = words.capital("; ".join(f"{words.the(name(page, row['donor']))} ({_answer(page, row)})" for row in rows))
    others = len(facts) - len(rows)
    printed = words.plural(others, "{answers} and {count} other", "{answers} and {count} others", answers=named) if others else named
    return (span(page, printed, [row["fact"] for row in rows]),)


def _answer(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    return quantity(page, fact) or amount(page, fact) or page.words.cap(fact["title"], 40)


def _met(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    if not fact["answered_by"]:
        return "–"
    return page.words.share(fact["met_low"], fact["met_best"], fact["met_high"]) or page.words.line("cannot be compared")


def _promises(page: Page, promises: pd.DataFrame, caption: str, *said: str, each: int = MOST_DUE, most: int = MOST_DUE) -> Table:
    words, line = page.words, page.words.line
    shown = promises.groupby("donor", sort=False).head(each).head(most)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]),),
            text(quantity(page, fact) or amount(page, fact)),
            text(words.partial_day(fact["announced_on"])),
            text(words.partial_day(fact["due"])),
            _state(page, fact),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column(line("Donor"), 0.13),
        Column(line("Promise"), 0.29),
        Column(line("How much"), 0.14),
        Column(line("Announced"), 0.13),
        Column(line("Due by"), 0.12),
        Column(line("What is known"), 0.19),
    )
    left = len(promises) - len(shown)
    more = rest(page, left, "{count} more promise in the attached data.", "{count} more promises in the attached data.")
    return Table(caption, columns, rows, notes(*said, more))


def _state(page: Page, fact: dict) -> Text:  # type: ignore[type-arg]
    done = page.words.share(fact["done_low"], fact["done_best"], fact["done_high"]) if fact["state"] == "partly" else ""
    state = page.words.line(STATES[fact["state"]])
    return (span(page, f"{state}: {done}" if done else state, fact["delivered_by"]),)
