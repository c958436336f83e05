"""Text -> words and signs with their places; and lists of phrases that are looked up among them, the longest first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
TOKEN = re.compile(r"\w+|[^\w\s]")
STRAIGHT = {"’": "'", "‘": "'", "ʼ": "'"}
ACRONYM = 4  # up to so many capitals a phrase is an acronym, which must be written so: US is no "us"


class Token(NamedTuple):
    """A word or a sign: as written, in small letters, and from where to where in its sentence."""

    text: str
    low: str
    start: int
    end: int


class Found(NamedTuple, Generic[T]):
    """What a phrase stands for, and its first and last token."""

    value: T
    first: int
    last: int


def tokens(text: str) -> list[Token]:
    """Cut a text into words and signs."""
    return [Token(found[0], STRAIGHT.get(found[0]) or found[0].casefold(), *found.span()) for found in TOKEN.finditer(text)]


class Phrases(Generic[T]):
    """Phrases, each standing for something, looked up token by token; a hyphen is as good as a space."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], str, T]]] = {}
        for phrase, value in phrases:
            words = tuple(token.low for token in tokens(phrase) if token.text != "-")
            self.by_first.setdefault(words[0], []).append((words, phrase, value))
        for listed in self.by_first.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def find(self, within: Sequence[Token]) -> Iterator[Found[T]]:
        """Find the phrases in their order, the longest at each place; none overlaps the one before."""
        place, size = 0, len(within)
        while place < size:
            found = self._at(within, place) if within[place].low in self.by_first else None
            if found:
                yield found
                place = found.last
            place += 1

    def _at(self, within: Sequence[Token], place: int) -> Found[T] | None:
        for words, phrase, value in self.by_first[within[place].low]:
            last = _last(words, within, place)
            if last is not None and _written(phrase, within[place].text):
                return Found(value, place, last)
        return None


def _last(words: Sequence[str], within: Sequence[Token], place: int) -> int | None:
    """The place of a phrase's last word where the phrase begins at a place; None where it does not."""
    size, here = len(within), place
    for word in words[1:]:
        here += 1
        if here < size and within[here].text == "-" and within[here - 1].end == within[here].start:
            here += 1
        if here >= size or within[here].low != word:
            return None
    return here


def _written(phrase: str, first: str) -> bool:
    """A name must begin with a capital, an acronym consist of them."""
    if phrase.islower() or not phrase[0].isupper():
        return True
    if phrase.isupper() and phrase.isalpha() and len(phrase) <= ACRONYM:
        return first.isupper()
    return first[0].isupper()
