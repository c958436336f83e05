"""Kernels forked from a template: as ordinary ones, with nothing left from one run to the next, and no process left behind."""

import gc
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

import proc
from udcg.errors import TemplateError
from udcg.press.kernels import KernelManager, Warm, owner
from udcg.press.kernels.client import QuickClient

pytestmark = [
    pytest.mark.usefixtures("forking"),
    pytest.mark.skipif(not owner.SUPPORTED, reason="kernels are forked on Linux only"),
]


@pytest.fixture(scope="module")
def template() -> owner.Template:
    """Give this process's template."""
    shared = owner.shared()
    shared.ready.result(120)
    return shared


@pytest.fixture
def fresh() -> Iterator[None]:
    """Begin and end without a template, and forget how many died."""
    owner.close()
    owner._shared.deaths = 0
    yield
    owner.close()
    owner._shared.deaths = 0


def _run(*sources: str, **options: object) -> list[str]:
    """Run cells in one kernel and return what each prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(textwrap.dedent(source)) for source in sources])
    NotebookClient(notebook, timeout=60, kernel_name="python3", **{"kernel_manager_class": KernelManager, **options}).execute()
    return [_printed(cell) for cell in notebook.cells]


def _printed(cell: nbformat.NotebookNode) -> str:
    """What a cell printed: a kernel sends it on a timer, in as many pieces as the machine's load makes of it."""
    return "".join(output.get("text", "") for output in cell.outputs)


def _forked(template: owner.Template, parent: str) -> bool:
    return int(parent) == template.process.pid


def _gone(pid: int, within: float = 10) -> bool:
    """Whether a process ends soon (a zombie that its parent has yet to reap has ended)."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not proc.runs(pid):
            return True
        time.sleep(0.05)
    return False


def test_a_kernel_is_a_child_of_the_template(template):
    """It is forked, leads a session of its own, and is gone after the run."""
    parent, pid, session = _run("import os; print(os.getppid(), os.getpid(), os.getsid(0))")[0].split()
    assert _forked(template, parent)
    assert pid == session
    assert not Path(f"/proc/{pid}").exists()


LEAKS = {
    "variables": ("left = 1", "print('left' in dir())", "False"),
    "modules": ("import sys, types; sys.modules['left'] = types.ModuleType('left')", "import sys; print('left' in sys.modules)", "False"),
    "rcParams": (
        "import matplotlib; matplotlib.rcParams['font.size'] = 99",
        "import matplotlib; print(matplotlib.rcParams['font.size'])",
        "10.0",
    ),
    "folder": ("import os; os.chdir('/')", "import os; print(os.getcwd() == '/')", "False"),
    "environment": ("import os; os.environ['LEFT'] = '1'", "import os; print(os.environ.get('LEFT'))", "None"),
    "the ledger": (
        "from udcg import ledger; ledger.current().names['NO'] = 'Sweden'",
        "from udcg import ledger; print(ledger.current().names['NO'])",
        "Norway",
    ),
    "open files": (
        "file = open('/dev/null'); import os; os.dup2(file.fileno(), 99)",
        "import os; print(os.path.exists('/proc/self/fd/99'))",
        "False",
    ),
    "pandas": ("import pandas as pd; pd.options.display.max_rows = 3", "import pandas as pd; print(pd.options.display.max_rows)", "60"),
}


@pytest.mark.parametrize(("first", "second", "printed"), LEAKS.values(), ids=LEAKS.keys())
def test_nothing_is_left_from_one_run_to_the_next(template, first, second, printed):
    """What one kernel does to itself no other kernel sees, nor the template."""
    _run(first)
    assert _run(second)[0].strip() == printed


def test_random_numbers_are_not_shared(template):
    """Two kernels of one template draw different numbers, whoever makes them."""
    draws = "random.random()", "numpy.random.rand()", "uuid.uuid4()"
    cells = ["import numpy, random, uuid", *(f"print({draw})" for draw in draws)]
    assert not set(_run(*cells)[1:]) & set(_run(*cells)[1:])


def test_a_forked_kernel_is_like_an_ordinary_one(template):
    """Backend, open files, signals, arguments and folder of both are the same."""
    probe = """
    import os, signal, sys, matplotlib, threading
    print(matplotlib.get_backend(), sys.argv[0].rsplit("/")[-1].removesuffix(".py"), signal.getsignal(signal.SIGTERM), sys.flags.utf8_mode)
    print(sorted(name for name in os.environ if name.startswith(("UDCG", "MPL", "OMP", "OPENBLAS"))))
    print(os.getcwd(), sys.path[:1], __name__, sys.stdin.closed)
    """
    ordinary = _run(probe, kernel_manager_class="jupyter_client.manager.AsyncKernelManager")
    assert _run(probe) == ordinary


def test_a_forked_kernel_draws_inline(template):
    """A figure of matplotlib shows as an image, as in any notebook."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import matplotlib.pyplot as plt; plt.plot([1, 2]);")])
    NotebookClient(notebook, kernel_name="python3", kernel_manager_class=KernelManager).execute()
    assert any("image/png" in output.get("data", {}) for output in notebook.cells[0].outputs)


