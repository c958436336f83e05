"""Benchmark of the press against the commands that one would type, the same parts kept warm, and the cells alone.

Measures all of them in one run, on the same notebooks and two processors, and prints what one briefing costs in processor and
wall time. Writes build/benchmarks/press.csv, .md, .svg and .png. Exit code 1 where a target does not hold.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import browser
import commands
import figure
import measure
import ours
import report
import summary
from readings import Reading, table
from sample import HOME, Briefing, listed, spread

HERE = Path(__file__).parent
TO = HOME / "build" / "benchmarks"
PROCESSORS = 2


def main() -> int:
    """Measure, write, judge."""
    asked = _asked()
    _stay_on(PROCESSORS)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every process of every contender compiles the library again
    briefings = listed()
    sample = briefings if asked.sample == "all" else spread(briefings, int(asked.sample))
    others = measure.Others()
    with tempfile.TemporaryDirectory(prefix="udcg-bench-") as scratch, measure.adopting():
        readings = table(_said(_measured(briefings, sample, asked.repeat, Path(scratch))))
    TO.mkdir(parents=True, exist_ok=True)
    readings.to_csv(TO / "press.csv", index=False, float_format="%.4f")
    text = summary.markdown(readings, others.share())
    (TO / "press.md").write_text(text, encoding="utf-8")
    figure.draw(readings, TO)
    sys.stdout.write(text + f"\nin {TO}\n")
    return int(any(target.holds is False for target in report.targets(readings)))


def _measured(briefings: list[Briefing], sample: list[Briefing], turns: int, scratch: Path) -> Iterator[Reading]:
    program = browser.found()
    for turn in range(turns):
        yield from ours.builds(briefings, sample, turn, scratch)
        yield from commands.readings(sample, program, turn, scratch)
    yield from _fresh("warmed.py", sample, "--turns", str(turns))
    for turn in range(turns):
        yield from _fresh("floor.py", briefings, "--turn", str(turn))  # all of them, as ours makes all of them
    yield from ours.answers(scratch)


def _fresh(script: str, sample: list[Briefing], *options: str) -> Iterator[Reading]:
    """Have a process of its own measure itself: it keeps things warm that this one does not."""
    words = [sys.executable, str(HERE / script), *options, *(briefing.id for briefing in sample)]
    done = subprocess.run(words, cwd=HOME, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{script}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    yield from (Reading(**row) for row in json.loads(done.stdout))


def _said(readings: Iterator[Reading]) -> Iterator[Reading]:
    for one in readings:
        sys.stderr.write(f"{one.contender} {one.part} {one.briefing}: {one.cpu:.2f} s of CPU, {one.wall:.2f} s\n")
        yield one


def _stay_on(processors: int) -> None:
    """Keep to the first processors of those allowed, so that machines with more are measured alike."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", default="8", help="how many briefings the others make, evenly spread, or all (default: 8)")
    parser.add_argument("--repeat", type=int, default=1, help="how often everything is measured; medians count (default: 1)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
