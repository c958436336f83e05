"""Sections on what was promised and what came: money, joint packages, equipment, deliveries."""

import pandas as pd

from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.lookups import share_rows
from udcg.sections.printed import amount, more, name, none, quantity, span, title
from udcg.views.page import Page
from udcg.words import ENGLISH as words

MOST_PROMISES, MOST_THINGS, MOST_DELIVERIES, MOST_SHARES = 32, 12, 8, 4
NOTE, NOTED = 110, 6  # characters of a note that a table shows, and how many wholes are shown with one
STANDING = {
    "new": "new",
    "said_before": "said before",
    "from_older": "from older money",
    "undated": "first day unknown",
    "mixed": "mixed scope, counted apart",
    "civilian": "civilian, not counted",
}


def promises(page: Page, caption: str) -> Block:
    """Table of money promises, parts indented below their wholes."""
    forest = page.promises
    if forest.empty:
        return none("No promise of money was found in this period.")
    shown = forest.head(MOST_PROMISES)
    noted = set(shown.loc[shown["depth"] == 0, "fact"].head(NOTED))
    rows = tuple(
        (
            text(name(page, fact["donor"]) if fact["depth"] == 0 else ""),
            (Span("– " * fact["depth"] + words.cap(fact["title"]) + _with(page, fact)), *(_note(fact) if fact["fact"] in noted else ())),
            (span(page, amount(page, fact), [fact["fact"]]),),
            text(_standing(page, fact)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (Column("Donor", 0.13), Column("Promise", 0.38), Column("Amount", 0.22), Column("Standing", 0.27))
    note = "A dash marks a part of the sum above it; parts are never added to their whole. Sums of mixed scope hold civilian aid too."
    return Table(caption, columns, rows, text(note + more(len(forest) - len(shown), "smaller promise", "smaller promises")))


def equipment(page: Page, caption: str) -> Block:
    """Table of things promised, with their quantities in the words of the sources."""
    facts = page.equipment
    if facts.empty:
        return none("No equipment was named in the promises of this period.")
    order = facts.assign(rank=facts["q_words"].isna(), many=-facts["q_low"].fillna(0)).sort_values(["rank", "donor", "many"], kind="stable")
    shown = order.head(MOST_THINGS)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(words.sentence(fact["title"]).rstrip(".")), [fact["fact"]]),),
            text(quantity(fact)),
            text("" if fact["capability"] in ("", "other") else words.plain(fact["capability"])),
            text(words.partial_day(fact["due"]) if fact["due"] else fact["delivery_by"]),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Donor", 0.14),
        Column("What", 0.42),
        Column("How many", 0.16),
        Column("Serves", 0.16),
        Column("Due", 0.12),
    )
    note = "Quantities as the sources put them; a vague word is not turned into a number."
    return Table(caption, columns, rows, text(note + more(len(order) - len(shown), "more promise", "more promises")))


def deliveries(page: Page, caption: str) -> Block:
    """Table of what is reported delivered or paid out, with the promise that it fulfils."""
    facts = page.deliveries
    if facts.empty:
        return none("No delivery was reported in the evidence of this period.")
    shown = facts.sort_values("day", ascending=False).head(MOST_DELIVERIES)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]),),
            text(quantity(fact) or amount(page, fact)),
            text(words.partial_day(fact["announced_on"])),
            text(words.cap(title(page, fact["delivers"]), 70)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Donor", 0.14),
        Column("Delivered", 0.34),
        Column("How much", 0.16),
        Column("Reported", 0.14),
        Column("Promise fulfilled", 0.22),
    )
    note = "Deliveries are never added to promises." + more(len(facts) - len(shown), "earlier delivery", "earlier deliveries")
    return Table(caption, columns, rows, text(note))


def _note(fact: dict) -> Text:  # type: ignore[type-arg]
    """What a reader must know about a whole, in italics below it."""
    return (Span(f" {words.cap(fact['note'], NOTE)}", emph=True),) if fact["note"] else ()


def _with(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """Who pays a joint promise: known shares, else the partners."""
    known = share_rows(page.book).get(fact["fact"], [])
    shares = [f"{words.money(row['amount'], row['currency'])} {name(page, row['donor'])}" for row in known]
    if shares:
        return f" ({', '.join(shares[:MOST_SHARES])}{'…' if len(shares) > MOST_SHARES else ''})"
    partners = [words.the(name(page, code)) for code in fact["partners"].split(";") if code]
    return f" (with {words.listed(partners)})" if 0 < len(partners) <= 3 else f" (with {len(partners)} partners)" if partners else ""


def _standing(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """How a promise stands to earlier money, with the purse or whole that holds it and the day of its first announcement."""
    standing = STANDING[fact["standing"]]
    if fact["standing"] == "new" and fact["overlaps"]:
        return f"new, but may hold part of: {words.cap(title(page, fact['overlaps']), 60)}"
    if fact["standing"] == "new" and fact["depth"]:
        return "inside the sum above"
    if fact["standing"] not in ("said_before", "from_older"):
        return standing
    day = words.day(fact["first_from"]) if fact["first_from"] == fact["first_to"] else words.partial_day(fact["announced_on"])
    if fact["standing"] == "said_before":
        return f"{standing}: {day}{_at_first(page, fact)}"
    purse = title(page, fact["drawn_from"] or fact["part_of"])
    return f"paid from or inside: {words.cap(purse, 48)} ({day})" if purse else f"{standing}: {day}"


def _at_first(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """The first saying's amount at the rate of its own day, where a restatement at today's rate would hide it."""
    first = page.fact(fact["saying"])
    if first["currency"] in ("", page.currency) or pd.isna(first["best"]) or first["fact"] == fact["fact"]:
        return ""
    return f", then {words.amount(first['low'], first['best'], first['high'], page.currency)} at that day's rate"
