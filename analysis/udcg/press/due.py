"""Which briefings are due to be made, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from udcg.press import keys, view
from udcg.press.keys import Key
from udcg.press.manifest import Manifest, Record
from udcg.press.plan import Briefing
from udcg.press.target import Target


@dataclass(frozen=True)
class Due:
    """A briefing, what it would be made from, and the reasons to make it; none where it is as it should be."""

    briefing: Briefing
    key: Key
    reasons: tuple[str, ...]


def due(briefings: Iterable[Briefing], formats: tuple[str, ...], manifest: Manifest, target: Target, vintage: str) -> Iterator[Due]:
    """Compare each briefing with how it was made before; its view is computed only where the data changed and nothing else did."""
    for briefing in briefings:
        key, record = keys.key(briefing, vintage), manifest.records.get(briefing.id)
        reasons = _reasons(record, key, [f"{briefing.id}.{kind}" for kind in formats], target)
        if record and not reasons:
            if key.vintage != record.key.vintage and view.digest(briefing, vintage) != record.key.view:
                reasons = ["the evidence that it shows changed"]
            key = replace(key, view=record.key.view)
        yield Due(briefing, key, tuple(reasons))


def _reasons(record: Record | None, key: Key, files: list[str], target: Target) -> list[str]:
    if record is None:
        return ["it was not made before"]
    found = key.changed(record.key)
    found += [f"{name} was not made before" for name in files if name not in record.files]
    return found + [f"{name} is missing, or not as it was written" for name, was in record.files.items() if not target.holds(name, was)]
