"""The data behind a briefing as CSV and JSON, to attach to the PDF and to save from HTML."""

import csv
import io
import json
from collections.abc import Iterable

import pandas as pd

from udcg.blocks import Blocks, Data
from udcg.money import ENDS
from udcg.sections.evidence import method
from udcg.views.page import Page

SOURCE_COLUMNS = ["claim", "fact", "publisher", "url", "date", "tier"]
CLAIM_COLUMNS = [*SOURCE_COLUMNS, "qualifier", "amount", "currency", "quantity_text", "unit", "disputes", "says", "note"]
# characters that a spreadsheet would read as the start of a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def made(page: Page) -> Blocks:
    """How the page was made, and the data behind it."""
    return Blocks((method(page), data(page)))


def data(page: Page) -> Data:
    """The data behind the page as CSV and JSON, to attach to the PDF and to save from HTML."""
    content = page.data
    files = {
        f"{page.id}.json": json.dumps(content, indent=1, ensure_ascii=False) + "\n",
        f"{page.id}-facts.csv": _csv(_flat(fact) for fact in content["facts"]),
        f"{page.id}-claims.csv": _csv(_claims(page)),
    }
    return Data(files=files, label=page.words.line("The data behind this briefing: every fact, claim and source as CSV and JSON."))


def _claims(page: Page) -> list[dict[str, object]]:
    return [{name: _cell(value) for name, value in claim.items()} for claim in page.evidence.claims[CLAIM_COLUMNS].to_dict("records")]


def _cell(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "" if pd.isna(value) else value


def _flat(fact: dict) -> dict:  # type: ignore[type-arg]
    original, quantity = fact["original"] or {}, fact["quantity"] or {}
    return {
        **{key: value for key, value in fact.items() if not isinstance(value, list | dict)},
        "partners": ";".join(fact["partners"]),
        "claims": ";".join(fact["claims"]),
        "original_currency": original.get("currency", ""),
        **{f"original_{end}": original.get(end) for end in ENDS},
        "quantity": quantity.get("words", ""),
        "unit": quantity.get("unit", ""),
    }


def _csv(rows: Iterable[dict]) -> str:  # type: ignore[type-arg]
    table = [{key: _safe(value) for key, value in row.items()} for row in rows]
    columns = list(dict.fromkeys(key for row in table for key in row if key not in ("original",)))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def _safe(value: object) -> object:
    """Keep a spreadsheet from reading a text as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
