"""Sections on the evidence: what sources disagree on, who they are, and how the page was made."""

import pandas as pd

from udcg import __version__, words
from udcg.blocks import Block, Column, Prose, Source, Sources, Table, text
from udcg.sections.printed import more, none, span
from udcg.views.page import Page

MOST_CONFLICTS = 11
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
    note = f"At most three independent sources are cited for a number; the attached data holds all of them ({claims})."
    return Sources(items, note)


def method(page: Page) -> Prose:
    """Cut-off, vintage and version of the page."""
    line = (
        f"Evidence up to {words.day(page.cut_off)}; page data {page.data['view']}, udcg {__version__}. "
        f"Amounts in other currencies are converted at the ECB reference rate of the day of announcement."
    )
    return Prose(paragraphs=(text(line),))
