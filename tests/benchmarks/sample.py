"""The briefings to measure: what `udcg list` prints, or some of it, evenly spread."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[2]
NOTEBOOKS = HOME / "notebooks"
UDCG = [sys.executable, "-m", "udcg"]


@dataclass(frozen=True)
class Briefing:
    """One briefing, as the command line lists it."""

    id: str
    notebook: Path
    parameters: dict[str, Any]


def listed() -> list[Briefing]:
    """Return all briefings, in the order of `udcg list`."""
    rows = json.loads(subprocess.run([*UDCG, "list", "--json"], cwd=HOME, capture_output=True, check=True).stdout)
    kinds = tomllib.loads((NOTEBOOKS / "briefings.toml").read_text(encoding="utf-8"))
    return [Briefing(row["id"], NOTEBOOKS / kinds[row["kind"]]["notebook"], row["parameters"]) for row in rows]


def spread(briefings: list[Briefing], size: int) -> list[Briefing]:
    """Choose so many briefings at even distances, the first and the last among them."""
    if size >= len(briefings):
        return briefings
    steps = max(size - 1, 1)
    return [briefings[round(step * (len(briefings) - 1) / steps)] for step in range(size)]


def named(ids: Iterable[str]) -> list[Briefing]:
    """Return the briefings of some identifiers."""
    known = {briefing.id: briefing for briefing in listed()}
    return [known[name] for name in ids]
