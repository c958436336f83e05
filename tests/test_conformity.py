"""Every PDF of the build conforms to PDF/UA-1 and PDF/A-3a, as an independent validator reads these standards."""

import page
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from udcg.press.pdf import with_plain_ends

PROFILES = ("ua1", "3a")
STREAM = b"1 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n2 0 obj\n"


@pytest.mark.parametrize("profile", PROFILES)
def test_every_briefing_conforms(whole, profile):
    """No rule of the profile is broken in any PDF, and there are as many PDFs as HTML pages."""
    paths = sorted(whole.glob("*.pdf"))
    reports = {path.name: page.validate_pdf(path, profile=profile) for path in paths}
    assert {name: [str(failure.rule_id) for failure in report.failures] for name, report in reports.items() if report.failures} == {}
    assert all(report.is_compliant for report in reports.values())
    assert len(paths) == len(list(whole.glob("*.html"))) - 1  # the index has none


@pytest.mark.parametrize(("profile", "missing"), [("ua1", "/Lang"), ("3a", "/Metadata"), ("3a", "/StructTreeRoot")])
def test_the_validator_sees_what_is_missing(pages, tmp_path, profile, missing):
    """Without language, metadata or tags a briefing does not conform."""
    writer = PdfWriter(clone_from=PdfReader(pages / "meeting-27.pdf"))
    del writer.root_object[NameObject(missing)]
    writer.write(tmp_path / "x.pdf")
    assert not page.is_pdf_compliant(tmp_path / "x.pdf", profile=profile)


def test_a_stream_that_ends_in_a_carriage_return_is_told_from_the_end_of_its_line():
    """The data and all that follows stay where they were, and the end of the line is one of its own."""
    told = with_plain_ends(STREAM % (4, b"abc\r"))
    assert told == b"1 0 obj\n<</Length 4>>stream\nabc\r\r\nendstream\nendobj\n2 0 obj\n"
    assert len(told) == len(STREAM % (4, b"abc\r"))


@pytest.mark.parametrize("data", [b"abcd", b"ab\r\n", b"a\r\nendstream\nb"])
def test_other_streams_stay_as_they_are(data):
    """Also one that holds the words by which a stream ends."""
    assert with_plain_ends(STREAM % (len(data), data)) == STREAM % (len(data), data)
