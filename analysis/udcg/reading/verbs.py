"""Verbs in a sentence: which words are verbs rather than nouns, in which tense, active or passive."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.tokens import Found, Token
from udcg.reading.vocabulary import Name, Verb

LOOK_BACK = 6  # words in which the auxiliaries of a verb stand
UNCHANGED = ("put", "set", "come")  # their participle is their base


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
    inside = {place for name in names for place in range(name.first, name.last + 1)}
    ends = {name.last for name in names}
    titled = _title_case(words)
    for found in vocabulary.verbs().find(words):
        if found.first not in inside and not _noun(words, found, ends, titled):
            tense, passive = _tense(words, found)
            yield Act(found.value.sense, found.value.verb, found.value.form, tense, passive, found.first, found.last)


def _noun(words: Sequence[Token], found: Found[Verb], ends: set[int], titled: bool) -> bool:
    """Whether a form that may be a noun or an adjective is one here, judged by the words around it."""
    grammar, form, after = vocabulary.grammar(), found.value.form, _low(words, found.last + 1)
    if found.value.sense == "ask" and after == "for":
        return False  # the need for, a request for: as good as the verb
    if found.first and ((words[found.first].text[0].isupper() and not titled) or _hyphened(words, found.first)):
        return True
    place = _back_over_adverbs(words, found.first - 1)
    before = _low(words, place)
    if before in grammar["demonstratives"]:
        return before == "this" and form == "base"
    if before in grammar["determiners"] or before == "'" or (before == "s" and _low(words, place - 1) == "'"):
        return True
    if (
        found.value.sense == "make"
        and form in ("past", "participle")
        and after.endswith("s")
        and before not in grammar["be"] | grammar["have"]
    ):
        return True  # domestically produced weapons
    if before in grammar["prepositions"] - {"to"}:
        adverbial = before in ("over", "in", "up", "out", "on", "since", "including") and form in ("past", "participle")
        return form != "ing" and not adverbial
    if form not in ("base", "third") or before in grammar["modals"] | grammar["pronouns"] | grammar["verb_leads"]:
        return before == "" and form == "base"
    if place in ends or words[place].text[0].isupper() or words[place].text in '”")':
        return False
    if form == "base":
        return not before.endswith("s") and not _led_by_modal(words, found.first)
    return before.endswith("s") or before in grammar["thing_nouns"]


def _low(words: Sequence[Token], place: int) -> str:
    return words[place].low if 0 <= place < len(words) else ""


def _back_over_adverbs(words: Sequence[Token], place: int) -> int:
    while place >= 0 and _adverb(words[place].low):
        place -= 1 + (words[place].low in ("then", "now") and _low(words, place - 1) in ("by", "since", "until"))
    return place


def _adverb(low: str) -> bool:
    grammar = vocabulary.grammar()
    return low in grammar["adverbs"] or (low.endswith("ly") and low not in grammar["not_adverbs"])


def _hyphened(words: Sequence[Token], place: int) -> bool:
    """Whether a word is the second half of one: U.S.-provided."""
    return words[place - 1].text == "-" and words[place - 1].end == words[place].start


def _led_by_modal(words: Sequence[Token], place: int) -> bool:
    """Whether "will" stands a few words before: will for the first time give."""
    modals = vocabulary.grammar()["modals"] - {"to", "ll"}
    return any(words[back].low in modals for back in range(max(place - LOOK_BACK, 0), place))


def _title_case(words: Sequence[Token]) -> bool:
    """Whether a headline writes all its words with a capital."""
    plain = [token.text for token in words if token.text.isalpha() and len(token.text) > 3]
    return sum(text[0].isupper() for text in plain) > 0.7 * len(plain)


def _tense(words: Sequence[Token], found: Found[Verb]) -> tuple[str, bool]:
    """The tense and whether it is passive, from the auxiliaries before a verb and "by" behind it."""
    helping = _helping(words, found.first)
    participle = found.value.form in ("participle", "past") or ("be" in helping and found.value.verb.split()[0] in UNCHANGED)
    by = participle and _low(words, found.last + 1) == "by"
    passive = participle and ("be" in helping or (by and "have" not in helping))
    if "future" in helping:
        return "future", passive
    if "have" in helping:
        return "perfect", passive
    if not participle or found.value.form == "ing":
        return "present", False
    return ("present" if "be" in helping and _is(words, found.first) else "past"), passive


def _helping(words: Sequence[Token], place: int) -> set[str]:
    """Which kinds of auxiliaries stand before a verb; "been" after "has" belongs to the perfect."""
    grammar, kinds = vocabulary.grammar(), set()
    for back in range(place - 1, max(place - 1 - LOOK_BACK, -1), -1):
        low = words[back].low
        if low in grammar["be"]:
            kinds |= set() if "have" in kinds else {"be"}
        elif low in grammar["have"]:
            kinds.add("have")
        elif low in grammar["modals"]:
            kinds.add("future")
        elif not (_adverb(low) or low in grammar["auxiliary_links"] or (low == "by" and _low(words, back + 1) in ("then", "now"))):
            break
    return kinds


def _is(words: Sequence[Token], place: int) -> bool:
    return any(words[back].low in ("is", "are", "being") for back in range(max(place - 4, 0), place))
