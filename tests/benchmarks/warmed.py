"""Contender c: the same parts at their best, kept warm in one process: papermill, an HTML exporter, a Chromium kept open.

Prints the readings of the named briefings as JSON. The page of the HTML export is also the one that is printed, since webpdf's
template is the same; it is printed as webpdf does (print media, backgrounds), without webpdf's fixed waits.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbconvert import HTMLExporter

import browser
import measure
from readings import Reading, reading
from sample import NOTEBOOKS, Briefing, named

Print = Callable[[Path], bytes]


def readings(briefings: list[Briefing], turns: int, scratch: Path) -> Iterator[Reading]:
    """Make each briefing, once before anything is measured."""
    exporter, program = HTMLExporter(), browser.found()
    with measure.adopting(), _printer(program) as printed:
        for turn in range(-1, turns):
            for briefing in briefings if turn >= 0 else briefings[:1]:
                made = list(_made(briefing, turn, exporter, printed if program else None, scratch))
                yield from made if turn >= 0 else []


def _made(briefing: Briefing, turn: int, exporter: HTMLExporter, printed: Print | None, scratch: Path) -> Iterator[Reading]:
    page = scratch / f"{briefing.id}.html"
    notebook, cost = measure.call(lambda: _run(briefing))
    yield reading("warmed", "run", briefing.id, turn, cost)
    _, cost = measure.call(lambda: page.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8"))
    yield reading("warmed", "html", briefing.id, turn, cost)
    if printed:
        _, cost = measure.call(lambda: page.with_suffix(".pdf").write_bytes(printed(page)))
        yield reading("warmed", "pdf", briefing.id, turn, cost)


def _run(briefing: Briefing) -> nbformat.NotebookNode:
    return papermill.execute_notebook(
        str(briefing.notebook),
        None,
        briefing.parameters,
        cwd=str(NOTEBOOKS),
        kernel_name="python3",
        progress_bar=False,
        log_output=False,
        request_save_on_cell_execute=False,
    )


@contextmanager
def _printer(program: str) -> Iterator[Print]:
    """Keep a browser open; its loop has a thread of its own, since papermill runs loops in this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def wait(job: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(job, loop).result()

    driver, chromium = wait(_opened(program)) if program else (None, None)
    try:
        yield lambda page: bytes(wait(_printed(chromium, page)))
    finally:
        if driver:
            wait(chromium.close())
            wait(driver.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _opened(program: str) -> tuple[Any, Any]:
    from playwright.async_api import async_playwright

    driver = await async_playwright().start()
    return driver, await driver.chromium.launch(executable_path=program, args=["--no-sandbox"])


async def _printed(chromium: Any, path: Path) -> bytes:
    page = await chromium.new_page()
    await page.emulate_media(media="print")
    await page.goto(path.as_uri(), wait_until="load")
    pdf: bytes = await page.pdf(print_background=True)
    await page.close()
    return pdf


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("briefings", nargs="+")
    parser.add_argument("--turns", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = list(readings(named(asked.briefings), asked.turns, Path(folder)))
    json.dump([asdict(one) for one in made], sys.stdout)
