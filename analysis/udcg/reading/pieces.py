"""Finds quantities: a number or a vague word with a noun behind it that is equipment, rounds or people."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from udcg import quantity
from udcg.reading import numerals
from udcg.reading.nouns import counts_else, noun, of_model, single
from udcg.reading.qualifiers import before, behind
from udcg.reading.tokens import Token
from udcg.reading.vocabulary import Equipment

MEASURES = r"km|kilomet\w+|miles?|met(?:er|re)s?|kg|kilo\w*|years?|days?|months?|weeks?|hours?|minutes?|times|degrees"
MEASURES += r"|countries|nations|states|ministers"
NO_NUMBER = re.compile(rf"%|\s?per ?cent|(?:st|nd|rd|th)\b|:\d|[ -]?(?:mm|millimet\w+|cm|calib\w+)\b|\s?(?:{MEASURES})\b", re.IGNORECASE)
MODEL_BEFORE = re.compile(r"(?:[A-Za-z]{1,6}-|[A-Za-z]/|\bNo\.? |\bnumber |\bMk ?|\bevery |\bBlock |\bOperation |\bversion )$")
YEAR = re.compile(r"(?:19|20)\d\d")
ORDINAL = "second|third|fourth|fifth"
ARTICLE = rf"(?:an?|one more|another|(?:an?|the|its) (?:{ORDINAL}|sixth|additional|further|entire|whole|complete|only)|{ORDINAL})"
SAME = r"as many|(?:the same|an equal) number of"
ALONE = r"several dozen|several hundred|several thousand|dozens|hundreds|thousands"
OF_MORE = re.compile(rf"\s+of (?:the |its |their |a total of )?(?:more than |over |some |about )?{numerals.NUMBER}\s", re.IGNORECASE)
ONE = re.compile(r"\s*(?:by|from|for|more)\b|\s*[.;]")
MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DATED = re.compile(rf"\($|\b(?:in|since|by|until|from|at|on|aged|than|'s|{MONTHS})\.? $|[:.]$", re.IGNORECASE)
DAY_BEFORE = re.compile(rf"\b(?:{MONTHS})\.? $", re.IGNORECASE)
DAY_BEHIND = re.compile(r"\s*[-–—,:(]")
DATE = re.compile(rf"\s(?:{MONTHS})\b|[:.]\d", re.IGNORECASE)


class Piece(NamedTuple):
    """A quantity: from where to where in its sentence, in the ledger's words, of which kind of thing, and how the text names it.

    elliptic says that the noun is left out and taken from what was counted or named before; article that the number is only "a".
    """

    start: int
    end: int
    words: str
    item: str
    equipment: Equipment
    elliptic: bool = False
    article: bool = False


class Lone(NamedTuple):
    """A number without a noun: from where to where in its sentence, in the ledger's words, its value and how firm it is."""

    start: int
    end: int
    words: str
    value: float = math.inf  # where it is no single figure
    qualifier: str = ""


