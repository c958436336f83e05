"""The PDF: tagged, archival, with its data attached, the same bytes each time."""

import json
import re

import pytest
from pypdf import PdfReader

from udcg.blocks import Column, Figure, Prose, Table, Title, text
from udcg.errors import BriefingError
from udcg.press.document import document
from udcg.press.exporters import PDFBriefing
from udcg.press.pdf import typeset

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="20pt"><text x="1" y="12">Київ</text></svg>'
MARKUP = '#panic("x") $x$ *bold* _it_ @ref <lab> //comment \\ [ ] { } =1+1'
NAMES = ["meeting-26", "meeting-27", "donor-NO", "donor-CZ"]


def _document(*blocks, title: str = "T", files: dict[str, str] | None = None) -> dict:
    head = Title(title, "S", "D", "2026-01-31", ("k",)).content()
    return {**head, "files": files or {}, "blocks": [block.content() for block in blocks]}


def _text(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.fixture(params=NAMES)
def reader(request, pages) -> PdfReader:
    """Open a built PDF."""
    return PdfReader(pages / f"{request.param}.pdf")


def test_a_briefing_has_two_to_six_pages(reader):
    """Long enough to say it, short enough to read."""
    assert 2 <= len(reader.pages) <= 6


def test_a_briefing_is_tagged_and_archival(reader):
    """Structure tags, language, title, PDF/UA-1 and PDF/A-3a in the metadata."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata.title
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part>1<|pdfuaid:part=\"1\"", xmp)
    assert re.search(r"pdfaid:part>3<|pdfaid:part=\"3\"", xmp)
    assert re.search(r"pdfaid:conformance>A<|pdfaid:conformance=\"A\"", xmp)


def test_a_briefing_carries_its_data(reader):
    """The JSON attached is the data of the page, the CSV files list its facts and claims."""
    names = sorted(reader.attachments)
    assert len(names) == 3
    data = json.loads(reader.attachments[next(name for name in names if name.endswith(".json"))][0])
    facts = reader.attachments[next(name for name in names if name.endswith("-facts.csv"))][0].decode()
    assert len(facts.splitlines()) == len(data["facts"]) + 1


def test_fonts_are_embedded(reader):
    """Every font of every page is in the file."""
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "SourceSans3" in str(font["/BaseFont"])


def test_the_27th_meeting_says_what_it_must(pages):
    """One headline with its two other forms, the joint package with its shares, and what was said before."""
    said = _text(PdfReader(pages / "meeting-27.pdf"))
    assert "EUR 21bn" in said
    assert "GBP 18.2bn" in said
    assert "(GBP 350m United Kingdom, GBP 100m Norway)" in said
    assert "GBP 450m = EUR 519.2m" in said
    assert "said before: 16 January 2025, then EUR 5.34bn at that day's rate" in said
    assert "EUR 11.12bn of the EUR 21bn is known to be new" in said


def test_the_same_document_gives_the_same_bytes(run_notebook):
    """Nothing of the clock or the run is in the file."""
    content = document(run_notebook, "meeting-27")
    assert typeset(content, "n") == typeset(content, "n")


def test_the_exporter_gives_bytes(run_notebook):
    """Nbconvert's interface returns the file and its ending."""
    pdf, resources = PDFBriefing().from_notebook_node(run_notebook, {"metadata": {"name": "meeting-27"}})
    assert pdf.startswith(b"%PDF-")
    assert resources["output_extension"] == ".pdf"


def test_markup_in_data_stays_text(tmp_path):
    """Typst markup in titles, cells, captions and files is printed, not run."""
    table = Table(MARKUP, (Column(MARKUP, 1.0),), ((text(MARKUP),),), text(MARKUP))
    content = _document(Prose((text(MARKUP),)), table, title=MARKUP, files={"a.csv": MARKUP})
    path = tmp_path / "x.pdf"
    path.write_bytes(typeset(content, "n"))
    assert _text(PdfReader(path)).count('#panic("x")') >= 5


def test_letters_of_all_donors_are_covered(tmp_path):
    """Cyrillic, Nordic, Baltic, Polish, Czech and Turkish letters have glyphs in the fonts carried."""
    letters = "Київ Україна ґєії ÅÄÖØÆ ąčęėįšųūž ļķņģ ðþ ł ř ů ğ ı ș ț ő"
    path = tmp_path / "x.pdf"
    path.write_bytes(typeset(_document(Prose((text(letters),))), "n"))
    fonts = {str(font.get_object()["/BaseFont"]) for font in PdfReader(path).pages[0]["/Resources"]["/Font"].values()}
    assert all("SourceSans3" in font for font in fonts)
    assert "Київ" in _text(PdfReader(path))


def test_a_figure_without_alternative_text_is_refused():
    """Typst refuses it, and the briefing is named."""
    figure = Figure(SVG, "finding", "alt", text("c")).content() | {"alt": None}
    content = _document() | {"blocks": [figure]}
    with pytest.raises(BriefingError, match="my-briefing"):
        typeset(content, "my-briefing")
