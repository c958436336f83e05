"""Sections on the evidence: what sources disagree on, who they are, and how the page was made."""

from typing import Any

import pandas as pd

from udcg import __version__
from udcg.blocks import Block, Blocks, Column, Prose, Source, Sources, Table, text
from udcg.lookups import claim_rows
from udcg.sections.printed import none, notes, quantity, rest, span
from udcg.views.page import Page
from udcg.words import NAME, message

MOST_CONFLICTS, MOST_FINDINGS = 8, 5
CITED = message("At most two independent sources are cited for a number; the attached data holds all of them ({claims}).")
BEST = message("The best source is cited for a number; the attached data holds all of them ({claims}).")
KINDS = {
    "conversion": message("conversion, {publisher}"),
    "parts": message("parts above their whole, {publisher}"),
    "members": message("members above the total, {publisher}"),
}
VERDICTS = {"off": message("{off}, not ruled on"), "ruled": message("{off}, ruled on")}
TIERS = {
    "official": message("official"),
    "agency": message("news agency"),
    "press": message("press"),
    "aggregator": message("repost"),
    "state_controlled": message("state-controlled"),
}
RULES = {
    "ruling": message("Ruled by a person."),
    "official": message("An official source says so."),
    "agreement": message("Most independent sources say so."),
    "tier": message("The better kind of source says so."),
    "as recorded": message("Kept as most sources have it; not ruled on."),
}


def disputes(page: Page) -> Blocks:
    """Where the sources disagree with each other, and where they do with themselves."""
    return Blocks((disagreements(page, page.words.line("Disagreements and how they were settled")), findings(page)))


def disagreements(page: Page, caption: str, most: int = MOST_CONFLICTS) -> Block:
    """Table of what sources disagree on, what is shown and why; the caption is one that was typed."""
    words, line, register = page.words, page.words.line, page.conflicts
    if register.empty:
        return none(line("No disagreement between the sources was found."))
    shown = register.assign(rank=~register["field"].isin(["amount", "quantity"])).sort_values("rank", kind="stable").head(most)
    rows = tuple(
        (
            text(f"{words.cap(row['title'], 70)}: {words.plain(row['field'])}"),
            (span(page, words.cap(chosen(page, row)), [row["fact"]]),),
            text(words.cap(others(page, row)) or line("same value, other reading")),
            text(_why(page, row)),
        )
        for row in shown.to_dict("records")
    )
    columns = (
        Column(line("On what"), 0.24),
        Column(line("Shown here"), 0.18),
        Column(line("Also said"), 0.18),
        Column(line("Why"), 0.4),
    )
    note = line("Overruled values stay in the register and widen no range.")
    left = len(register) - len(shown)
    more = rest(page, left, "{count} more point in the attached data.", "{count} more points in the attached data.")
    return Table(words.typed(caption), columns, rows, notes(note, more))


def findings(page: Page) -> Block:
    """Table of sums that a source prints and that do not add up: conversions off the reference rate, parts above their whole."""
    words, line, found = page.words, page.words.line, page.findings
    found = found[(found["kind"] == "conversion") | (found["verdict"] == "off")]  # a ruling on parts stands in the register
    if found.empty:
        return none(line("Every conversion and every sum of parts that the sources print was checked, and all hold."))
    rows = tuple(
        (
            (span(page, words.cap(row["title"], 70), [row["fact"]]),),
            text(line(KINDS[row["kind"]], publisher=_publisher(page, row["fact"], row["claim"]))),
            text(words.money(row["stated"], row["currency"])),
            text(words.money(row["expected"], row["currency"])),
            text(line(VERDICTS[row["verdict"]], off=words.percent(row["off"], signed=True))),
        )
        for row in found.sort_values("verdict", kind="stable").head(MOST_FINDINGS).to_dict("records")
    )
    columns = (
        Column(line("On what"), 0.28),
        Column(line("Printed where"), 0.24),
        Column(line("Printed"), 0.15),
        Column(line("Computed"), 0.15),
        Column(line("Off by"), 0.18),
    )
    note = line("Computed at the ECB reference rate of the day, or from the parts. None of these figures enters a sum as printed.")
    left = len(found) - len(rows)
    more = rest(page, left, "{count} more finding in the attached data.", "{count} more findings in the attached data.")
    return Table(line("Printed sums that do not add up"), columns, rows, notes(note, more))


def _publisher(page: Page, fact: str, claim: str) -> str:
    said = {row["claim"]: page.words.cap(row["publisher"], NAME) for row in claim_rows(page.book)[fact]}
    return said.get(claim) or page.words.line("no publisher")


def chosen(page: Page, row: dict[str, Any]) -> str:
    """What is shown: amounts and quantities in the page's language, all else as it is recorded."""
    if row["field"] == "amount":
        return page.words.original(page.fact(row["fact"]))
    return quantity(page, page.fact(row["fact"])) if row["field"] == "quantity" else str(row["chosen"])


def others(page: Page, row: dict[str, Any]) -> str:
    """What else is said, each value once."""
    if row["field"] not in ("amount", "quantity"):
        return str(row["others"])
    claims = {claim["claim"]: claim for claim in claim_rows(page.book)[row["fact"]]}
    said = [claims[value["claims"][0]] for value in row["values"]]
    if row["field"] == "amount":
        return "; ".join(page.words.money(claim["amount"], claim["currency"]) for claim in said)
    return "; ".join(page.words.quantity(claim["quantity_text"], "") for claim in said)


def _why(page: Page, row: dict[str, Any]) -> str:
    reason = page.words.cap(row["reason"], 190) or page.words.line(RULES[row["rule"]])
    return page.words.line("{reason} (open)", reason=reason) if row["status"] == "open" else reason


def sources(page: Page) -> Block:
    """The numbered list of sources."""
    words, listed = page.words, page.evidence.sources
    if listed.empty:
        return none(words.line("No source is on record."))
    items = tuple(
        Source(
            row["number"],
            words.cap(row["publisher"], NAME),
            words.day(row["date"]) if pd.notna(row["date"]) else words.line("undated"),
            row["url"],
            words.line(TIERS[row["tier"]]),
        )
        for row in listed.to_dict("records")
    )
    note = words.line(CITED if page.most > 1 else BEST, claims=words.counted(len(page.evidence.claims), "claim", "claims"))
    return Sources(items, note)


def method(page: Page) -> Prose:
    """Last day of the evidence, name of the page's data and version of the code, and how far the sources agree."""
    words = page.words
    made = words.line(
        "Evidence up to {day}; page data {data}, udcg {version}. "
        "Amounts in other currencies are converted at the ECB reference rate of the day of announcement, a sum said again at that of "
        "the day it was said again.",
        day=words.day(page.cut_off),
        data=page.data["view"],
        version=__version__,
    )
    return Prose(paragraphs=(notes(made, _agreement(page)),))


def _agreement(page: Page) -> str:
    """How far the sources agree, where there is anything to compare."""
    words, index = page.words, page.disagreement
    if not index["compared"]:
        return ""
    return words.plural(
        int(index["compared"]),
        "{count} fact is reported by two or more independent sources; on {disputed} of them they differ (disagreement index {index}).",
        "{count} facts are reported by two or more independent sources; on {disputed} of them they differ (disagreement index {index}).",
        disputed=words.number(int(index["disputed"] or 0)),
        index=words.percent(index["index"] or 0.0),
    )
