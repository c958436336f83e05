"""A build that is killed, stopped, cramped or not alone leaves whole files and no process, and the next one finishes the rest."""

import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import proc
from udcg.press.kernels import owner

pytestmark = pytest.mark.skipif(not owner.SUPPORTED, reason="processes are looked for in /proc")
SLOW = "import time\ntime.sleep(0.4)"
FILES = {f"meeting-{number}.{kind}" for number in (26, 27, 28) for kind in ("html", "pdf", "json")}


@pytest.fixture
def home(make_project, tmp_path) -> Path:
    """Give a tiny project whose three briefings take a moment."""
    return make_project(tmp_path / "project", SLOW)


class Build:
    """A running `udcg build --all`, with a mark by which all its processes are found."""

    def __init__(self, home: Path, *words: str, **options: object) -> None:
        self.mark, self.out = uuid.uuid4().hex, home / "out"
        command = [sys.executable, "-m", "udcg", "build", "--all", "--to", str(self.out), *words]
        environment = {**os.environ, "UDCG_HOME": str(home), "UDCG_MARK": self.mark}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, env=environment, start_new_session=True, **pipes, **options)
        watchdog = threading.Timer(180, self.process.kill)  # a build that hangs fails its test
        watchdog.daemon = True
        watchdog.start()

    def end(self, within: float = 120) -> tuple[int, str, str]:
        """Wait for the end: exit code, output, errors."""
        out, errors = self.process.communicate(timeout=within)
        return self.process.returncode, out, errors

    def processes(self) -> dict[int, str]:
        """All living processes of this build, by id, with their command lines."""
        found = {}
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if folder.name.isdigit() and self.mark.encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def template(self) -> int:
        """Wait for the template process and return its id."""
        return self._wait(lambda: [pid for pid, command in self.processes().items() if "kernels.template" in command])[0]

    def kernel(self) -> int:
        """Wait for a kernel and return its id."""
        template = self.template()
        return self._wait(lambda: proc.children(template))[0]

    def _wait(self, look: Callable[[], list[int]]) -> list[int]:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if found := look():
                return found
            assert self.process.poll() is None, self.process.stderr.read()
            time.sleep(0.02)
        raise AssertionError("never seen")

    def alone(self, within: float = 15) -> bool:
        """Whether all its processes are gone soon."""
        until = time.monotonic() + within
        while self.processes() and time.monotonic() < until:
            time.sleep(0.05)
        return not self.processes()


def _whole(out: Path) -> set[str]:
    """Names of the files there, each one checked to be whole."""
    ends = {".html": b"</html>", ".pdf": b"%%EOF", ".json": b"}"}
    names: set[str] = set()
    for path in out.rglob("*") if out.exists() else []:
        with contextlib.suppress(FileNotFoundError):  # a hidden name that is just being given up
            if path.is_file() and path.name != ".lock":
                content, kind = path.read_bytes().rstrip(), Path(path.name.removesuffix(".part")).suffix
                assert content.endswith(ends[kind]), path
                names.add(path.name)
    return names


def _finishes(home: Path, *words: str) -> str:
    """Build again; all is there, and what it said of it."""
    code, said, errors = Build(home, *words).end()
    assert code == 0, errors
    assert _whole(home / "out") >= FILES | {"manifest.json", "index.html", "feed.json"}
    return said


@pytest.mark.parametrize("after", [0.3, 1.2, 2.2, 2.8, 3.4, 4.0, 5.0])
def test_a_build_killed_at_any_moment_leaves_whole_files_and_no_process(home, after):
    """And the next build finishes the rest."""
    build = Build(home)
    time.sleep(after)
    build.process.kill()
    build.process.communicate()
    assert build.alone(), build.processes()
    _whole(home / "out")
    _finishes(home)


def test_what_was_made_before_the_kill_is_not_made_again(home):
    """The account is kept while the build goes on."""
    build = Build(home, "--jobs", "1")
    while not {"meeting-26.html", "meeting-27.html"} <= _whole(home / "out"):
        time.sleep(0.02)
    build.process.kill()
    build.process.communicate()
    assert re.search(r"[12] unchanged", _finishes(home)), "the first one at least was accounted for"


