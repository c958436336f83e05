"""Files of any kind: their text, or a clear answer why there is none."""

import io

import pytest
from pypdf import PdfWriter

from udcg.errors import ReadingError
from udcg.reading import documents
from udcg.reading.api import read_text

PAGE = """<!DOCTYPE html><html lang="en"><head><title>More tanks</title><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2025-04-11T10:00:00Z"><link rel="canonical" href="https://daily.example/tanks"></head>
<body><nav><a href="/">Home</a> 12,000 readers gave $5 million</nav><article><h1>More tanks</h1>
<p>Germany will send Ukraine ten Leopard tanks, the minister said on Friday after a meeting in Brussels with his counterparts.</p>
<p>The package is worth 100 million euros, according to the ministry in Berlin, which had spoken of a smaller sum in the week before.</p>
</article><footer>Subscribe now for 5 euros. Copyright 2025</footer></body></html>"""


def _pdf(lines, password=None):
    from matplotlib import pyplot
    from matplotlib.backends.backend_pdf import PdfPages

    out = io.BytesIO()
    with PdfPages(out) as pages:
        figure = pyplot.figure()
        for place, line in enumerate(lines):
            figure.text(0.05, 0.9 - place / 10, line)
        pages.savefig(figure)
        pyplot.close(figure)
    if password is None:
        return out.getvalue()
    writer = PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    writer.encrypt(password)
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    """The text is the same in whatever encoding it comes."""
    text = "Pål Jonson said on 11 April 2025 that Sweden will give Ukraine £5 million for drones – soon. " * 5
    read = documents.document("a.txt", text.encode(encoding))
    assert read.text.removeprefix("\ufeff") == text
    assert read.date == "2025-04-11"


def test_a_page():
    """Main text, title, publisher, address and day; neither navigation nor footer."""
    read = documents.document("page.html", PAGE.encode())
    assert (read.title, read.publisher, read.date, read.url) == ("More tanks", "The Daily", "2025-04-11", "https://daily.example/tanks")
    assert "readers" not in read.text
    assert [(record.donors, record.mention) for record in read_text(read.text, read.date)] == [
        (("DE",), "ten Leopard tanks"),
        (("DE",), "100 million euros"),
    ]


def test_a_pdf():
    """The text of a PDF."""
    read = documents.document("a.pdf", _pdf(["Brussels, 11 April 2025", "Germany will send Ukraine ten Leopard tanks."]))
    assert read.date == "2025-04-11"
    assert [record.mention for record in read_text(read.text)] == ["ten Leopard tanks"]


def test_a_date_that_is_given_wins():
    """The option counts more than what the file says."""
    assert documents.document("page.html", PAGE.encode(), "2025-01-01").date == "2025-01-01"


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.txt", b"", "a.txt: is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.bin", bytes(range(256)) * 40, "is not text"),
        ("a.txt", b"\x00\x01\x02" * 1000, "is not text"),
        ("a.pdf", b"%PDF-1.7 nothing", "is a PDF that cannot be read"),
        ("a.html", b"<html><body></body></html>", "has no main text"),
    ],
)
def test_what_cannot_be_read(name, content, answer):
    """Nothing, garbage, a broken PDF and an empty page get an answer."""
    with pytest.raises(ReadingError, match=answer):
        documents.document(name, content)


def test_a_pdf_with_a_password():
    """It is not opened, and the answer says why."""
    with pytest.raises(ReadingError, match="asks for a password"):
        documents.document("a.pdf", _pdf(["Secret"], "closed"))


def test_a_file_that_is_not_there(tmp_path):
    """The answer names the file."""
    with pytest.raises(ReadingError, match=r"none\.txt: cannot be read"):
        documents.read(str(tmp_path / "none.txt"))


def test_hostile_text_stays_text():
    """Marks of HTML, of a terminal and of a spreadsheet in a text are read as text."""
    text = "Germany will send Ukraine ten tanks <script>alert(1)</script> [bold]=cmd|' /C calc'!A0 {{7*7}} tanks."
    assert [record.mention for record in read_text(documents.document("a.txt", text.encode()).text)] == ["ten tanks"]
