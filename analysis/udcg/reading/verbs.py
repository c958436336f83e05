"""Verbs in a sentence: which words are verbs rather than nouns, in which tense, active or passive."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.tokens import Found, Token
from udcg.reading.vocabulary import Name, Verb

LOOK_BACK = 6  # words in which the auxiliaries of a verb stand
ADVERBS = frozenset("not also already now today jointly still even just never soon again further only then first formally immediately n't t".split())
TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday tonight".split())


class Act(NamedTuple):
    """A verb of the vocabulary in a sentence: sense, verb, form, tense (past, perfect, present, future), passive, first and last token."""

    sense: str
    verb: str
    form: str
    tense: str
    passive: bool
    first: int
    last: int

    @property
    def done(self) -> bool:
        """Whether it has happened."""
        return self.tense in ("past", "perfect")


def acts(words: Sequence[Token], names: Sequence[Found[Name]]) -> Iterator[Act]:
    """Find the verbs in a sentence, in their order."""
    named = {name.last for name in names}
    for found in vocabulary.verbs().find(words):
        if found.first not in {place for name in names for place in range(name.first, name.last + 1)} and not _noun(words, found, named):
            tense, passive = _tense(words, found)
            yield Act(found.value.sense, found.value.verb, found.value.form, tense, passive, found.first, found.last)


def _noun(words: Sequence[Token], found: Found[Verb], named: set[int]) -> bool:
    """Whether a form that may be a noun or an adjective is one here, judged by the word before it."""
    grammar, form = vocabulary.grammar(), found.value.form
    if found.value.sense == "ask" and found.last + 1 < len(words) and words[found.last + 1].low == "for":
        return False
    if words[found.first].text[0].isupper() and found.first and not _title_case(words):
        return True
    if found.first and words[found.first - 1].text == "-" and words[found.first - 1].end == words[found.first].start:
        return True
    place = found.first - 1
    while place >= 0 and (words[place].low in ADVERBS | TIMES or (words[place].low.endswith("ly") and words[place].low not in ("supply", "italy", "july"))):
        place -= 1
    before = words[place].low if place >= 0 else ""
    if before in ("this", "that", "these", "those", "which", "who", "each", "all", "both", "other", "others"):
        return before == "this" and form == "base"
    if before in grammar["determiners"] or (before == "s" and place > 0 and words[place - 1].text in "'’") or (before in "'’" and before):
        return True
    if found.value.sense == "make" and form in ("past", "participle") and found.last + 1 < len(words) and words[found.last + 1].low.endswith("s") and before not in grammar["be"] | grammar["have"]:
        return True
    if before in grammar["prepositions"] - {"to"}:
        return form != "ing" and not (before in ("over", "in", "up", "out", "on", "since", "including") and form in ("past", "participle"))
    if form not in ("base", "third") or before in grammar["modals"] | grammar["pronouns"] | {"not", ",", "and", "or", "", "will", "'", "help", "helps"}:
        return before == "" and form == "base"
    if place in named or words[place].text[:1].isupper() or words[place].text in "”\")":
        return False
    if form == "base":
        return not before.endswith("s") and not _led_by_modal(words, found.first)
    return before.endswith("s") or before in ("ammunition", "weapon", "arms", "drone", "artillery", "equipment")


def _led_by_modal(words: Sequence[Token], place: int) -> bool:
    """Whether "will" stands a few words before: will for the first time give."""
    return any(words[back].low in ("will", "would", "shall", "should", "could", "can", "may", "might", "must") for back in range(max(place - LOOK_BACK, 0), place))


def _title_case(words: Sequence[Token]) -> bool:
    """Whether a headline writes all its words with a capital."""
    plain = [token.text for token in words if token.text.isalpha() and len(token.text) > 3]
    return sum(text[0].isupper() for text in plain) > 0.7 * len(plain)


def _tense(words: Sequence[Token], found: Found[Verb]) -> tuple[str, bool]:
    grammar, form = vocabulary.grammar(), found.value.form
    be = have = future = False
    for place in range(found.first - 1, max(found.first - 1 - LOOK_BACK, -1), -1):
        low = words[place].low
        if low in grammar["be"]:
            be = be or not have
        elif low in grammar["have"]:
            have = True
        elif low in grammar["modals"]:
            future = True
        elif not (low in ADVERBS or low in TIMES or low.endswith("ly") or low in ("on", "going", "set", "due", "able", "expected", "'", "’")):
            break
    participle = form in ("participle", "past") or (be and found.value.verb.split()[0] in ("put", "set", "come"))
    by = participle and _by_follows(words, found.last)
    passive = participle and (be or (by and not have))
    if future:
        return "future", passive
    if have:
        return "perfect", passive
    if form == "ing" or (not participle):
        return "present", False
    return ("present" if be and _present(words, found.first) else "past"), passive


def _by_follows(words: Sequence[Token], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].low == "by"


def _present(words: Sequence[Token], place: int) -> bool:
    return any(words[back].low in ("is", "are", "being") for back in range(max(place - 4, 0), place))
