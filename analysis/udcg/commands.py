"""The command line: list, check, build, show, changes, findings, compare, rates; read and accept are in `reading.commands`."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from udcg import arithmetic, audit, ledger, listing, rates
from udcg import changes as changing
from udcg import compare as comparing
from udcg import tracker as trackers
from udcg.book import Book
from udcg.errors import ClusterError, EvidenceError, TargetError, UdcgError, UnknownNameError
from udcg.press import progress, target, view
from udcg.press.build import FORMATS, Order, Outcome
from udcg.press.build import build as build_all
from udcg.press.plan import Briefing, chosen, plan
from udcg.reading import commands as reading
from udcg.views.open import book_at

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
AsOf = Annotated[str, typer.Option(help="Show what was known on this day, as 2025-04-11; all evidence where empty.")]
Currency = Annotated[str, typer.Option(help="Currency of the sums: EUR, USD or GBP.")]
Tracker = Annotated[Path | None, typer.Option(help="A file of the Kiel Institute's tracker to set beside our sums on donors' pages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FAILED, FAULTY, WRONG, STOPPED = 1, 2, 3, 130
app.command()(reading.read)
app.command()(reading.accept)


@app.command(name="list")
def list_briefings(as_json: AsJson = False, as_of: AsOf = "") -> None:
    """List the identifiers of all briefings."""
    briefings = _plan(as_of, "EUR")
    if as_json:
        typer.echo(
            json.dumps(
                [{"id": briefing.id, "kind": briefing.kind, "parameters": briefing.parameters} for briefing in briefings],
                indent=1,
            )
        )
    else:
        typer.echo("\n".join(briefing.id for briefing in briefings))


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A data folder; the project's own where not given.")] = None,
) -> None:
    """Check the evidence and print every problem at once; exit code 2 where there is one."""
    evidence = ledger.load(folder)
    found = audit.problems(evidence)
    if found:
        raise EvidenceError(found)
    sizes = ", ".join(f"{len(getattr(evidence, name)):,} {name}" for name in ledger.TABLES)
    typer.echo(f"no problems in {sizes}; vintage {evidence.vintage}")


@app.command()
def show(
    briefing: Annotated[str, typer.Argument(help="An identifier that `udcg list` prints.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, the only form there is; accepted for clarity.")] = True,
    as_of: AsOf = "",
    currency: Currency = "EUR",
    tracker: Tracker = None,
) -> None:
    """Print the data behind a briefing: every sum with its facts, every fact with its claims."""
    wanted = chosen(_plan(as_of, currency, tracker), [briefing])[0]
    if tracker and "tracker" not in wanted.parameters:
        raise typer.BadParameter(f"{briefing} sets no tracker beside its sums; a donor's briefing does")
    typer.echo(view.text(wanted), nl=False)


@app.command()
def changes(
    before: Annotated[str, typer.Argument(help="A day, as 2025-02-12, or a data folder.")],
    after: Annotated[str, typer.Argument(help="A later day, or another data folder.")],
    as_json: AsJson = False,
) -> None:
    """List what is new, changed or withdrawn between two days, or between two versions of data/."""
    books = [Book(_state(state), "EUR") for state in (before, after)]
    rows = changing.changes(*books)
    if as_json:
        typer.echo(rows.to_json(orient="records", indent=1, force_ascii=False))
        return
    typer.echo("\n".join(listing.changes(rows)))


@app.command()
def findings(as_json: AsJson = False, as_of: AsOf = "") -> None:
    """List the sums that a source prints and that do not add up: conversions and sums of parts."""
    rows = arithmetic.findings(Book(ledger.load().known_by(as_of), "EUR"))
    if as_json:
        typer.echo(rows.to_json(orient="records", indent=1, force_ascii=False))
        return
    typer.echo("\n".join(listing.findings(rows)))


@app.command()
def compare(
    file: Annotated[Path, typer.Argument(help="Dated activities or the monthly explorer of the Kiel Institute's tracker, as CSV.")],
    donor: Annotated[str, typer.Option(help="Only this donor, as NO.")] = "",
    as_json: AsJson = False,
    as_of: AsOf = "",
) -> None:
    """Set our commitments and allocations beside an independent tracker's, with the reasons why they differ."""
    book = Book(ledger.load().known_by(as_of), "EUR")
    listed = trackers.read(file, book.ledger)
    table = comparing.compare(book, listed)
    if donor and donor not in table.index:
        raise UnknownNameError("donor", donor, sorted(map(str, table.index)))
    rows = [comparing.row_json(str(code), table.loc[code]) for code in ([donor] if donor else table.index)]
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    start, end = comparing.span(book, listed)
    unknown = f"; not known here: {', '.join(listed.unknown)}" if listed.unknown else ""
    typer.echo(f"military aid, EUR, {start:%Y-%m} to {end:%Y-%m}, {listed.form}{unknown}")
    typer.echo("\n".join(listing.comparison(rows)))


