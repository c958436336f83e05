"""Quantity words -> low, best and high: 30, about 50, over 20, up to 150,000, 300 to 400, dozens, hundreds of thousands."""

import re

import pandas as pd

from udcg.money import interval

VAGUE = {
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
    ends = read(pd.Series([words])).iloc[0] if PATTERN.fullmatch(words) else None
    return ends is not None and not ends["low"] > ends["high"]


def read(words: pd.Series) -> pd.DataFrame:
    """Read quantity words as intervals (rule 2 of counting); a vague word never becomes a point.

    Args:
        words: Text of each quantity, "" where none was stated.

    Returns:
        Columns low, best, high in pieces; NaN where an end is open, where the words are vague (best), or where there are none.
    """
    place, different = pd.factorize(words)
    return _read(pd.Series(different, dtype="str")).take(place).set_axis(words.index)


def _read(words: pd.Series) -> pd.DataFrame:
    parts = words.str.extract(rf"^{PATTERN.pattern}$")
    first, second = _number(parts[1], parts[2].where(parts[2].notna(), parts[4])), _number(parts[3], parts[4])
    qualifier = parts[0].map(WORDS).fillna("exact").mask(second.notna(), "between")
    ends = interval(pd.DataFrame({"qualifier": qualifier, "amount": first, "amount_high": second}))
    for place, end in enumerate(("low", "high")):
        ends[end] = words.map({word: bounds[place] for word, bounds in VAGUE.items()}).astype("float64").fillna(ends[end])
    return ends


def _number(digits: pd.Series, scale: pd.Series) -> pd.Series:
    return pd.to_numeric(digits.str.replace(",", "")) * scale.fillna("").map(SCALE)
