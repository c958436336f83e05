"""Benchmark of builds on a Dask cluster: two workers against one, and one of two killed in the middle of a build.

Starts a scheduler and workers of one thread each on this machine, builds every briefing from nothing with one worker and with two,
each once to warm the workers and then measured, and prints wall times and their ratio. Then kills a worker while a build runs and
looks whether every briefing was made. Exit code 1 where two workers are less than 1.6 times faster, or where a briefing is missing.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from sample import HOME, UDCG, listed

TO = HOME / "build" / "benchmarks"
FASTER = 1.6
WARM = 60  # seconds that a started worker may take until it is known to the scheduler


def main() -> int:
    """Measure, kill, judge."""
    ids = [briefing.id for briefing in listed()]
    with tempfile.TemporaryDirectory(prefix="udcg-bench-") as folder:
        seconds = {count: _measured(count, Path(folder)) for count in (1, 2)}
        missing = _killed(ids, Path(folder))
    ratio = seconds[1] / seconds[2]
    table = pd.DataFrame({"workers": list(seconds), "seconds": [round(value, 2) for value in seconds.values()]})
    TO.mkdir(parents=True, exist_ok=True)
    table.to_csv(TO / "cluster.csv", index=False)
    sys.stdout.write(f"{len(ids)} briefings\n{table.to_string(index=False)}\ntwo workers are {ratio:.2f} times faster; {FASTER} is asked\n")
    sys.stdout.write(f"after a worker was killed: {len(ids) - len(missing)} of {len(ids)} briefings made\n")
    return int(ratio < FASTER or bool(missing))


def _measured(count: int, folder: Path) -> float:
    """Seconds for everything on warm workers."""
    with _cluster(count) as (address, _):
        for turn in ("warm", "measured"):
            start = time.perf_counter()
            _udcg(address, folder / f"{count}-{turn}").check_returncode()
            seconds = time.perf_counter() - start
            sys.stderr.write(f"{count} workers, {turn}: {seconds:.1f} s\n")
    return seconds


def _killed(ids: list[str], folder: Path) -> list[str]:
    """The briefings that are missing after one of two workers was killed when a third of them was made."""
    out = folder / "killed"
    with _cluster(2) as (address, workers):
        build = subprocess.Popen(_words(address, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for made, line in enumerate(build.stderr or (), start=1):
            if made == len(ids) // 3:
                os.killpg(workers[0].pid, signal.SIGKILL)
                sys.stderr.write(f"a worker was killed after {line}")
        build.wait()
    return [name for name in ids if not all((out / f"{name}.{kind}").is_file() for kind in ("html", "pdf", "json"))]


def _words(address: str, out: Path) -> list[str]:
    return [*UDCG, "build", "--all", "--force", "--to", str(out), "--scheduler", address]


def _udcg(address: str, out: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(_words(address, out), cwd=HOME, capture_output=True, check=False)


@contextmanager
def _cluster(count: int) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """Start a scheduler and workers; give its address and their processes."""
    with tempfile.TemporaryDirectory(prefix="udcg-bench-") as folder:
        known = ["--scheduler-file", str(Path(folder) / "scheduler.json"), "--no-dashboard"]
        scheduler = _started("scheduler", *known, "--port", "0", "--host", "127.0.0.1")
        workers = [_started("worker", *known, "--nthreads", "1", "--no-nanny") for _ in range(count)]
        try:
            yield _awaited(Path(known[1]), count), workers
        finally:
            for process in (*workers, scheduler):
                process.terminate()
                process.wait(WARM)


def _started(part: str, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *words]
    return subprocess.Popen(command, cwd=HOME, stderr=subprocess.DEVNULL, start_new_session=True)


def _awaited(file: Path, count: int) -> str:
    """Wait until the scheduler knows so many workers, and return its address."""
    from distributed import Client

    until = time.monotonic() + WARM
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    with Client(scheduler_file=str(file), timeout=WARM) as client:
        client.wait_for_workers(count, timeout=WARM)
        return str(client.scheduler.address)


if __name__ == "__main__":
    sys.exit(main())
