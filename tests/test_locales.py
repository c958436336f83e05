"""The template of the catalogues is whole: no word of a page is said outside messages."""

import html
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tracked_files import explorer
from udcg import catalogue, sections, views
from udcg.blocks import MIME, Title
from udcg.book import Book
from udcg.ledger import Ledger
from udcg.locales.template import template
from udcg.press import feed, index
from udcg.press.contents import groups
from udcg.press.document import document
from udcg.press.html import page

HOME = Path(__file__).parents[1]


def test_the_template_is_up_to_date():
    """`python -m udcg.locales` writes it anew."""
    assert (catalogue.LOCALES / "udcg.pot").read_bytes() == template(HOME)


@pytest.mark.parametrize("english", ["new", "New commitments", "air defence", "Who gives", "Things promised", "{number}bn"])
def test_the_template_holds_what_is_said_anywhere(english):
    """Code, legends, vocabularies, headings and captions of notebooks."""
    assert english in read_po(BytesIO(template(HOME)))


# Every message in letters that neither English nor the evidence uses. What is left of Latin letters on a page was said outside them.

NUMBERS = ("amount", "quantity", "")  # what a page says anew of these, the data say in English
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}


def _wide(message: str) -> str:
    return "".join(text.translate(WIDE) + (f"{{{name}}}" if name else "") for text, name in catalogue.pieces(message))


def _pseudo() -> bytes:
    made = Catalog(locale="uk")
    for message in read_po(BytesIO(template(HOME))):
        if message.id:
            plural = isinstance(message.id, tuple)
            made.add(message.id, (_wide(message.id[1]),) * 3 if plural else _wide(message.id))
    buffer = BytesIO()
    write_po(buffer, made)
    return buffer.getvalue()


class Visible(HTMLParser):
    """Collects what readers see or hear: text, and labels of what has none."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep labels; skip styles."""
        self.hidden += tag == "style"
        self.texts += [str(value) for name, value in attrs if name in ("aria-label", "alt", "title")]

    def handle_endtag(self, tag: str) -> None:
        """Leave a style."""
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self.hidden:
            self.texts.append(data)


def _page(view: Any, kind: str) -> str:
    cells = json.loads((HOME / "notebooks" / f"{kind}.ipynb").read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells if cell["cell_type"] == "code" for line in "".join(cell["source"]).splitlines()]
    shown = [eval(line, {"sections": sections, "view": view}).content() for line in lines if line.startswith("sections.")]  # noqa: S307 - ours
    blocks = [each for block in shown[1:] for each in (block["items"] if block["kind"] == "blocks" else [block])]
    return page(json.loads(json.dumps({**shown[0], "files": {}, "blocks": blocks})), home="index.html")


def _evidence(view: Any) -> set[str]:
    """What a page shows as its sources have it: titles, notes, publishers, reasons, quantities, funds, currencies."""
    data, figures = view.data, view.book.ledger.figures
    facts = [text for fact in data["facts"] for text in (fact["title"], fact["note"], fact["delivery_by"], *_quantity(fact))]
    told = [row["reason"] for row in data["conflicts"]]
    told += [row[cell] for row in data["conflicts"] for cell in ("chosen", "others") if row["field"] not in NUMBERS]
    changed = [row[cell] for row in data.get("changes", []) for cell in ("before", "after") if row["field"] not in NUMBERS]
    outside = [text for cell in ("measures", "publisher", "vintage") for text in figures[cell]]
    said = [claim["quantity_text"] for claim in data["claims"]]
    names = [
        *data["names"],
        *data["names"].values(),
        *(source["publisher"] for source in data["sources"]),
        (data.get("meeting", {}).get("last") or data.get("meeting", {})).get("place", ""),
    ]
    files = [f"{view.id}.json", f"{view.id}-facts.csv", f"{view.id}-claims.csv", data["view"]]
    codes = [*view.book.ledger.rates["currency"], "EUR"]
    return {text for text in (*facts, *told, *changed, *outside, *said, *names, *files, *codes) if text}


