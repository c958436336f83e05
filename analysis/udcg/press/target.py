"""Where outputs go: a folder, or any address that fsspec knows. A reader sees whole files or the ones before."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from udcg.errors import TargetError

LOCK = ".lock"


@dataclass(frozen=True)
class Written:
    """A file as it was written."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Describe a content."""
        return cls(hashlib.sha256(content).hexdigest(), len(content))


class Target(Protocol):
    """A place for files with plain names, some below `log/`."""

    def read(self, name: str) -> bytes | None:
        """Return a file's content, None where there is none."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put files in their places; they are all stored before the first one is seen.

        Raises:
            OSError: one cannot be stored; those before stay as they were.
        """

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def holds(self, name: str, written: Written) -> bool:
        """Whether a file is there as it was written: by its hash, or by its size alone where reading it back would be slow."""

    def names(self) -> set[str]:
        """Names of the files at the top."""

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep other builds out; call `waiting` once where another one has to end first."""


def opened(place: str) -> Target:
    """Open a folder, or an address such as s3://bucket/briefings.

    Raises:
        TargetError: it cannot be opened.
    """
    try:
        return Store(place) if "://" in place and not place.startswith("file://") else Folder(Path(place.removeprefix("file://")))
    except (ImportError, ValueError, OSError) as error:
        raise TargetError(f"{place} cannot be opened: {error}") from error


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def read(self, name: str) -> bytes | None:  # noqa: D102 - see Target, here and below
        with suppress(FileNotFoundError):
            return (self.path / name).read_bytes()
        return None

    def write(self, files: Mapping[str, bytes]) -> None:  # noqa: D102
        staged: dict[Path, Path] = {}
        try:
            for name, content in files.items():
                place = self.path / name
                place.parent.mkdir(exist_ok=True)
                staged[place] = _staged(place, content)
            for place, beside in staged.items():
                beside.replace(place)
        except BaseException:
            for beside in staged.values():
                beside.unlink(missing_ok=True)
            raise

    def remove(self, name: str) -> None:  # noqa: D102
        (self.path / name).unlink(missing_ok=True)

    def holds(self, name: str, written: Written) -> bool:  # noqa: D102
        content = self.read(name)
        return content is not None and Written.of(content) == written

    def names(self) -> set[str]:  # noqa: D102
        return {path.name for path in self.path.iterdir()}

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:  # noqa: D102
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / LOCK)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire(blocking=False)
        except Timeout:
            waiting()
            lock.acquire()
        except OSError as error:
            raise TargetError(f"{self.path} cannot be written to: {error.strerror or error}") from error
        try:
            for left in self.path.glob("**/.*.part"):  # by a build that was killed
                left.unlink()
            yield
        finally:
            lock.release()


class Store:
    """An address outside the file system; each file is put as one."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.url = url.rstrip("/")
        self.files: Any
        self.files, self.root = fsspec.core.url_to_fs(self.url)

    def __str__(self) -> str:
        return self.url

    def read(self, name: str) -> bytes | None:  # noqa: D102
        with suppress(FileNotFoundError):
            return bytes(self.files.cat_file(f"{self.root}/{name}"))
        return None

    def write(self, files: Mapping[str, bytes]) -> None:  # noqa: D102
        for name, content in files.items():
            self.files.pipe_file(f"{self.root}/{name}", content)

    def remove(self, name: str) -> None:  # noqa: D102
        with suppress(FileNotFoundError):
            self.files.rm_file(f"{self.root}/{name}")

    def holds(self, name: str, written: Written) -> bool:  # noqa: D102
        return self._sizes().get(name) == written.size

    def names(self) -> set[str]:  # noqa: D102
        return set(self._sizes())

    def _sizes(self) -> dict[str, int]:
        try:
            listed = self.files.ls(self.root, detail=True, refresh=True)
        except (FileNotFoundError, TypeError):
            return {}
        return {entry["name"].rstrip("/").rsplit("/", 1)[-1]: entry["size"] for entry in listed}

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:  # noqa: D102
        yield  # what a store lists is whole whoever puts it, and a file of another build is rebuilt by its key


def _staged(place: Path, content: bytes) -> Path:
    """Store a file under a hidden name beside its place; where the system can, it has no name until it is whole."""
    beside = place.with_name(f".{place.name}.part")
    beside.unlink(missing_ok=True)
    try:
        nameless = os.open(place.parent, os.O_TMPFILE | os.O_WRONLY, 0o644)
    except (AttributeError, OSError):
        beside.write_bytes(content)
        return beside
    with os.fdopen(nameless, "wb") as file:
        file.write(content)
        file.flush()
        os.link(f"/proc/self/fd/{nameless}", beside, src_dir_fd=nameless, follow_symlinks=True)  # a src_dir_fd makes it follow the link
    return beside
