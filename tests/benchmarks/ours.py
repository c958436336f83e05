"""Contender a: our press, as the command that builds everything, each time in a fresh process and from nothing."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import measure
from measure import Cost
from readings import Reading, reading
from sample import HOME, UDCG, Briefing

SHORT = (("list",), ("show", "meeting-27"), ("show", "donor-NO"))
TRIES = 3  # of each short command; the best counts


def builds(briefings: list[Briefing], sample: list[Briefing], turn: int, scratch: Path) -> Iterator[Reading]:
    """Build all briefings from nothing, all again with nothing changed, and the sample alone from nothing."""
    folder, jobs = scratch / f"all-{turn}", ("--jobs", "2")
    cost = _udcg(scratch, "build", "--all", "--to", str(folder), *jobs, *_force())
    _whole(folder, briefings)
    yield reading("press", "all", "all", turn, cost, len(briefings))
    again = _udcg(scratch, "build", "--all", "--to", str(folder), *jobs)
    yield reading("press", "nothing changed", "all", turn, again, len(briefings))
    few = scratch / f"sample-{turn}"
    cost = _udcg(scratch, "build", *(briefing.id for briefing in sample), "--to", str(few), *jobs, *_force())
    _whole(few, sample)
    yield reading("press", "sample", "sample", turn, cost, len(sample))


def answers(scratch: Path) -> Iterator[Reading]:
    """Time the commands that somebody waits for."""
    for words in SHORT:
        for turn in range(TRIES):
            yield reading("answers", " ".join(("udcg", *words)), "", turn, _udcg(scratch, *words))


def _udcg(scratch: Path, *words: str) -> Cost:
    with (scratch / "udcg.log").open("wb") as log:
        cost = measure.command([*UDCG, *words], HOME, log)
    if cost.code:
        raise SystemExit(f"udcg {' '.join(words)}: exit code {cost.code}\n{(scratch / 'udcg.log').read_text()[-2000:]}")
    return cost


def _whole(folder: Path, briefings: list[Briefing]) -> None:
    """A press that leaves files out is not measured."""
    wanted = [f"{briefing.id}.{kind}" for briefing in briefings for kind in ("html", "pdf", "json")]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"the build wrote no {', '.join(missing)}")


@cache
def _force() -> tuple[str, ...]:
    """The option that builds what has not changed, where there is one; the folders are new in any case."""
    said = subprocess.run([*UDCG, "build", "--help"], cwd=HOME, capture_output=True, text=True, check=True).stdout
    return ("--force",) if "--force" in said else ()
