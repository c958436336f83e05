"""Who does the work: threads of this process, each with a kernel of its own, or the workers of a Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from udcg.errors import ClusterError
from udcg.press import kernels

RETRIES = 3  # of a briefing whose worker is lost


@contextmanager
def workers(jobs: int, scheduler: str) -> Iterator[Executor]:
    """Open an executor; leaving it by an exception ends all kernels at once.

    Args:
        jobs: Threads to use here.
        scheduler: Address of a Dask scheduler, as tcp://host:port; "" for this machine alone.

    Raises:
        ClusterError: the scheduler cannot be reached, or distributed is not installed.
    """
    with _cluster(scheduler) if scheduler else _threads(jobs) as executor:
        yield executor


@contextmanager
def _threads(jobs: int) -> Iterator[Executor]:
    executor = ThreadPoolExecutor(jobs, "udcg")
    try:
        yield executor
    except BaseException:
        kernels.stop()
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client

        client = Client(scheduler, timeout=10)
    except ImportError as error:
        raise ClusterError(f"--scheduler needs the extra `cluster`: pip install 'udcg[cluster]' ({error})") from error
    except OSError as error:
        raise ClusterError(f"no scheduler answers at {scheduler}: {error}") from error
    with client:
        executor = client.get_executor(pure=False, retries=RETRIES)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
