"""Reading a text in one call."""

import csv
from functools import cache

from udcg import ledger
from udcg.reading.claims import claims
from udcg.reading.record import Record


def read_text(text: str, date: str = "") -> list[Record]:
    """Propose the claims of a text, without asking the ledger what it knows of them.

    Args:
        text: The text; places are code points in it.
        date: Its day as 2025-04-11; "" where not known.
    """
    return claims(text, date, currencies())[0]


@cache
def currencies() -> dict[str, str]:
    """The currency of each donor, from data/donors.csv."""
    with (ledger.home() / "data" / "donors.csv").open(encoding="utf-8", newline="") as file:
        return {row["donor"]: row["currency"] for row in csv.DictReader(file)}
