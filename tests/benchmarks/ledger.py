"""Measures what a ledger costs as it grows: python tests/benchmarks/ledger.py, from the project's folder.

It writes made-up ledgers of 10,000, 100,000 and 1,000,000 claims (not timed), loads, settles and counts each in a process of its own,
prints a table, writes build/benchmarks/ledger.csv, and ends with exit code 1 where a limit does not hold.
"""

import csv
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import synthetic

SIZES = (10_000, 100_000, 1_000_000)
MOST_SECONDS, MOST_MEGABYTES = 60, 4_000
# How far above n log n the largest may be, from the size before it. Names of facts are met in no order: at 10,000 claims all that is
# looked up lies in the processor's cache, at 1,000,000 next to nothing does, and the same look-up takes up to twice as long.
TOLERANCE = 2.0
HOME = Path(__file__).parents[2]
RESULT = HOME / "build" / "benchmarks" / "ledger.csv"
STAGES = ["load", "settle", "count"]
Row = dict[str, float]


def main() -> int:
    """Measure every size, print and write the table, and say which limit does not hold."""
    rows: list[Row] = []
    for claims in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            synthetic.generate(Path(folder), claims)
            rows.append({"claims": claims, **_in_own_process(folder)})
        _print(rows)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[-1]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    faults = broken(rows)
    print("\n".join(faults) or f"within {MOST_SECONDS} s, {MOST_MEGABYTES:,} MB and {TOLERANCE:g} times n log n")  # noqa: T201
    return 1 if faults else 0


def broken(rows: list[Row]) -> list[str]:
    """Say which limits do not hold."""
    last, faults = rows[-1], []
    if last["cpu"] > MOST_SECONDS:
        faults.append(f"{last['claims']:,.0f} claims took {last['cpu']:.1f} s of processor time, {MOST_SECONDS} s at most are allowed")
    if last["megabytes"] > MOST_MEGABYTES:
        faults.append(f"{last['claims']:,.0f} claims took {last['megabytes']:,.0f} MB, {MOST_MEGABYTES:,} MB at most are allowed")
    for before, after in pairwise(rows):
        if growth(before, after) > TOLERANCE:
            faults.append(
                f"from {before['claims']:,.0f} to {after['claims']:,.0f} claims it grew {growth(before, after):.2f} times n log n"
            )
    return faults


def growth(before: Row, after: Row) -> float:
    """How much faster than n log n the processor time grew: 1 where it grew just so."""
    expected = after["claims"] * math.log(after["claims"]) / (before["claims"] * math.log(before["claims"]))
    return after["cpu"] / before["cpu"] / expected


def measure(folder: Path) -> Row:
    """Load, settle and count a ledger in this process: seconds of each, of all (cpu and wall), and the peak of memory."""
    from udcg import count, ledger
    from udcg.book import Book

    began, seconds = (time.process_time(), time.perf_counter()), {}

    def timed(stage: str, work: Callable[[], object]) -> object:
        start = time.process_time()
        done = work()
        seconds[stage] = time.process_time() - start
        return done

    loaded = timed("load", lambda: ledger.load(folder))
    book = Book(loaded, "EUR")
    timed("settle", lambda: book.facts)
    timed("count", lambda: _counted(count, book))
    cpu, wall = time.process_time() - began[0], time.perf_counter() - began[1]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    facts, meetings = len(loaded.facts), len(loaded.meetings)
    return {"facts": facts, "meetings": meetings, **seconds, "cpu": cpu, "wall": wall, "megabytes": memory}


def _counted(count, book) -> None:
    """All commitments, all allocations, and the four sums of every window."""
    sums = [count.committed(book), count.allocated(book)]
    for meeting in book.windows.index:
        sums += count.of_meeting(book, meeting).values()
    for one in sums:
        _ = one.ends


def _in_own_process(folder: str) -> Row:
    paths = os.pathsep.join(filter(None, [str(HOME / "analysis"), os.environ.get("PYTHONPATH", "")]))
    env = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, __file__, folder], env=env, check=True, capture_output=True, text=True)
    found: Row = json.loads(done.stdout)
    return found


def _print(rows: list[Row]) -> None:
    if len(rows) == 1:
        print(f"{'claims':>10}{'facts':>9}{'meetings':>9}", *(f"{name:>8}" for name in (*STAGES, "cpu", "wall")), "      MB  x n log n")  # noqa: T201
    row = rows[-1]
    shape = f"{row['claims']:>10,.0f}{row['facts']:>9,.0f}{row['meetings']:>9.0f}"
    ratio = f"{growth(rows[-2], row):>11.2f}" if len(rows) > 1 else ""
    print(shape, *(f"{row[name]:>8.2f}" for name in (*STAGES, "cpu", "wall")), f"{row['megabytes']:>8,.0f}", ratio, flush=True)  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(Path(sys.argv[1]))))  # noqa: T201
    else:
        sys.exit(main())
