"""What of a text can be set with the fonts that we carry: PDF/A takes no letter without its drawing."""

import unicodedata
from functools import cache
from pathlib import Path

from matplotlib.ft2font import FT2Font

FONT = Path(__file__).parent / "fonts" / "SourceSans3-Regular.ttf"  # the other weights have the same letters
BOX = "\u25a1"
UNSEEN = {"\ufeff"}  # the font has it, and PDF/A refuses it


def settable(text: str) -> str:
    """Show a box for each letter that the fonts lack, and nothing for marks that are not seen."""
    strange = {ord(letter): _shown(letter) for letter in set(text) - _letters()}
    return text.translate(strange) if strange else text


def _shown(letter: str) -> str:
    kind = unicodedata.category(letter)[0]
    return {"C": "", "M": "", "Z": " "}.get(kind, BOX)


@cache
def _letters() -> frozenset[str]:
    return frozenset(map(chr, FT2Font(str(FONT)).get_charmap())) - UNSEEN | {"\n"}
