"""HTML: one self-contained file, no script, nothing remote; and blocks shown in JupyterLab."""

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from udcg.messages import filled
from udcg.press.furniture import labels
from udcg.words import ENGLISH

HERE = Path(__file__).parent
FONTS = {
    "latin": "U+0000-00FF,U+2000-206F,U+20AC,U+2122",
    "latin-ext": "U+0100-02AF,U+1E00-1EFF,U+20A0-20AB",
    "cyrillic": "U+0400-045F,U+0490-0491",
}


def page(content: dict[str, Any], home: str = "") -> str:
    """Render a document as a whole page; `home` is the address of the index, if there is one."""
    return (
        templates()
        .get_template("briefing.html.j2")
        .render(document=content, home=home, css=style(), contents=_contents(content), labels=content["labels"])
    )


def block_html(content: dict[str, Any]) -> str:
    """Render one block, as JupyterLab shows it."""
    around = content.get("labels") or labels(ENGLISH.language)
    return str(templates().get_template("block.html.j2").render(block=content, labels=around))


@cache
def style() -> Markup:
    """The style sheet with its fonts inside."""
    faces = [
        f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};unicode-range:{span};"
        f"src:url(data:font/woff2;base64,{_base64(HERE / 'fonts' / f'source-sans-3-{subset}-{weight}-normal.woff2')})}}"
        for subset, span in FONTS.items()
        for weight in (400, 600)
    ]
    return Markup("\n".join([*faces, (HERE / "templates" / "briefing.css").read_text(encoding="utf-8")]))  # noqa: S704 - our own file


@cache
def templates() -> Environment:
    """The templates of all pages; what they print is escaped."""
    loader = FileSystemLoader(HERE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(drawing=drawing, data_url=data_url, anchor=anchor, safe_url=safe_url, filled=filled)
    return environment


def drawing(svg: str, number: int) -> Markup:
    """Make a figure fit for a page of several: its own ids, no style that leaks, no fixed size."""
    own = re.sub(r"<style.*?</style>|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    own = re.sub(r'(\sid="|xlink:href="#|url\(#)', rf"\g<1>f{number}-", own)
    own = re.sub(r'(<svg[^>]*?)\swidth="[^"]*"', r"\1", own, count=1)
    own = re.sub(r'(<svg[^>]*?)\sheight="[^"]*"', r"\1", own, count=1)
    return Markup(own.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - matplotlib has escaped its texts


def data_url(text: str, name: str) -> str:
    """Return a file as a data: address that a link can save."""
    kind = "application/json" if name.endswith(".json") else "text/csv"
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"


def anchor(text: str) -> str:
    """Return a heading's anchor."""
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def safe_url(url: str) -> str:
    """Return a web address, or nothing where it is of another kind, such as javascript:."""
    return url if re.match(r"https?://", url) else ""


def _contents(content: dict[str, Any]) -> list[str]:
    return [
        "".join(span["text"] for span in block["spans"])
        for block in content["blocks"]
        if block["kind"] == "heading" and block["level"] == 2
    ]


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()
