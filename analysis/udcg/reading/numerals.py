"""Numbers as they are printed: 20,000; 2,7; 1.5; half a million; one and a half; two dozen; 30 to 40."""

import re
from functools import cache

from udcg.reading import vocabulary

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]
ONES += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(ONES)} | {word: 20 + 10 * place for place, word in enumerate(TENS)}
WORDS |= {"pair": 2, "couple": 2, "trio": 3}
THOUSAND = 1000
FRACTIONS = {"half": 0.5, "quarter": 0.25}
DIGITS = r"(?:(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d{1,3}(?:[\u00a0\u202f ’']\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?![\d])"
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join(sorted(ONES[1:], key=len, reverse=True))})"
BIG = r"(?:hundred|dozen|thousand|million|milliard|billion|trillion)"
THE = r"the(?: (?:other|final|last|first))?"
WHOLE = rf"(?:{SMALL}|an?|another|this|{THE})(?: and a half)?(?:[- ]{BIG})+(?:[- ]{SMALL}(?:[- ]{BIG})+)*(?: and {SMALL})?"
SPELLED = (
    rf"(?:half[- ](?:an?[- ])?{BIG}|(?:a )?quarter of an? {BIG}|(?:an?|the) (?:pair|couple|trio) of|"
    rf"{WHOLE}|{SMALL} point {SMALL}|{SMALL}(?: and a half)?)"
)
NUMBER = rf"(?:{DIGITS}|\b{SPELLED}\b)"


@cache
def scale() -> str:
    """The pattern of what multiplies a number, longest first; a single letter only where it is glued to the number."""
    words = sorted((word for word in vocabulary.scales() if len(word) > 1), key=len, reverse=True)
    return rf"(?:[- ]?(?:{'|'.join(words)})\b\.?|(?<=\d)[mbk]\b(?!-))"


def value(text: str, scaled: bool = False) -> float:
    """Read a number; scaled says that a word such as billion follows, so that 1.250 has decimals."""
    plain = text.strip().casefold()
    return _digits(plain, scaled) if plain[0].isdigit() else _spelled(plain)


def times(number: float, factor: float) -> float:
    """Multiply without the dust of binary fractions: 8.3 billion is 8,300,000,000."""
    return round(number * factor, 2)


def factor(text: str) -> float:
    """Read what multiplies a number: 1 where there is nothing."""
    return vocabulary.scales()[word] if (word := text.strip(" -.").casefold()) else 1.0


def unit(text: str) -> float:
    """Read the words that end a spelled number and multiply it, which a range may say only once: two to three hundred thousand."""
    multiplied = 1.0
    for word in reversed(re.split(r"[- ]+", text.casefold())):
        if word not in vocabulary.scales():
            break
        multiplied *= vocabulary.scales()[word]
    return multiplied


def shared(low: str, high: str | None) -> float:
    """What multiplies the lower end of a range because its upper end says so: two to three billion."""
    return unit(high) if high and unit(low) == 1 else 1.0


def _digits(text: str, scaled: bool) -> float:
    text = re.sub(r"[\u00a0\u202f ’']", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) and not (scaled and text.count(",") == 1 and text.startswith("0")):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}\.\d{3}", text) and not scaled and not text.startswith("0"):
        return float(text.replace(".", ""))
    return float(text.replace(",", "."))


def _spelled(text: str) -> float:
    if " point " in text:
        whole, _, tenths = text.partition(" point ")
        return float(f"{_spelled(whole):.0f}.{_spelled(tenths):.0f}")
    total = part = 0.0
    for word in re.split(r"[- ]+", text):
        if word in WORDS:
            part += WORDS[word]
        elif word in FRACTIONS:
            part += FRACTIONS[word]
        elif (by := vocabulary.scales().get(word, 0)) >= THOUSAND:  # one million, eight hundred thousand
            total, part = (total + part * by, 0.0) if part else ((total or 1.0) * by, 0.0)
        elif by:
            part = (part or 1.0) * by
    return total + part
