"""How firm a number is: the words before or behind it, read with the ledger's own words and those of the vocabulary."""

import re
from functools import cache

from udcg import quantity
from udcg.reading import vocabulary

NOT_BEHIND = "hand hands handed handing turn turned took take sign signed add adds added adding go goes going went"  # hand over 30 tanks
NOT_OVER = "".join(f"(?<!{verb} )" for verb in NOT_BEHIND.split())
FILLER = r"(?:\s+(?:a|an|the|further|another|additional|record|whopping|total of|extra|US|its|first|new))*"
PLUS = re.compile(r"\s?(?:\+|-plus\b| plus\b(?! \w)|or more\b|and more\b)")
LOOSELY = re.compile(r"\s(?:or so|or thereabouts)\b")


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({*quantity.WORDS, *vocabulary.qualifiers()}, key=len, reverse=True)
    return re.compile(
        rf"{NOT_OVER}\b({'|'.join(map(re.escape, words))})\.?{FILLER}\s*[\"“'(]?$",
        re.IGNORECASE,
    )


def before(text: str) -> str:
    """The qualifier in the words that end where a number begins; "" where there is none."""
    found = _pattern().search(text[-60:])
    word = found[1].casefold() if found else ""
    if found and word == "under" and any(letter.isalpha() for letter in text[-60:][found.end(1) :]):
        return ""  # a contract: under a £45 million contract
    return {**quantity.WORDS, **vocabulary.qualifiers()}.get(word, "")


def behind(text: str) -> str:
    """The qualifier in the words behind a number; "" where there is none."""
    return "over" if PLUS.match(text) else "about" if LOOSELY.match(text) else ""
