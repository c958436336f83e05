"""The owner's side of a template process: start it, ask it for kernels, hear of their ends, and of its own."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from itertools import count
from multiprocessing.connection import Connection, Pipe

from udcg.errors import TemplateError
from udcg.press.kernels import wire

SUPPORTED = sys.platform == "linux" and hasattr(os, "pidfd_open")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel sets before matplotlib is imported
AT_START = ("PYTHON", "LD_")  # variables that act when an interpreter starts, and never again
LOADED = 300.0  # seconds until a template must have loaded
DEATHS = 3  # templates that may die in one process before it does without
LONGEST = 80  # characters of a folder in which a socket's path still fits


@dataclass(frozen=True)
class Warm:
    """What a template counts once for all its kernels: the book of a day in a currency, of a vintage; "" for whatever is there."""

    as_of: str = ""
    currency: str = "EUR"
    vintage: str = ""


@dataclass(eq=False)
class Kernel:
    """A forked kernel, with the face of a `subprocess.Popen`."""

    pid: int = 0
    up: Future[None] = field(default_factory=Future)  # its sockets are bound
    exited: Future[int] = field(default_factory=Future)
    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self.exited.result() if self.exited.done() else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit code."""
        return self.exited.result(timeout)

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs: one not yet forked has no id, and 0 would be everybody."""
        if self.pid and self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended, and the news of it is on its way
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Template:
    """A running template process; closing it ends its kernels."""

    def __init__(self, warm: Warm) -> None:
        self.warm = warm
        self.ready: Future[int] = Future()
        self.kernels: dict[str, Kernel] = {}
        self.alive = True  # it can be asked for kernels
        self._names, self._lock = count(1), threading.Lock()
        self._end, other = wire.pair()
        with other:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "udcg.press.kernels.template", str(other.fileno()), folder(), json.dumps(asdict(warm))],
                pass_fds=[other.fileno()],
                env={**os.environ, **ONE_THREAD, "MPLBACKEND": INLINE, "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._listener = threading.Thread(target=self._listen, name="udcg-template", daemon=True)
        self._listener.start()

    def can_be(self, environment: dict[str, str]) -> bool:
        """Whether an interpreter started in an environment would be like this one."""
        ours, theirs = ({name: value for name, value in each.items() if name.startswith(AT_START)} for each in (os.environ, environment))
        return ours == theirs

    def fork(self, arguments: list[str], folder: str, environment: dict[str, str]) -> Kernel:
        """Ask for a kernel; its futures tell when it is up and when it has ended.

        Raises:
            TemplateError: the template is gone.
        """
        return self._asked({"arguments": arguments, "folder": folder, "environment": environment})

    def shell(self, folder: str, environment: dict[str, str]) -> tuple[Kernel, Connection]:
        """Ask for a shell that runs the cells sent through the returned pipe.

        Raises:
            TemplateError: the template is gone.
        """
        ours, theirs = Pipe()
        with theirs:
            return self._asked({"folder": folder, "environment": environment}, theirs.fileno()), ours

    def _asked(self, request: wire.Message, *descriptors: int) -> Kernel:
        name, kernel = str(next(self._names)), Kernel()
        with self._lock:
            if not self.alive:
                raise TemplateError("it is gone")
            self.kernels[name] = kernel
        try:
            wire.send(self._end, {"fork": name, **request}, *descriptors)
        except OSError as error:
            raise TemplateError(f"it takes no request: {error}") from error
        return kernel

    def close(self) -> None:
        """End the template and its kernels, and wait until they are gone."""
        with contextlib.suppress(OSError):
            wire.send(self._end, wire.CLOSE)
            self._end.shutdown(socket.SHUT_WR)
        self._listener.join()

    def _listen(self) -> None:
        while message := wire.receive(self._end):
            self._hear(message)
        self._bury()
        self.process.wait()
        self._end.close()

    def _hear(self, message: wire.Message) -> None:
        match message:
            case {"ready": pid}:
                self.ready.set_result(pid)
            case {"forked": name, "pid": pid}:
                self.kernels[name].pid = pid
            case {"up": name}:
                self.kernels[name].up.set_result(None)
            case {"exited": name, "code": code}:
                _ended(self.kernels.pop(name), code)

    def _bury(self) -> None:
        """The template is gone: so are its kernels, and whoever waits for one is told."""
        with self._lock:
            self.alive = False
        if not self.ready.done():
            self.ready.set_exception(TemplateError("it ended while it loaded"))
        for kernel in self.kernels.values():
            if kernel.pid:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(kernel.pid, signal.SIGKILL)
            _ended(kernel, -signal.SIGKILL)


def _ended(kernel: Kernel, code: int) -> None:
    if not kernel.up.done():
        kernel.up.set_exception(TemplateError(f"the kernel ended with code {code} before it was up"))
    kernel.exited.set_result(code)


@dataclass
class _Shared:
    """The template of this process, and how many have died in it."""

    process: int = 0
    folder: str = ""
    template: Template | None = None
    deaths: int = 0
    warm: Warm = field(default_factory=Warm)
    stopped: bool = False


_lock = threading.RLock()
_shared = _Shared()


def folder() -> str:
    """Return the private folder of this process's sockets; its template removes it where the process cannot."""
    with _lock:
        return _own().folder


def _own() -> _Shared:
    """What this process shares; a child made by fork does not own what its parent does."""
    global _shared  # noqa: PLW0603 - one for each process
    if _shared.process != os.getpid():
        near = tempfile.gettempdir()
        _shared = _Shared(os.getpid(), tempfile.mkdtemp(prefix="udcg-", dir=near if len(near) < LONGEST else "/tmp"))  # noqa: S108
    return _shared


def shared(warm: Warm | None = None) -> Template:
    """Return the template of this process, started where there is none; another one where something else shall be warm.

    Raises:
        TemplateError: this system cannot have one, or too many have died.
        RuntimeError: this process was told to stop.
    """
    if not SUPPORTED:
        raise TemplateError(f"kernels are not forked on {sys.platform}")
    with _lock:
        _own()
        if _shared.stopped:
            raise RuntimeError("no kernel is started any more: the build was stopped")
        _shared.warm = warm or _shared.warm
        template = _shared.template
        if template and not template.alive:
            _shared.deaths += 1
        if _shared.deaths >= DEATHS:
            raise TemplateError(f"{DEATHS} have died")
        if not template or not template.alive or template.warm != _shared.warm:
            if template:
                template.close()
            _shared.template = Template(_shared.warm)
        return _shared.template  # type: ignore[return-value]


@atexit.register
def _leave() -> None:
    close()
    if _shared.process == os.getpid():
        shutil.rmtree(_shared.folder, ignore_errors=True)


def close() -> None:
    """End this process's template, if it has one; the next kernel starts another."""
    with _lock:
        if _shared.process == os.getpid() and _shared.template:
            _shared.template.close()
            _shared.template = None


def stop() -> None:
    """End the template and its kernels, and start no other kernel in this process."""
    with _lock:
        _own().stopped = True
    close()
