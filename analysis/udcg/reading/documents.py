"""A file -> its text: encoding found, main text of a page of HTML, text of a PDF; anything else gets a clear answer."""

import codecs
import io
import logging
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from udcg.errors import ReadingError
from udcg.reading.day import day

STANDARD_INPUT = "-"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
MOST_CONTROL = 0.005  # a share of control characters above which a file is no text
ENCODINGS = ["cp1252", "cp1250", "cp1251", "iso8859_2", "koi8_r", "utf_8"]  # of what is as likely, the first
SLIGHT = 0.02  # a difference in disorder that says nothing
SAMPLE = 100_000  # bytes that are enough to tell an encoding
PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Document:
    """An article: name of its file, text, day as 2025-04-11 ("" where not known), title, publisher and address where the file says them."""

    name: str
    text: str
    date: str
    title: str = ""
    publisher: str = ""
    url: str = ""


def read(name: str, date: str = "") -> Document:
    """Read a file, or standard input for "-".

    Args:
        name: The file.
        date: The article's day; where it is empty the file's own is taken.

    Raises:
        ReadingError: the file cannot be opened, is empty, is no text, or is a PDF that cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        raise ReadingError(name, f"cannot be read: {error.strerror}") from error
    return document(name, content, date)


def document(name: str, content: bytes, date: str = "") -> Document:
    """Read the content of a file; see `read`."""
    if not content.strip():
        raise ReadingError(name, "is empty")
    if content.lstrip()[:5] == b"%PDF-":
        return _pdf(name, content, date)
    if PAGE.match(content[:2000]) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return _page(name, content, date)
    text = decoded(name, content)
    return Document(name, text, date or day(text))


def decoded(name: str, content: bytes) -> str:
    """Decode text: by its mark, as UTF-8, else in the encoding that its letters speak for.

    Raises:
        ReadingError: it is no text in any encoding.
    """
    marked = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(marked or "utf-8")
    except UnicodeDecodeError:
        text = _guessed(name, content)
    if len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise ReadingError(name, "is not text; give a text, HTML or PDF file")
    return text


def _guessed(name: str, content: bytes) -> str:
    from charset_normalizer import from_bytes

    if b"\x00" in content[:SAMPLE]:
        raise ReadingError(name, "is not text; give a text, HTML or PDF file")
    likely = list(from_bytes(content[:SAMPLE], cp_isolation=ENCODINGS))
    if not likely:
        raise ReadingError(name, "is in no known encoding; save it as UTF-8")
    as_likely = [match.encoding for match in likely if match.chaos <= likely[0].chaos + SLIGHT]
    return content.decode(next(encoding for encoding in ENCODINGS if encoding in as_likely), errors="replace")


def _page(name: str, content: bytes, date: str) -> Document:
    """The main text of a page of HTML, without navigation, advertising and comments."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(content, include_comments=False, include_tables=True, with_metadata=True, favor_recall=True)
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise ReadingError(name, "has no main text; save the article itself, as text or HTML")
    text = str(found.text)
    return Document(name, text, date or found.date or day(text), found.title or "", found.sitename or found.hostname or "", found.url or "")


def _pdf(name: str, content: bytes, date: str) -> Document:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError(name, "is a PDF that asks for a password; save it without one")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        said = reader.metadata
        made = f"{said.creation_date:%Y-%m-%d}" if said and said.creation_date else ""
        title = str(said.title or "") if said else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, NotImplementedError) as error:
        raise ReadingError(name, f"is a PDF that cannot be read: {error}") from error
    if not text.strip():
        raise ReadingError(name, "is a PDF without text, such as a scan")
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return Document(name, text, date or day(text) or made, title)
