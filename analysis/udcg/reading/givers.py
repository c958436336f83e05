"""Who gives: read from the structure of the clause, and only then from what stands nearby."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause, Mention, Parsed
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
    group = _group(parsed, [name for name in clause.names if name.last < end and free(parsed, name) and not _object(parsed, clause, name)])
    if group:
        return Party(_single_out(name.value.code for name in group), group[0].value.role, "subject")
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
    if before in ("with", "by"):
        return parsed.low(place - 1) in vocabulary.grammar()["together"] or parsed.low(place - 2) in vocabulary.grammar()["together"]
    return before not in vocabulary.grammar()["prepositions"] or before == "like"


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


def _group(parsed: Parsed, names: Sequence[Found[Name]]) -> list[Found[Name]]:
    """The first name and those that are joined to it: Denmark, Norway and Sweden."""
    group: list[Found[Name]] = []
    joiners = vocabulary.grammar()["joiners"] | vocabulary.grammar()["together"] | {"with", "in", "as"}
    for name in names:
        if len(group) == 1 and _of_first(parsed, group[0], name):
            group = []
        if group and name.value.code != group[-1].value.code:
            between = parsed.lows(group[-1].last + 1, name.first)
            if not set(between) <= joiners or not between:
                return group
            if name.value.role != group[0].value.role:
                return group
        group.append(name)
    return group


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


def _agents(parsed: Parsed, clause: Clause, act: Act) -> tuple[str, ...]:
    """Those behind "by" after a verb in the passive."""
    places = [place for place in range(act.last + 1, clause.last) if parsed.low(place) == "by"]
    return _listed(parsed, clause, places[0]) if places else ()


def _listed(parsed: Parsed, clause: Clause, place: int) -> tuple[str, ...]:
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


def own_share(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None) -> Party | None:
    """Who gives just this: from Norway, by Norway, Norway: 5bn, and Oslo the other 100 million."""
    ahead = next(
        (other.first for other in parsed.mentions if other.first > mention.last and parsed.low(mention.last + 1) != "of"),
        len(parsed.tokens),
    )
    for place in range(mention.last + 1, ahead):
        if (parsed.low(place) == "from" and place < clause.last and _comes(parsed, clause, mention, act, place)) or _given_by(
            parsed, place
        ):
            codes = _listed(parsed, clause, place)
            if codes:
                return Party(codes, "giver", "share")
    return _label(parsed, mention)


def _comes(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None, place: int) -> bool:
    """Whether "from" says who gives: not from whom it is bought, nor where something else comes from."""
    if parsed.low(place - 1) in vocabulary.grammar()["gifts"]:
        return True
    if any(name.value.kind == "adjective" and name.first - place in (1, 2) for name in parsed.names):
        return False
    between = [other for other in clause.acts if mention.last < other.first < place]
    bought = act is not None and act.sense == "allocate" and act.first < place
    return not bought and all(other.sense in ("give", "receive") for other in between)


def _given_by(parsed: Parsed, place: int) -> bool:
    """Whether "by" stands behind a participle of giving or paying: donated by Germany, funded by Sweden."""
    return parsed.low(place) == "by" and any(
        act.last == place - 1 and act.passive and act.sense in ("give", "promise", "allocate", "pay", "commit")
        for clause in parsed.clauses
        for act in clause.acts
    )


def _label(parsed: Parsed, mention: Mention) -> Party | None:
    place = mention.first - 1
    while parsed.low(place) in vocabulary.grammar()["labels"]:
        place -= 1
    if parsed.low(place) in (":", "-", "–", "(", "=", "|"):
        place -= 1
    possessive = parsed.low(place) == "s" and parsed.low(place - 1) in ("'", "’")
    place -= 2 * possessive
    ending = [name for name in parsed.names if name.last == place and name.value.role == "giver" and name.value.kind != "adjective"]
    if not ending:
        return None
    name = ending[0]
    before = parsed.low(name.first - 1 - (parsed.low(name.first - 1) == "the"))
    alone = before in ("", ",", "and", "while", "-", ";", ".", ":", "•", "–", "—", "(") or possessive
    return Party((name.value.code,), "giver", "share") if alone and not _coordinated(parsed, name, possessive) else None


def _coordinated(parsed: Parsed, name: Found[Name], possessive: bool) -> bool:
    """Whether another name stands before a comma or "and" here, so that this is the end of a list: then the verb decides."""
    before = name.first - 1
    return parsed.low(before) in ("and", ",") and any(other.last == before - 1 for other in parsed.names) and not possessive


def of_noun(parsed: Parsed, clause: Clause, mention: Mention) -> Party | None:
    """Who is named with the noun of giving that a mention goes with: Germany's package, a $500m US package, aid from Norway."""
    for noun in clause.aid:
        codes = (
            _listed(parsed, clause, noun.last + 1)
            if parsed.low(noun.last) in vocabulary.grammar()["gifts"] and parsed.low(noun.last + 1) == "from"
            else ()
        )
        if codes:
            return Party(codes, "giver", "noun")
        if parsed.low(noun.last) not in vocabulary.grammar()["gifts"] or noun.first > mention.last + 8 or noun.last < mention.first - 12:
            continue
        for name in clause.names:
            near = 0 < noun.first - name.last <= 6 and name.value.role == "giver"
            if near and not _crossed(parsed, name, noun.first) and parsed.low(name.first - 1) not in ("to", "for", "in", "at"):
                return Party((name.value.code,), "giver", "noun")
    return None


def _crossed(parsed: Parsed, name: Found[Name], end: int) -> bool:
    between = parsed.lows(name.last + 1, end)
    return any(word in vocabulary.grammar()["prepositions"] or word in (",", "and") for word in between)


def thanked(parsed: Parsed, clause: Clause, act: Act) -> tuple[str, ...]:
    """Who is thanked, asked or told: the givers right behind a verb."""
    return _listed(parsed, clause, act.last)
