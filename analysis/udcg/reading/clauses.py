"""A sentence -> its clauses: who acts, which verbs of aid in which tense, names, nouns of aid, what speaks against it, and the mentions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.amounts import Amount, amounts
from udcg.reading.pieces import Piece, pieces
from udcg.reading.sentences import Sentence
from udcg.reading.tokens import Found, Token, tokens
from udcg.reading.verbs import Act, acts
from udcg.reading.vocabulary import Name

BREAKS = frozenset(';:—–()"“”„«»[]|')
REACH = 9  # words within which a subject must meet its verb


class Mention(NamedTuple):
    """A sum or a quantity with its first and last token."""

    said: Amount | Piece
    first: int
    last: int

    @property
    def money(self) -> bool:
        """Whether it is a sum."""
        return isinstance(self.said, Amount)


@dataclass(frozen=True)
class Clause:
    """A run of tokens, from first up to but without last, with what was found in it; goes_on: its subject is the one of the clause before."""

    first: int
    last: int
    acts: list[Act]
    names: list[Found[Name]]
    aid: list[Found[str]]
    cues: list[Found[str]]
    mentions: list[Mention]
    goes_on: bool


@dataclass(frozen=True)
class Parsed:
    """A sentence with its tokens, clauses and mentions."""

    sentence: Sentence
    tokens: list[Token]
    clauses: list[Clause]
    names: list[Found[Name]]
    aid: list[Found[str]]
    cues: list[Found[str]]
    mentions: list[Mention]

    def low(self, place: int) -> str:
        """The token at a place in small letters; "" outside the sentence."""
        return self.tokens[place].low if 0 <= place < len(self.tokens) else ""

    def lows(self, first: int, last: int) -> list[str]:
        """The tokens from first up to but without last, in small letters."""
        return [token.low for token in self.tokens[max(first, 0) : max(last, 0)]]


def parsed(sentence: Sentence, former: Piece | None = None, currency: str = "") -> Parsed:
    """Find everything that the rules look at in a sentence; former and currency are the last quantity and the last currency before."""
    words = tokens(sentence.text)
    sums = list(amounts(sentence.text, currency))
    taken = [(each.start, each.end) for each in sums]
    said = sorted([*sums, *pieces(sentence.text, words, taken, former)], key=lambda each: each.start)
    mentions = [_placed(each, words) for each in said]
    inside = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    titles = {place for noun in vocabulary.aid().find(words) if noun.value == "ukraine" for place in range(noun.first, noun.last + 1)}
    names = [name for name in vocabulary.names().find(words) if name.first not in titles and (name.last not in inside or name.value.role == "recipient")]
    done = [act for act in acts(words, names) if act.first not in inside]
    aid = [noun for noun in vocabulary.aid().find(words) if not any(act.first <= noun.first <= act.last for act in done)]
    cues = [cue for cue in vocabulary.cues().find(words) if cue.value != "neutral" and cue.first not in inside or cue.value == "civilian"]
    breaks = _breaks(words, done, names, inside)
    clauses = [
        Clause(first, last, *_within(first, last, done, names, aid, cues, mentions), goes_on=goes_on)
        for (first, goes_on), last in zip(breaks, [first for first, _ in breaks[1:]] + [len(words)], strict=True)
        if first < last
    ]
    return Parsed(sentence, words, clauses, names, aid, cues, mentions)


def _placed(said: Amount | Piece, words: Sequence[Token]) -> Mention:
    places = [place for place, token in enumerate(words) if token.start < said.end and said.start < token.end]
    return Mention(said, places[0], places[-1])


def _within(first: int, last: int, *listed: Sequence[object]) -> Iterator[list[object]]:
    for found in listed:
        yield [each for each in found if first <= each.first < last]  # type: ignore[attr-defined]


def _breaks(words: Sequence[Token], done: Sequence[Act], names: Sequence[Found[Name]], inside: set[int]) -> list[tuple[int, bool]]:
    """Where clauses begin, and whether each shares the subject of the one before."""
    starts = {act.first: act for act in done}
    named, closed = {name.first for name in names}, {name.last for name in names}
    found = {0: False}
    for place, token in enumerate(words):
        if place in inside:
            continue
        spaced = token.text == "-" and 0 < place < len(words) - 1 and words[place - 1].end < token.start and token.end < words[place + 1].start
        if token.text in BREAKS or spaced:
            found[place + 1] = False
        elif token.text == "," or token.low in ("and", "but", "while"):
            after = place + 1 + (token.text == "," and _low(words, place + 1) in ("and", "but", "then"))
            begins = _begins(words, after, starts, named, inside)
            idle = not any(max(found) <= act < place for act in starts)
            if begins and not (idle and place - 1 in closed and after + (_low(words, after) in ("the", "its", "their", "his")) in named):
                found.setdefault(after, begins == "goes on")
        elif token.low in vocabulary.grammar()["subordinators"] and _subordinates(words, place):
            found[place] = False
        if place in starts and starts[place].sense == "say" and starts[place].verb != "tell" and _low(words, starts[place].last + 1) not in (",", "."):
            found[starts[place].last + 1] = False
    return sorted((place, goes_on) for place, goes_on in found.items() if place < len(words))


def _low(words: Sequence[Token], place: int) -> str:
    return words[place].low if 0 <= place < len(words) else ""


def _begins(words: Sequence[Token], place: int, starts: dict[int, Act], named: set[int], inside: set[int]) -> str:
    """Whether a clause begins here: with a verb (it goes on with the subject before), or with a subject that soon meets its verb."""
    grammar = vocabulary.grammar()
    ahead = place
    while _low(words, ahead) in grammar["modals"] | grammar["be"] | grammar["have"] or _low(words, ahead).endswith("ly") or _low(words, ahead) in ("also", "then", "not"):
        ahead += 1
    if ahead in starts and starts[ahead].form != "ing":
        return "goes on"
    subject = False
    for here in range(place, min(place + REACH, len(words))):
        if here in inside or words[here].text in BREAKS or words[here].text == ",":
            return ""
        if here in starts or (subject and _low(words, here) in grammar["modals"] | grammar["have"] | {"is", "are", "was", "were"} and _low(words, here) != "to") or (subject and _finite(words[here])):
            return "new" if subject else ""
        subject = subject or here in named or _low(words, here) in grammar["pronouns"] or _low(words, here).endswith("s")
    return ""


def _finite(token: Token) -> bool:
    """Whether a word looks like a verb in the past that the vocabulary does not know."""
    return token.text.islower() and len(token.low) > 4 and token.low.endswith("ed")


def _subordinates(words: Sequence[Token], place: int) -> bool:
    low, before, after = words[place].low, _low(words, place - 1), _low(words, place + 1)
    if low == "as":
        return after not in ("part", "well", "many", "much", "of", "a", "an", "soon", "far") and before not in ("as", "well", "such", "much", "many", "known", "same", "used")
    if low in ("that", "which", "what", "whom", "whose", "who"):
        return before not in vocabulary.grammar()["prepositions"]
    if low in ("after", "before", "so", "once"):
        return place == 0
    return True
