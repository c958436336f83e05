"""The project's own evidence with every free text replaced by something that would do harm if it were anything but text."""

import csv
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

from udcg import schema
from udcg.schema import Field

TEXTS = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)> {{ 7 * 7 }} {% raw %} {sum} %s &lt;b&gt; &amp;',
    '#panic("x") $x$ *bold* _it_ @ref <lab> //comment \\ [ ] { } `raw` == heading',
    "=1+1",
    "@SUM(A1:A9)",
    "+1-800",
    "-2+3",
    "=cmd|' /C calc'!A0; a,b;\"c\"",
    "\u200fright\u200eto\u200bleft\u200d\ufeff \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u4e2d\u6587 \U0001f6e9 \u0303x",
    "Київ Україна ґєії ÅÄÖØÆ ąčęėįšųūž ļķņģ ðþ ł ř ů ğ ı ș ț ő ß ñ ç",
    "word " * 60,
    "x" * 300,
    "[link](javascript:alert(4)) **md** ../../../etc/passwd 'quoted' -- DROP TABLE",
)
SPOKEN = {"item", "title", "delivery_by", "quantity", "speaker"}  # what a disputed field may say without being a code, day or sum
Cell = Callable[[Field, dict[str, str]], str]


def attacked(source: Path, folder: Path) -> Path:
    """Copy a data folder with a hostile text in each cell of free text."""
    texts = itertools.cycle(TEXTS)

    def cell(field: Field, row: dict[str, str]) -> str:
        if field.name == "url" and not field.pattern:
            return "javascript:alert(5)"
        own = _free(field) and row.get("disputes" if field.name == "says" else "field", "item") in SPOKEN
        return next(texts).strip() if own else row[field.name]

    return _copied(source, folder, cell)


def bared(source: Path, folder: Path) -> Path:
    """Copy a data folder with nothing in any cell that may be empty."""
    kept = {"part_of", "answers", "delivers", "donor", "headline"}
    return _copied(source, folder, lambda field, row: row[field.name] if field.required or field.name in kept else "")


def _free(field: Field) -> bool:
    """Whether a column may hold any text."""
    bound = field.pattern or field.enum or field.vocabulary or field.references or field.unique or field.name in {"unit", "expect"}
    return field.type == "string" and not bound


def _copied(source: Path, folder: Path, cell: Cell) -> Path:
    folder.mkdir(parents=True)
    shutil.copy(source / schema.PACKAGE, folder)
    for table in schema.read(source).values():
        rows = list(csv.DictReader((source / table.path).read_text(encoding="utf-8").splitlines()))
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows({field.name: cell(field, row) for field in table.fields} for row in rows)
    return folder
