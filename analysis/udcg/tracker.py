"""Reads an independent tracker's published file: military sums by donor and month.

The tracker is the Kiel Institute's Ukraine Support Tracker, in either of two published forms: dated activities (one row each) or the
monthly explorer (billions of euros by donor and month).
"""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from udcg.errors import EvidenceError, Problem, nearest
from udcg.ledger import Ledger

KINDS = ["commitments", "allocations"]
FORMS = {
    "activities": ("giver", "dato", "kategori", "maal", "verdi_eur_redistr", "verdi_eur_activity"),
    "explorer": ("country", "year", "month", "military"),
}
MILITARY, ALLOCATION = "Military", "Allocation"
# names under which the tracker lists a donor that we name otherwise
NAMES = {"Czech Republic": "CZ", "EU (Commission and Council)": "EU", "South Korea": "KR", "Turkey": "TR", "Turkiye": "TR", "Türkiye": "TR"}
BILLION = 1e9
Wrong = Callable[[str, str], None]  # takes a column and what is wrong with its cell


@dataclass(frozen=True)
class Tracker:
    """A tracker's military sums by donor and month.

    Rows: columns donor (code), month (first day; NaT where the tracker gives no day), commitments and allocations (EUR; NaN where the
    form does not give them). Unknown: names of donors that the ledger does not have.
    """

    form: str
    rows: pd.DataFrame
    unknown: tuple[str, ...]

    def between(self, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
        """Sums by donor from one month to another, rows without a day always in: indexed by donor, commitments and allocations (EUR)."""
        months = self.rows[self.rows["month"].isna() | ((self.rows["month"] >= start) & (self.rows["month"] <= end))]
        return months.groupby("donor")[KINDS].sum(min_count=1)


def read(path: Path, ledger: Ledger) -> Tracker:
    """Read a tracker's file in either form.

    Raises:
        EvidenceError: the file cannot be read, has neither form, or a cell is no number or date; carries every problem.
    """
    lines, columns = _table(path)
    form = max(FORMS, key=lambda name: len(set(FORMS[name]) & set(columns)))
    _headed(path.name, form, columns, lines)
    problems: list[Problem] = []
    rows = [row for line, cells in lines.items() for row in _row(path.name, form, line, cells, problems)]
    if problems:
        raise EvidenceError(problems)
    codes = {name: code for code, name in ledger.names.items()} | {name: code for name, code in NAMES.items() if code in ledger.names}
    table = pd.DataFrame(rows, columns=["name", "month", *KINDS]).astype({"month": "datetime64[ns]", **dict.fromkeys(KINDS, "float64")})
    known = table.assign(donor=table["name"].map(codes).astype("object"))
    unknown = tuple(sorted(set(table.loc[known["donor"].isna(), "name"])))
    return Tracker(form, known.loc[known["donor"].notna(), ["donor", "month", *KINDS]].reset_index(drop=True), unknown)


def _table(path: Path) -> tuple[dict[int, dict[str, str | None]], list[str]]:
    """Rows by line of the file, and the names of the columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            lines = dict((reader.line_num, row) for row in reader)  # noqa: C402 - the line moves with the row
            return lines, list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError([Problem(path.name, f"cannot be read as a table: {error}")]) from error


def _headed(file: str, form: str, columns: list[str], lines: dict[int, dict[str, str | None]]) -> None:
    missing = [name for name in FORMS[form] if name not in columns]
    if len(missing) == len(FORMS[form]):
        forms = "; ".join(f"{name}: {', '.join(needed)}" for name, needed in FORMS.items())
        raise EvidenceError([Problem(file, f"has the columns of neither form ({forms})")])
    if missing:
        raise EvidenceError([Problem(file, f"is missing from the {form}", 1, name, nearest=nearest(name, columns)) for name in missing])
    if not lines:
        raise EvidenceError([Problem(file, "has no rows")])


def _row(file: str, form: str, line: int, cells: dict[str, str | None], problems: list[Problem]) -> Iterator[list[object]]:
    cut = [name for name in FORMS[form] if cells[name] is None]
    if cut:
        problems.append(Problem(file, "is cut off: the row ends before this column", line, cut[0]))
        return
    said = {name: str(cells[name]).strip() for name in FORMS[form]}
    found: list[Problem] = []
    row = (_activity if form == "activities" else _month)(said, lambda name, why: found.append(Problem(file, why, line, name, said[name])))
    problems.extend(found)
    if row and not found:
        yield row


def _activity(said: dict[str, str], wrong: Wrong) -> list[object] | None:
    """Military commitments are the activity values of all rows, allocations the redistributed values of rows so measured."""
    if not said["kategori"].startswith(MILITARY):
        return None
    day = pd.to_datetime(said["dato"], format="%Y-%m-%d", errors="coerce")
    if said["dato"] and pd.isna(day):
        wrong("dato", "is not a date; write it as 2025-04-11")
    redistributed, activity = (_number(name, said, wrong) for name in ("verdi_eur_redistr", "verdi_eur_activity"))
    month = pd.NaT if pd.isna(day) else day.replace(day=1)
    return [said["giver"], month, activity, redistributed if said["maal"] == ALLOCATION else 0.0]


def _month(said: dict[str, str], wrong: Wrong) -> list[object] | None:
    year = _whole("year", said, 1900, 2999, wrong)
    month = _whole("month", said, 1, 12, wrong)
    allocated = _number("military", said, wrong) * BILLION
    return [said["country"], pd.Timestamp(year, month, 1), math.nan, allocated] if year and month else None


def _whole(name: str, said: dict[str, str], low: int, high: int, wrong: Wrong) -> int | None:
    if said[name].isascii() and said[name].isdigit() and low <= int(said[name]) <= high:
        return int(said[name])
    wrong(name, f"is not a whole number from {low} to {high}")
    return None


def _number(name: str, said: dict[str, str], wrong: Wrong) -> float:
    try:
        value = float(said[name] or 0.0)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        wrong(name, "is not a number")
    return value
