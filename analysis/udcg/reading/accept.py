"""Reviewed claims -> data/: written beside, checked as a whole, and put in place together or not at all."""

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from udcg import audit, ledger, rates, schema
from udcg.errors import Problem, ReviewError, TargetError, nearest
from udcg.reading import review
from udcg.reading.review import Added, Row
from udcg.words import ENGLISH

RATES = "rates"


def accept(reviewed: Path, folder: Path) -> str:
    """Append what a review accepts to a data folder, and the reference rates that it needs.

    Args:
        reviewed: A CSV as `udcg read --format csv` prints it, with yes in the column accept.
        folder: The data folder.

    Returns:
        What was added, in a sentence.

    Raises:
        ReviewError: the review or the evidence with it is at fault; nothing was written.
        TargetError: the folder cannot be written to; nothing was changed.
    """
    added = review.read(reviewed, ledger.load(folder))
    tables = schema.read(folder)
    _known_columns(reviewed.name, added, tables)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".accepting-") as place:
            beside = Path(place) / "data"
            shutil.copytree(folder, beside)
            for name, rows in zip(review.TABLES, added, strict=True):
                _append(beside / tables[name].path, tables[name], rows)
            _checked(beside)
            _replace(beside, folder, [tables[name].path for name in (RATES, *review.TABLES)])
    except OSError as error:
        raise TargetError(f"{folder} cannot be written to: {error.strerror}; nothing was changed") from error
    sizes = (ENGLISH.counted(len(rows), name.removesuffix("s"), name) for name, rows in zip(review.TABLES, added, strict=True))
    return f"added {', '.join(sizes)} to {folder}"


def _known_columns(file: str, added: Added, tables: Mapping[str, schema.Table]) -> None:
    problems = [
        Problem(
            file,
            "is no column of this table",
            value=f"{name}.{column}",
            allowed=tables[name].columns,
            nearest=nearest(column, tables[name].columns),
        )
        for name, rows in zip(review.TABLES, added, strict=True)
        for column in sorted({column for row in rows for column in row} - set(tables[name].columns))
    ]
    if problems:
        raise ReviewError(problems)


def _append(path: Path, table: schema.Table, rows: list[Row]) -> None:
    """Add rows in the order of the file's own header, and leave every byte before them as it was."""
    text = path.read_text(encoding="utf-8")
    header = next(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.DictWriter(out, header, restval="", lineterminator="\n").writerows(rows)
    ending = "" if text.endswith("\n") or not rows else "\n"
    path.write_text(text + ending + out.getvalue(), encoding="utf-8", newline="")


def _checked(folder: Path) -> None:
    """Freeze the rates that new days need, then check as `udcg check` does."""
    evidence = ledger.load(folder)
    if not rates.unpublished(evidence):
        rates.write(evidence, folder)
        evidence = ledger.load(folder)
    problems = audit.problems(evidence)
    if problems:
        raise ReviewError(problems)


def _replace(beside: Path, folder: Path, names: list[str]) -> None:
    """Put the new files in place; where one cannot be, put back those that were."""
    before = {name: (folder / name).read_bytes() for name in names}
    try:
        for name in names:
            (beside / name).replace(folder / name)
    except OSError:
        for name, content in before.items():
            (folder / name).write_bytes(content)
        raise
