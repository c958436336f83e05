"""The index: all briefings with date, headline and new money, drawn without script, for every reader."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from udcg import views
from udcg.press import index
from udcg.press.contents import groups
from udcg.views import MeetingView

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'x' \u200fright-to-left\u200e {{ 7 * 7 }} " + "long " * 60
VOID = {"meta", "link", "path", "br"}


class Page(HTMLParser):
    """Collects a page's tags, and what is not closed in the order in which it was opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(tag)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all tags of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def _row(html: str, name: str) -> str:
    return _text(re.findall(rf'<tr role="row" id="{name}">.*?</tr>', html, flags=re.DOTALL)[0])


@pytest.fixture(scope="module")
def promised(make_book):
    """Give a book of three meetings with a headline, a frame of the UK, a package from it, and an open promise of Norway."""
    days = [(26, "2025-02-12", {}), (27, "2025-04-11", {"headline": "sum", "headline_measures": "cumulative"}), (28, "2025-06-04", {})]
    return make_book(
        [
            {"fact": "sum", "donor": "UDCG", "level": "group_total", "amount": 900e6},
            {"fact": "frame", "level": "frame", "amount": 100e6, "qualifier": "about"},
            {"fact": "package", "drawn_from": "frame", "amount": 40e6, "announced_on": "2025-06"},
            {"fact": "aid", "donor": "NO", "amount": 7e6, "qualifier": "at_least", "announced_on": "2025-06-04"},
        ],
        meetings=[{"meeting": number, "start": day, "end": day, **more} for number, day, more in days],
    )


@pytest.fixture(scope="module")
def tiny(promised, make_entry) -> str:
    """Give the index of three meetings and three donors."""
    listed = [make_entry("meeting", number) for number in (26, 27, 28)] + [make_entry("donor", code) for code in ("DK", "GB", "NO")]
    return index.page(groups(listed, promised), promised).decode()


@pytest.fixture(scope="module")
def built(pages) -> str:
    """Give the index of four real briefings."""
    return (pages / "index.html").read_text(encoding="utf-8")


def test_a_meeting_has_its_day_headline_and_new_money(tiny):
    """With what the headline measures and the range of what is new; none found is said."""
    assert "27th meeting Brussels 11 April 2025 EUR 900m all support so far EUR 100m range 95m to 105m" in _row(tiny, "meeting-27")
    assert "none found none found" in _row(tiny, "meeting-26")
    assert "at least EUR 7m" in _row(tiny, "meeting-28")


def test_a_donor_has_two_sums_and_its_last_promise(tiny):
    """Commitments and allocations side by side, and the day as far as it is known."""
    assert "EUR 100m range 95m to 105m EUR 40m June 2025" in _row(tiny, "donor-GB")
    assert "none found none found none found no sum with a known day" in _row(tiny, "donor-DK")


def test_drawings_say_what_they_show(tiny):
    """The text that stands for a drawing has the number of each window that has one; the label of the highest stands beside it."""
    alts = [str(attributes["aria-label"]) for _, attributes in Page(tiny).tags if attributes.get("role") == "img"]
    assert alts[0] == "New commitments by window: 27th meeting EUR 100m (95m to 105m); 28th meeting at least EUR 7m."
    assert "Most new money came in the window of the 27th meeting: EUR 100m (95m to 105m)" in tiny
    assert len(alts) == 3
    assert "EUR 7m, 28th meeting" in _row(tiny, "donor-NO")


def test_nothing_is_drawn_where_nothing_is_known(make_book, make_entry):
    """No figure, and no division by nothing."""
    book = make_book([{"fact": "gift"}])
    html = index.page(groups([make_entry("meeting", 27)], book), book).decode()
    assert "<svg" not in html
    assert "27th meeting" in html


def test_what_there_is_one_of_comes_first_under_its_own_title(promised, make_entry, monkeypatch):
    """With what its page says of itself: subtitle, bottom line and the evidence's last day."""
    monkeypatch.setitem(views.OPEN, "coalition", lambda: MeetingView(promised, "", 28))
    about = {"title": "The coalition", "subtitle": "All meetings", "bottom_line": "Europe leads.", "day": "2025-06-04"}
    html = index.page(groups([make_entry("meeting", 27), make_entry("coalition", **about)], promised), promised).decode()
    text = _text(html.split("</nav>")[1])
    assert "The coalition All meetings Europe leads. Evidence up to 4 June 2025 HTML PDF JSON" in text
    assert text.index("The coalition") < text.index("27th meeting")
    assert '<a href="coalition.html">The coalition</a>' in html


