"""What a browser finds on a page: what it fetches and logs, where it scrolls sideways, and which rules of accessibility are broken."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, async_playwright

AT_ONCE = 2  # pages looked at together
WIDTHS = (320, 1280)  # pixels: a telephone, or a page of 1280 enlarged four times; a screen
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that depends on the colours
DRAWN = [["svg"]]  # axe cannot tell what a drawing's letters stand on
MARKED = "[data-measured]"
# colours follow from the tags and classes of an element and of those round it: of all that are alike, three are measured
MARK = """() => {
  const seen = {}
  for (const each of document.querySelectorAll('body *:not(svg *)')) {
    const chain = []
    for (let at = each; at; at = at.parentElement) chain.push(at.tagName + '.' + at.className)
    const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    if (own && (seen[chain] = (seen[chain] ?? 0) + 1) <= 3) each.dataset.measured = ''
  }
}"""


@dataclass
class Visit:
    """What was found on one page.

    Attributes:
        name: The page's file.
        asked: Addresses other than its own that it asked for.
        logged: What it wrote to the console.
        wide: Widths, in pixels, at which it scrolls sideways.
        broken: Rules of accessibility that it breaks, with the first place.
    """

    name: str
    asked: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def visits(paths: Sequence[Path], chromium: str) -> list[Visit]:
    """Open pages in one headless browser, light and dark, narrow and wide."""
    return asyncio.run(_visits(paths, chromium))


async def _visits(paths: Sequence[Path], chromium: str) -> list[Visit]:
    free = asyncio.Semaphore(AT_ONCE)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        async def one(path: Path) -> Visit:
            async with free:
                return await _visit(browser, path)

        found = await asyncio.gather(*map(one, paths))
        await browser.close()
    return found


async def _visit(browser: Browser, path: Path) -> Visit:
    visit = Visit(path.name)
    page = await browser.new_page(viewport={"width": WIDTHS[-1], "height": 900}, color_scheme="light")
    page.on("request", lambda request: visit.asked.append(request.url))
    page.on("console", lambda message: visit.logged.append(message.text))
    page.on("pageerror", lambda error: visit.logged.append(str(error)))
    await page.goto(path.as_uri(), wait_until="load")
    visit.asked.remove(path.as_uri())
    visit.broken = await _broken(page)
    visit.wide = [width for width in WIDTHS if await _scrolls(page, width)]
    await page.close()
    return visit


async def _broken(page: Page) -> list[str]:
    """Run axe-core; what the driver puts into a page is not under the page's policy, which forbids scripts."""
    await page.evaluate(AXE_SCRIPT)
    await page.evaluate(MARK)
    off = {rule: {"enabled": False} for rule in COLOURS}
    found = await _axe(page, {"exclude": DRAWN}, {"runOnly": {"type": "tag", "values": TAGS}, "rules": off})
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        measured = await _axe(page, {"include": [[MARKED]], "exclude": DRAWN}, {"runOnly": {"type": "rule", "values": COLOURS}})
        found += [f"{scheme}: {broken}" for broken in measured]
    return found


async def _axe(page: Page, where: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    words = [where, {**rules, "resultTypes": ["violations"]}]
    found = await page.evaluate("async ([where, rules]) => (await axe.run(where, rules)).violations", words)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


async def _scrolls(page: Page, width: int) -> bool:
    await page.set_viewport_size({"width": width, "height": 900})
    return bool(await page.evaluate("document.documentElement.scrollWidth > innerWidth"))
