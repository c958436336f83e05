"""Quantity words -> low, best and high: 30, about 50, over 20, up to 150,000, 300 to 400, dozens, hundreds of thousands."""

import math
import re
from functools import cache

import pandas as pd

from udcg import money
from udcg.money import ENDS

VAGUE = {
    "tens": (20, 99),
    "dozens": (24, 99),
    "several dozen": (24, 99),
    "hundreds": (200, 999),
    "several hundred": (200, 999),
    "thousands": (2_000, 9_999),
    "several thousand": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999),
}
QUALIFIERS = {
    "about": ("about", "around", "some", "roughly", "approximately", "circa"),
    "nearly": ("nearly", "almost", "just under", "close to"),
    "over": ("over", "more than", "above"),
    "at_least": ("at least", "no fewer than"),
    "up_to": ("up to", "at most"),
}
SCALE = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (thousand|million|billion))?"
WORDS = {word: name for name, words in QUALIFIERS.items() for word in words}
PATTERN = re.compile(rf"(?:({'|'.join(WORDS)}) )?{NUMBER}(?: ?(?:-|–|to) ?{NUMBER})?")


def readable(words: str) -> bool:
    """Say whether the words of a quantity can be read as an interval."""
    if words in VAGUE:
        return True
    low, _, high = ends(words)
    return PATTERN.fullmatch(words) is not None and not low > high


def read(words: pd.Series) -> pd.DataFrame:
    """Read quantity words as intervals (rule 2 of counting); a vague word never becomes a point.

    Args:
        words: Text of each quantity, "" where none was stated.

    Returns:
        Columns low, best, high in pieces; NaN where an end is open, where the words are vague (best), or where there are none.
    """
    return pd.DataFrame([ends(text) for text in words], index=words.index, columns=ENDS, dtype="float64")


@cache
def ends(words: str) -> tuple[float, float, float]:
    """Read the words of one quantity as low, best and high; see `read`."""
    if words in VAGUE:
        low, high = VAGUE[words]
        return low, math.nan, high
    found = PATTERN.fullmatch(words)
    if not found:
        return math.nan, math.nan, math.nan
    qualifier, first, scale, second, last_scale = found.groups()
    amount = _number(first, scale or last_scale)
    if second:
        return money.ends("between", amount, _number(second, last_scale))
    return money.ends(WORDS.get(qualifier, "exact"), amount, math.nan)


def _number(digits: str, scale: str | None) -> float:
    return float(digits.replace(",", "")) * SCALE[scale or ""]
