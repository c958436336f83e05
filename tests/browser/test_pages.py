"""Built pages in a real browser, where one is found."""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is found; .ci/run installs it")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def _chromium(folder: Path, *words: str) -> str:
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def _shades(png: bytes) -> int:
    """Count the different bytes of an image's pixels: a blank page has hardly any."""
    chunks, place = b"", 8
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        chunks += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += size + 12
    return len(set(zlib.decompress(chunks)))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["meeting-27", "donor-NO", "index"])
def test_a_page_renders(pages, tmp_path, name, width):
    """The page is drawn, on a telephone and on a screen."""
    picture = tmp_path / "page.png"
    _chromium(tmp_path, f"--screenshot={picture}", f"--window-size={width},1400", (pages / f"{name}.html").as_uri())
    assert _shades(picture.read_bytes()) > 50


def test_the_dom_is_what_was_written(pages, tmp_path):
    """The browser finds title, figures and sources, and adds nothing."""
    dom = _chromium(tmp_path, "--dump-dom", (pages / "meeting-27.html").as_uri())
    assert "27th meeting of the Ukraine Defense Contact Group" in dom
    assert dom.count('role="img"') == 4
    assert "<script" not in dom
