"""What Linux says of a process under /proc: parent, children, times, memory, open files."""

import os
import signal
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
IGNORES_CHILDREN = 1 << (signal.SIGCHLD - 1)


def children(pid: int) -> list[int]:
    """Return the direct children of a process, ended ones that nobody has waited for included."""
    return _tree().get(pid, [])


def descendants(pid: int) -> list[int]:
    """Return the children of a process, their children, and so on."""
    tree, found = _tree(), []
    waiting = [pid]
    while waiting:
        below = tree.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def cpu(pid: int) -> float:
    """Processor seconds of a process and of the children that it has waited for; 0 where it has gone."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICK if fields else 0.0


def runs(pid: int) -> bool:
    """Say whether a process has not ended; one that has stays listed until its parent has waited for it."""
    return _stat(pid)[:1] not in ([], ["Z"])


def name(pid: int) -> str:
    """The name of a process's program."""
    return _read(pid, "comm").strip()


def drops_children(pid: int) -> bool:
    """Say whether a process ignores SIGCHLD and has children, whose times are lost when they end."""
    ignored = next((line.split()[1] for line in _read(pid, "status").splitlines() if line.startswith("SigIgn:")), "0")
    return bool(int(ignored, 16) & IGNORES_CHILDREN) and bool(children(pid))


def memory(pid: int) -> int:
    """Bytes of memory of a process, each shared page divided by those who share it (PSS)."""
    sizes = [line.split()[1] for line in _read(pid, "smaps_rollup").splitlines() if line.startswith("Pss:")]
    return int(sizes[0]) * 1024 if sizes else 0


def open_files(pid: int) -> list[str]:
    """Return what each open file of a process is, as `socket:[123]` or a path."""
    folder = Path(f"/proc/{pid}/fd")
    try:
        return [os.readlink(folder / entry) for entry in os.listdir(folder) if (folder / entry).is_symlink()]  # noqa: PTH208, PTH115
    except OSError:  # it has just closed the file or ended
        return []


def busy() -> float:
    """Seconds that all processors together have worked since the machine started, for whomever."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) / TICK


def _tree() -> dict[int, list[int]]:
    tree: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            tree.setdefault(int(fields[1]), []).append(int(entry.name))
    return tree


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may hold spaces and brackets: state, parent, ..."""
    return _read(pid, "stat").rpartition(")")[2].split()


def _read(pid: int, file: str) -> str:
    try:
        return Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
