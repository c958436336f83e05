"""What a briefing was made from: equal keys, equal pages."""

import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from udcg.press.plan import Briefing

PACKAGE = Path(__file__).parents[1]
LENGTH = 12  # characters of a digest
CHANGED = {
    "notebook": "its notebook changed",
    "parameters": "its parameters changed",
    "code": "the code, a template or a font changed",
    "versions": "another version of Python or of a library",
}


@dataclass(frozen=True)
class Key:
    """Digests of all that a briefing is made from; its view is all of data/ that it can show."""

    notebook: str
    parameters: str
    code: str
    versions: str
    vintage: str
    view: str = ""  # known once it was computed

    def changed(self, other: "Key") -> list[str]:
        """What differs from another key, data aside, in words."""
        return [said for part, said in CHANGED.items() if getattr(self, part) != getattr(other, part)]


def key(briefing: Briefing, vintage: str) -> Key:
    """The key of a briefing, its view not yet known."""
    return Key(
        notebook=briefing.notebook.digest,
        parameters=digest(json.dumps(_parameters(briefing), sort_keys=True)),
        code=code(),
        versions=digest(json.dumps(versions())),
        vintage=vintage,
    )


def digest(text: str | bytes) -> str:
    """A short hash."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:LENGTH]


@cache
def code() -> str:
    """A digest of the package: code, templates, styles and fonts."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(json.dumps([[path.relative_to(PACKAGE).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()] for path in files]))


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of every library that this package declares, and of numpy below them."""
    from importlib import metadata

    declared = [requirement for requirement in metadata.requires("udcg") or [] if "extra ==" not in requirement]
    names = sorted({"numpy", *(_name(requirement) for requirement in declared)})
    return {"python": ".".join(map(str, sys.version_info[:3])), **{name: metadata.version(name) for name in names}}


def _name(requirement: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "_-" else " " for sign in requirement).split()[0]


def _parameters(briefing: Briefing) -> dict[str, object]:
    """Its parameters, a tracker's file by its content."""
    tracker = briefing.parameters.get("tracker")
    return briefing.parameters | ({"tracker": digest(Path(tracker).read_bytes())} if tracker else {})