def test_only_files_that_are_there_are_linked(promised, make_entry):
    """A briefing without a page is a name and no link."""
    html = index.page(groups([make_entry("meeting", 27, ("pdf",))], promised), promised).decode()
    linked = {attributes["href"] for attributes in Page(html).named("a") if not str(attributes["href"]).startswith("#")}
    assert linked == {"meeting-27.pdf", "feed.json"}


def test_the_index_lists_the_briefings_of_which_files_are_there(built):
    """Four real briefings, and no other."""
    rows = [attributes["id"] for attributes in Page(built).named("tr") if "id" in attributes]
    assert rows == ["meeting-27", "meeting-26", "donor-CZ", "donor-NO"]
    assert {"meeting-27.html", "donor-NO.pdf", "donor-CZ.json"} <= {attributes["href"] for attributes in Page(built).named("a")}
    assert "EUR 21bn announced here, say the chairs" in _row(built, "meeting-27")


def test_the_index_prints_the_sums_of_its_pages(built, pages):
    """A donor's commitments and a meeting's new money read there as here."""
    for name in ("meeting-27", "donor-NO"):
        figures = re.findall(r'<dd class="value">(.*?)</dd>', (pages / f"{name}.html").read_text(encoding="utf-8"))
        assert sum(figure in _row(built, name) for figure in figures[:2]) == 2


@pytest.mark.parametrize("name", ["tiny", "built"])
def test_the_page_is_whole_html(request, name):
    """Each tag is closed where it should be, ids are unique, and each link on the page leads somewhere."""
    page = Page(request.getfixturevalue(name))
    assert (page.open, page.faults) == ([], [])
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {str(attributes["href"])[1:] for attributes in page.named("a") if str(attributes["href"]).startswith("#")}
    assert {"meetings", "donors", "content", "meeting-27", "donor-NO"} <= inside <= set(ids)


@pytest.mark.parametrize("name", ["tiny", "built"])
def test_a_reader_without_eyes_finds_everything(request, name):
    """Language, landmarks, one first heading and no skipped level, captions, headers of columns and rows, named sections."""
    page = Page(request.getfixturevalue(name))
    assert page.named("html")[0]["lang"] == "en"
    assert all(len(page.named(landmark)) == 1 for landmark in ("header", "nav", "main", "footer"))
    assert page.named("nav")[0]["aria-label"]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert len(page.named("table")) == len(page.named("caption")) == 2
    assert {attributes.get("scope") for attributes in page.named("th")} == {"col", "row"}
    ids = {attributes.get("id") for attributes in page.named("h2")}
    assert {attributes["aria-labelledby"] for attributes in page.named("section")} == ids
    roles = [attributes.get("role") for tag in ("table", "thead", "tbody", "tr", "th", "td") for attributes in page.named(tag)]
    assert None not in roles, "where cells stand below one another, roles alone keep the table"


def test_every_cell_names_its_column_where_cells_stand_below_one_another(tiny):
    """A narrow page shows no row of headers, so each cell carries its label."""
    page = Page(tiny)
    headers = re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', tiny)
    assert {attributes.get("data-label") for attributes in page.named("td")} == set(headers) - {"Meeting", "Donor"}


@pytest.mark.parametrize("name", ["tiny", "built"])
def test_the_page_runs_nothing_and_fetches_nothing(request, name):
    """No script, no handler, nothing loaded; the policy forbids the rest; the one link element names the feed."""
    html = request.getfixturevalue(name)
    page = Page(html)
    assert not {"script", "iframe", "object", "embed", "form", "img"} & {tag for tag, _ in page.tags}
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    assert re.findall(r"url\((?!data:)", html) == []
    assert "default-src 'none'" in html
    assert page.named("link") == [{"rel": "alternate", "type": "application/feed+json", "title": "UDCG briefings", "href": "feed.json"}]


def test_hostile_titles_stay_text(make_book, make_entry, monkeypatch):
    """A place, a donor's name and what a page calls itself are printed, not obeyed."""
    book = make_book(
        [{"fact": "aid", "donor": "GB", "amount": 7}],
        meetings=[{"meeting": 27, "start": "2025-04-11", "end": "2025-04-11", "place": HOSTILE}],
        donors=[{"donor": "GB", "name": HOSTILE, "currency": "GBP"}],
    )
    monkeypatch.setitem(views.OPEN, "coalition", lambda: MeetingView(book, "", 27))
    about = make_entry("coalition", title=HOSTILE, subtitle=HOSTILE, bottom_line=HOSTILE)
    html = index.page(groups([make_entry("meeting", 27), make_entry("donor", "GB"), about], book), book).decode()
    page = Page(html)
    assert "script" not in {tag for tag, _ in page.tags}
    assert (page.open, page.faults) == ([], [])
    assert html.count("&lt;script&gt;") >= 6
    assert "49" not in _text(html)
