"""Builds briefings: find those that are due, make them, write each as a whole, keep account of them, and write index and feed."""

import contextlib
import gc
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from udcg.book import Book
from udcg.errors import TargetError, TemplateError
from udcg.press import contents, failure, keys, manifest
from udcg.press.due import Due, due
from udcg.press.failure import Failure
from udcg.press.plan import Briefing
from udcg.press.target import Target

if TYPE_CHECKING:  # what runs notebooks takes longer to import than a build in which nothing is due
    from udcg.press.run import Product

FORMATS = manifest.FORMATS
SAVE = 1.0  # seconds between two savings of the manifest: what a killed build forgets


@dataclass(frozen=True)
class Outcome:
    """What became of a briefing: why it was made, and its files or its failure; without a reason it was as it should be."""

    briefing: Briefing
    reasons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True)
class Order:
    """How to build.

    Attributes:
        formats: Which files.
        jobs: How many threads to use, each with a kernel of its own.
        scheduler: Address of the Dask scheduler whose workers do it instead; "" for none.
        force: Whether to make also what is not due.
        limit: Seconds that a cell may take.
        as_of: The day up to which the evidence is shown; all of it where empty.
        address: Web address of the folder once it is published, for the feed; "" where none is known.
    """

    formats: tuple[str, ...] = FORMATS
    jobs: int = 1
    scheduler: str = ""
    force: bool = False
    limit: int = 120
    as_of: str = ""
    address: str = ""


def build(
    briefings: list[Briefing],
    planned: list[Briefing],
    book: Book,
    target: Target,
    order: Order,
    report: Callable[[Outcome], None],
    waiting: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Make the briefings that are due, one failed briefing not stopping the others.

    Args:
        briefings: What is asked for.
        planned: All that index and feed may list.
        book: The book that they are made from.
        target: Where to write.
        order: How.
        report: Called with each outcome as it comes.
        waiting: Called once where another build has to end first.

    Returns:
        The outcomes in the order of the briefings. A failed one has a page in the log folder, and its last good files.

    Raises:
        RateError: an amount cannot be converted.
        TargetError: the account, the index or the feed cannot be written.
    """
    with target.locked(waiting):
        work = Build(book, target, order)
        found: dict[str, Outcome] = {}
        try:
            for outcome in work.outcomes(briefings):
                report(outcome)
                found[outcome.briefing.id] = outcome
            work.lists(planned)
        finally:
            work.save()
    return [found[briefing.id] for briefing in briefings]


class Build:
    """A build under way."""

    def __init__(self, book: Book, target: Target, order: Order) -> None:
        self.book, self.target, self.order = book, target, order
        self.manifest = manifest.load(target)
        self.saved = float("-inf")  # so that the first briefing made is accounted for at once

    def outcomes(self, briefings: list[Briefing]) -> Iterator[Outcome]:
        """Say what became of each briefing: first of those that are as they should be, then of the others, as they come."""
        waiting: list[Due] = []
        for each in due(briefings, self.order.formats, self.manifest, self.target, self.book.ledger.vintage):
            if each.reasons or self.order.force:
                waiting.append(each if each.reasons else replace(each, reasons=("everything is made anew",)))
            else:
                self.manifest.confirm(each.briefing, each.key)
                yield Outcome(each.briefing)
        if waiting:
            yield from self._made(waiting)

    def lists(self, planned: list[Briefing]) -> None:
        """Write the index and the feed, each where it would be another one."""
        listed = contents.entries(planned, self.manifest.records, self.target.names())
        made_of = [self.book.ledger.vintage, self.book.currency, self.order.as_of, self.order.address, keys.code(), str(keys.versions())]
        key, was = keys.digest("\n".join([*made_of, *(entry.text for entry in listed)])), self.manifest.lists
        if key == was.key and all(self.target.holds(name, written) for name, written in was.files.items()):
            return
        from udcg.press import feed, index

        groups, as_of = contents.groups(listed, self.book, self.order.as_of), self.order.as_of
        files = {
            manifest.INDEX: index.page(groups, self.book, as_of),
            manifest.FEED: feed.text(groups, self.book, as_of, self.order.address),
        }
        self._write({name: content for name, content in files.items() if self.target.read(name) != content})
        self.manifest.enlist(key, files)

    def save(self) -> None:
        """Write the manifest, where it changed."""
        text = self.manifest.text(self.book.ledger)
        if text != self.target.read(manifest.NAME):
            self._write({manifest.NAME: text})
        self.saved = time.monotonic()

    def _write(self, files: dict[str, bytes]) -> None:
        try:
            self.target.write(files)
        except OSError as error:
            raise TargetError(f"{', '.join(files)} cannot be written to {self.target}: {error.strerror or error}") from error

    def _made(self, waiting: list[Due]) -> Iterator[Outcome]:
        from udcg.press import kernels, lean, pool

        _ = self.book.facts  # settles and converts everything: a missing rate is said here, once, before any kernel starts
        warm = kernels.Warm(self.order.as_of, self.book.currency, self.book.ledger.vintage)
        if not self.order.scheduler:
            with contextlib.suppress(TemplateError):  # then each kernel is an ordinary one
                kernels.shared(warm)
        with lean.imports():
            from udcg.press.run import Job, produce  # while the template loads

        with pool.workers(min(self.order.jobs, len(waiting)), self.order.scheduler) as executor, _kept():
            futures: dict[Future[Product], Due] = {
                executor.submit(produce, Job(each.briefing, self._formats(each), each.key, self.order.limit, warm)): each
                for each in waiting
            }
            for future in as_completed(list(futures)):
                yield self._outcome(futures.pop(future), future)  # dropped, so that a thousand are not held at once

    def _formats(self, each: Due) -> tuple[str, ...]:
        """The formats asked for, and those that are there already: no file of a briefing stays older than another."""
        record = self.manifest.records.get(each.briefing.id)
        there = {name.rsplit(".", 1)[-1] for name in record.files} if record else set()
        return tuple(kind for kind in FORMATS if kind in self.order.formats or kind in there)

    def _outcome(self, each: Due, future: "Future[Product]") -> Outcome:
        lost = future.exception()
        if lost:
            return self._failed(each, Failure(f"its worker was lost: {lost!r}"))
        product = future.result()
        if product.failure:
            return self._failed(each, product.failure)
        try:
            self._write(product.files)
            self.target.remove(failure.name(each.briefing.id))
            self.manifest.record(each.briefing, replace(each.key, view=product.view), product.files, product.about)
            if time.monotonic() - self.saved > SAVE:
                self.save()
                gc.collect()  # the notebooks made refer to themselves; a thousand would take a tenth more memory than a hundred
        except (TargetError, OSError) as error:
            return self._failed(each, Failure(str(error)))
        return Outcome(each.briefing, each.reasons, tuple(sorted(product.files)))

    def _failed(self, each: Due, cause: Failure) -> Outcome:
        with contextlib.suppress(TargetError):  # where nothing can be written any more, the outcome still says why
            self._write({failure.name(each.briefing.id): failure.page(cause, each.briefing)})
        return Outcome(each.briefing, each.reasons, failure=cause)


@contextlib.contextmanager
def _kept() -> Iterator[None]:
    """Look for garbage in what comes from here on alone: what is there by now, modules and evidence, stays to the end."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
