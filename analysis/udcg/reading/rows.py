"""Claims as rows of one CSV that a person reviews and `udcg accept` appends to data/: what to check first, then columns of the tables."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from udcg.reading.api import Read
from udcg.reading.record import Record
from udcg.words import ENGLISH

REVIEW = ("accept", "match", "match_fact", "difference", "confidence", "mention", "sentence")
SOURCE = ("source", "publisher", "url", "date", "tier", "origin")
FACT = (
    "fact",
    "announced_on",
    "donor",
    "partners",
    "stage",
    "level",
    "scope",
    "currency",
    "period",
    "title",
    "item",
    "capability",
    "part_of",
)
CLAIM = ("claim", "qualifier", "amount", "amount_high", "currency", "quantity_text", "unit", "note")
COLUMNS = (*REVIEW, *(f"sources.{name}" for name in SOURCE), *(f"facts.{name}" for name in FACT), *(f"claims.{name}" for name in CLAIM))
LONGEST = 160  # characters of a sentence that a reviewer needs to see


def text(reads: Sequence[Read]) -> str:
    """Print the claims of some documents as CSV, one row a claim; `accept` is empty and says yes where a reviewer agrees."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for read in reads:
        facts = _facts(read)
        writer.writerows(_row(read, place, record, facts) for place, record in enumerate(read.records) if not _again(read, record))
    return out.getvalue()


def _again(read: Read, record: Record) -> bool:
    """Whether a record only repeats another one; a conversion is a claim in its own currency."""
    return record.same_as is not None and read.records[record.same_as].currency == record.currency


def _row(read: Read, place: int, record: Record, facts: Sequence[str]) -> Mapping[str, object]:
    known = record.match.status == "known"
    review = ("", record.match.status, record.match.fact, record.match.difference, record.confidence, record.mention, _line(record.around))
    part = facts[record.part_of] if record.part_of is not None and facts[record.part_of] != facts[place] else ""
    return {
        **dict(zip(REVIEW, review, strict=True)),
        **{f"sources.{name}": value for name, value in _source(read).items()},
        **{
            f"facts.{name}": value for name, value in ({"fact": facts[place]} if known else _fact(read, record, facts[place], part)).items()
        },
        **{f"claims.{name}": value for name, value in _claim(read, place, record).items()},
    }


def _source(read: Read) -> dict[str, str]:
    document = read.document
    outlet = slug(document.publisher) or slug(document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:24].strip("-") or "text"
    when = document.date[:7] or "undated"
    publisher = document.publisher or outlet
    return {
        "source": f"{outlet}-{when}-1",
        "publisher": publisher,
        "url": document.url,
        "date": document.date,
        "tier": "press",
        "origin": outlet,
    }


def _fact(read: Read, record: Record, fact: str, part: str) -> dict[str, str]:
    donors = record.donors
    thing = record.item or ("Total so far" if record.stage == "statement" else "Military support")
    return {
        "fact": fact,
        "announced_on": read.document.date,
        "donor": donors[0] if donors else "",
        "partners": ";".join(donors[1:]),
        "stage": record.stage,
        "level": "item" if record.amount is None or part else "group_total" if record.stage == "statement" else "package",
        "scope": "military",
        "currency": record.currency or "",
        "period": record.period or "",
        "title": thing[:1].upper() + thing[1:],
        "item": record.item or "",
        "capability": record.capability or "other",
        "part_of": part,
    }


def _claim(read: Read, place: int, record: Record) -> dict[str, object]:
    between = record.qualifier == "between"
    return {
        "claim": f"{_source(read)['source']}-{place + 1:03d}",
        "qualifier": record.qualifier or "",
        "amount": _plain(record.amount),
        "amount_high": _plain(record.amount_high) if between else "",
        "currency": record.currency or "",
        "quantity_text": record.quantity_text or "",
        "unit": record.unit or "",
        "note": "",
    }


def _facts(read: Read) -> list[str]:
    """The fact of each record: the one that the ledger knows, that of the sum which it repeats, or a new name, no name twice."""
    named: list[str] = []
    for record in read.records:
        if record.match.status == "known" and record.match.fact:
            named.append(record.match.fact)
        elif record.same_as is not None:
            named.append(named[record.same_as])
        else:
            named.append(_fresh(read, record, named))
    return named


def _fresh(read: Read, record: Record, taken: Sequence[str]) -> str:
    donor = record.donors[0] if len(record.donors) == 1 else "multi" if record.donors else "unknown"
    words = slug(record.item or f"{ENGLISH.plain(record.stage)} {record.mention}")[:40].strip("-")
    stem = "-".join(filter(None, (donor.casefold(), read.document.date[:7], words)))
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in taken)


def slug(name: str) -> str:
    """Words as an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _line(sentence: str) -> str:
    plain_text = " ".join(sentence.split())
    return plain_text if len(plain_text) <= LONGEST else plain_text[: LONGEST - 1] + "…"