@app.command()
def build(
    briefings: Annotated[list[str] | None, typer.Argument(help="Identifiers that `udcg list` prints.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Build all that notebooks/briefings.toml names.")] = False,
    formats: Annotated[list[str] | None, typer.Option("--format", help="html, pdf or json; repeat for several. All by default.")] = None,
    to: Annotated[str, typer.Option(help="Folder, or address that fsspec knows, as s3://bucket/x; build/ where not given.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Kernels to run at once.")] = os.cpu_count() or 1,
    scheduler: Annotated[str, typer.Option(help="Dask scheduler whose workers do it, as tcp://host:8786.")] = "",
    force: Annotated[bool, typer.Option(help="Make also what is as it should be.")] = False,
    explain: Annotated[bool, typer.Option(help="Say of each briefing why it is made or not.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Seconds that a cell may take.")] = 120,
    address: Annotated[str, typer.Option(help="Web address at which the folder is published: makes the feed's addresses whole.")] = "",
    watch: Annotated[bool, typer.Option(help="Stay, and build what each saved table or notebook affects.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = "",
    currency: Currency = "EUR",
    tracker: Tracker = None,
) -> None:
    """Make the briefings that are due, and an index of them; exit code 1 where one failed."""
    if not briefings and not everything:
        raise typer.BadParameter("name briefings, or say --all")
    wrong = sorted(set(formats or FORMATS) - set(FORMATS))
    if wrong:
        raise typer.BadParameter(f"unknown format {', '.join(wrong)}; known: {', '.join(FORMATS)}")
    if address and not address.startswith(("https://", "http://")):
        raise typer.BadParameter(f"{address!r} is no web address; write it as https://example.org/briefings")
    order = Order(tuple(formats or FORMATS), jobs, scheduler, force, limit, as_of, address)
    place = target.opened(to or str(ledger.home() / "build"))

    def once() -> list[Outcome]:
        planned = _plan(as_of, currency, tracker)
        wanted = planned if everything else chosen(planned, briefings or [])
        book = book_at(None, as_of, currency)
        if tracker:
            trackers.read(tracker, book.ledger)
        with progress.shown(len(wanted), explain) as report:
            outcomes = build_all(wanted, planned, book, place, order, report, lambda: _say(f"another build writes to {place}; waiting"))
        typer.echo(json.dumps([_outcome(each) for each in outcomes], indent=1) if as_json else progress.summary(outcomes, str(place)))
        return outcomes

    with _stoppable():
        if watch:
            _watch(once)
        failed = [outcome for outcome in once() if outcome.failure]
    if failed:
        raise typer.Exit(FAILED)


@app.command(name="rates")
def freeze() -> None:
    """Freeze the ECB reference rates that the evidence needs in data/rates.csv."""
    folder = ledger.home() / "data"
    evidence = ledger.load(folder)
    typer.echo(f"{rates.write(evidence, folder):,} rates in {folder / 'rates.csv'}")


def main() -> None:
    """Run the command line; errors made for readers are printed without a traceback."""
    try:
        app()
    except EvidenceError as error:
        _say("\n".join(map(str, error.problems)) + f"\n{len(error.problems)} problem{'s' * (len(error.problems) != 1)}")
        sys.exit(FAULTY)
    except (TargetError, ClusterError) as error:
        _say(str(error))
        sys.exit(FAILED)
    except UdcgError as error:
        _say(str(error))
        sys.exit(WRONG)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


def _plan(as_of: str, currency: str, tracker: Path | None = None) -> list[Briefing]:
    shared = {"as_of": as_of, "currency": currency, "tracker": str(tracker.resolve()) if tracker else ""}
    return plan(ledger.home() / "notebooks", ledger.current(), shared)


def _state(named: str) -> ledger.Ledger:
    """The evidence of a data folder, or what was known on a day."""
    folder = Path(named)
    return ledger.load(folder) if folder.is_dir() else ledger.load().known_by(named)


def _outcome(outcome: Outcome) -> dict[str, object]:
    failure = asdict(outcome.failure) if outcome.failure else None
    return {"id": outcome.briefing.id, "reasons": outcome.reasons, "files": outcome.files, "failure": failure}


def _watch(once: Callable[[], object]) -> NoReturn:
    """Build, and again whenever a table or a notebook was saved, until stopped; evidence at fault is said, and waited out."""
    from udcg.press.watch import saved

    folders = ledger.home() / "data", ledger.home() / "notebooks"
    _say(f"watching {', '.join(map(str, folders))}; Ctrl-C ends it")
    for names in saved(*folders):
        if names:
            _say(f"saved: {', '.join(names)}")
        try:
            once()
        except UdcgError as error:
            _say(str(error))
    raise KeyboardInterrupt


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take a request to end as Ctrl-C: what was made is kept and no process is left."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        _say("stopped; what was made is kept")
        raise typer.Exit(STOPPED) from None
