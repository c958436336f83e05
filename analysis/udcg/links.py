"""Keys and ties between the tables: unique keys, references that exist, ties without a cycle."""

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from udcg.errors import Problem, nearest
from udcg.schema import Field, Table
from udcg.ties import same_as

Frames = Mapping[str, pd.DataFrame]


def problems(frames: Frames, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield every doubled key, reference to nothing, and cycle of ties."""
    known = {table.name: dict.fromkeys(frames[table.name][table.key[0]].tolist()) for table in tables.values()}
    for table in tables.values():
        yield from _doubled(frames[table.name], table)
        for field in table.fields:
            if field.references:
                yield from _dangling(frames[table.name], table, field, tables[field.references], known[field.references])
    rings = [ring for field in tables["facts"].fields if field.tie for ring in _cycles(frames["facts"], field, tables["facts"])]
    yield from rings or _cycles_across(frames["facts"], tables["facts"])


def _doubled(frame: pd.DataFrame, table: Table) -> Iterator[Problem]:
    key = list(table.key)
    for row, cells in frame.loc[frame.duplicated(key, keep="first"), key].iterrows():
        value = " / ".join(f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell) for cell in cells)
        yield Problem(table.path, "stands twice; a key names one row", row=_line(row), column=", ".join(key), value=value)


def _dangling(frame: pd.DataFrame, table: Table, field: Field, target: Table, known: Collection[str]) -> Iterator[Problem]:
    cells = frame[field.name]
    cells = cells[cells != ""]
    members = cells.str.split(field.separator).explode() if field.separator else cells
    for row, value in members[[member not in known for member in members.tolist()]].items():
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
    tied = facts.loc[facts[field.name] != "", ["fact", field.name]]
    yield from _loops(dict(zip(tied["fact"].tolist(), tied[field.name].tolist(), strict=True)), facts, field.name, table)


def _cycles_across(facts: pd.DataFrame, table: Table) -> Iterator[Problem]:
    """A fact may not be its own whole by way of part_of, drawn_from and restates together; a restatement is its first saying."""
    said = same_as(facts).tolist()
    saying = dict(zip(facts["fact"].tolist(), said, strict=True))
    up: dict[str, list[str]] = {}
    for tie in ("part_of", "drawn_from"):
        for fact, whole in zip(said, facts[tie].tolist(), strict=True):
            if whole in saying and fact != saying[whole]:
                up.setdefault(fact, []).append(saying[whole])
    try:
        TopologicalSorter(_unending(up)).prepare()
    except CycleError as error:
        loop = " -> ".join(error.args[1])
        row = facts.index[facts["fact"] == error.args[1][0]][0]
        column = "part_of, drawn_from, restates"
        yield Problem(table.path, "is a cycle; a fact cannot be inside itself", row=_line(row), column=column, value=loop)


def _unending(up: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out all whose ties end somewhere, from the outermost in: in sound evidence that is everything."""
    size = len(up) + 1
    while len(up) < size:
        size = len(up)
        up = {fact: held for fact, wholes in up.items() if (held := [whole for whole in wholes if whole in up])}
    return up


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
