"""Kernels forked from a template process that has loaded everything once.

The template is a process of our own, single-threaded, started by the one that needs kernels. For each kernel it forks itself and
the child becomes an ordinary ipykernel, so a notebook starts in hundredths of a second with its own memory, working folder and
environment. Where forking or private sockets are missing, or the template dies, an ordinary kernel is started instead.
"""

from udcg.press.kernels.manager import KernelManager
from udcg.press.kernels.owner import Warm, close, shared, stop

__all__ = ["KernelManager", "Warm", "close", "shared", "stop"]
