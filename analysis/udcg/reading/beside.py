"""Who is named right beside a mention: from Norway, Oslo the other 100 million, Germany's package, thanked Belgium for."""

from udcg.reading import vocabulary
from udcg.reading.acting import listed
from udcg.reading.clauses import Clause, Mention, Parsed
from udcg.reading.givers import Party
from udcg.reading.tokens import Found
from udcg.reading.verbs import Act
from udcg.reading.vocabulary import Name

ALONE = frozenset(("", ",", "and", "while", "-", ";", ".", ":", "•", "–", "—", "("))


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
            codes = listed(parsed, clause, place)
            if codes:
                return Party(codes, "giver", "share")
    return _label(parsed, clause, mention)


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


def _label(parsed: Parsed, clause: Clause, mention: Mention) -> Party | None:
    """Who is named right before a number, without a verb: Norway: 5bn; and Oslo the other 100 million; France and Italy one."""
    place = mention.first - 1
    while parsed.low(place) in vocabulary.grammar()["labels"]:
        place -= 1
    if parsed.low(place) in (":", "-", "–", "(", "=", "|"):
        place -= 1
    possessive = parsed.low(place) == "s" and parsed.low(place - 1) == "'"
    names = _names_up_to(parsed, place - 2 * possessive)
    if not names:
        return None
    gapped = any(other.last < names[0].first for other in clause.mentions)
    before = parsed.low(names[0].first - 1 - (parsed.low(names[0].first - 1) == "the"))
    alone = before in ALONE or possessive
    listed = len(names) > 1 and not gapped and not possessive and before not in (":", "-", "–", "—", "(", "•")
    # before a first number "Denmark and Norway 5" is the subject of a verb that is still to come or was missed
    return Party(tuple(name.value.code for name in names), "giver", "share") if alone and not (listed and before != "") else None


def _names_up_to(parsed: Parsed, place: int) -> list[Found[Name]]:
    """The givers that end at a place, joined by commas and "and"."""
    found: list[Found[Name]] = []
    while True:
        ending = [name for name in parsed.names if name.last == place and name.value.role == "giver" and name.value.kind != "adjective"]
        if not ending:
            return found
        found.insert(0, ending[0])
        place = ending[0].first - 1 - (parsed.low(ending[0].first - 1) == "the")
        joined = parsed.low(place) == "and" or (parsed.low(place) == "," and len(found) > 1)
        if not joined or not any(name.last == place - 1 for name in parsed.names):
            return found
        place -= 1


def of_noun(parsed: Parsed, clause: Clause, mention: Mention) -> Party | None:
    """Who is named with the noun of giving that a mention goes with: Germany's package, a $500m US package, aid from Norway."""
    for noun in clause.aid:
        codes = (
            listed(parsed, clause, noun.last + 1)
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
    return listed(parsed, clause, act.last)
