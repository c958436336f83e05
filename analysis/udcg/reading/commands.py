"""`udcg read` and `udcg accept`; what they need is loaded only when one of them is called."""

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from udcg.errors import ParameterError, ReadingError

if TYPE_CHECKING:
    from udcg.reading.api import Read
    from udcg.reading.documents import Document

UNREADABLE = 1


class Form(StrEnum):
    """How claims are printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def read(
    files: Annotated[list[str], typer.Argument(help="Articles or press releases: text, HTML or PDF; - for standard input.")],
    form: Annotated[Form, typer.Option("--format", help="table to look at, csv to review and accept, jsonl for programs.")] = Form.TABLE,
    date: Annotated[str, typer.Option(help="Day of the articles, as 2025-04-11; what a file says of its day where empty.")] = "",
    indicators: Annotated[bool, typer.Option("--indicators", help="List also what is no aid: casualties, losses, attacks.")] = False,
) -> None:
    """Propose the claims of articles, and say of each whether the ledger knows it; exit code 1 where a file cannot be read."""
    _checked(date)
    documents, failed = _documents(files, date)
    _print(list(_read(documents)), form, indicators)
    for error in failed:
        sys.stderr.write(f"{error}\n")
    if failed:
        raise typer.Exit(UNREADABLE)


def accept(
    reviewed: Annotated[Path, typer.Argument(help="A CSV of `udcg read --format csv`, with yes in the column accept.")],
) -> None:
    """Append reviewed claims to data/, with their sources and facts; nothing is written unless the result passes `udcg check`."""
    from udcg import ledger
    from udcg.reading import accept as accepting

    typer.echo(accepting.accept(reviewed, ledger.home() / "data"))


def _checked(date: str) -> None:
    import datetime

    try:
        if date:
            datetime.date.fromisoformat(date)
    except ValueError as error:
        raise ParameterError(f"date: {date!r} is not a date; write it as 2025-04-11") from error


def _documents(files: Sequence[str], date: str) -> "tuple[list[Document], list[ReadingError]]":
    from udcg.reading import documents

    found, failed = [], []
    for file in files:
        try:
            found.append(documents.read(file, date))
        except ReadingError as error:
            failed.append(error)
    return found, failed


def _read(documents: "Sequence[Document]") -> "Iterator[Read]":
    from udcg import ledger
    from udcg.book import Book
    from udcg.money import EURO
    from udcg.reading.api import read_document

    book = Book(ledger.current(), EURO)
    for document in documents:
        yield read_document(document, book)


def _print(reads: "Sequence[Read]", form: Form, indicators: bool) -> None:
    if form is Form.CSV:
        from udcg.reading import rows

        typer.echo(rows.text(reads), nl=False)
    elif form is Form.JSONL:
        for line in _lines(reads, indicators):
            typer.echo(line)
    else:
        from rich.console import Console

        from udcg.reading import table

        table.show(reads, indicators, Console())


def _lines(reads: "Sequence[Read]", indicators: bool) -> Iterator[str]:
    """One JSON object a line; where several files are read, each says its own, and part_of counts within a file."""
    for read in reads:
        file = {"file": read.document.name} if len(reads) > 1 else {}
        for record in read.records:
            yield json.dumps({**file, **record.json()}, ensure_ascii=False)
        for each in read.indicators if indicators else ():
            yield json.dumps({**file, "stage": "indicator", **each.__dict__}, ensure_ascii=False)
