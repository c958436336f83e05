"""Tells how a build goes: a bar on a terminal, plain lines in a log."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from udcg.press.build import Outcome
from udcg.press.failure import LOGS


@contextmanager
def shown(total: int, explain: bool) -> Iterator[Callable[[Outcome], None]]:
    """Open a display for some briefings and give what reports an outcome to it.

    Args:
        total: How many briefings.
        explain: Whether to say of each one why it is made or not; else only what is made or fails is said.
    """
    if not sys.stderr.isatty():
        yield lambda outcome: print(_line(outcome, explain), end="", file=sys.stderr)  # noqa: T201 - this is the log
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("briefings", total=total)

        def report(outcome: Outcome) -> None:
            bar.update(task, advance=1, description=outcome.briefing.id)
            if explain or outcome.failure:
                bar.console.print(_line(outcome, explain), end="", markup=False, highlight=False)

        yield report


def summary(outcomes: list[Outcome], place: str) -> str:
    """Say in one line what became of all."""
    of = Counter("failed" if outcome.failure else "made" if outcome.reasons else "unchanged" for outcome in outcomes)
    said = ", ".join(f"{of[kind]} {kind}" for kind in ("made", "unchanged", "failed") if of[kind])
    return f"{len(outcomes)} briefings in {place}: {said}" + (f", see {LOGS}/ there" if of["failed"] else "")


def _line(outcome: Outcome, explain: bool) -> str:
    name = outcome.briefing.id
    if outcome.failure:
        return f"{name}: failed: {outcome.failure}\n"
    if not outcome.reasons:
        return f"{name}: unchanged\n" if explain else ""
    return f"{name}: {', '.join(outcome.files)}" + (f" ({'; '.join(outcome.reasons)})" if explain else "") + "\n"
