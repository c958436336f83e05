"""Finds sums of money: a number with a currency before or behind it, or a bare million in a sentence that has a currency."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from udcg.reading import numerals, vocabulary
from udcg.reading.qualifiers import before, behind

BETWEEN = r"(?P<between_%d>between\s+)?"
TO = r"\s?(?(between_%d)(?:-|–|—|to|and)|(?:-|–|—|to|or))\s?"  # "and" joins the ends of a range only behind "between"
LOOSE = r"(?:million|billion|milliard|mln|bln|bn|mn|mio|mrd|m)"
AHEAD, BEHIND, BARE = "1", "2", "34"  # where the currency stands: before the number, behind it, nowhere
SMALL = 1000  # sums of aid are larger
BRACKET = re.compile(r"\(\D{0,20}$")
RATHER = re.compile(r"[ -]?(?:bombs?|shells?|warheads?|class|gun|howitzer|explosives|of explosive)", re.IGNORECASE)


class Amount(NamedTuple):
    """A sum: from where to where in its sentence, how firm, the amount and the upper one of a range, and what the currency is called.

    bare says that the currency is left out and taken from the sum before; aside that it opens a bracket, as a conversion does.
    """

    start: int
    end: int
    qualifier: str
    amount: float
    high: float | None
    currency: str
    bare: bool = False
    aside: bool = False


def amounts(text: str, named: str = "") -> Iterator[Amount]:
    """Find the sums of money in a sentence, in their order; named is the currency of the sum before, which a bare million means."""
    place = 0
    while found := _pattern().search(text, place):
        amount, place = _read(found, text, named), found.end()
        if amount:
            yield amount
            named = named if amount.aside and named else amount.currency or named
        elif high := next((form for form in "123" if found[f"high_{form}"]), ""):
            place = found.start(f"high_{high}")  # no range, as in "May 20 - 5 million euros"


@cache
def _pattern() -> re.Pattern[str]:
    known = vocabulary.currencies()
    signs = _any(key for key, meant in known.items() if meant.kind == "symbol")
    codes = _any(key for key, meant in known.items() if meant.kind == "code")
    words = _any(key for key, meant in known.items() if meant.kind == "word")
    number, scale = numerals.NUMBER, numerals.scale()
    ahead = rf"(?P<ahead>(?:(?<![A-Za-z])(?-i:{signs})|(?<![A-Za-z])(?-i:{codes}))(?:\s?(?-i:{signs}))?)\s?"
    following = rf"(?:\s?\([a-z -]+\))?(?:\s?(?-i:{signs})(?!\w)|\s?\b(?-i:{codes})\b|[ -]?\b(?:{words})\b)"
    second = rf"(?:{TO}(?P<high_%d>{number})(?P<high_scale_%d>\s?{scale})?)?"
    again = (
        rf"(?:{TO % 1}(?:(?P=ahead)\s?)?(?P<high_1>{number})(?P<high_scale_1>\s?{scale})?)?"  # $10 to $12 million, but not $10 - €8 million
    )
    first = rf"{BETWEEN % 1}{ahead}(?P<number_1>{number})(?P<scale_1>\s?{scale}|\s[mb]\b)?{again}(?P<after_1>{following})?"
    other = rf"{BETWEEN % 2}(?<![\w.,])(?P<number_2>{number})(?P<scale_2>\s?{scale})?{second % (2, 2, 2)}(?P<after_2>{following})"
    bare = rf"{BETWEEN % 3}(?<![\w.,])(?<![A-Za-z]-)(?P<number_3>{number})(?P<scale_3>\s?{LOOSE}\b){second % (3, 3, 3)}"
    worded = r"\b(?P<number_4>(?:an?|another|this|half an?) (?:million|billion))(?P<scale_4>)(?P<high_4>)(?P<high_scale_4>)(?= |[.,;])"
    return re.compile(f"{first}|{other}|{bare}|{worded}", re.IGNORECASE)


def _any(words: Iterator[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=len, reverse=True))


def _read(found: re.Match[str], text: str, named: str) -> Amount | None:
    form = next(form for form in "1234" if found[f"number_{form}"])
    scale, high_scale, high = (found[f"{part}_{form}"] for part in ("scale", "high_scale", "high"))
    currency = _called(found, form, text, named)
    if currency is None or (form == BEHIND and not scale and _no_sum(found)):
        return None
    if form in BARE and not named:
        return None
    low, start = found[f"number_{form}"], found.start("ahead" if form == AHEAD else f"number_{form}")
    amount = numerals.times(_value(low, scale or high_scale), numerals.shared(low, high))
    upper = _value(high, high_scale or scale) if high else None
    if upper is not None and upper <= amount:
        return None
    qualifier = "between" if upper is not None else before(text[:start]) or behind(text[found.end() :]) or "exact"
    full_stop = found[0].endswith(".") and not text[found.end() :].strip()
    aside = BRACKET.search(text[:start]) is not None
    return Amount(start, found.end() - full_stop, qualifier, amount, upper, _name(currency), form in BARE, aside)


def _called(found: re.Match[str], form: str, text: str, named: str) -> str | None:
    """What the currency is called; None where it is no sum, as in 500-pound bombs."""
    rather = RATHER.match(text, found.end()) is not None
    if form == AHEAD:
        after = str(found["after_1"] or "")
        return after if after and (_wider(after) or rather) else str(found["ahead"])
    if rather:
        return None
    return str(found["after_2"]) if form == BEHIND else named


def _value(number: str, scale: str | None) -> float:
    return numerals.times(numerals.value(number, bool(scale)), numerals.factor(scale or ""))


def _wider(after: str) -> bool:
    """Whether a code or word behind a sum says more than the sign before it: $500 million AUD."""
    known = vocabulary.currencies().get(_name(after))
    return known is not None and known.kind != "symbol"


def _name(text: str) -> str:
    """A currency as the vocabulary writes it, the longest part of the text that it knows."""
    text = re.sub(r"\s+", " ", text.strip(" -\u00a0"))
    known = vocabulary.currencies()
    forms = (text, text.replace(" ", ""), text.casefold().replace("-", " "), *text.split(" "))
    return next((form for form in forms if form in known), text)


def _no_sum(found: re.Match[str]) -> bool:
    """Whether a number without a scale is a weight (pounds), a deed (won) or an ornament (crown) rather than a sum."""
    meant = vocabulary.currencies().get(_name(found["after_2"]))
    other = meant is not None and (meant.code in ("GBP", "CHF", "TRY") or meant.phrase in ("won", "lei", "lev", "crown"))
    return other and numerals.value(found["number_2"]) < SMALL
