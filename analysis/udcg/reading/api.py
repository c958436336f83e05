"""Reading in one call: a text, or a document beside the ledger."""

import csv
from dataclasses import dataclass
from functools import cache

from udcg import ledger
from udcg.book import Book
from udcg.money import EURO
from udcg.reading.claims import claims
from udcg.reading.documents import Document
from udcg.reading.match import matched
from udcg.reading.record import Indicator, Record


@dataclass(frozen=True)
class Read:
    """What was read in a document: proposed claims, and numbers of the battlefield that are no aid."""

    document: Document
    records: list[Record]
    indicators: list[Indicator]


def read_text(text: str, date: str = "") -> list[Record]:
    """Propose the claims of a text, without asking the ledger what it knows of them.

    Args:
        text: The text; places are code points in it.
        date: Its day as 2025-04-11; "" where not known.
    """
    return claims(text, date, currencies(), last_rates())[0]


def read_document(document: Document, book: Book) -> Read:
    """Propose the claims of a document and match each against what the ledger knows."""
    records, indicators = claims(document.text, document.date, currencies(), last_rates())
    return Read(document, matched(records, document.date, book), indicators)


@cache
def currencies() -> dict[str, str]:
    """The currency of each donor, from data/donors.csv."""
    with (ledger.home() / "data" / "donors.csv").open(encoding="utf-8", newline="") as file:
        return {row["donor"]: row["currency"] for row in csv.DictReader(file)}


@cache
def last_rates() -> dict[str, float]:
    """Units of each currency for one euro on the last day frozen in data/rates.csv."""
    with (ledger.home() / "data" / "rates.csv").open(encoding="utf-8", newline="") as file:
        return {EURO: 1.0} | {row["currency"]: float(row["rate"]) for row in csv.DictReader(file)}