def test_the_folder_and_the_environment_are_those_asked_for(template, tmp_path):
    """A kernel starts in the folder and with the variables that its manager was given."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os; print(os.getcwd(), os.environ['GIVEN'])")])
    client = NotebookClient(notebook, kernel_name="python3", kernel_manager_class=KernelManager)
    client.execute(cwd=str(tmp_path), env={**os.environ, "GIVEN": "yes"})
    assert _printed(notebook.cells[0]).split() == [str(tmp_path), "yes"]


def test_another_interpreter_environment_gives_an_ordinary_kernel(template, caplog):
    """PYTHONPATH acts only when an interpreter starts: such a kernel is not forked."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os, sys; print(os.getppid(), '/nowhere' in sys.path)")])
    client = NotebookClient(notebook, kernel_name="python3", kernel_manager_class=KernelManager)
    client.execute(env={**os.environ, "PYTHONPATH": "/nowhere"})
    parent, found = _printed(notebook.cells[0]).split()
    assert (int(parent), found) == (os.getpid(), "True")
    assert "an ordinary kernel is started" in caplog.text


def test_a_kernel_not_yet_forked_is_sent_no_signal(monkeypatch):
    """It has no process id, and a signal to 0 would reach everybody in this process's group."""
    sent: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append(pid))
    owner.Kernel().kill()
    assert sent == []
    owner.Kernel(pid=7).kill()
    assert sent == [7]


