"""manifest.json of an output folder: what each file was made from, so that the next build knows what to make again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from udcg.ledger import Ledger
from udcg.press import keys
from udcg.press.about import About
from udcg.press.keys import Key
from udcg.press.plan import Briefing
from udcg.press.target import Target, Written

NAME = "manifest.json"
INDEX, FEED = "index.html", "feed.json"
FORMATS = ("html", "pdf", "json")  # of every briefing


@dataclass(frozen=True)
class Record:
    """One briefing as it was built: from what, with which parameters, into which files, and what its page says of itself."""

    key: Key
    parameters: dict[str, Any]
    files: dict[str, Written]
    about: About


@dataclass(frozen=True)
class Lists:
    """Index and feed as they were written, and the digest of all that they were made from."""

    key: str = ""
    files: dict[str, Written] = field(default_factory=dict)


@dataclass
class Manifest:
    """The records of a folder, by briefing; and of its index and feed."""

    records: dict[str, Record] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)

    def record(self, briefing: Briefing, key: Key, files: Mapping[str, bytes], about: About) -> None:
        """Note a briefing just written."""
        tracker = str(briefing.parameters.get("tracker", ""))
        named = (
            {"tracker": tracker.replace("\\", "/").rsplit("/", 1)[-1]} if tracker else {}
        )  # a folder of one machine says nothing elsewhere
        self.records[briefing.id] = Record(key, briefing.parameters | named, _written(files), about)

    def confirm(self, briefing: Briefing, key: Key) -> None:
        """Note that a briefing is as it would be if it were made now."""
        self.records[briefing.id] = replace(self.records[briefing.id], key=key)

    def enlist(self, key: str, files: Mapping[str, bytes]) -> None:
        """Note index and feed just written."""
        self.lists = Lists(key, _written(files))

    def text(self, evidence: Ledger) -> bytes:
        """The file: versions, the evidence's vintage and last day, and the records."""
        content = {
            "made_by": "udcg",
            "code": keys.code(),
            "versions": keys.versions(),
            "vintage": evidence.vintage,
            "cut_off": f"{evidence.cut_off:%Y-%m-%d}",
            "lists": self.lists,
            "briefings": dict(sorted(self.records.items())),
        }
        return (json.dumps(content, indent=1, ensure_ascii=False, default=vars) + "\n").encode()


def load(target: Target) -> Manifest:
    """Read the manifest of a folder; an empty one where there is none, or where another version wrote it."""
    try:
        content = json.loads(target.read(NAME) or b"{}")
        records = {name: _record(record) for name, record in content.get("briefings", {}).items()}
        return Manifest(records, _lists(**content.get("lists", {})))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _record(content: dict[str, Any]) -> Record:
    return Record(Key(**content["key"]), content["parameters"], _read(content["files"]), About(**content["about"]))


def _lists(key: str = "", files: Mapping[str, Any] | None = None) -> Lists:
    return Lists(key, _read(files or {}))


def _read(files: Mapping[str, Any]) -> dict[str, Written]:
    return {name: Written(**written) for name, written in files.items()}


def _written(files: Mapping[str, bytes]) -> dict[str, Written]:
    return {name: Written.of(content) for name, content in sorted(files.items())}
