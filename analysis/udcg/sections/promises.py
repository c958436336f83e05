"""Sections on what was promised and what came: money, joint packages, equipment, deliveries."""

import pandas as pd

from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.lookups import share_rows
from udcg.sections.printed import amount, name, none, notes, quantity, rest, span, title
from udcg.views.page import Page
from udcg.words import CELL, message

MOST_PROMISES, MOST_THINGS, MOST_DELIVERIES, MOST_SHARES = 28, 12, 8, 4
NOTE, NOTED = 110, 6  # characters of a note that a table shows, and how many wholes are shown with one
STANDING = {
    "new": message("new"),
    "said_before": message("said before"),
    "from_older": message("from older money"),
    "undated": message("first day unknown"),
    "mixed": message("mixed scope, counted apart"),
    "civilian": message("civilian, not counted"),
}


def promises(page: Page, caption: str, most: int = MOST_PROMISES) -> Block:
    """Table of money promises, parts indented below their wholes; the caption is one that was typed."""
    words, line, forest = page.words, page.words.line, page.promises
    if forest.empty:
        return none(line("No promise of money was found in this period."))
    shown = forest.head(most)
    noted = set(shown.loc[shown["depth"] == 0, "fact"].head(NOTED))
    rows = tuple(
        (
            text(name(page, fact["donor"]) if fact["depth"] == 0 else ""),
            (
                Span("– " * fact["depth"] + words.cap(fact["title"]) + _with(page, fact)),
                *(_note(page, fact) if fact["fact"] in noted else ()),
            ),
            (span(page, amount(page, fact), [fact["fact"]]),),
            text(_standing(page, fact)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column(line("Donor"), 0.13),
        Column(line("Promise"), 0.38),
        Column(line("Amount"), 0.22),
        Column(line("Standing"), 0.27),
    )
    note = line("A dash marks a part of the sum above it; parts are never added to their whole. Sums of mixed scope hold civilian aid too.")
    left = len(forest) - len(shown)
    more = rest(page, left, "{count} smaller promise in the attached data.", "{count} smaller promises in the attached data.")
    return Table(words.typed(caption), columns, rows, notes(note, more))


def equipment(page: Page, caption: str) -> Block:
    """Table of things promised, with their quantities in the words of the sources; the caption is one that was typed."""
    words, line, facts = page.words, page.words.line, page.equipment
    if facts.empty:
        return none(line("No equipment was named in the promises of this period."))
    order = facts.assign(rank=facts["q_words"].isna(), many=-facts["q_low"].fillna(0)).sort_values(["rank", "donor", "many"], kind="stable")
    shown = order.head(MOST_THINGS)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(words.capital(fact["title"])), [fact["fact"]]),),
            text(quantity(page, fact)),
            text("" if fact["capability"] in ("", "other") else words.plain(fact["capability"])),
            text(words.partial_day(fact["due"]) if fact["due"] else words.cap(fact["delivery_by"], CELL)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column(line("Donor"), 0.14),
        Column(line("What"), 0.42),
        Column(line("How many"), 0.16),
        Column(line("Serves"), 0.16),
        Column(line("Due"), 0.12),
    )
    note = line("Quantities as the sources put them; a vague word is not turned into a number.")
    left = len(order) - len(shown)
    more = rest(page, left, "{count} more promise in the attached data.", "{count} more promises in the attached data.")
    return Table(words.typed(caption), columns, rows, notes(note, more))


def deliveries(page: Page, caption: str) -> Block:
    """Table of what is reported delivered or paid out, with the promise that it fulfils; the caption is one that was typed."""
    words, line, facts = page.words, page.words.line, page.deliveries
    if facts.empty:
        return none(line("No delivery was reported in the evidence of this period."))
    shown = facts.sort_values("day", ascending=False).head(MOST_DELIVERIES)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]),),
            text(quantity(page, fact) or amount(page, fact)),
            text(words.partial_day(fact["announced_on"])),
            text(words.cap(title(page, fact["delivers"]), 70)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column(line("Donor"), 0.14),
        Column(line("Delivered"), 0.34),
        Column(line("How much"), 0.16),
        Column(line("Reported"), 0.14),
        Column(line("Promise fulfilled"), 0.22),
    )
    note = line("Deliveries are never added to promises.")
    left = len(facts) - len(shown)
    more = rest(page, left, "{count} earlier delivery in the attached data.", "{count} earlier deliveries in the attached data.")
    return Table(words.typed(caption), columns, rows, notes(note, more))


def _note(page: Page, fact: dict) -> Text:  # type: ignore[type-arg]
    """What a reader must know about a whole, in italics below it."""
    return (Span(f" {page.words.cap(fact['note'], NOTE)}", emph=True),) if fact["note"] else ()


def _with(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """Who pays a joint promise: known shares, else the partners."""
    words, known = page.words, share_rows(page.book).get(fact["fact"], [])
    shares = [f"{words.money(row['amount'], row['currency'])} {name(page, row['donor'])}" for row in known]
    if shares:
        return f" ({', '.join(shares[:MOST_SHARES])}{'…' if len(shares) > MOST_SHARES else ''})"
    partners = [words.the(name(page, code)) for code in fact["partners"].split(";") if code]
    if 0 < len(partners) <= 3:
        return words.line(" (with {partners})", partners=words.listed(partners))
    return words.plural(len(partners), " (with {count} partner)", " (with {count} partners)") if partners else ""


def _standing(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """How a promise stands to earlier money, with the purse or whole that holds it and the day of its first announcement."""
    words, line = page.words, page.words.line
    standing = line(STANDING[fact["standing"]])
    if fact["standing"] == "new" and fact["overlaps"]:
        return line("new, but may hold part of: {promise}", promise=words.cap(title(page, fact["overlaps"]), 60))
    if fact["standing"] == "new" and fact["depth"]:
        return line("inside the sum above")
    if fact["standing"] not in ("said_before", "from_older"):
        return standing
    day = words.day(fact["first_from"]) if fact["first_from"] == fact["first_to"] else words.partial_day(fact["announced_on"])
    if fact["standing"] == "said_before":
        return f"{standing}: {day}{_at_first(page, fact)}"
    holder = fact["drawn_from"] or fact["part_of"]
    if not holder:
        return f"{standing}: {day}"
    if fact["first_from"] == fact["day"]:  # a total that somebody stated: it dates nothing, but holds the money
        day = words.partial_day(page.fact(holder)["announced_on"])
    return line("paid from or inside: {promise} ({day})", promise=words.cap(title(page, holder), 48), day=day)


def _at_first(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """The first saying's amount at the rate of its own day, where a restatement at today's rate would hide it."""
    first = page.fact(fact["saying"])
    if first["currency"] in ("", page.currency) or pd.isna(first["best"]) or first["fact"] == fact["fact"]:
        return ""
    return page.words.line(", then {sum} at that day's rate", sum=page.words.interval(first, page.currency))