def pieces(text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Find the quantities in a sentence, in their order.

    Args:
        text: The sentence.
        words: Its tokens.
        taken: Places of sums, which are no quantities.
    """
    last = 0
    former: Piece | None = None
    waiting: re.Match[str] | None = None
    for found in _numbers(text, taken):
        if _start(found) < last:
            continue
        piece = _named(found, text, words, taken, former)
        if piece and waiting:  # the first three of 24 tanks: the noun comes with the second number
            yield Piece(_start(waiting), waiting.end(), _words(waiting, text), piece.item, piece.equipment, elliptic=True)
        waiting = found if not piece and found["number"] and _countable(found, text, words) and OF_MORE.match(text, found.end()) else None
        if piece:
            yield piece
            last, former = piece.end, piece


def lone(text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Iterator[Lone]:
    """Find the numbers in a sentence that have no noun at all, outside places that are taken; a date or a "one" is none of them."""
    for found in _numbers(text, taken):
        start, end = _start(found), found.end()
        if counts_else(words, end):
            continue
        if found["vague"] or found["alone"]:
            yield Lone(start, end, _words(found, text))
        elif found["number"] and found["scale"] not in ("m", "k", "b") and _countable(found, text, words) and not _other(found, text):
            figure = found["number"][0].isdigit() and not (found["scale"] or found["high"])
            yield Lone(start, end, _words(found, text), numerals.value(found["number"]) if figure else math.inf, _qualifier(found, text))


def _other(found: re.Match[str], text: str) -> bool:
    """Whether a number belongs to a date, or is the word "one" that stands for somebody or something."""
    if found[0].casefold() == "one" and not ONE.match(text, found.end()):
        return True
    return ("," not in found[0] and DATED.search(text[: _start(found)]) is not None) or DATE.match(text, found.end()) is not None


def _numbers(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    place = 0
    while found := _pattern().search(text, place):
        low, high = _ends(found) if found["high"] else (0.0, None)
        falls = high is not None and high <= low  # no range, as in "July 20 - Four more"
        place = found.start("high") if falls else found.end()
        if not falls and not any(start < found.end() and _start(found) < end for start, end in taken):
            yield found


@cache
def _pattern() -> re.Pattern[str]:
    vague = "|".join(sorted(quantity.VAGUE, key=len, reverse=True))
    number, scale = numerals.NUMBER, numerals.scale()
    joint = r"\s?(?(between)(?:and|to|-|–|—)|(?:-|–|—|to|or))\s?"
    counted = (
        rf"(?P<between>between\s+)?(?P<number>{number})(?P<scale>\s?{scale})?(?:{joint}(?P<high>{number})(?P<high_scale>\s?{scale})?)?"
    )
    worded = rf"(?:many |several )?(?P<vague>{vague})\b(?= of\b| more\b)|(?P<alone>{ALONE})\b|(?P<same>{SAME})\b(?! as\b)"
    return re.compile(rf"(?<![\w.,$€£/])(?<![A-Za-z]-)(?:{worded}|{counted}|(?P<article>{ARTICLE})\b(?! half|\s{number}))", re.IGNORECASE)


def _named(found: re.Match[str], text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]], former: Piece | None) -> Piece | None:
    if (found["number"] and not _countable(found, text, words)) or (found["same"] and not former):
        return None
    stop = min((start for start, _ in taken if start >= found.end()), default=len(text))
    thing = noun(text, words, found.end(), stop, vague=bool(found["vague"] or found["alone"]))
    if thing is None or (found["article"] and not single(thing)):
        return None
    said = former.words if former and found["same"] else _words(found, text)
    return Piece(_start(found), thing.end, said, thing.words, thing.equipment, article=bool(found["article"]))


def _start(found: re.Match[str]) -> int:
    """Where a quantity begins: the word "between" is no part of it."""
    return found.start("number") if found["number"] else found.start()


def _countable(found: re.Match[str], text: str, words: Sequence[Token]) -> bool:
    """Whether a number counts pieces: it is no calibre, distance, age, year or part of a model."""
    year = YEAR.fullmatch(found["number"] or "") is not None and not found["scale"]
    model = MODEL_BEFORE.search(text[: _start(found)]) is not None or (found["number"].isdigit() and of_model(words, _start(found)))
    glued = text[found.end() : found.end() + 1].isalpha() and text[found.end()] not in "xX"  # the 2 of 2A4s
    day = DAY_BEFORE.search(text[: _start(found)]) is not None and DAY_BEHIND.match(text, found.end()) is not None
    return not (year or model or glued or day or NO_NUMBER.match(text, found.end()))


def _words(found: re.Match[str], text: str) -> str:
    """The quantity as the ledger writes it: 30, about 50, over 20, 300 to 400, hundreds of thousands."""
    if vague := found["vague"] or found["alone"]:
        return vague.casefold()
    if found["article"]:
        return "1"
    low, high = _ends(found)
    if high is not None:
        return f"{low:,.0f} to {high:,.0f}"
    qualifier = _qualifier(found, text)
    word = quantity.QUALIFIERS[qualifier][0] if qualifier in quantity.QUALIFIERS else ""
    return f"{word} {low:,.0f}".strip()


def _ends(found: re.Match[str]) -> tuple[float, float | None]:
    """The number, and the upper one of a range."""
    scale, high_scale, high = found["scale"], found["high_scale"], found["high"]
    low = numerals.times(_scaled(found["number"], scale or high_scale), numerals.shared(found["number"], high))
    return low, _scaled(high, high_scale or scale) if high else None


def _qualifier(found: re.Match[str], text: str) -> str:
    return before(text[: _start(found)]) or behind(text[found.end() :])


def _scaled(number: str, scale: str | None) -> float:
    return numerals.times(numerals.value(number, bool(scale)), numerals.factor(scale or ""))
