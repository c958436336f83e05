"""Claims for a terminal: each with its place, its reading, what the ledger knows, and the sentence with the mention marked."""

import math
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from udcg.reading.api import Read
from udcg.reading.record import Indicator, Record
from udcg.words import ENGLISH

COLOURS = {"known": "green", "differs": "yellow", "new": "cyan"}


def show(reads: Sequence[Read], indicators: bool, console: Console) -> None:
    """Print the claims of some documents, and the numbers of the battlefield where they are asked for."""
    for read in reads:
        console.print(_title(read), style="bold")
        if read.records:
            console.print(_table(read))
        if indicators and read.indicators:
            console.print(_indicators(read.indicators))


def _title(read: Read) -> Text:
    counts = [(status, sum(record.match.status == status for record in read.records)) for status in COLOURS]
    counted = ", ".join(f"{count} {status}" for status, count in counts if count)
    found = ENGLISH.counted(len(read.records), "claim", "claims") + (f": {counted}" if counted else "")
    day = f", {read.document.date}" if read.document.date else ", day not known"
    return Text(f"{read.document.name}{day}: {found}")


def _table(read: Read) -> Table:
    table = Table(show_lines=True, expand=True)
    for name, ratio in (("#", 2), ("claim", 12), ("in the ledger", 10), ("sentence", 24)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for place, record in enumerate(read.records):
        table.add_row(str(place), Text("\n".join(_said(record))), _match(record), _marked(read.document.text, record))
    return table


def _said(record: Record) -> Iterator[str]:
    """Who, how far, and how much."""
    yield f"{' + '.join(record.donors) or 'donor?'}  {record.stage}"
    yield value(record)
    if record.period:
        yield f"for {record.period}"
    if record.part_of is not None:
        yield f"part of {record.part_of}"
    if record.same_as is not None:
        yield f"same as {record.same_as}"
    yield f"sure {ENGLISH.percent(record.confidence)}"


def value(record: Record) -> str:
    """Print the amount with its qualifier, or the quantity with its noun."""
    if record.amount is None:
        return f"{record.quantity_text} {record.item}"
    currency = record.currency or "?"
    if record.qualifier == "between":
        return f"{ENGLISH.money(record.amount, currency)} to {ENGLISH.money(record.amount_high or math.nan, currency)}"
    qualifier = "" if record.qualifier == "exact" else f"{ENGLISH.plain(record.qualifier or '')} "
    return f"{qualifier}{ENGLISH.money(record.amount, currency)}"


def _match(record: Record) -> Text:
    match = record.match
    said = Text(match.status, style=COLOURS[match.status])
    for line in filter(None, (match.fact, match.difference)):
        said.append(f"\n{line}", style="default")
    return said


def _marked(text: str, record: Record) -> Text:
    start, end = record.sentence
    sentence = Text(text[start:end].replace("\n", " "))
    sentence.stylize("bold reverse", record.start - start, record.end - start)
    return sentence


def _indicators(indicators: Sequence[Indicator]) -> Table:
    table = Table(title="no aid: numbers of the battlefield", title_justify="left")
    for name in ("quantity", "of what", "why"):
        table.add_column(name)
    for each in indicators:
        table.add_row(each.quantity_text, each.item, each.kind)
    return table
