"""What a process and everything it starts costs: wall time and processor time, orphans and killed processes included.

How it counts. While something is measured, this process adopts orphans (Linux: PR_SET_CHILD_SUBREAPER), so that a process
whose parent has gone becomes a child of this one and not of init. The system adds up the processor time of every child
that its parent has waited for, however it ended, SIGKILL included, and passes the sum on with the parent's own time;
what has ended and is not yet waited for, and what still runs, is read from /proc. A process that ignores SIGCHLD lets the system
drop the times of its children: such processes are looked for four times a second and named in `Cost.drops`; a cost that
names one is a lower bound.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

import proc

T = TypeVar("T")
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 10.0  # seconds that orphans may go on after the command has ended; then they are killed
PAUSE = 0.25  # seconds between two looks at the tree


@dataclass(frozen=True)
class Cost:
    """Wall and processor time in seconds, exit code, and the processes that drop their children's times."""

    wall: float
    cpu: float
    code: int = 0
    drops: tuple[str, ...] = ()


def command(words: Sequence[str], cwd: Path, log: IO[bytes], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and count it with all its descendants; its output goes to the log.

    Wall time ends with the command itself, processor time with the last process that it left behind.
    """
    with adopting(), _watching() as drops:
        others, before, start = set(proc.children(os.getpid())), descendants_cpu(), time.perf_counter()
        child = subprocess.Popen(words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        code = child.wait()
        wall = time.perf_counter() - start
        _reap(others)
        return Cost(wall, descendants_cpu() - before, code, tuple(sorted(drops)))


def call(function: Callable[[], T]) -> tuple[T, Cost]:
    """Call a function of this process and count it with all that it, or what it keeps open, spends meanwhile."""
    before, start = time.process_time() + descendants_cpu(), time.perf_counter()
    result = function()
    wall = time.perf_counter() - start
    return result, Cost(wall, time.process_time() + descendants_cpu() - before)


class Others:
    """How much of the processors others use while this process and its descendants measure."""

    def __init__(self) -> None:
        self._start, self._others = time.perf_counter(), self._spent()

    def share(self) -> float:
        """Return the share of all processors that others have used since."""
        seconds = (time.perf_counter() - self._start) * (os.cpu_count() or 1)
        return max(self._spent() - self._others, 0.0) / seconds

    def _spent(self) -> float:
        return proc.busy() - time.process_time() - descendants_cpu()


def descendants_cpu() -> float:
    """Processor seconds so far of all descendants of this process: ended, ended but not waited for, and running."""
    running = sum(proc.cpu(pid) for pid in proc.descendants(os.getpid()))
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return running + ended.ru_utime + ended.ru_stime


@contextmanager
def adopting() -> Iterator[None]:
    """Make this process the parent of its descendants' orphans."""
    _adopt(True)
    try:
        yield
    finally:
        _adopt(False)


def _adopt(yes: bool) -> None:
    if not sys.platform.startswith("linux"):
        raise SystemExit("the benchmark needs Linux: elsewhere no process can adopt the orphans it has to count")
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, int(yes), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


@contextmanager
def _watching() -> Iterator[set[str]]:
    drops: set[str] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(PAUSE):
            drops.update(proc.name(pid) for pid in proc.descendants(os.getpid()) if proc.drops_children(pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield drops
    finally:
        done.set()
        watcher.join()


def _reap(others: set[int]) -> None:
    """Wait for the orphans that came to this process, and for theirs; the children it had before are not touched."""
    end = time.monotonic() + PATIENCE
    while left := set(proc.children(os.getpid())) - others:
        for pid in left:
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)
