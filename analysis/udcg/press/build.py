"""Builds briefings: plan, check, run each in a pool of processes, publish, and write the index."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from udcg.errors import UdcgError
from udcg.press.plan import Briefing
from udcg.press.run import publish, run

LOGS = "log"


@dataclass(frozen=True)
class Outcome:
    """What became of one briefing: the files written, or the error."""

    briefing: Briefing
    files: tuple[str, ...] = ()
    error: str = ""


def build(briefings: list[Briefing], formats: tuple[str, ...], to: Path, jobs: int, report: Callable[[Outcome], None]) -> list[Outcome]:
    """Render briefings, one failed briefing not stopping the others.

    Args:
        briefings: What to render.
        formats: Of html, pdf, json.
        to: The folder to write to.
        jobs: How many processes to use.
        report: Called with each outcome as it comes.

    Returns:
        The outcomes in the order of the briefings. The error of a failed one stands in the log folder; its last good files stay.
    """
    to.mkdir(parents=True, exist_ok=True)
    found: dict[str, Outcome] = {}
    for outcome in _outcomes(briefings, formats, to, jobs):
        _log(outcome, to)
        report(outcome)
        found[outcome.briefing.id] = outcome
    return [found[briefing.id] for briefing in briefings]


def _outcomes(briefings: list[Briefing], formats: tuple[str, ...], to: Path, jobs: int) -> Iterator[Outcome]:
    if jobs == 1 or len(briefings) == 1:
        yield from (_one(briefing, formats, to) for briefing in briefings)
        return
    with ProcessPoolExecutor(min(jobs, len(briefings)), mp_context=get_context("spawn")) as pool:
        futures: dict[Future[Outcome], Briefing] = {pool.submit(_one, briefing, formats, to): briefing for briefing in briefings}
        for future in as_completed(futures):
            failure = future.exception()
            yield Outcome(futures[future], error=f"the process died: {failure}") if failure else future.result()


def _one(briefing: Briefing, formats: tuple[str, ...], to: Path) -> Outcome:
    try:
        return Outcome(briefing, files=tuple(run(briefing, formats, to)))
    except (UdcgError, OSError) as error:
        return Outcome(briefing, error=str(error))


def _log(outcome: Outcome, to: Path) -> None:
    path = to / LOGS / f"{outcome.briefing.id}.txt"
    if outcome.error:
        publish(path, f"{outcome.briefing.id}\nparameters: {outcome.briefing.parameters}\n\n{outcome.error}\n".encode())
    else:
        path.unlink(missing_ok=True)
