"""Contender b: the commands that one types for a briefing: papermill, nbconvert to HTML, nbconvert to PDF in a browser."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import measure
from browser import CONFIG
from readings import Reading, reading
from sample import HOME, NOTEBOOKS, Briefing

BIN = Path(sys.executable).parent


def readings(briefings: list[Briefing], browser: str, turn: int, scratch: Path) -> Iterator[Reading]:
    """Run the three commands for each briefing, the last only where there is a browser."""
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    (scratch / "browser.py").write_text(CONFIG.format(browser=browser), encoding="utf-8")
    for briefing in briefings:
        for part, words in _commands(briefing, browser, scratch).items():
            with (scratch / "commands.log").open("wb") as log:
                cost = measure.command(words, HOME, log, env)
            if cost.code:
                raise SystemExit(f"{' '.join(words)}: exit code {cost.code}\n{(scratch / 'commands.log').read_text()[-2000:]}")
            yield reading("commands", part, briefing.id, turn, cost)


def _commands(briefing: Briefing, browser: str, scratch: Path) -> dict[str, list[str]]:
    executed = str(scratch / f"{briefing.id}.ipynb")
    given = [word for name, value in briefing.parameters.items() for word in ("-p", name, str(value))]
    convert = ["jupyter", "nbconvert", "--to"]
    commands = {
        "run": ["papermill", str(briefing.notebook), executed, *given, "--cwd", str(NOTEBOOKS)],
        "html": [*convert, "html", executed],
    }
    if browser:
        config = f"--config={scratch / 'browser.py'}"
        commands["pdf"] = [*convert, "webpdf", "--disable-chromium-sandbox", config, executed]
    return commands
