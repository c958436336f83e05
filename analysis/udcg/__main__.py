"""The command line: list, check, build, show, changes, findings, compare, rates."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from udcg import arithmetic, audit, ledger, listing, rates
from udcg import changes as changing
from udcg import compare as comparing
from udcg import tracker as trackers
from udcg.book import Book
from udcg.errors import EvidenceError, UdcgError, UnknownNameError
from udcg.press import index
from udcg.press.build import Outcome
from udcg.press.build import build as build_all
from udcg.press.plan import Briefing, chosen, plan
from udcg.press.run import FORMATS, shown

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
AsOf = Annotated[str, typer.Option(help="Show what was known on this day, as 2025-04-11; all evidence where empty.")]
Currency = Annotated[str, typer.Option(help="Currency of the sums: EUR, USD or GBP.")]
Tracker = Annotated[Path | None, typer.Option(help="A file of the Kiel Institute's tracker to set beside our sums on donors' pages.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FAILED, FAULTY, WRONG = 1, 2, 3


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
    typer.echo(shown(chosen(_plan(as_of, currency, tracker), [briefing])[0]), nl=False)


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
    to: Annotated[Path | None, typer.Option(help="Folder to write to; build/ where not given.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use.")] = os.cpu_count() or 1,
    as_of: AsOf = "",
    currency: Currency = "EUR",
    tracker: Tracker = None,
) -> None:
    """Render briefings and an index of them; exit code 1 where one failed."""
    planned = _plan(as_of, currency, tracker)
    if not briefings and not everything:
        raise typer.BadParameter("name briefings, or say --all")
    wanted = planned if everything else chosen(planned, briefings or [])
    wrong = sorted(set(formats or FORMATS) - set(FORMATS))
    if wrong:
        raise typer.BadParameter(f"unknown format {', '.join(wrong)}; known: {', '.join(FORMATS)}")
    book = Book(ledger.load().as_of(as_of), currency)
    _ = book.facts  # settles and converts everything: a missing rate is said here, once, before any kernel starts
    if tracker:
        trackers.read(tracker, book.ledger)
    folder = to or ledger.home() / "build"
    outcomes = _reported(wanted, tuple(formats or FORMATS), folder, jobs)
    index.write(planned, book, folder, as_of)
    failed = [outcome for outcome in outcomes if outcome.error]
    typer.echo(
        f"{len(outcomes) - len(failed)} of {len(outcomes)} briefings in {folder}"
        + (f"; {len(failed)} failed, see {folder / 'log'}" if failed else "")
    )
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
    except UdcgError as error:
        _say(str(error))
        sys.exit(WRONG)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


def _plan(as_of: str, currency: str, tracker: Path | None = None) -> list[Briefing]:
    shared = {"as_of": as_of, "currency": currency, "tracker": str(tracker.resolve()) if tracker else ""}
    return plan(ledger.home() / "notebooks", ledger.load(), shared)


def _state(named: str) -> ledger.Ledger:
    """The evidence of a data folder, or what was known on a day."""
    folder = Path(named)
    return ledger.load(folder) if folder.is_dir() else ledger.load().known_by(named)


def _reported(briefings: list[Briefing], formats: tuple[str, ...], to: Path, jobs: int) -> list[Outcome]:
    console = Console(stderr=True)
    if not console.is_terminal:
        return build_all(briefings, formats, to, jobs, lambda outcome: _say(_line(outcome)))
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("briefings", total=len(briefings))

        def report(outcome: Outcome) -> None:
            progress.update(task, advance=1, description=outcome.briefing.id)
            if outcome.error:
                progress.console.print(_line(outcome), markup=False)

        return build_all(briefings, formats, to, jobs, report)


def _line(outcome: Outcome) -> str:
    return f"{outcome.briefing.id}: " + (f"failed: {outcome.error}" if outcome.error else ", ".join(outcome.files))


if __name__ == "__main__":
    main()
