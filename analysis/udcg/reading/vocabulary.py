"""The words by which an article is read, kept as tables beside this file so that an analyst can extend them; checked when loaded."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from udcg import schema
from udcg.errors import EvidenceError, Problem, nearest
from udcg.reading.forms import forms, numbers
from udcg.reading.tokens import Phrases

FOLDER = Path(__file__).parent / "vocabulary"
ROLES = ("giver", "recipient", "enemy", "other")
NAME_KINDS = ("country", "adjective", "capital", "person", "people", "body", "group", "company")
SENSES = ("give", "promise", "commit", "allocate", "pay", "ask", "receive", "contain", "reach", "train", "make", "move", "say", "thank")
CATEGORIES = ("casualty", "loss", "attack", "budget", "company", "sanctions", "civilian", "measure", "unit_price", "undone", "neutral")
ALLOWED = {
    ("names", "role"): ROLES,
    ("names", "kind"): NAME_KINDS,
    ("verbs", "sense"): SENSES,
    ("cues", "category"): CATEGORIES,
    ("equipment", "kind"): ("named", "piece", "bulk", "people"),
    ("currencies", "kind"): ("symbol", "code", "word"),
    ("aid", "strength"): ("military", "general", "ukraine"),
}


class Name(NamedTuple):
    """Who a word names: code of the donor or country, role in this war, kind of word."""

    code: str
    role: str
    kind: str


class Equipment(NamedTuple):
    """What a word of the gazetteer is: capability and unit as in the ledger, kind (named, piece, bulk, people), and the word."""

    capability: str
    unit: str
    kind: str
    phrase: str


class Currency(NamedTuple):
    """What a currency word means: its code, its kind, and what else it means where another country speaks."""

    code: str
    kind: str
    others: tuple[str, ...]
    phrase: str


class Verb(NamedTuple):
    """A form of a verb: its sense, its form (base, past, participle, ing) and the verb."""

    sense: str
    form: str
    verb: str


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Read one table of the vocabulary.

    Raises:
        EvidenceError: names every phrase that stands twice and every value that is not allowed, with the nearest one that is.
    """
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    problems = list(_problems(name, path.name, listed))
    if problems:
        raise EvidenceError(problems)
    return listed


def _problems(name: str, file: str, listed: list[dict[str, str]]) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(listed, start=2):
        key = tuple(row[column] for column in ("phrase", "verb", "word", "particle") if column in row)
        if key in seen:
            yield Problem(f"vocabulary/{file}", "stands twice", row=line, value=" ".join(key).strip())
        seen.add(key)
        for (table, column), allowed in ALLOWED.items():
            if table == name and row[column] not in allowed:
                hint = nearest(row[column], allowed)
                yield Problem(
                    f"vocabulary/{file}", "is not allowed", row=line, column=column, value=row[column], allowed=allowed, nearest=hint
                )


def unknown(folder: Path, data: Path) -> list[Problem]:
    """Name the capabilities of the gazetteer, and the codes of givers, that the declarations and donors in data/ do not know."""
    capabilities = schema.read(data)["facts"].field("capability").enum
    with (data / "donors.csv").open(encoding="utf-8", newline="") as file:
        donors = tuple(row["donor"] for row in csv.DictReader(file))
    equipment = (("equipment.csv", "capability", row, capabilities) for row in enumerate(rows("equipment", folder), start=2))
    givers = (("names.csv", "code", row, donors) for row in enumerate(rows("names", folder), start=2) if row[1]["role"] == "giver")
    return [
        Problem(f"vocabulary/{file}", "is not known", row=line, column=column, value=row[column], nearest=nearest(row[column], known))
        for file, column, (line, row), known in [*equipment, *givers]
        if row[column] not in known
    ]


@cache
def grammar() -> dict[str, frozenset[str]]:
    """The closed classes of words by name."""
    listed = tomllib.loads((FOLDER / "grammar.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in listed.items()}


@cache
def names() -> Phrases[Name]:
    """Countries, capitals, people and bodies."""
    return Phrases((row["phrase"], Name(row["code"], row["role"], row["kind"])) for row in rows("names"))


@cache
def peoples() -> frozenset[str]:
    """Those who live in a country other than Ukraine, in small letters: Danes."""
    return frozenset(row["phrase"].casefold() for row in rows("names") if row["kind"] == "people" and row["role"] != "recipient")


@cache
def cues() -> Phrases[str]:
    """What speaks against military aid, by category."""
    return Phrases((row["phrase"], row["category"]) for row in rows("cues"))


@cache
def aid() -> Phrases[str]:
    """Nouns of aid: military ones, and general ones that are military only in context."""
    return Phrases((form, row["strength"]) for row in rows("aid") for form in numbers(row["phrase"]))


@cache
def equipment() -> Phrases[Equipment]:
    """The gazetteer of equipment, people and rounds, in singular and plural."""
    return Phrases(
        (form, Equipment(row["capability"], row["unit"], row["kind"], row["phrase"]))
        for row in rows("equipment")
        for form in (_named(row["phrase"]) if row["kind"] == "named" else numbers(row["phrase"]))
    )


def _named(phrase: str) -> list[str]:
    """A name, and several of its bearers: Mi-8, Mi-8s."""
    return [phrase] if phrase[-1] in "sS" else [phrase, f"{phrase}s"]


@cache
def currencies() -> dict[str, Currency]:
    """Symbols, codes and words of currencies, in small letters where they are words."""
    found: dict[str, Currency] = {}
    for row in rows("currencies"):
        meant = Currency(
            row["phrase"] if row["kind"] == "code" else row["currency"],
            row["kind"],
            tuple(filter(None, row["or"].split(";"))),
            row["phrase"],
        )
        for form in numbers(row["phrase"]) if row["kind"] == "word" else [row["phrase"]]:
            found.setdefault(form.casefold() if row["kind"] == "word" else form, meant)
    return found


@cache
def verbs() -> Phrases[Verb]:
    """All forms of the verbs that say what becomes of aid."""
    return Phrases((word, Verb(row["sense"], form, verb)) for row in rows("verbs") for word, form, verb in forms(row))


@cache
def qualifiers() -> dict[str, str]:
    """Words before a number that the ledger does not write itself, with the qualifier that they mean."""
    return {row["phrase"]: row["qualifier"] for row in rows("qualifiers")}


@cache
def scales() -> dict[str, float]:
    """Words and letters after a number that multiply it."""
    return {row["word"]: float(row["factor"]) for row in rows("scales")}
