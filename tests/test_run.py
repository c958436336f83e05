"""Running one briefing: all files, or a failure that says where and why."""

import os
import pickle
import time
from dataclasses import replace
from pathlib import Path

import pytest

from udcg import ledger
from udcg.press import keys
from udcg.press.kernels import Warm
from udcg.press.plan import plan
from udcg.press.run import Job, produce


@pytest.fixture
def run(make_project, tmp_path, monkeypatch):
    """Give a function that runs the first briefing of a tiny project whose last cell is given."""

    def of(source: str = "", limit: int = 60, formats: tuple[str, ...] = ("html",), **tables):
        home = make_project(tmp_path / "project", source, **tables)
        monkeypatch.setenv("UDCG_HOME", str(home))
        evidence = ledger.current()
        briefing = plan(home / "notebooks", evidence)[0]
        return Job(briefing, formats, keys.key(briefing, evidence.vintage), limit, Warm())

    return of


def test_a_briefing_comes_as_all_its_files(run):
    """HTML, PDF and JSON, and the digest of the view."""
    product = produce(run(formats=("html", "pdf", "json")))
    assert product.failure is None
    assert product.files.keys() == {"meeting-26.html", "meeting-26.pdf", "meeting-26.json"}
    assert product.files["meeting-26.pdf"].startswith(b"%PDF")


def test_a_failing_cell_is_named_with_its_code_and_trace(run):
    """The cell's number is that of the stored notebook, the trace has no colours, and there is no file."""
    product = produce(run("value = 1\nvalue / 0"))
    assert product.files == {}
    assert (product.failure.cell, product.failure.source) == (4, "value = 1\nvalue / 0")
    assert "ZeroDivisionError" in product.failure.cause
    assert "value / 0" in product.failure.trace
    assert "\x1b" not in product.failure.trace


def test_a_dying_kernel_is_tried_twice(run, tmp_path):
    """A kernel that is gone fails its briefing with a reason, after another try."""
    product = produce(run(f"open({str(tmp_path / 'tries')!r}, 'a').write('x'); import os; os._exit(1)"))
    assert "died" in product.failure.cause.lower()
    assert (tmp_path / "tries").read_text() == "xx"


def test_a_kernel_that_dies_once_costs_a_retry(run, tmp_path):
    """The second kernel does the work."""
    source = f"""
import os, signal
if not os.path.exists({str(tmp_path / "died")!r}):
    open({str(tmp_path / "died")!r}, "w").close()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    product = produce(run(source))
    assert product.failure is None


def test_a_hanging_cell_meets_its_limit(run):
    """Even one that takes no interrupt; its kernel is gone afterwards."""
    source = """
import os, signal, time
open("pid", "w").write(str(os.getpid()))
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)
"""
    job = run(source, limit=2)
    begun = time.monotonic()
    product = produce(job)
    assert time.monotonic() - begun < 60
    assert "longer than 2 seconds" in product.failure.cause
    assert (product.failure.cell, product.failure.source) == (4, source.strip())
    pid = int((job.briefing.notebook.path.parent / "pid").read_text())
    assert not Path(f"/proc/{pid}").exists()


def test_evidence_that_is_no_longer_the_plans_is_refused(run):
    """A table saved after the plan was made: no page of another vintage is passed off as this one's."""
    job = run()
    product = produce(replace(job, key=replace(job.key, vintage="other")))
    assert "not what the build began with" in product.failure.cause


def test_code_that_is_not_the_builds_is_refused(run):
    """A worker with another version of the package says so."""
    job = run()
    product = produce(replace(job, key=replace(job.key, code="other")))
    assert "install the same" in product.failure.cause


def test_what_is_handed_over_can_be_sent(run):
    """Jobs and failures go to workers of a cluster and back."""
    job = run("1 / 0")
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 - our own
    product = produce(job)
    assert pickle.loads(pickle.dumps(product)) == product  # noqa: S301


def test_the_kernel_works_in_the_notebooks_folder_and_the_process_stays_where_it_is(run):
    """A relative path in a notebook is beside it; this process's folder is never changed."""
    before = Path.cwd()
    job = run("import os\nassert os.path.exists('briefings.toml'), os.getcwd()")
    assert produce(job).failure is None
    assert Path.cwd() == before
    assert os.environ["UDCG_HOME"] in str(job.briefing.notebook.path)
