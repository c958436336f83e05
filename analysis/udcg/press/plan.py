"""What to build: briefings.toml and the ledger give every briefing its identifier, notebook and parameters."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from udcg import views
from udcg.errors import ParameterError, UnknownNameError
from udcg.ledger import Ledger
from udcg.press import notebook, parameters
from udcg.press.notebook import Notebook
from udcg.views.open import giving

PLAN = "briefings.toml"
EACH: dict[str, Callable[[Ledger], list[Any]]] = {
    "meetings": lambda ledger: [int(number) for number in ledger.meetings["meeting"]],
    "donors": giving,
}


@dataclass(frozen=True)
class Briefing:
    """One briefing: its identifier (also its file name), what it is about, its notebook and parameters."""

    id: str
    kind: str  # its entry in briefings.toml
    view: str  # a key of `udcg.views.OPEN`: what opens the view that it shows
    value: Any  # which meeting or donor; None where there is but one such briefing
    notebook: Notebook
    parameters: dict[str, Any]


def plan(notebooks: Path, ledger: Ledger, shared: Mapping[str, Any] | None = None) -> list[Briefing]:
    """List all briefings.

    Args:
        notebooks: Folder of the notebooks and of briefings.toml.
        ledger: The evidence.
        shared: Parameters for every notebook that declares them, such as as_of; "" takes the notebook's own value.

    Raises:
        ParameterError: briefings.toml or a notebook's parameters are not as they should be.
    """
    given = {name: value for name, value in (shared or {}).items() if value != ""}
    known = ledger.known_by(given.get("as_of", ""))
    return [briefing for kind, entry in _kinds(notebooks).items() for briefing in _briefings(kind, entry, notebooks, known, given)]


def chosen(briefings: list[Briefing], ids: Iterable[str]) -> list[Briefing]:
    """Return the briefings of some identifiers, in the order asked for.

    Raises:
        UnknownNameError: one of them is not known; names those of its kind and the nearest.
    """
    known = {briefing.id: briefing for briefing in briefings}
    for name in ids:
        if name not in known:
            alike = [known_id for known_id in known if known_id.split("-")[0] == name.split("-")[0]]
            raise UnknownNameError("briefing", name, alike or known)
    return [known[name] for name in dict.fromkeys(ids)]


def _kinds(notebooks: Path) -> dict[str, dict[str, str]]:
    try:
        return tomllib.loads((notebooks / PLAN).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ParameterError(f"{PLAN}: cannot be read: {error}") from error


def _briefings(kind: str, entry: dict[str, str], notebooks: Path, ledger: Ledger, given: Mapping[str, Any]) -> list[Briefing]:
    _check(kind, entry)
    read = notebook.read(notebooks / entry["notebook"])
    types, name = parameters.declared(read), read.path.name
    shared = {name: value for name, value in given.items() if name in types}

    def briefing(identifier: str, value: Any, own: dict[str, Any]) -> Briefing:
        return Briefing(identifier, kind, entry["view"], value, read, parameters.checked({**own, **shared}, types, name))

    if "each" not in entry:
        return [briefing(kind, None, {})]
    return [briefing(f"{kind}-{value}", value, {entry["parameter"]: value}) for value in EACH[entry["each"]](ledger)]


def _check(kind: str, entry: dict[str, str]) -> None:
    if not {"notebook", "view"} <= entry.keys() or entry["view"] not in views.OPEN:
        raise ParameterError(f"{PLAN}, [{kind}]: needs notebook and view; view is one of {', '.join(views.OPEN)}")
    if ("each" in entry) != ("parameter" in entry) or entry.get("each", "meetings") not in EACH:
        raise ParameterError(f"{PLAN}, [{kind}]: each and parameter go together; each is one of {', '.join(EACH)}")
