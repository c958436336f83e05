"""Names as they stand in a sentence: which of them act, which belong together, which are listed behind a word."""

from collections.abc import Iterable, Sequence

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause, Parsed, called
from udcg.reading.tokens import Found
from udcg.reading.vocabulary import Name


def free(parsed: Parsed, name: Found[Name]) -> bool:
    """Whether a name stands for who acts, rather than for a place, a recipient or the maker of a thing."""
    if parsed.low(name.last + 1) == "-" and (parsed.low(name.last + 2) in vocabulary.grammar()["made"] or name.value.kind == "adjective"):
        return False
    if name.value.kind == "adjective" and name.value.role == "giver" and not _of_people(parsed, name):
        return False
    place = name.first - 1
    while parsed.low(place) in ("the", "a", "an", "new", "former", "-") or (
        parsed.low(place) in vocabulary.grammar()["titles"] and name.value.kind in ("person", "people")
    ):
        place -= 1
    before = parsed.low(place)
    if before == "of":
        return parsed.low(place - 1) in vocabulary.grammar()["titles"]
    if before in ("and", ",") and (joined := _joined(parsed, name, place)):
        return free(parsed, joined)
    if before in ("with", "by"):
        together = not vocabulary.grammar()["together"].isdisjoint(parsed.lows(place - 2, place))
        return together and not _leads_to_pronoun(parsed, name.last + 1)
    return before not in vocabulary.grammar()["prepositions"] or before == "like"


def _joined(parsed: Parsed, name: Found[Name], place: int) -> Found[Name] | None:
    """The name before "and"; before a comma only where a list of the like goes on behind: Denmark, Germany and the Netherlands."""
    before = next((other for other in parsed.names if other.last == place - 1), None)
    if before is None or parsed.low(place) == "and":
        return before
    behind = next((other for other in parsed.names if other.first > name.last), None)
    lists = behind is not None and set(parsed.lows(name.last + 1, behind.first)) <= vocabulary.grammar()["joiners"]
    return before if lists and behind and {before.value.kind, behind.value.kind} == {name.value.kind} else None


def _leads_to_pronoun(parsed: Parsed, place: int) -> bool:
    """Whether names joined from a place on end before a pronoun that acts: together with Denmark and Norway, we fund."""
    names = {name.first: name.last for name in parsed.names}
    while place in names or parsed.low(place) in vocabulary.grammar()["joiners"]:
        place = names.get(place, place) + 1
    return parsed.low(place) in ("it", "he", "she", "they", "we", "i")


def _of_people(parsed: Parsed, name: Found[Name]) -> bool:
    """An adjective stands for who acts before a title, a person of that country, or a noun of giving."""
    known = vocabulary.grammar()["titles"] | vocabulary.grammar()["gifts"]
    ahead = parsed.lows(name.last + 1, name.last + 6)
    for word in ahead:
        if word in known:
            return True
        if not word.isalpha() or word in vocabulary.grammar()["prepositions"]:
            return False
    return False


def group(parsed: Parsed, names: Sequence[Found[Name]]) -> list[Found[Name]]:
    """The first name and those that are joined to it: Denmark, Norway and Sweden."""
    together: list[Found[Name]] = []
    joiners = vocabulary.grammar()["joiners"] | vocabulary.grammar()["together"] | {"with", "in", "as"}
    for name in names:
        if len(together) == 1 and _of_first(parsed, together[0], name):
            together = []
        if together and name.value.code != together[-1].value.code:
            between = parsed.lows(together[-1].last + 1, name.first)
            if not set(between) <= joiners or not between:
                return together
            if name.value.role != together[0].value.role:
                return together
        together.append(name)
    return together


def codes(names: Iterable[Found[Name]]) -> frozenset[str]:
    """What names stand for."""
    return frozenset(name.value.code for name in names)


def groups(parsed: Parsed) -> list[frozenset[str]]:
    """Givers of a sentence that "and" joins."""
    clauses = [called(clause, "giver") for clause in parsed.clauses]
    joined = (codes(group(parsed, names[first:])) for names in clauses for first in range(len(names)))
    return [together for together in joined if len(together) > 1]


def _of_first(parsed: Parsed, first: Found[Name], name: Found[Name]) -> bool:
    """Poland's neighbour Lithuania is Lithuania."""
    between = parsed.lows(first.last + 1, name.first)
    return (
        len(between) in (3, 4)
        and between[0] == "'"
        and between[1] == "s"
        and all(word.isalpha() for word in between[1:])
        and name.value.kind in ("country", "capital")
    )


def listed(parsed: Parsed, clause: Clause, place: int) -> tuple[str, ...]:
    """Givers named right behind a word, joined by commas and "and"."""
    joiners = vocabulary.grammar()["joiners"] | vocabulary.grammar()["titles"]
    found: list[str] = []
    here = place + 1
    names = {name.first: name for name in parsed.names}
    while here < len(parsed.tokens):
        if here in names:
            if names[here].value.role != "giver":
                break
            found.append(names[here].value.code)
            here = names[here].last + 1
        elif parsed.low(here) in joiners or (parsed.tokens[here].text[0].isupper() and not found):
            here += 1
        else:
            break
    return tuple(dict.fromkeys(found))
