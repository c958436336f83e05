"""Finds sums of money: a number with a currency before or behind it, or a bare million in a sentence that has a currency."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from udcg.reading import numerals, vocabulary
from udcg.reading.qualifiers import before, behind

TO = r"\s?(?:-|–|—|to|and|or)\s?"
LOOSE = r"(?:million|billion|milliard|mln|bln|bn|mn|mio|mrd|m)"
RATHER = re.compile(r"[ -]?(?:bombs?|shells?|warheads?|class|gun|howitzer|explosives|of explosive)", re.IGNORECASE)


class Amount(NamedTuple):
    """A sum: from where to where in its sentence, how firm, the amount and the upper one of a range, and what the currency is called."""

    start: int
    end: int
    qualifier: str
    amount: float
    high: float | None
    currency: str


def amounts(text: str, named: str = "") -> Iterator[Amount]:
    """Find the sums of money in a sentence, in their order; named is the currency of the sum before, which a bare million means."""
    last = 0
    for found in _pattern().finditer(text):
        amount = _read(found, text, named)
        if amount and amount.start >= last:
            yield amount
            last, named = amount.end, amount.currency or named


@cache
def _pattern() -> re.Pattern[str]:
    known = vocabulary.currencies()
    signs = _any(key for key, meant in known.items() if meant.kind == "symbol")
    codes = _any(key for key, meant in known.items() if meant.kind == "code")
    words = _any(key for key, meant in known.items() if meant.kind == "word")
    number, scale = numerals.NUMBER, numerals.scale()
    ahead = rf"(?P<ahead>(?:(?<![A-Za-z])(?-i:{signs})|(?<![A-Za-z])(?-i:{codes}))(?:\s?(?-i:{signs}))?)\s?"
    following = rf"(?:\s?(?-i:{signs})(?!\w)|\s?\b(?-i:{codes})\b|[ -]?\b(?:{words})\b)"
    second = rf"(?:{TO}(?:(?-i:{signs}|{codes})\s?)?(?P<high_%d>{number})(?P<high_scale_%d>\s?{scale})?)?"
    first = rf"{ahead}(?P<number_1>{number})(?P<scale_1>\s?{scale})?{second % (1, 1)}(?P<after_1>{following})?"
    other = rf"(?<![\w.,])(?P<number_2>{number})(?P<scale_2>\s?{scale})?{second % (2, 2)}(?P<after_2>{following})"
    bare = rf"(?<![\w.,])(?P<number_3>{number})(?P<scale_3>\s?{LOOSE}\b){second % (3, 3)}"
    return re.compile(f"{first}|{other}|{bare}", re.IGNORECASE)


def _any(words: Iterator[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=len, reverse=True))


def _read(found: re.Match[str], text: str, named: str) -> Amount | None:
    form = next(form for form in "123" if found[f"number_{form}"])
    currency = found["ahead"] if form == "1" else found["after_2"] if form == "2" else named
    if (form == "1" and found["after_1"] and _wider(found["after_1"])) or RATHER.match(text, found.end()):
        currency = found["after_1"] if form == "1" else ""
        if form != "1":
            return None
    if form == "3" and not (named and _loose(text, found.end())):
        return None
    scale, high_scale = found[f"scale_{form}"], found[f"high_scale_{form}"]
    if form == "2" and not scale and _weight(found):
        return None
    factor = numerals.factor(scale or high_scale or "")
    amount = numerals.times(numerals.value(found[f"number_{form}"], bool(scale or high_scale)), factor)
    high = numerals.times(numerals.value(found[f"high_{form}"], bool(high_scale or scale)), numerals.factor(high_scale or scale or "")) if found[f"high_{form}"] else None
    if high is not None and high <= amount:
        return None
    qualifier = "between" if high is not None else before(text[: found.start()]) or behind(text[found.end() :]) or "exact"
    end = found.end() - (found[0].endswith(".") and not text[found.end() :].strip())
    return Amount(found.start(), end, qualifier, amount, high, _name(currency))


def _wider(after: str) -> bool:
    """A code or word behind a sum says more than the sign before it: $500 million AUD."""
    name = _name(after)
    return name in vocabulary.currencies() and vocabulary.currencies()[name].kind != "symbol"


def _name(text: str) -> str:
    text = re.sub(r"\s+", " ", text.strip(" -\u00a0"))
    known = vocabulary.currencies()
    for form in (text, text.replace(" ", ""), text.casefold().replace("-", " "), *text.split(" ")):
        if form in known:
            return form
    return text


def _weight(found: re.Match[str]) -> bool:
    """Pounds without a scale and below a thousand are a weight; won without one is a verb, crowns are worn."""
    word = _name(found["after_2"])
    small = numerals.value(found["number_2"]) < 1000
    return (word in ("pound", "pounds") and small) or word in ("won", "lei", "lev", "crown", "sterling") or (small and word in ("franc", "lira"))


LOOSE_END = re.compile(r"\s*(?:[.,;:)–—]|$|(?:from|to|for|in|of (?:it|that|this|them|which|the (?:sum|money|total))|goes|went|will|is|are|was|would|and|by|on|as|under|that|which|promised|pledged|announced|earmarked|a year|per year|this year|through)\b)", re.I)


def _loose(text: str, end: int) -> bool:
    return bool(LOOSE_END.match(text, end))
