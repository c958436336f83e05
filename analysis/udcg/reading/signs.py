"""What can be seen of a mention that may tell whether it is military aid: signs, each there or not, named in words."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from udcg.reading import vocabulary
from udcg.reading.amounts import Amount
from udcg.reading.clauses import Parsed, called
from udcg.reading.givers import Party
from udcg.reading.nouns import equipped
from udcg.reading.spot import Spot
from udcg.reading.toward import elsewhere, for_ukraine

AROUND = 6  # words on either side of a mention
PASSAGE = 5  # sentences on either side that make up a passage
NEAR = 5  # words from a word that speaks against it
UNREAL = frozenset(("would", "could", "should", "might", "may", "if", "whether", "unless"))
UNREAL |= {"not", "no", "never", "without", "deny", "denied"}
PER = frozenset(("a", "per", "each", "every"))
ENDINGS = ("ing", "ed", "es", "s")


def own(at: Spot, who: Party | None, context: Iterable[str]) -> Iterator[str]:
    """Name the signs of one mention.

    Args:
        at: Where it stands.
        who: Who gives by the rules of grammar; None where they find nobody.
        context: What the text said before, see `memory.context`.
    """
    kind = "sum" if at.mention.money else "count"
    yield from ("always", kind)
    for sign in (*context, *_verb(at), *_ukraine(at), *_nouns(at), *_against(at), *_party(who)):
        yield sign
        yield f"{sign}/{kind}"
    yield from _others(at)
    yield from _shape(at)
    yield from _size(at)
    yield from _words(at)


def of_sentence(each: Parsed) -> frozenset[str]:
    """The words of a sentence, which all of its mentions share."""
    return frozenset(f"sentence has {stem(token.low)}" for token in each.tokens if token.text.isalpha())


def beside(read: Sequence[Parsed], number: int) -> frozenset[str]:
    """The words of the sentences before and behind."""
    near = [*read[max(number - 1, 0) : number], *read[number + 1 : number + 2]]
    words = (token for each in near for token in each.tokens if token.text.isalpha() and len(token.low) > 2)
    return frozenset(f"beside is {stem(token.low)}" for token in words)


def of_passage(read: Sequence[Parsed], number: int) -> frozenset[str]:
    """The words in small letters of the passage round a sentence, and what it is on."""
    passage = read[max(number - PASSAGE, 0) : number + PASSAGE + 1]
    words = {f"text has {stem(token.low)}" for each in passage for token in each.tokens if token.text.islower() and len(token.low) > 2}
    cues = Counter(cue.value for each in passage for cue in each.cues)
    often = {f"text often {cue}" for cue, count in cues.items() if count > 2}
    nouns = {f"text noun {noun.value}" for each in passage for noun in each.aid} or {"text no noun"}
    helped = sum(bool(called(each, "recipient")) for each in passage)
    return frozenset(words | often | nouns | {f"text cue {cue}" for cue in cues} | {f"text ukraine {min(helped, 3)}"})


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that forms of one word are one sign."""
    return word.removesuffix(next((ending for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) > 3), ""))


def _verb(at: Spot) -> Iterator[str]:
    act = at.act
    if act is None:
        yield from ("verb none", "verbs elsewhere" if any(clause.acts for clause in at.each.clauses) else "verbless")
        return
    yield f"verb {act.sense}"
    yield f"verb {act.sense} in {'own' if at.clause is at.home else 'other'} clause"
    yield f"verb {act.sense} {'before' if act.first < at.mention.first else 'behind'}"
    yield from (f"tense {act.tense}", f"lemma {act.verb}")
    if act.passive:
        yield f"passive {act.sense}"


def _party(who: Party | None) -> Iterator[str]:
    if who is None:
        yield "who nobody"
        return
    yield from (f"who {who.role}", f"who {who.how}", f"who {who.role} {who.how}")
    if not {"UDCG", "NATO"}.isdisjoint(who.codes):
        yield "who allies"


def _ukraine(at: Spot) -> Iterator[str]:
    here = called(at.each, "recipient")
    yield f"ukraine {'clause' if at.names('recipient') else 'sentence' if here else 'not here'}"
    if for_ukraine(at):
        yield "for ukraine"
    for name in here:
        before = at.each.low(name.first - 1)
        yield f"ukraine after {before if before in vocabulary.grammar()['prepositions'] else 'else'}"
        yield f"ukraine {'behind' if name.first > at.mention.last else 'before'}"


