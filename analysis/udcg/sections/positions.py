"""Where each donor stands, for use at the table: what it last said, when it last brought new money, what it still owes."""

import pandas as pd

from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.money import ENDS
from udcg.sections.outlook import since
from udcg.sections.printed import amount, name, none, quantity, span
from udcg.views import EveView

LONGEST = 90  # characters of a title


def positions(view: EveView) -> Block:
    """One row for each donor with a military promise, by name."""
    line = view.words.line
    if view.positions.empty:
        return none(line("No military promise of a donor is on record."))
    rows = [_position(view, str(donor), row) for donor, row in view.positions.iterrows()]
    columns = (
        Column(line("Donor"), 0.13),
        Column(line("Last said"), 0.36),
        Column(line("On"), 0.145),
        Column(line("New money last"), 0.175),
        Column(line("Open promises"), 0.19),
    )
    note = line(
        "By name. Last said: the latest promise, alone or joint, or statement. New money: the last meeting up to which, from the one "
        "before, new commitments were announced. Open promises: packages and items not reported delivered in full, none inside another; "
        "those without a due day of which nothing was heard for a year are left out. No report found does not mean not delivered."
    )
    by_name = tuple(sorted(rows, key=lambda row: row[0][0].text))
    return Table(line("What each donor last said and still owes"), columns, by_name, text(note))


def _position(view: EveView, donor: str, row: pd.Series) -> tuple[Text, ...]:
    words, word = view.words, view.fact(row["last"])
    how_much = amount(view, word) or quantity(view, word)
    said = span(view, words.cap(word["title"], LONGEST), [word["fact"]])
    return (
        text(name(view, donor)),
        words.say("{title}: {amount}", title=said, amount=how_much) if how_much else (said,),
        text(words.partial_day(word["announced_on"])),
        text(_brought(view, int(row["new_at"]))),
        _owed(view, row),
    )


def _brought(view: EveView, meeting: int) -> str:
    """When a donor last brought new money."""
    words = view.words
    if meeting in (0, view.number):
        return since(view) if meeting else "–"
    month = words.partial_day(f"{view.book.windows.at[meeting, 'end']:%Y-%m}")
    return words.line("{ordinal}, {month}", ordinal=words.ordinal(meeting), month=month)


def _owed(view: EveView, row: pd.Series) -> Text:
    """How many promises are open, of what sum, and how many of them are past their due day."""
    words, late = view.words, row["overdue"]
    if not row["owed"]:
        return words.say("none")
    number = Span(words.number(len(row["owed"])), facts=tuple(row["owed"]))
    valued = row["best"] > 0 or row["high"] > 0
    return words.say(
        "{number}{sum}{overdue}",
        number=number,
        sum=words.line(": {sum}", sum=words.interval(row[ENDS], view.currency)) if valued else "",
        overdue=words.say(", {number} overdue", number=Span(words.number(len(late)), facts=tuple(late))) if late else "",
    )
