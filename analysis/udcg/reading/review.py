"""A reviewed CSV -> the rows of sources, facts and claims that it adds; every fault of it is named at once."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from udcg.errors import Problem, ReadingError, ReviewError, nearest
from udcg.ledger import Ledger
from udcg.reading.rows import COLUMNS

ANSWERS = ("yes", "no", "")
TABLES = ("sources", "facts", "claims")
Row = dict[str, str]


class Added(NamedTuple):
    """Rows that a review adds to each table, as cells of text by column; those already in the data are left out."""

    sources: list[Row]
    facts: list[Row]
    claims: list[Row]


def read(path: Path, evidence: Ledger) -> Added:
    """Read a reviewed CSV and compare it with the evidence.

    Raises:
        ReadingError: the file cannot be read as CSV.
        ReviewError: a column or an answer is not known, nothing is accepted, or a row repeats what the data hold.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header, listed = list(reader.fieldnames or []), list(reader)
    except OSError as error:
        raise ReadingError(str(path), f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadingError(str(path), f"cannot be read as CSV in UTF-8: {error}") from error
    problems = list(_header(path.name, header)) or list(_answers(path.name, listed))
    chosen = [(line, row) for line, row in enumerate(listed, start=2) if (row.get("accept") or "").strip().casefold() == "yes"]
    if not problems and not chosen:
        problems = [Problem(path.name, "accepts no row; write yes in the column accept of each row that is right")]
    problems = problems or list(_repeated(path.name, chosen, evidence))
    if problems:
        raise ReviewError(problems)
    return _added([row for _, row in chosen], evidence)


def _header(file: str, header: list[str]) -> Iterator[Problem]:
    for name in COLUMNS:
        if name not in header:
            yield Problem(file, "this column is missing", column=name, nearest=nearest(name, set(header) - set(COLUMNS)))
    for name in header:
        if name not in COLUMNS and not name.startswith(tuple(f"{table}." for table in TABLES)):
            yield Problem(file, "is not a known column", row=1, value=name, nearest=nearest(name, COLUMNS))


def _answers(file: str, listed: list[Row]) -> Iterator[Problem]:
    for line, row in enumerate(listed, start=2):
        if None in row or None in row.values():
            yield Problem(file, "has more or fewer cells than the header", row=line)
        elif row["accept"].strip().casefold() not in ANSWERS:
            hint = nearest(row["accept"], ["yes", "no"])
            yield Problem(file, "is no answer", row=line, column="accept", value=row["accept"], allowed=("yes", "no"), nearest=hint)


def _repeated(file: str, chosen: list[tuple[int, Row]], evidence: Ledger) -> Iterator[Problem]:
    """Rows that say again what a claim of the data, or an earlier row, says: each with the id that it repeats."""
    claims, facts = _known_claims(evidence), _known_facts(evidence)
    ids = set(evidence.claims["claim"])
    urls = {url: source for source, url in zip(evidence.sources["source"].tolist(), evidence.sources["url"].tolist(), strict=True) if url}
    sources = set(evidence.sources["source"])
    for line, row in chosen:
        said, thing = _said(row), _thing(row)
        if said in claims:
            yield Problem(file, "repeats a claim", row=line, column="claims.claim", value=row["claims.claim"], nearest=claims[said])
        elif row["claims.claim"] in ids:
            yield Problem(
                file, "is the id of another claim", row=line, column="claims.claim", value=row["claims.claim"], nearest=row["claims.claim"]
            )
        if row["facts.fact"] not in facts.values() and thing in facts and thing[0]:
            yield Problem(
                file, "repeats a fact; name that one instead", row=line, column="facts.fact", value=row["facts.fact"], nearest=facts[thing]
            )
        if row["sources.source"] not in sources and row["sources.url"] in urls:
            yield Problem(
                file,
                "is a page that the data hold",
                row=line,
                column="sources.url",
                value=row["sources.url"],
                nearest=urls[row["sources.url"]],
            )
        claims.setdefault(said, row["claims.claim"])
        ids.add(row["claims.claim"])
        facts.setdefault(thing, row["facts.fact"])


def _said(row: Row) -> tuple[str, ...]:
    return (row["facts.fact"], row["sources.source"], _number(row["claims.amount"]), row["claims.currency"], row["claims.quantity_text"])


def _known_claims(evidence: Ledger) -> dict[tuple[str, ...], str]:
    columns = ("fact", "source", "amount", "currency", "quantity_text", "claim")
    rows = zip(*(evidence.claims[name].tolist() for name in columns), strict=True)
    return {(fact, source, _number(str(amount)), currency, words): claim for fact, source, amount, currency, words, claim in rows}


def _thing(row: Row) -> tuple[str, ...]:
    """A new fact is an old one where donor, day, stage and number are the same."""
    measure = (_number(row["claims.amount"]), row["claims.currency"], row["claims.quantity_text"], row["claims.unit"])
    return (row["facts.donor"], row["facts.announced_on"], row["facts.stage"], *measure)


def _known_facts(evidence: Ledger) -> dict[tuple[str, ...], str]:
    columns = ["donor", "announced_on", "stage", "amount", "currency_said", "quantity_text", "unit", "fact"]
    said = evidence.claims.rename(columns={"currency": "currency_said"}).merge(evidence.facts.drop(columns="currency"), on="fact")
    rows = zip(*(said[name].tolist() for name in columns), strict=True)
    return {(donor, day, stage, _number(str(amount)), *measure): fact for donor, day, stage, amount, *measure, fact in rows}


def _number(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    return "" if value != value else f"{value:g}"  # noqa: PLR0124 (nothing stated is NaN)


def _added(chosen: list[Row], evidence: Ledger) -> Added:
    known: Mapping[str, set[str]] = {"sources": set(evidence.sources["source"]), "facts": set(evidence.facts["fact"]), "claims": set()}
    found: dict[str, dict[str, Row]] = {table: {} for table in TABLES}
    for row in chosen:
        for table in TABLES:
            cells = {name.removeprefix(f"{table}."): value for name, value in row.items() if name.startswith(f"{table}.")}
            key = cells[table.removesuffix("s")]
            if key not in known[table]:
                found[table].setdefault(key, cells)
        found["claims"][row["claims.claim"]] |= {"fact": row["facts.fact"], "source": row["sources.source"]}
    return Added(*(list(found[table].values()) for table in TABLES))