def test_a_signal_to_a_kernel_that_has_just_ended_is_no_error():
    """Its end is known to the system before it is known here: as with any Popen, nothing is raised."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    kernel = owner.Kernel(pid=ended.pid)
    kernel.terminate()
    assert kernel.poll() is None


def test_what_a_kernel_started_ends_with_it(template):
    """A process that a cell left running is gone after the run."""
    pid = int(_run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")[0])
    assert _gone(pid)


def test_many_kernels_at_once(template):
    """Eight threads, each with its own kernel, and each gets its own answer."""
    answers: dict[int, str] = {}

    def ask(number: int) -> None:
        answers[number] = _run(f"print({number})")[0].strip()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert answers == {number: str(number) for number in range(8)}


def test_runs_leave_no_files_sockets_threads_or_processes(template):
    """After ten runs this process and the template hold as many descriptors as after one, and the folder of sockets is empty."""

    def held() -> tuple[int, ...]:
        gc.collect()
        return tuple(len(os.listdir(f"/proc/{pid}/fd")) for pid in (os.getpid(), template.process.pid))  # noqa: PTH208

    _run("1")
    before, threads = held(), threading.active_count()
    for _ in range(10):
        _run("1")
    after = held()
    assert (after[0] <= before[0], after[1] <= before[1]) == (True, True), (before, after)
    assert threading.active_count() <= threads
    assert os.listdir(owner.folder()) == []  # noqa: PTH208
    assert template.kernels == {}


def test_a_killed_template_fails_the_run_at_once_and_leaves_nothing(fresh):
    """The run is told that its kernel died; kernel, what it started, and sockets are gone; the next run has a new template."""
    template = owner.shared()
    seen: dict[str, str] = {}

    def run() -> None:
        try:
            _run("import os, subprocess, time; print(os.getpid(), subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)")
        except Exception as error:
            seen["error"] = str(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not (kernels := [kernel for kernel in template.kernels.values() if kernel.up.done()]):
        time.sleep(0.05)
    time.sleep(0.5)
    template.process.kill()
    thread.join(20)
    assert "died" in seen["error"].lower()
    assert _gone(kernels[0].pid)
    assert os.listdir(owner.folder()) == []  # noqa: PTH208
    assert _forked(owner.shared(), _run("import os; print(os.getppid())")[0])


def test_after_three_deaths_kernels_are_ordinary(fresh, caplog):
    """A template that cannot live is not tried for ever."""
    for _ in range(owner.DEATHS):
        template = owner.shared()
        template.process.kill()
        while template.alive:
            time.sleep(0.01)
    with pytest.raises(TemplateError, match="3 have died"):
        owner.shared()
    assert int(_run("import os; print(os.getppid())")[0]) == os.getpid()
    assert "an ordinary kernel is started" in caplog.text


def test_where_nothing_can_be_forked_kernels_are_ordinary(fresh, monkeypatch):
    """As on Windows and macOS."""
    monkeypatch.setattr(owner, "SUPPORTED", False)
    assert int(_run("import os; print(os.getppid())")[0]) == os.getpid()


def test_a_template_that_cannot_load_gives_ordinary_kernels(fresh, monkeypatch):
    """Its owner hears of it, and does without."""
    monkeypatch.setattr(owner, "ONE_THREAD", {"PYTHONHOME": "/nowhere"})
    assert int(_run("import os; print(os.getppid())")[0]) == os.getpid()


def test_who_gives_up_waiting_does_not_stop_the_others(fresh, monkeypatch):
    """A run that waits too long for the template has an ordinary kernel; the template loads on, and the next run has a forked one."""
    monkeypatch.setattr(owner, "LOADED", 0.01)
    assert int(_run("import os; print(os.getppid())")[0]) == os.getpid()
    monkeypatch.undo()
    owner.shared().ready.result(120)
    assert _forked(owner.shared(), _run("import os; print(os.getppid())")[0])


def test_another_book_to_be_warm_is_another_template(fresh):
    """The same wish keeps the template; another one ends it and starts its successor."""
    first = owner.shared(Warm("2025-01-01", "USD"))
    assert owner.shared(Warm("2025-01-01", "USD")) is first
    assert owner.shared() is first
    second = owner.shared(Warm("2025-01-01", "EUR"))
    assert second is not first
    assert not first.alive


def test_evidence_saved_after_the_template_loaded_is_seen(fresh, make_project, tmp_path, monkeypatch):
    """A kernel reads a table anew that was saved since."""
    home = make_project(tmp_path / "project")
    monkeypatch.setenv("UDCG_HOME", str(home))
    ask = "from udcg import ledger; print(ledger.current().names['NO'])"
    assert _run(ask)[0].strip() == "Norway"
    donors = home / "data" / "donors.csv"
    donors.write_text(donors.read_text(encoding="utf-8").replace("Norway", "Norge"), encoding="utf-8")
    assert _run(ask)[0].strip() == "Norge"


def test_the_kernelspec_forks_for_anyone():
    """Papermill with the installed kernelspec, and nothing else of ours, gets a forked kernel."""
    spec = KernelSpecManager().get_kernel_spec("udcg")
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "udcg-forked"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os; print(os.getppid())")])
    ran = papermill.execute_notebook(notebook, None, kernel_name="udcg", progress_bar=False)
    assert _forked(owner.shared(), _printed(ran.cells[0]))


def test_the_client_says_that_a_kernel_died(template):
    """Waiting for a kernel that ends is an error, not a wait."""
    import asyncio

    async def wait() -> None:
        manager = KernelManager()
        await manager.start_kernel()
        client = manager.client()
        assert isinstance(client, QuickClient)
        client.start_channels()
        await manager.provisioner.kill()
        try:
            await client.wait_for_ready(timeout=10)
        finally:
            client.stop_channels()
            await manager.cleanup_resources()

    with pytest.raises(RuntimeError, match="died before it answered"):
        asyncio.run(wait())


OWNER = """
import os, sys, threading, time
from udcg.press.kernels import owner
template = owner.shared(); template.ready.result(120)
kernel = template.fork(["-f", sys.argv[1]], ".", dict(os.environ))
kernel.up.result(60)
print(template.process.pid, kernel.pid, owner.folder(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def owned(tmp_path) -> Iterator[tuple[subprocess.Popen[str], int, int, Path]]:
    """Start an owner with a template and a kernel; give its process, their ids, and the folder of sockets."""
    import json

    folder = tmp_path / "s"
    folder.mkdir()
    ports = {f"{name}_port": number for number, name in enumerate(("shell", "stdin", "hb", "iopub", "control"), start=1)}
    connection = folder / "connection.json"
    connection.write_text(json.dumps({"transport": "ipc", "ip": str(folder / "k"), "key": "k", "signature_scheme": "hmac-sha256", **ports}))
    process = subprocess.Popen([sys.executable, "-c", OWNER, str(connection)], stdout=subprocess.PIPE, text=True)
    template, kernel, sockets = process.stdout.readline().split()
    yield process, int(template), int(kernel), Path(sockets)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_owner_takes_everything_with_it(owned, number):
    """However the owner ends: template, kernel and folder are gone."""
    process, template, kernel, folder = owned
    process.send_signal(number)
    assert _gone(template)
    assert _gone(kernel)
    assert not folder.exists()


def test_a_killed_template_takes_its_kernels_with_it(owned):
    """The kernel does not outlive it, whatever it is doing."""
    _, template, kernel, _ = owned
    os.kill(template, signal.SIGKILL)
    assert _gone(kernel)
    assert _gone(template)


def test_jupyterlabs_server_forks_interrupts_and_restarts():
    """Its kernel manager starts the kernelspec, stops a cell without losing variables, and restarts without keeping them."""
    import asyncio

    from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

    async def answers() -> list[str]:
        server = AsyncMappingKernelManager()
        name = await server.start_kernel(kernel_name="udcg")
        kernel, said = server.get_kernel(name), []
        client = kernel.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)

        async def ask(source: str, after: float = 0) -> None:
            pieces: list[dict] = []
            asked = asyncio.ensure_future(
                client.execute_interactive(source, output_hook=lambda message: pieces.append(message["content"]), timeout=60)
            )
            if after:
                await asyncio.sleep(after)
                await kernel.interrupt_kernel()
            await asked
            said.append("".join(piece.get("ename") or piece.get("text", "") for piece in pieces).strip())

        await ask("import os; kept = 1; print(os.getppid())")
        await ask("import time; time.sleep(60)", after=1)
        await ask("print(kept)")
        await server.restart_kernel(name)
        await client.wait_for_ready(timeout=60)
        await ask("import os; print(os.getppid(), 'kept' in dir())")
        client.stop_channels()
        await server.shutdown_all()
        return said

    said = asyncio.run(answers())
    template = str(owner.shared().process.pid)
    assert said == [template, "KeyboardInterrupt", "1", f"{template} False"]
