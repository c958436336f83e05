"""The paper that figures are drawn on: our settings alone, axes placed in points, and one pass from artists to SVG."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

STYLE = Path(__file__).with_name("udcg.mplstyle")
FONT = Path(__file__).parent / "press" / "fonts" / "SourceSans3-Regular.ttf"
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
WIDTH = 482.4  # points: the text width of an A4 page
EDGE = 5  # points kept free round all that is drawn
ASCENT, DESCENT = 0.75, 0.25  # of the size: room of a line of text above and below its baseline


@contextmanager
def style() -> Iterator[None]:
    """Draw with our settings and matplotlib's defaults, whatever the session has set; its settings come back afterwards."""
    with mpl.rc_context():
        for name, value in _settings().items():
            mpl.rcParams._set(name, value)  # checked when the file was read; checking all of them again takes 5 ms
        yield


def sheet(left: float, right: float, bottom: float, top: float, height: float) -> tuple[Canvas, Axes]:
    """Return a canvas of our width and axes on it, of some height and with margins as their texts need; all in points.

    With the margins known, no layout engine has to draw everything once more to find them. A dot of the canvas is a point.
    """
    whole = bottom + height + top
    canvas = Canvas(figsize=(WIDTH / 72, whole / 72), dpi=72)
    axes = canvas.add_axes((left / WIDTH, bottom / whole, (WIDTH - left - right) / WIDTH, height / whole))
    return canvas, axes


def width(text: str, size: float) -> float:
    """Return the width of a text in points, without kerning: up to two points more than a long label takes, never less."""
    return size * sum(map(_advance, text))


def svg(canvas: Canvas) -> str:
    """Write a canvas as SVG in which text stays text; the same canvas gives the same bytes."""
    buffer = io.StringIO()
    across, up = canvas.get_size_inches() * 72
    renderer = _Renderer(across, up, buffer, metadata=NO_METADATA)  # type: ignore[no-untyped-call] # it has no types
    canvas.draw(renderer)
    renderer.finalize()  # type: ignore[no-untyped-call] # the same
    return _trimmed(buffer.getvalue())


class _Renderer(RendererSVG):
    """Writes SVG without a group round every artist, and measures text by the font's table instead of shaping it."""

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Leave the group out."""

    def close_group(self, s: str) -> None:
        """Leave the group out."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]) -> tuple[float, float, float]:
        """Measure a line of text, in points."""
        size = prop.get_size_in_points()
        return width(s, size), (ASCENT + DESCENT) * size, DESCENT * size


def _trimmed(text: str) -> str:
    """Shorten the tags, never the texts between them: name the fonts once, round to a hundredth of a point."""
    text = re.sub(r"<\?xml.*?\?>\s*<!DOCTYPE.*?>\s*", "", text, flags=re.DOTALL)
    fonts = re.search(r"font-family: [^;\"]+", text)
    text = re.sub(r'\n *<path [^>]*style="fill: none"/>', "", text)  # neither filled nor drawn
    text = re.sub(r"(?:\n *)?<[^>]+>", lambda tag: _shorter(tag[0], fonts[0] if fonts else ""), text)
    return text.replace("<svg ", f'<svg style="{fonts[0]}" ', 1) if fonts else text


def _shorter(tag: str, fonts: str) -> str:
    tag = tag.replace(f"{fonts}; ", "") if fonts else tag
    tag = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"', "", tag)
    return re.sub(r"\s+", " ", tag.strip())


@cache
def _settings() -> dict[Any, Any]:
    """Read our style over matplotlib's defaults and make its font known, once in a process."""
    font_manager.fontManager.addfont(FONT)
    return {name: value for name, value in dict.items(mpl.rc_params_from_file(STYLE)) if name != "backend"}


@cache
def _font() -> FT2Font:
    """Our font, held in memory: of an open file, forked processes would share the place at which it is read."""
    return FT2Font(io.BytesIO(FONT.read_bytes()))


@cache
def _advance(letter: str) -> float:
    """Return the width of a letter as a part of the font's size; one that the font lacks is taken to be a square."""
    font = _font()
    glyph = font.get_char_index(ord(letter))
    return font.load_glyph(glyph, flags=LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM if glyph else 1.0
