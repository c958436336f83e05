"""The HTML page: one file, no script, nothing remote, everything escaped."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from udcg.blocks import Blocks, Column, Data, Figure, Prose, Source, Sources, Span, Table, Title, plain, text
from udcg.press.html import block_html, drawing, page, safe_url

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'x' \u202eright-to-left " + "long " * 60


class Tags(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.seen.append((tag, dict(attrs)))


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.seen


@pytest.fixture(scope="module", params=["meeting-27", "donor-CZ"])
def html(request, pages) -> str:
    """Give the text of a built page."""
    return (pages / f"{request.param}.html").read_text(encoding="utf-8")


def test_a_page_runs_nothing_and_fetches_nothing(html):
    """No script, no handler, no address but links; the policy forbids the rest."""
    tags = _tags(html)
    assert not {"script", "iframe", "object", "embed", "link", "form"} & {tag for tag, _ in tags}
    assert [name for _, attributes in tags for name in attributes if name.startswith("on")] == []
    assert [attributes["src"] for _, attributes in tags if "src" in attributes] == []
    assert re.findall(r"url\((?!data:|#)", html) == []
    assert "default-src 'none'" in html


def test_links_are_web_addresses_anchors_data_or_the_index(html):
    """A link leads to a source, a place on the page, the attached data or the index."""
    targets = [str(attributes["href"]) for tag, attributes in _tags(html) if tag == "a"]
    assert [target for target in targets if not re.match(r"https?://|#|data:(text/csv|application/json)|index\.html$", target)] == []


def test_every_citation_has_its_source(html):
    """Each cited number stands in the list of sources, with a link or the words (no address)."""
    tags = _tags(html)
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    cited = {attributes["href"] for tag, attributes in tags if tag == "a" and str(attributes.get("href")).startswith("#source-")}
    assert cited
    assert {str(target)[1:] for target in cited} <= set(ids)
    entries = re.findall(r'<li id="source-\d+".*?</li>', html, flags=re.DOTALL)
    assert entries
    assert [entry for entry in entries if "<a href" not in entry and "(no address)" not in entry] == []


def test_a_source_number_stands_close_to_what_it_is_for(html):
    """In prose and tables no space comes before it."""
    paragraphs = re.findall(r"<(?:p|td)[ >].*?</(?:p|td)>", html, flags=re.DOTALL)
    cited = [paragraph for paragraph in paragraphs if 'class="cites"' in paragraph]
    assert len(cited) > 10
    assert [paragraph for paragraph in cited if re.search(r'\s<span class="cites"', paragraph)] == []


def test_ids_are_unique(html):
    """No two elements share an id, in several figures either."""
    ids = [attributes["id"] for _, attributes in _tags(html) if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_reader_without_eyes_finds_everything(html):
    """Language, one first heading, no skipped level, table headers with scope, figures with their alternative text."""
    tags = _tags(html)
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert dict(tags)["html"]["lang"] == "en"
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    assert all(len(str(attributes["aria-label"])) > 40 for _, attributes in tags if attributes.get("role") == "img")


def test_hostile_texts_stay_text():
    """Script tags, quotes, direction marks and long texts are shown, not obeyed."""
    spans = (Span(HOSTILE, cites=(1,), strong=True),)
    blocks = [
        Prose((spans,)),
        Table(HOSTILE, (Column(HOSTILE, 1.0),), ((spans,),), text(HOSTILE)),
        Figure('<svg width="1pt" height="1pt"></svg>', HOSTILE, HOSTILE, spans),
        Sources((Source(1, HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE),), HOSTILE),
        Data({"a.csv": HOSTILE}, HOSTILE),
    ]
    title = Title(HOSTILE, HOSTILE, HOSTILE, "2026-01-01", (HOSTILE,))
    html = page({**title.content(), "files": {}, "blocks": [block.content() for block in blocks]})
    assert "<script" not in html
    assert "javascript:" not in [str(attributes.get("href"))[:11] for _, attributes in _tags(html)]
    assert html.count("&lt;script&gt;") >= 10


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "ftp://x", ""])
def test_only_web_addresses_become_links(url):
    """Any other kind of address is printed as none."""
    assert safe_url(url) == ""


def test_drawings_on_one_page_do_not_share_ids():
    """Each figure gets its own ids and references, and no style that leaks."""
    svg = '<svg width="9pt" height="9pt"><style>*{color:red}</style><defs><clipPath id="p"/></defs><g clip-path="url(#p)"/></svg>'
    assert 'id="f2-p"' in drawing(svg, 2)
    assert "url(#f2-p)" in drawing(svg, 2)
    assert "<style" not in drawing(svg, 2)


def test_jupyterlab_shows_a_block():
    """A block renders on its own, as a notebook shows it, and several of them one after the other."""
    hello, twice = Prose((text("hello"),)), Blocks((Prose((text("one"),)), Prose((text("two"),))))
    assert "<p>hello</p>" in block_html(hello.content())
    assert re.findall(r"<p>(\w+)</p>", block_html(twice.content())) == ["one", "two"]
    assert plain(twice.content()) == "one\n\ntwo"
