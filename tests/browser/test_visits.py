"""Every page of the build in a real browser: accessible, silent, alone, and never wider than the screen."""

import pytest
from visits import WIDTHS, Visit, visits

import browser

CHROMIUM = browser.found()
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is found; .ci/run installs it")

BROKEN = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>T</title>
<style>@media (prefers-color-scheme:dark){p{color:#222;background:#111}}</style></head>
<body><main><h1>T</h1><p>Grey on grey in the dark.</p><img src="https://example.invalid/x.png"><div style="width:900px">wide</div></main>
<script>console.log("said")</script></body></html>"""


@pytest.fixture(scope="module")
def found(whole) -> list[Visit]:
    """Open every page of the build once."""
    return visits(sorted(whole.glob("*.html")), CHROMIUM)


def test_every_page_keeps_the_rules_of_accessibility(found):
    """WCAG 2.2 AA and good practice as axe-core reads them, in light colours and in dark ones."""
    assert len(found) > 60
    assert {visit.name: visit.broken for visit in found if visit.broken} == {}


def test_no_page_asks_the_network(found):
    """A page opens from its own file alone."""
    assert {visit.name: visit.asked for visit in found if visit.asked} == {}


def test_no_page_writes_to_the_console(found):
    """No warning and no error, of the page's policy neither."""
    assert {visit.name: visit.logged for visit in found if visit.logged} == {}


def test_no_page_scrolls_sideways(found):
    """On a telephone and on a screen, wide tables scroll by themselves."""
    assert {visit.name: visit.wide for visit in found if visit.wide} == {}


def test_a_broken_page_is_seen_to_be_broken(tmp_path):
    """A picture without words from elsewhere, a script, dark grey on black, and a box wider than a telephone."""
    path = tmp_path / "broken.html"
    path.write_text(BROKEN, encoding="utf-8")
    (visit,) = visits([path], CHROMIUM)
    assert [rule.split(": <")[0] for rule in visit.broken] == ["image-alt", "dark: color-contrast"]
    assert visit.asked == ["https://example.invalid/x.png"]
    assert "said" in visit.logged
    assert visit.wide == [WIDTHS[0]]