def _nouns(at: Spot) -> Iterator[str]:
    gifts = vocabulary.grammar()["gifts"]
    for where, nouns in (("clause", at.clause.aid), ("home", at.home.aid), ("sentence", at.each.aid)):
        yield from (f"noun {strength} {where}" for strength in sorted({noun.value for noun in nouns} or {"none"}))
        if any(at.each.low(noun.last) in gifts for noun in nouns):
            yield f"gift {where}"
    if at.mention.money:
        if any(not mention.money for mention in at.each.mentions):
            yield "counts beside"
        clause = at.each.tokens[at.clause.first : at.clause.last]
        yield "equipment clause" if equipped(clause) else "equipment sentence" if equipped(at.each.tokens) else "no equipment"


def _against(at: Spot) -> Iterator[str]:
    """Words that speak against aid, by category and by how near they stand."""
    seen: set[str] = set()
    led = [] if at.home is at.clause else at.home.cues
    for where, cues in (("clause", at.clause.cues), ("home", led), ("sentence", at.each.cues)):
        for cue in cues:
            if cue.value not in seen:
                seen.add(cue.value)
                yield from (f"cue {cue.value} {where}", f"cue {cue.value} {'before' if cue.last < at.mention.first else 'behind'}")
                if min(abs(cue.first - at.mention.last), abs(at.mention.first - cue.last)) <= NEAR:
                    yield f"cue {cue.value} near"
    if not seen:
        yield "no cue"
    first, last = at.own
    yield from sorted({f"cue {cue.value} own" for cue in at.each.cues if first <= cue.first < last})


def _others(at: Spot) -> Iterator[str]:
    for role in ("other", "enemy", "giver"):
        yield from (f"{role} {where}" for where, within in (("clause", at.clause), ("sentence", at.each)) if called(within, role))
    if gone := elsewhere(at):
        yield f"goes to {gone}"
    yield f"givers {min(len({name.value.code for name in called(at.each, 'giver')}), 3)}"


def _shape(at: Spot) -> Iterator[str]:
    each, behind = at.each, at.behind(3)
    if each.sentence.bullet:
        yield "bullet"
    if each.sentence.text.rstrip()[-1:] not in ".!?”\"'":
        yield "no full stop"
    if each.low(at.clause.first - 1) in ("(", "[", "–", "—", ":"):
        yield f"clause after {each.low(at.clause.first - 1)}"
    lows = {*each.lows(at.clause.first, at.clause.last), *each.lows(at.home.first, at.home.last)}
    yield from (f"unreal {word}" for word in sorted(UNREAL & lows))
    if behind[:1] and behind[0] in PER and behind[1:2] and behind[1] in vocabulary.grammar()["periods"]:
        yield "per period"
    if at.of_it:
        yield "of it"
    if not {"%", "percent", "gdp"}.isdisjoint(token.low for token in each.tokens):
        yield "percent in sentence"


def _size(at: Spot) -> Iterator[str]:
    said = at.mention.said
    if isinstance(said, Amount):
        yield from (f"size {int(math.log10(min(max(said.amount, 1e4), 1e12)))}", f"qualifier {said.qualifier}")
        if not said.currency:
            yield "no currency"
        return
    number = "".join(letter for letter in said.words if letter.isdigit())
    yield from (f"thing {said.equipment.kind}", f"capability {said.equipment.capability}", f"unit {said.equipment.unit}")
    yield f"digits {len(number)}" if number else "vague"
    if said.equipment.kind == "people":
        yield "people trained" if trained(at) else "people not trained"
    if said.elliptic:
        yield "elliptic"
    if said.article:
        yield "article"


def trained(at: Spot) -> bool:
    """Whether the sentence speaks of training."""
    return not vocabulary.grammar()["training"].isdisjoint(token.low for token in at.each.tokens)


def _words(at: Spot) -> Iterator[str]:
    each, mention = at.each, at.mention
    yield from (f"before {each.low(mention.first - 1)}", f"after {each.low(mention.last + 1)}")
    yield from _stems("near before", each, mention.first - AROUND, mention.first)
    yield from _stems("near behind", each, mention.last + 1, mention.last + 1 + AROUND)
    yield from _stems("clause has", each, at.clause.first, at.clause.last)


def _stems(what: str, each: Parsed, first: int, last: int) -> Iterator[str]:
    return (f"{what} {stem(token.low)}" for token in each.tokens[max(first, 0) : max(last, 0)] if token.text.isalpha())
