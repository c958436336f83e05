"""Facts and claims as plain records by id, made once for a book: a row cut from a frame of sixty columns takes a hundred times as long."""

from typing import Any

from udcg import settle
from udcg.book import Book, once

Row = dict[str, Any]


@once
def fact_rows(book: Book) -> dict[str, Row]:
    """Every fact by id: the columns of `Book.facts`."""
    return {str(row["fact"]): row for row in book.facts.to_dict("records")}


@once
def claim_rows(book: Book) -> dict[str, list[Row]]:
    """What sources say on every fact, in the order of the ledger: the columns of `settle.witnesses`."""
    found: dict[str, list[Row]] = {}
    for row in settle.witnesses(book.ledger).to_dict("records"):
        found.setdefault(str(row["fact"]), []).append(row)
    return found
