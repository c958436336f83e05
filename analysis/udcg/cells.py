"""One CSV file -> one frame whose cells have the declared types; every cell that has not is a problem."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from udcg.dates import first_day
from udcg.errors import Problem, nearest
from udcg.schema import Field, Table

NEEDED = "is needed here"
# what breaks a line, turns the direction of the text round it, or is no letter at all
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def read(folder: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the CSV file of a table.

    Returns:
        The frame with the declared columns (strings, "" where missing; numbers as float64, dates as datetime64, NaN and
        NaT where missing), indexed by the line of the file on which the row starts, and the problems found. A column or
        row at fault stays in the frame as missing, so that one fault does not hide another.
    """
    try:
        text = (folder / table.path).read_text(encoding="utf-8-sig")
    except OSError as error:
        return _empty(table), [Problem(table.path, f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        return _empty(table), [Problem(table.path, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")]
    raw, problems = _rows(text, table)
    columns: dict[str, Any] = {}
    for field in table.fields:
        place, different = pd.factorize(raw[field.name].array)
        values = pd.Series(different, dtype="str")
        problems += _problems(raw[field.name], values, field, table)
        columns[field.name] = _whole(_typed(values, field).array.take(place), field)
    return pd.DataFrame(columns, index=raw.index), problems


def _empty(table: Table) -> pd.DataFrame:
    nothing = pd.Series(dtype="str")
    return pd.DataFrame({field.name: _typed(nothing, field) for field in table.fields})


def _rows(text: str, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells: list[str] = []  # of all rows in a row: so many small lists would keep the collector of garbage busy
    lines: list[int] = []
    problems: list[Problem] = []
    header: list[str] = []
    line = 1
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                cells.extend(row)
                lines.append(line)
            elif row:
                problems.append(Problem(table.path, f"has {len(row)} cells, the header has {len(header)}", row=line))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(table.path, f"cannot be read as CSV: {error}", row=line))
    problems += _header_problems(header, table)
    columns = {name: cells[place :: len(header)] for place, name in reversed(list(enumerate(header)))}  # of a doubled name the first
    filled = {name: pd.array(columns.get(name, [""] * len(lines)), dtype="str") for name in table.columns}
    return pd.DataFrame(filled, index=pd.Index(lines, name="row", dtype="int64")), problems


def _header_problems(header: list[str], table: Table) -> Iterator[Problem]:
    for name in table.columns:
        if name not in header:
            yield Problem(
                table.path,
                "this column is missing",
                column=name,
                nearest=nearest(name, set(header) - set(table.columns)),
            )
    for name in dict.fromkeys(header):
        if name not in table.columns:
            hint = nearest(name, table.columns)
            yield Problem(table.path, "is not a declared column", row=1, value=name, allowed=table.columns, nearest=hint)
        if header.count(name) > 1:
            yield Problem(table.path, "stands twice in the header", row=1, value=name)


def _typed(raw: pd.Series, field: Field) -> pd.Series:
    if field.type == "date":
        return pd.to_datetime(raw, format="%Y-%m-%d", errors="coerce")
    if field.type in {"number", "integer"}:
        return pd.to_numeric(raw, errors="coerce").astype("float64")
    return raw


def _whole(column: Any, field: Field) -> Any:
    """Whole numbers that are all there as integers, anything else as it is."""
    whole = field.type == "integer" and field.required and not pd.isna(column).any()
    return column.astype("int64") if whole and (column % 1 == 0).all() else column


def _problems(raw: pd.Series, values: pd.Series, field: Field, table: Table) -> Iterator[Problem]:
    """Look at each different value once, and only for those at fault at the rows."""
    if field.required:
        for row in raw.index[raw == ""] if (values == "").any() else ():
            yield Problem(table.path, NEEDED + (f" ({field.description})"), row=row, column=field.name, allowed=field.enum)
    filled = values[values != ""]
    for row, value in _rows_with(raw, _wrong(filled, field)):
        yield Problem(table.path, _wanted(field), row=row, column=field.name, value=value)
    for row, value in _rows_with(raw, _too_small(filled, field)):
        yield Problem(table.path, f"is below {field.minimum:g}", row=row, column=field.name, value=value)
    words = field.vocabulary or field.enum
    for row, value in _rows_with(raw, _not_among(words, filled, field)):
        for member in _members(value, field):
            if member not in words:
                hint = nearest(member, words)
                yield Problem(table.path, "is not allowed", row=row, column=field.name, value=member, allowed=words, nearest=hint)
    for row, value in _rows_with(raw, filled[filled.str.contains(CONTROL)] if CONTROL.search("".join(filled.tolist())) else []):
        yield Problem(table.path, "has a line break or control character", row=row, column=field.name, value=value)


def _not_among(words: tuple[str, ...], filled: Iterable[str], field: Field) -> list[str]:
    return [value for value in filled if not set(words).issuperset(_members(value, field))] if words else []


def _rows_with(raw: pd.Series, faults: Collection[str]) -> Iterable[tuple[int, str]]:
    return raw[raw.isin(faults)].items() if len(faults) else ()


def _members(value: str, field: Field) -> list[str]:
    return value.split(field.separator) if field.separator else [value]


def _wrong(filled: pd.Series, field: Field) -> list[str]:
    """The values that are not of the field's type or form."""
    if field.type == "date":
        return list(filled[_typed(filled, field).isna() | (filled.str.len() != 10)])
    if field.partial:
        return list(filled[first_day(filled).isna() | ~filled.str.fullmatch(field.pattern)])
    if field.type in {"number", "integer"}:
        number = pd.to_numeric(filled, errors="coerce")
        finite = number.notna() & (number.abs() != float("inf"))
        return list(filled[~finite | ((number % 1 != 0) if field.type == "integer" else False)])
    return list(filled[~filled.str.fullmatch(field.pattern)]) if field.pattern else []


def _too_small(filled: pd.Series, field: Field) -> list[str]:
    return [] if field.minimum is None else list(filled[pd.to_numeric(filled, errors="coerce") < field.minimum])


def _wanted(field: Field) -> str:
    if field.type == "date":
        return "is not a date; write it as 2025-04-11"
    if field.partial:
        return "is not a date; write it as 2025-04-11, or 2025-04 or 2025 where the day is not known"
    if field.type == "integer":
        return "is not a whole number"
    if field.type == "number":
        return "is not a number; write it in full without separators, as 450000000"
    return f"does not have the form {field.pattern} ({field.description})"
