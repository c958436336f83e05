"""A sentence -> its clauses: who acts, which verbs of aid in which tense, names, nouns of aid, what speaks against it, and the mentions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.amounts import Amount
from udcg.reading.mentioned import mentioned
from udcg.reading.pieces import Piece
from udcg.reading.sentences import Sentence
from udcg.reading.tokens import Found, Token, tokens
from udcg.reading.verbs import Act, acts
from udcg.reading.vocabulary import Name

BREAKS = frozenset(';:—–()"“”„«»[]|')
GOES_ON, NEW = "goes on", "new"
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
    """A run of tokens from first up to but without last, and what is in it; goes_on: it shares the subject of the clause before."""

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


def called(within: Clause | Parsed, role: str) -> list[Found[Name]]:
    """The names of a role in a clause or a sentence."""
    return [name for name in within.names if name.value.role == role]


def parsed(sentence: Sentence, before: Sequence[Parsed] = ()) -> Parsed:
    """Find everything that the rules look at in a sentence; what it leaves out, the sentences before it tell."""
    words = tokens(sentence.text)
    former = [mention.said for each in before for mention in each.mentions]
    mentions = [_placed(said, words) for said in mentioned(sentence.text, words, former, [each.tokens for each in before])]
    inside = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    aid = list(vocabulary.aid().find(words))
    titles = {place for noun in aid if noun.value == "ukraine" for place in range(noun.first, noun.last + 1)}
    found = vocabulary.names().find(words)
    names = [name for name in found if name.first not in titles and (name.last not in inside or name.value.role == "recipient")]
    done = [act for act in acts(words, names) if act.first not in inside]
    aid = [noun for noun in aid if not any(act.first <= noun.first <= act.last for act in done)]
    cues = [cue for cue in vocabulary.cues().find(words) if cue.value != "neutral" and (cue.first not in inside or cue.value == "civilian")]
    breaks = _breaks(words, done, names, inside)
    ends = [first for first, _ in breaks[1:]] + [len(words)]
    clauses = [
        Clause(
            first,
            last,
            acts=[act for act in done if first <= act.first < last],
            names=[name for name in names if first <= name.first < last],
            aid=[noun for noun in aid if first <= noun.first < last],
            cues=[cue for cue in cues if first <= cue.first < last],
            mentions=[mention for mention in mentions if first <= mention.first < last],
            goes_on=goes_on,
        )
        for (first, goes_on), last in zip(breaks, ends, strict=True)
        if first < last
    ]
    return Parsed(sentence, words, clauses, names, aid, cues, mentions)


def _placed(said: Amount | Piece, words: Sequence[Token]) -> Mention:
    places = [place for place, token in enumerate(words) if token.start < said.end and said.start < token.end]
    return Mention(said, places[0], places[-1])


def _breaks(words: Sequence[Token], done: Sequence[Act], names: Sequence[Found[Name]], inside: set[int]) -> list[tuple[int, bool]]:
    """Where clauses begin, and whether each shares the subject of the one before."""
    starts = {act.first: act for act in done}
    opens, closes = {name.first for name in names}, {name.last for name in names}
    found = {0: False}
    for place, token in enumerate(words):
        if place in inside:
            continue
        if token.text in BREAKS or _dash(words, place):
            found[place + 1] = False
        elif token.text == "," or token.low in ("and", "but", "while"):
            after = place + 1 + (token.text == "," and _low(words, place + 1) in ("and", "but", "then"))
            begins = _begins(words, after, starts, opens, inside)
            idle = not any(max(found) <= act < place for act in starts)
            listed = idle and place - 1 in closes and _named_next(words, after, opens)
            if begins and not listed:  # in a list of names before its verb nothing begins
                found.setdefault(after, begins == GOES_ON)
        elif token.low in vocabulary.grammar()["subordinators"] and _subordinates(words, place):
            found[place] = False
        if place in starts and _reports(words, starts[place]):
            found[starts[place].last + 1] = False
    return sorted((place, goes_on) for place, goes_on in found.items() if place < len(words))


def _named_next(words: Sequence[Token], place: int, opens: set[int]) -> bool:
    """Whether a name follows, perhaps behind an article or a given name."""
    led = _low(words, place) in ("the", "its", "their", "his") or (
        place < len(words) and words[place].text.istitle() and place + 1 in opens
    )
    return place in opens or place + led in opens


def _low(words: Sequence[Token], place: int) -> str:
    return words[place].low if 0 <= place < len(words) else ""


def _dash(words: Sequence[Token], place: int) -> bool:
    """Whether a hyphen stands between spaces, as a dash."""
    inner = words[place].text == "-" and 0 < place < len(words) - 1
    return inner and words[place - 1].end < words[place].start and words[place].end < words[place + 1].start


def _reports(words: Sequence[Token], act: Act) -> bool:
    """Whether what somebody says follows: said that, said Germany would; but not told Poland that, nor "..., he said."."""
    return act.sense == "say" and act.verb != "tell" and _low(words, act.last + 1) not in (",", ".")


def _begins(words: Sequence[Token], place: int, starts: dict[int, Act], opens: set[int], inside: set[int]) -> str:
    """Whether a clause begins here: with a verb (it goes on with the subject before), or with a subject that soon meets its verb."""
    grammar = vocabulary.grammar()
    helping = grammar["modals"] | grammar["be"] | grammar["have"]
    ahead = place
    while _low(words, ahead) in helping or _low(words, ahead).endswith("ly") or _low(words, ahead) in ("also", "then", "not"):
        ahead += 1
    if ahead in starts and starts[ahead].form != "ing":
        return GOES_ON
    subject = False
    for here in range(place, min(place + REACH, len(words))):
        low = words[here].low
        if here in inside or words[here].text in BREAKS or low == ",":
            return ""
        if here in starts or (subject and (low in grammar["auxiliaries"] or _finite(words[here]))):
            return NEW if subject else ""
        subject = subject or here in opens or low in grammar["pronouns"] or low.endswith("s")
    return ""


def _finite(token: Token) -> bool:
    """Whether a word looks like a verb in the past that the vocabulary does not know."""
    return token.text.islower() and len(token.low) > 4 and token.low.endswith("ed")


def _subordinates(words: Sequence[Token], place: int) -> bool:
    """Whether a word that may lead a clause leads one here: as part of, as well as and of which do not."""
    low, before, after = words[place].low, _low(words, place - 1), _low(words, place + 1)
    grammar = vocabulary.grammar()
    if low == "as":
        return after not in grammar["after_as"] and before not in grammar["before_as"]
    if low in ("that", "which", "what", "whom", "whose", "who"):
        return before not in grammar["prepositions"]
    return place == 0 if low in ("after", "before", "so", "once") else True
