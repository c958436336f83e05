"""Reads the declarations of data/datapackage.json, the one place where columns, units and vocabularies are declared."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from udcg.errors import EvidenceError, Problem

PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Field:
    """One column: name, type (string, integer, number, date), meaning, unit and constraints."""

    name: str
    type: str
    description: str
    unit: str = ""
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    separator: str = ""
    vocabulary: tuple[str, ...] = ()
    references: str = ""
    partial: bool = False
    tie: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: name, path, key columns and fields."""

    name: str
    path: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in their declared order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of a name."""
        return next(field for field in self.fields if field.name == name)


def read(folder: Path) -> dict[str, Table]:
    """Read the declared tables of a data folder by name.

    Raises:
        EvidenceError: datapackage.json is missing or is not readable as a Data Package.
    """
    path = folder / PACKAGE
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return {resource["name"]: _table(resource) for resource in resources}
    except OSError as error:
        raise EvidenceError([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvidenceError([Problem(str(path), f"is not a Data Package: {error}")]) from error


def _table(resource: dict) -> Table:  # type: ignore[type-arg]
    schema = resource["schema"]
    key = schema["primaryKey"]
    return Table(
        name=resource["name"],
        path=resource["path"],
        key=(key,) if isinstance(key, str) else tuple(key),
        fields=tuple(_field(field) for field in schema["fields"]),
    )


def _field(declared: dict) -> Field:  # type: ignore[type-arg]
    limits = declared.get("constraints", {})
    return Field(
        name=declared["name"],
        type=declared["type"],
        description=declared["description"],
        unit=declared.get("unit", ""),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        enum=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern", ""),
        minimum=limits.get("minimum"),
        separator=declared.get("separator", ""),
        vocabulary=tuple(declared.get("vocabulary", ())),
        references=declared.get("references", ""),
        partial=declared.get("partial", False),
        tie=declared.get("tie", False),
    )
