"""manifest.json of an output folder: what each file was made from, so that the next build knows what to make again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from udcg.ledger import Ledger
from udcg.press import keys
from udcg.press.keys import Key
from udcg.press.plan import Briefing
from udcg.press.target import Target, Written

NAME = "manifest.json"
INDEX = "index.html"


@dataclass(frozen=True)
class Record:
    """One briefing as it was built: from what, with which parameters, into which files."""

    key: Key
    parameters: dict[str, Any]
    files: dict[str, Written]


@dataclass
class Manifest:
    """The records of a folder, by briefing; and what its index was made from."""

    records: dict[str, Record] = field(default_factory=dict)
    index: str = ""

    def record(self, briefing: Briefing, key: Key, files: Mapping[str, bytes]) -> None:
        """Note a briefing just written."""
        written = {name: Written.of(content) for name, content in sorted(files.items())}
        tracker = str(briefing.parameters.get("tracker", ""))
        named = (
            {"tracker": tracker.replace("\\", "/").rsplit("/", 1)[-1]} if tracker else {}
        )  # a folder of one machine says nothing elsewhere
        self.records[briefing.id] = Record(key, briefing.parameters | named, written)

    def confirm(self, briefing: Briefing, key: Key) -> None:
        """Note that a briefing is as it would be if it were made now."""
        self.records[briefing.id] = replace(self.records[briefing.id], key=key)

    def text(self, evidence: Ledger) -> bytes:
        """The file: versions, the evidence's vintage and last day, and the records."""
        content = {
            "made_by": "udcg",
            "code": keys.code(),
            "versions": keys.versions(),
            "vintage": evidence.vintage,
            "cut_off": f"{evidence.cut_off:%Y-%m-%d}",
            "index": self.index,
            "briefings": {name: asdict(self.records[name]) for name in sorted(self.records)},
        }
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def load(target: Target) -> Manifest:
    """Read the manifest of a folder; an empty one where there is none, or where another version wrote it."""
    try:
        content = json.loads(target.read(NAME) or b"{}")
        return Manifest({name: _record(record) for name, record in content.get("briefings", {}).items()}, content.get("index", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _record(content: dict[str, Any]) -> Record:
    files = {name: Written(**written) for name, written in content["files"].items()}
    return Record(Key(**content["key"]), content["parameters"], files)
