"""The noun behind a number: the run of words up to it, what the gazetteer knows of it, and what it is not."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.tokens import Found, Token
from udcg.reading.vocabulary import Equipment

NEAR = 4  # words behind a number among which its plural would stand
LONGEST = 12  # words from a number to its noun
MODEL = re.compile(r"\d{1,4}s?|[A-Z]\d{1,2}\w{0,2}|\d[A-Z]\d?|[A-Z]{2,4}|-")
OF_ITS = re.compile(r"\s(?:its|their|our|his|her|the|these|those)\b")
YEARS = range(1900, 2036)
OF_IT = (["of", "it"], ["of", "this"], ["of", "that"])
BUNDLE = re.compile(
    r"\b(?:number|range|lot|series|variety|mix|kind|type|couple|handful|combination|batch|group|list|amount|fleet|version|network|part|"
    r"component|shortage|lack) of\b",
    re.IGNORECASE,
)
TALKS = re.compile(r"\s+of (?:talks|sanctions|negotiations|voting|meetings|discussions|financing|funding|consultations|elections)\b")
SINGLE_UNITS = ("systems", "aircraft", "boats", "tanks")


class Noun(NamedTuple):
    """What a number counts: where it ends in its sentence, its words, and what the gazetteer says."""

    end: int
    words: str
    equipment: Equipment


def noun(text: str, words: Sequence[Token], start: int, stop: int, vague: bool) -> Noun | None:
    """Find the noun behind a number; None where what follows is no equipment, rounds or people.

    Args:
        text: The sentence.
        words: Its tokens.
        start: Where the number ends.
        stop: Where the next sum begins.
        vague: Whether the number is a word that takes "of": thousands of drones.
    """
    run = _run(text, words, start, stop, vague)
    hits = list(vocabulary.equipment().find(run))
    if not hits:
        return None
    end = _end(run, hits[-1].last)
    if (end + 1 < len(run) and _plural(run[end + 1])) or TALKS.match(text, run[end].end):
        return None
    fillers = vocabulary.grammar()["fillers"]
    first = next(place for place, token in enumerate(run) if token.low not in fillers)
    return Noun(run[end].end, text[run[min(first, end)].start : run[end].end], _what(hits))


def equipped(words: Sequence[Token]) -> bool:
    """Whether equipment is among words."""
    return any(True for _ in vocabulary.equipment().find(words))


def _run(text: str, words: Sequence[Token], start: int, stop: int, vague: bool) -> list[Token]:
    """The words behind a number that may belong to its noun; "and" ends them only once there is one."""
    run: list[Token] = []
    for token in words:
        if token.start < start:
            continue
        if token.start >= stop or len(run) == LONGEST:
            break
        if not run and _third(token.low) and not equipped([token]):
            break  # 835 million covers vehicles
        joins = token.low == "and" and run and run[-1].low not in ("of", "more") and not equipped(run)
        if not joins and _ends(token, run, text, vague):
            break
        run.append(token)
    return run


def _ends(token: Token, run: Sequence[Token], text: str, vague: bool) -> bool:
    grammar = vocabulary.grammar()
    if token.low in vocabulary.peoples():
        return True  # 2,000 Germans
    if token.low == "of":
        return not _takes_of(token, run, text, vague)
    if token.low in grammar["stops"]:
        return text[token.start - 1 : token.start] != "-"  # but not in surface-to-air
    if (
        token.text in "-/'’\"“”‘"
        or (token.text == "+" and not run)
        or (token.text == "." and run and text[token.end : token.end + 1].isdigit())
    ):
        return False
    if not token.text[0].isalnum():
        return True
    return bool(run) and token.text.isdigit() and int(token.text) in YEARS and text[token.start - 1] == " "


def _takes_of(token: Token, run: Sequence[Token], text: str, vague: bool) -> bool:
    """Thousands of drones, 49 of its tanks, rounds of ammunition."""
    if not run:
        return vague or OF_ITS.match(text, token.end) is not None
    return len(run) <= 3 or run[-1].low in vocabulary.grammar()["counted_of"]


def _end(run: Sequence[Token], place: int) -> int:
    """A model may go on behind its name: Leopard 1 A5, Iris-T SLM."""
    while place + 1 < len(run) and MODEL.fullmatch(run[place + 1].text):
        place += 1
    return place if run[place].text != "-" else place - 1


def counts_else(words: Sequence[Token], end: int, subject: bool = False) -> bool:
    """Whether a plural that is no equipment stands behind a number: 46 military aid packages, hundreds of factories.

    Args:
        words: The tokens of the sentence.
        end: Where the number ends.
        subject: Whether it may be the subject of a verb that looks like a plural: 20 million goes to drones.
    """
    grammar = vocabulary.grammar()
    behind = [token for token in words if token.start >= end][: NEAR + 1]
    if [token.low for token in behind[:2]] in OF_IT:
        return False
    for token in behind[1:] if behind and behind[0].low == "of" else behind[:NEAR]:
        if not token.text.isalpha() or token.low in grammar["stops"] | grammar["prepositions"] or token.low.endswith("ed"):
            return False
        if subject and _third(token.low):
            return False
        if _plural(token):
            return True
    return False


def _plural(token: Token) -> bool:
    """Whether a word looks like a plural: a plural behind the equipment is what is counted, as in six munitions plants."""
    grammar = vocabulary.grammar()
    others = grammar["counted_of"] | grammar["demonstratives"] | grammar["determiners"] | grammar["adverbs"] | grammar["pronouns"]
    return (
        token.text.islower() and len(token.low) > 4 and token.low.endswith("s") and not token.low.endswith("ss") and token.low not in others
    )


def _third(word: str) -> bool:
    return word in vocabulary.grammar()["thirds"] or word in vocabulary.verbs().by_first


def _what(hits: Sequence[Found[Equipment]]) -> Equipment:
    """The last word says what is counted, a name before it what it is for: Patriot missiles are missiles for air defence."""
    last = hits[-1].value
    named = next((hit.value for hit in hits if hit.value.kind == "named"), None)
    if named is None or last.kind in ("people", "bulk"):
        return last
    return named._replace(unit=last.unit, kind=last.kind)


def of_model(words: Sequence[Token], start: int) -> bool:
    """Whether a number belongs to the name before it: Leopard 2 tanks, Zuzana 2 howitzers, Mirage 2000 jets."""
    place = next(place for place, token in enumerate(words) if token.end > start)
    near = words[max(place - 4, 0) : place + 1]
    return any(hit.value.kind == "named" and hit.last >= len(near) - 2 for hit in vocabulary.equipment().find(near))


def single(found: Noun) -> bool:
    """Whether "a" counts: one named or heavy thing, not a bundle, a plan or a kind."""
    grammar, what = vocabulary.grammar(), found.equipment
    last = found.words.rsplit(" ", 1)[-1].casefold()
    singular = not last.endswith("s") or last in grammar["singular_in_s"]
    heavy = what.unit in SINGLE_UNITS and what.capability in grammar["heavy"] and what.kind in ("piece", "named")
    return heavy and singular and not BUNDLE.search(found.words)
