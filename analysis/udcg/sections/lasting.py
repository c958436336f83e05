"""What promises serve over the years, and what became of them."""

import pandas as pd

from udcg import charts
from udcg.ageing import STATES
from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.sections.printed import none, span
from udcg.views import CoalitionView
from udcg.words import message

MEANING = {
    "delivered": message("Delivered in full"),
    "partly": message("Delivered in part"),
    "reported": message("Delivery reported, how far is not stated"),
    "overdue": message("Past the due day, no delivery on record"),
    "due": message("Not due yet"),
    "silent": message("No due day, not heard of for a year"),
    "open": message("No due day, heard of within a year"),
}
LEAST = 3  # promises that must name a capability to be compared


def capabilities(view: CoalitionView) -> Block:
    """Figure of how many promises serve which capability, by year."""
    words, counts = view.words, view.capabilities
    if counts.empty or counts.to_numpy().sum() < LEAST:
        return none(words.line("Too few promises name a capability to compare years."))
    top = str(counts.columns[0])
    named = words.plural(
        int(counts[top].sum()),
        "{capability} is named most often, in {count} promise",
        "{capability} is named most often, in {count} promises",
        capability=words.plain(top),
    )
    finding = words.capital(named)
    each = "; ".join(
        f"{year}: " + ", ".join(f"{words.plain(str(kind))} {words.number(count)}" for kind, count in row[row > 0].items())
        for year, row in counts.iterrows()
    )
    caption = words.say(
        "Number of promises by the year of announcement, not their value. Sources: {sources}.",
        sources=span(view, "", view.serving["fact"]),
    )
    shown = counts.set_axis(counts.index.map(str)).rename(columns=words.plain)
    return charts.heat(shown, title=finding, alt=f"{finding}. {each}.", caption=caption)


def ages(view: CoalitionView) -> Block:
    """Table of how promises of packages and items stand, by age."""
    line, counts = view.words.line, view.ages
    if counts.empty:
        return none(line("No promise of a package or an item is on record."))
    rows = tuple(
        (
            text(line(MEANING[state])),
            *(_count(view, state, age) for age in counts.columns),
            _count(view, state, None),
        )
        for state in STATES
        if state in counts.index
    )
    labels = [*(_years(view, age) for age in counts.columns), line("All")]
    columns = (Column(line("What is known"), 0.34), *(Column(label, 0.66 / len(labels), "end") for label in labels))
    note = line("Age: full years since the first announcement. No report found does not mean not delivered: few deliveries are announced.")
    return Table(line("Promises of packages and items, by what is known of them and by age"), columns, rows, text(note))


def _years(view: CoalitionView, age: int) -> str:
    return view.words.plural(age, "{count} year", "{count} years") if age else view.words.line("Under a year")


def _count(view: CoalitionView, state: str, age: int | None) -> Text:
    rows: pd.DataFrame = view.promised[view.promised["state"] == state]
    facts = rows["fact"] if age is None else rows.loc[view.years_old[rows.index] == age, "fact"]
    return (Span(view.words.number(len(facts)), facts=tuple(facts)),) if len(facts) else text("–")
