"""Where outputs go: whole files or the ones before, in a folder or at an address."""

import os
import stat
import threading
import time

import pytest

from udcg.errors import TargetError
from udcg.press import target
from udcg.press.target import Folder, Store, Written, opened


@pytest.fixture(params=["folder", "memory"])
def place(request, tmp_path) -> target.Target:
    """Give an empty target of each kind."""
    return opened(str(tmp_path / "out")) if request.param == "folder" else opened(f"memory://{tmp_path.name}")


def test_what_is_written_is_read_and_held(place):
    """Names at the top, content, hash and size come back; what is not there is None."""
    with place.locked(lambda: None):
        place.write({"a.html": b"one", "b.pdf": b"two", "log/c.html": b"three"})
    assert {"a.html", "b.pdf"} <= place.names()
    assert (place.read("a.html"), place.read("log/c.html"), place.read("x")) == (b"one", b"three", None)
    assert place.holds("a.html", Written.of(b"one"))
    assert not place.holds("a.html", Written.of(b"longer"))
    assert not place.holds("x", Written.of(b"one"))


def test_a_file_is_replaced_and_removed(place):
    """The second content counts; removing twice is no error."""
    with place.locked(lambda: None):
        place.write({"a.html": b"one"})
        place.write({"a.html": b"two"})
        assert place.read("a.html") == b"two"
        place.remove("a.html")
        place.remove("a.html")
    assert place.read("a.html") is None


def test_a_write_that_fails_leaves_all_files_as_they_were(tmp_path, monkeypatch):
    """The second of two files finds no room: the first one is the old one too, and nothing is left beside them."""
    folder = Folder(tmp_path)
    folder.write({"a.html": b"old", "a.pdf": b"old"})
    staged = target._staged

    def full(place, content):
        if place.suffix == ".pdf":
            raise OSError(28, "No space left on device")
        return staged(place, content)

    monkeypatch.setattr(target, "_staged", full)
    with pytest.raises(OSError, match="No space left"):
        folder.write({"a.html": b"new", "a.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"old", "a.pdf": b"old"}


@pytest.mark.parametrize("nameless", [True, False])
def test_files_are_readable_by_others_however_they_are_stored(tmp_path, monkeypatch, nameless):
    """With and without files that have no name until they are whole."""
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    Folder(tmp_path).write({"a.html": b"x"})
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) & 0o444 == 0o444
    assert (tmp_path / "a.html").read_bytes() == b"x"


def test_what_a_killed_build_left_is_swept(tmp_path):
    """A hidden part of a file goes when the next build locks the folder; other hidden files stay."""
    (tmp_path / ".a.html.part").write_bytes(b"ha")
    (tmp_path / ".gitignore").write_bytes(b"*")
    with Folder(tmp_path).locked(lambda: None):
        assert {path.name for path in tmp_path.iterdir()} >= {".gitignore"}
        assert not (tmp_path / ".a.html.part").exists()


def test_a_second_build_waits_for_the_first(tmp_path):
    """It is told once, and goes on when the other one ends."""
    told, order = [], []

    def second() -> None:
        with Folder(tmp_path).locked(lambda: told.append("waiting")):
            order.append("second")

    with Folder(tmp_path).locked(lambda: None):
        other = threading.Thread(target=second)
        other.start()
        while not told:
            time.sleep(0.01)
        order.append("first")
    other.join(10)
    assert (told, order) == (["waiting"], ["first", "second"])


def test_a_place_that_cannot_be_is_said(tmp_path):
    """A file in the way, and a kind of address that nobody knows."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(TargetError, match="cannot be written to"), opened(str(tmp_path / "file" / "out")).locked(lambda: None):
        pass
    with pytest.raises(TargetError, match="cannot be opened"):
        opened("nonsense://x")


def test_an_address_of_a_file_is_a_folder(tmp_path):
    """file:// is this machine, with all that a folder promises."""
    assert isinstance(opened(f"file://{tmp_path}"), Folder)
    assert isinstance(opened("memory://x"), Store)
