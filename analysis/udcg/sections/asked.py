"""Sections on what was asked and what became of promises: requests with their answers, what fell due, what is overdue."""

import pandas as pd

from udcg.blocks import Block, Column, Table, Text, text
from udcg.sections.printed import amount, more, name, none, quantity, span
from udcg.views import DonorView, MeetingView
from udcg.views.page import Page
from udcg.words import ENGLISH as words

MOST_REQUESTS, MOST_ANSWERS, MOST_DUE = 10, 4, 12
STATES = {
    "delivered": "delivered in full",
    "partly": "delivered in part",
    "reported": "delivery reported, how far is not stated",
    "overdue": "no delivery on record",
    "due": "not due yet",
    "silent": "not heard of for a year",
    "open": "no due day stated",
}


def requests(view: MeetingView) -> Block:
    """Table of what was asked for in the window, who answered and how far."""
    asked = view.requests
    waiting = len(view.still_open)
    older = f" {words.counted(waiting, 'request of the year before was', 'requests of the year before were')} not met in full either."
    if asked.empty:
        return none("No request was found in this window." + (older if waiting else ""))
    note = "An answer is a later promise or delivery; where no source ties it to the request, its note says so." + (
        older if waiting else ""
    )
    return _requests(view, asked, "Requests and what answered them", note)


def answered(view: DonorView) -> Block:
    """Table of the requests that the donor made, or answered."""
    if view.requests.empty:
        return none("No request that this donor made or answered is on record.")
    return _requests(view, view.requests, "Requests answered", "How far is the answer of all donors together.")


def fell_due(view: MeetingView) -> Block:
    """Table of promises, whenever made, whose due day fell into the window."""
    if view.promised.empty:
        return none("No promise on record had a due day in this window.")
    note = "No report found does not mean not delivered."
    return _promises(view, view.promised, "Promises that fell due since the meeting before", note)


def overdue(view: DonorView) -> Block:
    """Table of promises whose due day has passed, and how many others were not heard of again."""
    late, silent = view.overdue, len(view.silent)
    lost = f" {words.counted(silent, 'promise without a due day has', 'promises without a due day have')} not been heard of for a year."
    if late.empty:
        return none("No promise on record is past its due day without a report of delivery." + (lost if silent else ""))
    note = "No report found does not mean not delivered: few deliveries are announced." + (lost if silent else "")
    return _promises(view, late, "Overdue: promises past their due day without a report of full delivery", note)


def _requests(page: Page, asked: pd.DataFrame, caption: str, note: str) -> Table:
    shown = asked.sort_values("day", ascending=False).head(MOST_REQUESTS)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]), *text(f", {words.partial_day(fact['announced_on'])}")),
            text(quantity(fact) or amount(page, fact)),
            _answers(page, fact["answered_by"]),
            text(_met(fact)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Who asked", 0.12),
        Column("For what", 0.28),
        Column("How much", 0.15),
        Column("Answered by", 0.3),
        Column("How far", 0.15),
    )
    return Table(caption, columns, rows, text(note + more(len(asked) - len(shown), "more request", "more requests")))


def _answers(page: Page, facts: list[str]) -> Text:
    if not facts:
        return text("no answer on record")
    rows = [page.fact(fact) for fact in facts[:MOST_ANSWERS]]
    named = [f"{words.the(name(page, row['donor']))} ({quantity(row) or amount(page, row) or words.cap(row['title'], 40)})" for row in rows]
    more_of = f" and {words.counted(len(facts) - len(rows), 'other', 'others')}" if len(facts) > len(rows) else ""
    return (span(page, words.sentence("; ".join(named)).rstrip(".") + more_of, [row["fact"] for row in rows]),)


def _met(fact: dict) -> str:  # type: ignore[type-arg]
    if not fact["answered_by"]:
        return "–"
    return words.share(fact["met_low"], fact["met_best"], fact["met_high"]) or "cannot be compared"


def _promises(page: Page, promises: pd.DataFrame, caption: str, note: str) -> Table:
    shown = promises.head(MOST_DUE)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]),),
            text(quantity(fact) or amount(page, fact)),
            text(words.partial_day(fact["announced_on"])),
            text(words.partial_day(fact["due"])),
            _state(page, fact),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Donor", 0.13),
        Column("Promise", 0.29),
        Column("How much", 0.14),
        Column("Announced", 0.13),
        Column("Due by", 0.12),
        Column("What is known", 0.19),
    )
    return Table(caption, columns, rows, text(note + more(len(promises) - len(shown), "more promise", "more promises")))


def _state(page: Page, fact: dict) -> Text:  # type: ignore[type-arg]
    done = words.share(fact["done_low"], fact["done_best"], fact["done_high"]) if fact["state"] == "partly" else ""
    return (span(page, STATES[fact["state"]] + (f": {done}" if done else ""), fact["delivered_by"]),)
