"""Canvas: widths of texts, places in points, and the SVG written in one pass."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties

from udcg import canvas

SVG = "{http://www.w3.org/2000/svg}"


def _shaped(text: str, size: float) -> float:
    """Width of a text as matplotlib sets it, pair by pair with kerning."""
    with canvas.style():
        return RendererSVG(1, 1, io.StringIO()).get_text_width_height_descent(text, FontProperties(size=size), ismath=False)[0]


@pytest.mark.parametrize("size", [8.5, 9.0])
def test_widths_are_those_of_the_font(real, size):
    """Every donor's name and the titles of promises, against matplotlib's own setting: kerning takes away little, nothing adds."""
    texts = [*real.donors["name"], *real.facts["title"].str.slice(0, 54).head(60), "EUR 829.6m (829.6m to 848m)"]
    spare = {text: canvas.width(text, size) - _shaped(text, size) for text in texts}
    assert {text: points for text, points in spare.items() if not -0.2 <= points <= 2.5} == {}


def test_a_letter_that_the_font_lacks_has_a_width():
    """Another font shows it, in at most a square."""
    assert canvas.width("\u4e2d", 9) == 9
    assert canvas.width("", 9) == 0


@given(st.text(max_size=20), st.text(max_size=20))
def test_widths_add_up(one, other):
    """Text beside text is as wide as both."""
    assert canvas.width(one + other, 9) == pytest.approx(canvas.width(one, 9) + canvas.width(other, 9))


def test_a_sheet_is_measured_in_points():
    """The margins and the height are as asked for, and a dot is a point."""
    with canvas.style():
        paper, axes = canvas.sheet(left=100, right=10, bottom=30, top=20, height=150)
    assert (paper.bbox.width, paper.bbox.height) == pytest.approx((canvas.WIDTH, 200))
    assert axes.bbox.bounds == pytest.approx((100, 30, canvas.WIDTH - 110, 150))


def _drawn(text: str) -> str:
    with canvas.style():
        paper, axes = canvas.sheet(30, 10, 30, 10, 60)
        axes.barh([0, 1], [1 / 3, 2], hatch=["", "////"], color="#12355b")
        axes.text(1, 1, text)
        return canvas.svg(paper)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_no_text_is_changed(text):
    """Shortening the tags leaves the texts between them alone."""
    texts = [found.text for found in ElementTree.fromstring(_drawn(text)).iter(f"{SVG}text")]  # noqa: S314 - our own file
    assert text in texts


def test_tags_are_short():
    """The fonts are named once, places are to a hundredth of a point, and nothing invisible is drawn."""
    svg = _drawn("1.23456")
    assert svg.count("font-family") == 1
    assert re.findall(r"\d\.\d{3,}", svg) == ["1.23456"]
    assert not re.search(r'<g\b|<metadata|rotate\(-?0 |style="fill: none"', svg)


def test_every_mark_that_is_named_exists():
    """Hatches and clips are found under the names that use them."""
    svg = _drawn("text")
    assert (used := set(re.findall(r"url\(#([^)]+)\)", svg)))
    assert used <= set(re.findall(r'\sid="([^"]+)"', svg))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed on Linux only")
def test_measuring_keeps_no_file_open():
    """Processes forked from this one would read an open font at each other's places."""
    canvas._font.cache_clear()
    before = len(list(Path("/proc/self/fd").iterdir()))
    font = canvas._font()
    assert font.load_char(ord("A")).horiAdvance > 0
    assert len(list(Path("/proc/self/fd").iterdir())) == before
