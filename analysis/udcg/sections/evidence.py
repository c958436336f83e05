"""Sections on the evidence: what sources disagree on, who they are, and how the page was made."""

import pandas as pd

from udcg import __version__
from udcg.blocks import Block, Column, Prose, Source, Sources, Table, text
from udcg.lookups import claim_rows
from udcg.sections.printed import more, none, span
from udcg.views.page import Page
from udcg.words import ENGLISH as words

MOST_CONFLICTS, MOST_FINDINGS = 8, 5
KINDS = {"conversion": "conversion", "parts": "parts above their whole", "members": "members above the total"}
VERDICTS = {"off": "not ruled on", "ruled": "ruled on"}
TIERS = {
    "official": "official",
    "agency": "news agency",
    "press": "press",
    "aggregator": "repost",
    "state_controlled": "state-controlled",
}
RULES = {
    "ruling": "Ruled by a person.",
    "official": "An official source says so.",
    "agreement": "Most independent sources say so.",
    "tier": "The better kind of source says so.",
    "as recorded": "Kept as most sources have it; not ruled on.",
}


def disagreements(page: Page, caption: str) -> Block:
    """Table of what sources disagree on, what is shown and why."""
    register = page.conflicts
    if register.empty:
        return none("No disagreement between the sources was found.")
    shown = register.assign(rank=~register["field"].isin(["amount", "quantity"])).sort_values("rank", kind="stable").head(MOST_CONFLICTS)
    rows = tuple(
        (
            text(f"{words.cap(row['title'], 70)}: {words.plain(row['field'])}"),
            (span(page, words.cap(row["chosen"]), [row["fact"]]),),
            text(words.cap(row["others"]) or "same value, other reading"),
            text(words.cap(row["reason"], 190) or RULES[row["rule"]], " (open)" if row["status"] == "open" else ""),
        )
        for row in shown.to_dict("records")
    )
    columns = (Column("On what", 0.24), Column("Shown here", 0.18), Column("Also said", 0.18), Column("Why", 0.4))
    note = "Overruled values stay in the register and widen no range." + more(len(register) - len(shown), "more point", "more points")
    return Table(caption, columns, rows, text(note))


def findings(page: Page) -> Block:
    """Table of sums that a source prints and that do not add up: conversions off the reference rate, parts above their whole."""
    found = page.findings
    found = found[(found["kind"] == "conversion") | (found["verdict"] == "off")]  # a ruling on parts stands in the register
    if found.empty:
        return none("Every conversion and every sum of parts that the sources print was checked, and all hold.")
    rows = tuple(
        (
            (span(page, words.cap(row["title"], 70), [row["fact"]]),),
            text(f"{KINDS[row['kind']]}, {_publisher(page, row['fact'], row['claim'])}"),
            text(words.money(row["stated"], row["currency"])),
            text(words.money(row["expected"], row["currency"])),
            text(f"{words.percent(row['off'], signed=True)}, {VERDICTS[row['verdict']]}"),
        )
        for row in found.sort_values("verdict", kind="stable").head(MOST_FINDINGS).to_dict("records")
    )
    columns = (
        Column("On what", 0.28),
        Column("Printed where", 0.24),
        Column("Printed", 0.15),
        Column("Computed", 0.15),
        Column("Off by", 0.18),
    )
    note = "Computed at the ECB reference rate of the day, or from the parts. None of these figures enters a sum as printed."
    return Table(
        "Printed sums that do not add up", columns, rows, text(note + more(len(found) - len(rows), "more finding", "more findings"))
    )


def _publisher(page: Page, fact: str, claim: str) -> str:
    said = {row["claim"]: row["publisher"] for row in claim_rows(page.book)[fact]}
    return str(said.get(claim, "no publisher"))


def sources(page: Page) -> Block:
    """The numbered list of sources."""
    listed = page.evidence.sources
    if listed.empty:
        return none("No source is on record.")
    items = tuple(
        Source(
            row["number"],
            row["publisher"],
            words.day(row["date"]) if pd.notna(row["date"]) else "undated",
            row["url"],
            TIERS[row["tier"]],
        )
        for row in listed.to_dict("records")
    )
    claims = words.counted(len(page.evidence.claims), "claim", "claims")
    note = f"At most two independent sources are cited for a number; the attached data holds all of them ({claims})."
    return Sources(items, note)


def method(page: Page) -> Prose:
    """Last day of the evidence, name of the page's data and version of the code, and how far the sources agree."""
    index = page.disagreement
    compared = words.counted(int(index["compared"] or 0), "fact is", "facts are")
    share = (
        f" on {index['disputed']} of them they differ (disagreement index {words.percent(index['index'] or 0.0)})"
        if index["compared"]
        else ""
    )
    agree = f" {compared} reported by two or more independent sources;{share}." if share else ""
    line = (
        f"Evidence up to {words.day(page.cut_off)}; page data {page.data['view']}, udcg {__version__}. "
        f"Amounts in other currencies are converted at the ECB reference rate of the day of announcement, a sum said again at that of "
        f"the day it was said again.{agree}"
    )
    return Prose(paragraphs=(text(line),))
