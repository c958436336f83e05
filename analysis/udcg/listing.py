"""Frames -> plain lines for a terminal or a log: changes, findings, comparison with a tracker."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from udcg.money import ENDS, EURO
from udcg.tracker import KINDS
from udcg.words import ENGLISH


def changes(rows: pd.DataFrame) -> Iterator[str]:
    """One line a change, and how many of each kind."""
    for row in rows.to_dict("records"):
        change = f"{row['field']}: {row['before'] or 'nothing'} -> {row['after'] or 'nothing'}"
        what = change if row["field"] else row["after"] or row["before"]
        yield f"{row['change']:9}  {row['fact']}  {row['title']}  {what}".rstrip()
    yield ", ".join(f"{(rows['change'] == kind).sum():,} {kind}" for kind in ("new", "changed", "withdrawn"))


def findings(rows: pd.DataFrame) -> Iterator[str]:
    """One line a printed sum that does not add up."""
    for row in rows.to_dict("records"):
        printed, computed = (ENGLISH.money(row[name], row["currency"]) for name in ("stated", "expected"))
        off = ENGLISH.percent(row["off"], signed=True)
        yield f"{row['verdict']:5}  {row['kind']:10}  {row['claim']}  {row['fact']}  printed {printed}, computed {computed} ({off})"
    yield ENGLISH.counted(len(rows), "finding", "findings")


def comparison(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Two lines a donor, ours beside the tracker's, and the reasons below."""
    for row in rows:
        for kind in KINDS:
            ends = {end: float("nan") if row[kind][end] is None else row[kind][end] for end in ENDS}
            theirs, off = ("–" if row[kind][cell] is None else ENGLISH.money(row[kind][cell], EURO) for cell in ("theirs", "difference"))
            yield f"{row['donor']:6} {kind:12} ours {ENGLISH.interval(ends, EURO):40} theirs {theirs:14} difference {off}"
        yield from (f"       {reason}" for reason in row["reasons"])
