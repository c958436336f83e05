"""Who gives: read from the structure of the clause rather than from what stands nearest."""

from collections.abc import Iterable
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.acting import free, group, listed
from udcg.reading.clauses import Clause, Parsed
from udcg.reading.tokens import Found
from udcg.reading.verbs import Act
from udcg.reading.vocabulary import Name


class Party(NamedTuple):
    """Codes of those who act together, the role of the first, and how they were found."""

    codes: tuple[str, ...]
    role: str
    how: str


def subject(parsed: Parsed, index: int, act: Act | None, depth: int = 0) -> Party | None:
    """Who does what a clause says: the names before its verb, those behind "by", or the subject of the clause that it goes on from."""
    clause = parsed.clauses[index]
    end = act.first if act else clause.last
    if act and act.passive:
        agents = _agents(parsed, clause, act)
        return Party(agents, "giver", "by") if agents else None
    own = [name for name in clause.names if name.last < end and free(parsed, name) and not _object(parsed, clause, name)]
    together = group(parsed, own)
    if together:
        return Party(_single_out(name.value.code for name in together), together[0].value.role, "subject")
    leads = parsed.low(clause.first)
    relative = leads in ("which", "who", "that") and (
        _verb_follows(parsed, clause) or parsed.low(clause.first + 1) in ("it", "he", "she", "they")
    )
    if index and depth < 3 and (clause.goes_on or relative or leads in ("and", "it", "he", "she", "they")):
        before = parsed.clauses[index - 1]
        if leads in ("which", "that") and before.mentions and before.mentions[-1].last == clause.first - 1:
            return None
        return subject(parsed, index - 1, before.acts[0] if before.acts and not before.acts[0].passive else None, depth + 1)
    return None


def _object(parsed: Parsed, clause: Clause, name: Found[Name]) -> bool:
    """Whether a name stands right behind a verb, and so is whom it is done to: to cover Ukraine's needs, told Poland."""
    place = name.first - 1
    while parsed.low(place) in ("the", "its", "their") or parsed.low(place) in vocabulary.grammar()["titles"]:
        place -= 1
    return any(act.last == place and (act.sense != "say" or act.verb == "tell") for act in clause.acts)


def _verb_follows(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb follows the first word of a clause, which then is its subject."""
    second = parsed.low(clause.first + 1)
    helping = vocabulary.grammar()["modals"] | vocabulary.grammar()["have"] | vocabulary.grammar()["be"]
    return second in helping or any(clause.first < act.first <= clause.first + 2 for act in clause.acts)


def _single_out(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once; "its partners" beside a name add no name."""
    named = tuple(dict.fromkeys(codes))
    return tuple(code for code in named if code != "UDCG") or named


def _agents(parsed: Parsed, clause: Clause, act: Act) -> tuple[str, ...]:
    """Those behind "by" after a verb in the passive."""
    places = [place for place in range(act.last + 1, clause.last) if parsed.low(place) == "by"]
    return listed(parsed, clause, places[0]) if places else ()