@pytest.mark.parametrize("which", ["template", "kernel"])
def test_a_killed_template_or_kernel_costs_a_retry(home, which):
    """Every briefing is made all the same."""
    build = Build(home)
    os.kill(getattr(build, which)(), signal.SIGKILL)
    code, said, errors = build.end()
    assert (code, errors.count("failed")) == (0, 0), errors
    assert "3 made" in said
    assert build.alone(), build.processes()
    assert _whole(home / "out") >= FILES


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_build_ends_cleanly(home, number):
    """Exit code 130, one line, no traceback, no process, whole files; the next build finishes the rest."""
    build = Build(home, "--jobs", "1")
    build.kernel()
    build.process.send_signal(number)
    code, _, errors = build.end(30)
    assert code == 130
    assert "stopped; what was made is kept" in errors
    assert "Traceback" not in errors
    assert build.alone(), build.processes()
    _whole(home / "out")
    _finishes(home)


def test_two_builds_into_one_folder(home):
    """The second waits, says so, and finds nothing left to do; every file is whole."""
    builds = [Build(home), Build(home)]
    ends = [build.end() for build in builds]
    assert [code for code, _, _ in ends] == [0, 0]
    assert sorted(said.split(": ")[-1].strip() for _, said, _ in ends) == ["3 made", "3 unchanged"]
    assert sum("waiting" in errors for _, _, errors in ends) == 1
    assert _whole(home / "out") >= FILES


def _cramped() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


def test_where_a_file_cannot_be_stored_its_briefing_fails_and_keeps_its_last_files(home):
    """No file may grow beyond 150 kB, as on a full disk: pages fail, say why, exit code 1; before and after, files are whole."""
    _finishes(home)
    before = {path.name: path.read_bytes() for path in (home / "out").glob("meeting-*")}
    build = Build(home, "--force", preexec_fn=_cramped)
    code, said, errors = build.end()
    assert code == 1
    assert "3 failed" in said
    assert "cannot be written" in errors
    assert "Traceback" not in errors
    assert before == {path.name: path.read_bytes() for path in (home / "out").glob("meeting-*")}
    assert build.alone(), build.processes()
    _finishes(home)


@pytest.fixture
def locked(home) -> Iterator[Path]:
    """Give a folder that cannot be written to, whoever asks."""
    (home / "out").write_text("a file is in the way", encoding="utf-8")
    yield home / "out"


def test_a_target_that_cannot_be_written_to_is_said_at_once(home, locked):
    """Before any kernel starts: one line, exit code 1."""
    code, said, errors = Build(home).end()
    assert (code, said) == (1, "")
    assert f"{locked} cannot be written to" in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for this user")
def test_a_read_only_target_is_said_at_once(home):
    """The same for a folder that may only be read."""
    (home / "out").mkdir(mode=0o500)
    code, _, errors = Build(home).end()
    assert code == 1
    assert "cannot be written to" in errors


def test_a_hanging_cell_meets_its_limit(make_project, tmp_path):
    """The others are made; the failure says which limit, and the exit code is 1."""
    home = make_project(tmp_path / "project", "import time\nif meeting == 27:\n    time.sleep(600)")
    build = Build(home, "--limit", "3")
    code, said, errors = build.end()
    assert code == 1
    assert "2 made, 1 failed" in said
    assert "meeting-27: failed: cell 4: the cell took longer than 3 seconds" in errors
    assert "longer than 3 seconds" in (home / "out" / "log" / "meeting-27.html").read_text(encoding="utf-8")
    assert build.alone(), build.processes()


def test_a_watched_build_makes_what_a_saved_notebook_affects(make_project, tmp_path):
    """It stays, builds again when a file is saved, waits out evidence at fault, and ends by Ctrl-C."""
    home = make_project(tmp_path / "project")
    build = Build(home, "--watch", "--format", "html")

    def heard(word: str) -> None:
        while word not in (line := build.process.stderr.readline()):
            assert line, "it ended"

    heard("meeting-28.html")
    notebook = home / "notebooks" / "meeting.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("said", "told"), encoding="utf-8")
    heard("saved: meeting.ipynb")
    heard("meeting-28.html")
    donors = home / "data" / "donors.csv"
    good = donors.read_text(encoding="utf-8")
    donors.write_text(good.replace(",country,", ",county,"), encoding="utf-8")
    heard("'county' is not allowed")
    donors.write_text(good, encoding="utf-8")
    heard("saved: donors.csv")
    time.sleep(1)
    build.process.send_signal(signal.SIGINT)
    assert build.end()[0] == 130
    assert build.alone(), build.processes()
    assert "told" in (home / "out" / "meeting-26.html").read_text(encoding="utf-8")
