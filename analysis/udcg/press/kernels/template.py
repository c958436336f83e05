"""The template process itself: loads everything once, then forks a kernel for each request until its owner is gone.

Run as `python -m udcg.press.kernels.template SOCKET FOLDER WARM`. It has one thread, so that a fork is safe. When its socket closes,
because the owner closed it or died, it kills its kernels with all that they started and ends; the folder of their sockets it removes
for an owner that died.
"""

import contextlib
import ctypes
import gc
import json
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import time

from udcg.press.kernels import wire

DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
RARELY = 20_000  # new objects between two collections in a child, most of which live for a second
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Server:
    """Forks and reaps kernels for an owner at the other end of a socket."""

    def __init__(self, owner: socket.socket) -> None:
        self.owner, self.dismissed = owner, False  # dismissed by an owner that lives on
        self.kernels: dict[int, tuple[int, str]] = {}  # by descriptor of the process: its id and the request's name
        self.events = selectors.DefaultSelector()
        self.events.register(owner, selectors.EVENT_READ)

    def serve(self) -> wire.Message | None:
        """Fork for each request and report each exit; return the request in a forked child, None in the template at its end."""
        wire.send(self.owner, {"ready": os.getpid()})
        while True:
            for event, _ in self.events.select():
                if event.fd != self.owner.fileno():
                    self._report_exit(event.fd)
                    continue
                request = wire.receive(self.owner)
                self.dismissed = request == wire.CLOSE
                if request is None or self.dismissed:
                    return None
                if self._fork(request["fork"]):
                    return request
                if "pipe" in request:
                    os.close(request["pipe"])

    def close(self) -> None:
        """Kill all kernels."""
        for pid, _ in self.kernels.values():
            _end(pid)

    def _fork(self, name: str) -> bool:
        """Fork a child; True in the child."""
        pid = os.fork()
        if not pid:
            self.events.close()
            for descriptor in self.kernels:
                os.close(descriptor)
            return True
        descriptor = os.pidfd_open(pid)
        self.kernels[descriptor] = (pid, name)
        self.events.register(descriptor, selectors.EVENT_READ)
        wire.send(self.owner, {"forked": name, "pid": pid})
        return False

    def _report_exit(self, descriptor: int) -> None:
        pid, name = self.kernels.pop(descriptor)
        self.events.unregister(descriptor)
        os.close(descriptor)
        wire.send(self.owner, {"exited": name, "code": _end(pid)})


def _end(pid: int) -> int:
    """Kill what is left of a kernel and of all that it started, and return its exit code."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # it may not lead a group yet
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def become(owner: socket.socket, request: wire.Message) -> None:
    """Turn a forked child into what was asked for, a kernel or a shell, and run it."""
    template = os.getppid()
    os.setsid()
    if _libc:
        _libc.prctl(DIE_WITH_PARENT, signal.SIGKILL)
    _begin_anew(request)
    if "pipe" in request:
        _shell(owner, request["pipe"])
    else:
        _kernel(owner, request, template)


def _shell(owner: socket.socket, pipe: int) -> None:
    from multiprocessing.connection import Connection

    from udcg.press.kernels.shell import serve

    owner.close()
    serve(Connection(pipe))


def _kernel(owner: socket.socket, request: wire.Message, template: int) -> None:
    from ipykernel.kernelapp import IPKernelApp

    from udcg.press.kernels.stream import Stream

    app = IPKernelApp.instance(parent_handle=template, outstream_class=f"{Stream.__module__}.{Stream.__name__}")
    app.initialize(request["arguments"])
    wire.send(owner, {"up": request["fork"]})
    owner.close()
    app.start()


def _begin_anew(request: wire.Message) -> None:
    """Give the child an environment, a folder, signals and random numbers of its own."""
    import matplotlib as mpl
    import numpy as np

    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.argv = ["ipykernel_launcher", *request.get("arguments", [])]
    mpl.rcParams["backend"] = os.environ.get("MPLBACKEND", mpl.rcParams["backend"])
    random.seed()
    np.random.seed()


def main() -> None:
    """Load, serve, and end as a kernel or as the template."""
    descriptor, folder, asked = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's to handle
    with socket.socket(fileno=int(descriptor)) as owner:
        _load(json.loads(asked))
        server, request = Server(owner), None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the owner is gone
            request = server.serve()
        if request:
            become(owner, request)
            return
        server.close()
    if not server.dismissed:  # the owner died, and cannot do it
        shutil.rmtree(folder, ignore_errors=True)


def _load(asked: wire.Message) -> None:
    from udcg.press.kernels.warm import warm

    gc.disable()
    warm(**asked)
    gc.collect()
    gc.enable()
    gc.freeze()  # the collector of a child shall not touch, and so copy, what it shares with the others
    gc.set_threshold(RARELY)


if __name__ == "__main__":
    main()
