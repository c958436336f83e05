"""A thousand parameter sets in one build: memory, processes, open files and sockets must not grow.

Makes a project of a tiny ledger with a thousand meetings and a tiny notebook, builds all of it with `udcg build --all`, and at each
line that the build prints, one a briefing, looks at every process of the build. Compares the first tenth with the last tenth, for
the processes that live through both: the command itself and whatever it keeps to start kernels from. Writes
build/benchmarks/memory.csv. Exit code 1 where something grew, a process or a file was left behind, or a briefing failed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

import measure
import proc
import thousand
from sample import HOME, UDCG

TO = HOME / "build" / "benchmarks"
GROWTH = 1.10  # the last tenth against the first
HELD = {"memory": pd.Series.mean, "files": pd.Series.min, "sockets": pd.Series.min}  # those of kernels come and go; what stays is the least


@dataclass(frozen=True)
class Look:
    """One process at one moment: which briefing has just been made, memory in bytes (PSS), open files and sockets."""

    made: int
    pid: int
    name: str
    memory: int
    files: int
    sockets: int


def main() -> int:
    """Build, look, judge."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="udcg-bench-") as folder, measure.adopting():
        home, scratch = thousand.project(Path(folder) / "project", asked.sets), Path(folder) / "scratch"
        scratch.mkdir()
        looks, lines, seconds = _built(home, scratch)
        time.sleep(1)  # what is being cleared away may end
        running = [pid for pid in proc.descendants(os.getpid()) if proc.runs(pid)]
        left = {"processes": len(running), "files in the temporary folder": len(list(scratch.iterdir()))}
        made = len(list((home / "build").glob("*.html"))) - 1  # all but the index
    table = pd.DataFrame([asdict(look) for look in looks])
    TO.mkdir(parents=True, exist_ok=True)
    table.to_csv(TO / "memory.csv", index=False)
    faults = [*_grown(table, asked.sets), *(f"{count} {what} left behind" for what, count in left.items() if count)]
    if made != asked.sets:
        faults.append("\n".join([f"{made} of {asked.sets} briefings made", *(line for line in lines if ".html" not in line)]))
    sys.stdout.write(_said(table, asked.sets, seconds) + "".join(f"MISSED: {fault}\n" for fault in faults))
    return int(bool(faults))


def _built(home: Path, scratch: Path) -> tuple[list[Look], list[str], float]:
    env = {**os.environ, "UDCG_HOME": str(home), "TMPDIR": str(scratch)}
    looks: list[Look] = []
    lines: list[str] = []
    start = time.perf_counter()
    words = [*UDCG, "build", "--all", "--to", str(home / "build"), "--jobs", "2"]
    with subprocess.Popen(words, cwd=home, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as build:
        for line in build.stderr or ():
            lines.append(line.rstrip())
            if line.startswith("meeting-"):
                looks += _looked(len(lines), build.pid)
    return looks, lines, time.perf_counter() - start


def _looked(made: int, root: int) -> Iterator[Look]:
    for pid in [root, *proc.descendants(root)]:
        files = proc.open_files(pid)
        yield Look(made, pid, proc.name(pid), proc.memory(pid), len(files), sum(file.startswith("socket:") for file in files))


def _grown(looks: pd.DataFrame, sets: int) -> Iterator[str]:
    first, last = _ends(looks, sets)
    for name, before in first.groupby("pid"):
        after = last[last["pid"] == name]
        for what, held in HELD.items():
            if held(after[what]) > GROWTH * held(before[what]):
                yield f"{what} of process {name} grew from {held(before[what]):,.1f} to {held(after[what]):,.1f}"
    count = [part.groupby("made").size().mean() for part in _tenths(looks, sets)]
    if count[1] > GROWTH * count[0]:
        yield f"processes grew from {count[0]:.1f} to {count[1]:.1f}"


def _ends(looks: pd.DataFrame, sets: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first and the last tenth, of the processes that are in both."""
    first, last = _tenths(looks, sets)
    stay = set(first["pid"]) & set(last["pid"])
    return first[first["pid"].isin(stay)], last[last["pid"].isin(stay)]


def _tenths(looks: pd.DataFrame, sets: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    tenth = max(sets // 10, 1)
    warm = min(5, tenth // 2)  # the very first briefings import and fill caches
    return looks[looks["made"].between(warm + 1, tenth + warm)], looks[looks["made"] > looks["made"].max() - tenth]


def _said(looks: pd.DataFrame, sets: int, seconds: float) -> str:
    lines = [f"{sets} parameter sets in {seconds:.0f} s; the first and the last tenth: mean memory, fewest files and sockets"]
    first, last = _ends(looks, sets)
    for pid, before in first.groupby("pid"):
        after = last[last["pid"] == pid]
        memory, files, sockets = ([held(part[what]) for part in (before, after)] for what, held in HELD.items())
        lines.append(
            f"  {before['name'].iloc[0]} {pid}: {memory[0] / 1e6:.1f} -> {memory[1] / 1e6:.1f} MB, {files[0]:.0f} -> {files[1]:.0f} files, "
            f"{sockets[0]:.0f} -> {sockets[1]:.0f} sockets"
        )
    count = [part.groupby("made").size().mean() for part in _tenths(looks, sets)]
    return "\n".join([*lines, f"  processes at once: {count[0]:.1f} -> {count[1]:.1f}"]) + "\n"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=1000, help="how many parameter sets (default: 1000)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
