"""The same plan on a Dask cluster and into an object store: the same bytes as here; a lost worker costs a retry."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import proc

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
fsspec = pytest.importorskip("fsspec")
SLOW = "import time\ntime.sleep(0.4)"


def _udcg(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "udcg", "build", "--all", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=240, env={**os.environ, "UDCG_HOME": str(home), **environment}
    )


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != ".lock"}


@pytest.fixture
def home(make_project, tmp_path) -> Path:
    """Give a tiny project whose three briefings take a moment."""
    return make_project(tmp_path / "project", SLOW)


class Cluster:
    """A scheduler and workers as processes of their own, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, home: Path) -> None:
        self.home, self.environment = home, {**os.environ, "UDCG_HOME": str(home), "DASK_DISTRIBUTED__WORKER__DAEMON": "True"}
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1"]
        self.scheduler = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.address = self._address()
        self.workers: list[subprocess.Popen[bytes]] = []

    def _address(self) -> str:
        for line in self.scheduler.stderr:
            if found := re.search(r"tcp://127\.0\.0\.1:\d+", line):
                return found[0]
        raise AssertionError("no scheduler")

    def add(self, home: Path | None = None, *, nanny: bool = False) -> "subprocess.Popen[bytes]":
        """Start a worker with one thread."""
        command = [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard"]
        environment = self.environment | ({"UDCG_HOME": str(home)} if home else {})
        options = {"env": environment, "cwd": self.home, "stderr": subprocess.DEVNULL, "start_new_session": True}
        self.workers.append(subprocess.Popen([*command, "--nanny" if nanny else "--no-nanny"], **options))
        return self.workers[-1]

    def close(self) -> None:
        """End all."""
        for process in [*self.workers, self.scheduler]:
            process.terminate()
        for process in [*self.workers, self.scheduler]:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # Dask's own end can hang on a busy machine; it is not what is tested
                process.kill()
                process.wait()
        self.scheduler.stderr.close()


@pytest.fixture
def cluster(home) -> Iterator[Cluster]:
    """Start a scheduler."""
    started = Cluster(home)
    yield started
    started.close()


def test_a_cluster_makes_the_same_bytes(home, cluster, tmp_path):
    """Two workers, one of them with daemonic processes of its own, against threads here."""
    cluster.add()
    cluster.add(nanny=True)
    there = _udcg(home, "--to", str(tmp_path / "there"), "--scheduler", cluster.address)
    assert there.returncode == 0, there.stderr
    assert "3 made" in there.stdout
    assert _udcg(home, "--to", str(tmp_path / "here")).returncode == 0
    assert _files(tmp_path / "there") == _files(tmp_path / "here")


def test_a_lost_worker_costs_a_retry(home, cluster, tmp_path):
    """One of two workers is killed while it works: every briefing is made, and its kernels are gone."""
    workers = [cluster.add(), cluster.add()]
    command = [sys.executable, "-m", "udcg", "build", "--all", "--to", str(tmp_path / "out"), "--scheduler", cluster.address]
    build = subprocess.Popen(command, env=cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (kernels := proc.descendants(workers[0].pid)) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(workers[0].pid, signal.SIGKILL)
    said, errors = build.communicate(timeout=120)
    assert build.returncode == 0, errors
    assert "3 made" in said
    while any(Path(f"/proc/{pid}").exists() for pid in kernels) and time.monotonic() < until + 60:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in kernels)


def test_a_worker_with_other_evidence_is_refused(home, cluster, make_project, tmp_path):
    """It would make pages of another vintage: each briefing fails and says so."""
    cluster.add(make_project(tmp_path / "other", facts=[{"fact": "another"}]))
    done = _udcg(home, "--to", str(tmp_path / "out"), "--scheduler", cluster.address)
    assert done.returncode == 1
    assert done.stderr.count("is not what the build began with") == 3


def test_no_scheduler_is_said(home, tmp_path):
    """An address where nobody answers: one line, exit code 1."""
    done = _udcg(home, "--to", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def bucket() -> Iterator[tuple[str, dict[str, str]]]:
    """Start an S3 server of moto with one bucket; give an address in it and the environment that leads there."""
    server = pytest.importorskip("moto.server", reason="moto's server is not installed")
    pytest.importorskip("s3fs", reason="the extra `s3` is not installed")
    import boto3

    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    options = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=environment["AWS_ENDPOINT_URL"], **options).create_bucket(Bucket="briefings")
    yield "s3://briefings/udcg", environment
    running.stop()


def test_an_object_store_holds_the_same_bytes(home, bucket, tmp_path):
    """All files under one address; built again, nothing is due; one object removed, one briefing is."""
    url, environment = bucket
    first = _udcg(home, "--to", url, **environment)
    assert first.returncode == 0, first.stderr
    assert _udcg(home, "--to", str(tmp_path / "here")).returncode == 0
    options = {"key": "k", "secret": "s", "endpoint_url": environment["AWS_ENDPOINT_URL"]}
    store = fsspec.filesystem("s3", **options)
    there = {name.rsplit("/", 1)[-1]: store.cat_file(name) for name in store.ls("briefings/udcg")}
    assert there == _files(tmp_path / "here")
    assert "3 unchanged" in _udcg(home, "--to", url, **environment).stdout
    store.rm_file("briefings/udcg/meeting-27.pdf")
    assert "1 made, 2 unchanged" in _udcg(home, "--to", url, **environment).stdout


def test_a_store_that_is_not_there_is_said(home, bucket):
    """No such bucket: one line, exit code 1, no traceback."""
    _, environment = bucket
    done = _udcg(home, "--to", "s3://nowhere/x", **environment)
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr
