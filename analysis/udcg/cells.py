"""One CSV file -> one frame whose cells have the declared types; every cell that has not is a problem."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from udcg.dates import first_day
from udcg.errors import Problem, nearest
from udcg.schema import Field, Table

NEEDED = "is needed here"


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
    frame = raw.copy()
    for field in table.fields:
        problems += _problems(raw[field.name], field, table)
        frame[field.name] = _typed(raw[field.name], field)
    return frame, problems


def _empty(table: Table) -> pd.DataFrame:
    raw = pd.DataFrame({name: pd.Series(dtype="str") for name in table.columns})
    return raw.assign(**{field.name: _typed(raw[field.name], field) for field in table.fields})


def _rows(text: str, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    header: list[str] = []
    line = 1
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
                lines.append(line)
            elif row:
                problems.append(Problem(table.path, f"has {len(row)} cells, the header has {len(header)}", row=line))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(table.path, f"cannot be read as CSV: {error}", row=line))
    raw = pd.DataFrame(rows, columns=pd.Index(header, dtype="str"), index=pd.Index(lines, name="row"), dtype="str")
    problems += _header_problems(header, table)
    raw = raw.loc[:, ~raw.columns.duplicated()]
    return raw.reindex(columns=list(table.columns), fill_value="").astype("str"), problems


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
        number = pd.to_numeric(raw, errors="coerce").astype("float64")
        whole = field.type == "integer" and field.required and number.notna().all()
        return number.astype("int64") if whole and (number % 1 == 0).all() else number
    return raw


def _problems(raw: pd.Series, field: Field, table: Table) -> Iterator[Problem]:
    filled = raw[raw != ""]
    if field.required:
        for row in raw.index[raw == ""]:
            yield Problem(table.path, NEEDED + (f" ({field.description})"), row=row, column=field.name, allowed=field.enum)
    for row, value in filled[_wrong_type(filled, field)].items():
        yield Problem(table.path, _wanted(field), row=row, column=field.name, value=value)
    for row, value in filled[_too_small(filled, field)].items():
        yield Problem(table.path, f"is below {field.minimum:g}", row=row, column=field.name, value=value)
    for row, value in filled.items():
        words = field.vocabulary or field.enum
        for member in _members(value, field) if words else ():
            if member not in words:
                hint = nearest(member, words)
                yield Problem(table.path, "is not allowed", row=row, column=field.name, value=member, allowed=words, nearest=hint)
    for row, value in filled[filled.str.contains(r"[\x00-\x1f\x7f]")].items():
        yield Problem(table.path, "has a line break or control character", row=row, column=field.name, value=value)


def _members(value: str, field: Field) -> list[str]:
    return value.split(field.separator) if field.separator else [value]


def _wrong_type(filled: pd.Series, field: Field) -> pd.Series:
    if field.type == "date":
        return _typed(filled, field).isna() | (filled.str.len() != 10)
    if field.partial:
        return first_day(filled).isna() | ~filled.str.fullmatch(field.pattern)
    if field.type in {"number", "integer"}:
        number = pd.to_numeric(filled, errors="coerce")
        finite = number.notna() & (number.abs() != float("inf"))
        return ~finite | ((number % 1 != 0) if field.type == "integer" else False)
    return ~filled.str.fullmatch(field.pattern) if field.pattern else filled.str.len() < 0


def _too_small(filled: pd.Series, field: Field) -> pd.Series:
    if field.minimum is None:
        return filled.str.len() < 0
    return pd.to_numeric(filled, errors="coerce") < field.minimum


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
