"""Calls of the C library that Python has no words for; each does nothing where the system has none of the kind."""

import ctypes
import signal
import sys

DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Have this process killed when its parent dies."""
    if _libc:
        _libc.prctl(DIE_WITH_PARENT, signal.SIGKILL)


def give_back() -> None:
    """Return freed memory to the system: it is kept in pieces, and a thousand briefings would take a tenth more than a hundred."""
    if _libc and hasattr(_libc, "malloc_trim"):  # glibc's
        _libc.malloc_trim(0)