def _quantity(fact: dict[str, Any]) -> list[str]:
    stated = fact["quantity"] or {"words": "", "unit": ""}
    return [stated["words"], stated["unit"], stated["unit"].removesuffix("s")]


def _left(text: str, evidence: list[str]) -> str:
    """What remains of a text once the evidence in it, cut short or whole, is taken out."""
    for end in [place for place, sign in enumerate(text) if sign == "…"]:
        starts = range(max(0, end - 200), end)
        cut = next((start for start in starts if text[start] != " " and _begins(text[start:end], evidence)), end)
        text = text[:cut] + " " * (end - cut) + text[end:]
    for value in evidence:
        text = text.replace(value, "").replace(value[:1].upper() + value[1:].rstrip("."), "")
    return " ".join(re.findall(r"[A-Za-z]+", text))


def _begins(text: str, evidence: list[str]) -> bool:
    return any(value.startswith((text, text[:1].lower() + text[1:])) for value in evidence)


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("meeting", [27]),
        ("meeting", [1]),
        ("donor", ["NO"]),
        ("donor", ["GB"]),
        ("donor", ["ME"]),
        ("coalition", []),
        ("eve", []),
        ("eve", ["2025-04-10"]),
    ],
)
def test_no_word_of_a_page_is_said_outside_messages(real: Ledger, language, tmp_path, kind, about):
    """A page in a language of letters of its own shows Latin letters only where its sources wrote them."""
    language(_pseudo())
    path = tmp_path / "tracker.csv"
    path.write_text(explorer("Norway,NOR,2025,4,1,0.0000001"), encoding="utf-8")
    tracker = {"tracker": str(path)} if about == ["NO"] else {}
    view = getattr(views, kind)(*about, evidence=real, language="uk", **tracker)
    visible = Visible()
    visible.feed(_page(view, kind))
    evidence = sorted(_evidence(view), key=lambda value: (-len(value), value))
    left = {text: rest for text in visible.texts if (rest := _left(html.unescape(text), evidence))}
    assert left == {}
    assert "ｓｏｕｒｃｅ" in "".join(visible.texts)


def test_no_word_of_the_index_or_feed_is_said_outside_messages(real: Ledger, language, make_entry):
    """In such a language both keep Latin letters only in places, currencies, the vintage, names of formats, keys and addresses."""
    words, book = language(_pseudo()), Book(real, "EUR")
    listed = groups([make_entry("meeting", 27), make_entry("donor", "NO"), make_entry("donor", "ME")], book, words=words)
    visible = Visible()
    visible.feed(index.page(listed, book, words=words).decode())
    place = listed[0].lines[0].page.meeting["place"]
    evidence = sorted([place, real.vintage, *real.rates["currency"], "EUR", "HTML", "PDF", "JSON"], key=len, reverse=True)
    assert {text: rest for text in visible.texts if (rest := _left(text, evidence))} == {}
    content = json.loads(feed.text(listed, book, words=words))
    said = [content[key] for key in ("title", "description", "user_comment")] + [content["_udcg"]["about"]]
    assert [_left(text, []) for text in said] == [""] * 4
    assert content["language"] == "uk"


def test_headings_of_a_notebook_are_said_in_the_language_of_the_page(language):
    """What is typed once is read in every language."""
    language(_pseudo())
    title = nbformat.v4.new_output("execute_result", {MIME: Title("Т", "П", "Д", "2026-01-01", (), "uk").content()}, execution_count=1)
    cells = [nbformat.v4.new_code_cell("t", execution_count=1, outputs=[title]), nbformat.v4.new_markdown_cell("## Who gives")]
    (heading,) = document(nbformat.v4.new_notebook(cells=cells), "n")["blocks"]
    assert heading["spans"][0]["text"] == "Ｗｈｏ ｇｉｖｅｓ"
