"""Keys and ties between the tables: unique keys, references that exist, ties without a cycle."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from udcg.errors import Problem, nearest
from udcg.schema import Field, Table
from udcg.ties import same_as

Frames = Mapping[str, pd.DataFrame]


def problems(frames: Frames, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield every doubled key, reference to nothing, and cycle of ties."""
    for table in tables.values():
        yield from _doubled(frames[table.name], table)
        for field in table.fields:
            if field.references:
                yield from _dangling(frames, table, field, tables[field.references])
    rings = [ring for field in tables["facts"].fields if field.tie for ring in _cycles(frames["facts"], field, tables["facts"])]
    yield from rings or _cycles_across(frames["facts"], tables["facts"])


def _doubled(frame: pd.DataFrame, table: Table) -> Iterator[Problem]:
    key = list(table.key)
    for row, cells in frame.loc[frame.duplicated(key, keep="first"), key].iterrows():
        value = " / ".join(f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell) for cell in cells)
        yield Problem(table.path, "stands twice; a key names one row", row=_line(row), column=", ".join(key), value=value)


def _dangling(frames: Frames, table: Table, field: Field, target: Table) -> Iterator[Problem]:
    known = pd.Index(frames[target.name][target.key[0]])
    cells = frames[table.name][field.name]
    cells = cells[cells != ""]
    members = cells.str.split(field.separator).explode() if field.separator else cells
    for row, value in members[~members.isin(known)].items():
        yield Problem(
            table.path,
            f"is not in {target.path}",
            row=_line(row),
            column=field.name,
            value=value,
            allowed=tuple(known) if len(known) <= 100 else (),
            nearest=nearest(value, known),
        )


def _cycles(facts: pd.DataFrame, field: Field, table: Table) -> Iterator[Problem]:
    tied = facts[facts[field.name] != ""]
    yield from _loops(dict(zip(tied["fact"], tied[field.name], strict=True)), facts, field.name, table)


def _cycles_across(facts: pd.DataFrame, table: Table) -> Iterator[Problem]:
    """A fact may not be its own whole by way of part_of, drawn_from and restates together; a restatement is its first saying."""
    saying = same_as(facts).set_axis(facts["fact"])
    up: dict[str, list[str]] = {}
    for tie in ("part_of", "drawn_from"):
        tied = facts[facts[tie].isin(facts["fact"])]
        for fact, whole in zip(saying[tied["fact"]], saying[tied[tie]], strict=True):
            if fact != whole:
                up.setdefault(fact, []).append(whole)
    try:
        TopologicalSorter(up).prepare()
    except CycleError as error:
        loop = " -> ".join(error.args[1])
        row = facts.index[facts["fact"] == error.args[1][0]][0]
        column = "part_of, drawn_from, restates"
        yield Problem(table.path, "is a cycle; a fact cannot be inside itself", row=_line(row), column=column, value=loop)


def _loops(up: dict[str, str], facts: pd.DataFrame, column: str, table: Table) -> Iterator[Problem]:
    done: set[str] = set()
    for start in up:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in done and here not in path:
            path[here] = None
            here = up.get(here)
        if here is not None and here in path:
            loop = [*list(path)[list(path).index(here) :], here]
            row = facts.index[facts["fact"] == here][0]
            yield Problem(
                table.path,
                "is a cycle; a fact cannot be inside itself",
                row=_line(row),
                column=column,
                value=" -> ".join(loop),
            )
        done.update(path)


def _line(row: object) -> int:
    return int(str(row))
