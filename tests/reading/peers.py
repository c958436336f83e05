"""Two libraries that find quantities, set to the same task as well as goes without training: every hit is a claim without a donor."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from passages import Passage

CURRENCIES = {
    "dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
    "Swedish krona": "SEK",
    "Norwegian krone": "NOK",
    "Danish krone": "DKK",
}
EMPTY = {"amount": None, "amount_low": None, "amount_high": None, "currency": None, "quantity_low": None, "quantity_high": None}
SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "USD",
    "pounds": "GBP",
    "kroner": "NOK",
    "crowns": "CZK",
}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6}
NOUNS = ["tank", "vehicle", "system", "missile", "drone", "howitzer", "round", "shell", "jet", "aircraft", "launcher", "battery"]
NOUNS += ["boat", "gun", "carrier", "bomb", "radar", "helicopter", "vessel", "soldier"]


def quantulum(passage: Passage) -> list[Mapping[str, Any]]:
    """quantulum3 with its classifier off: currencies are sums, dimensionless numbers and nouns are quantities."""
    from quantulum3 import parser

    found = []
    for quantity in parser.parse(passage.text):
        money = quantity.unit.entity.name == "currency"
        low, high = (
            (quantity.value - quantity.uncertainty, quantity.value + quantity.uncertainty)
            if quantity.uncertainty
            else (quantity.value,) * 2
        )
        if money:
            code = CURRENCIES.get(quantity.unit.name, quantity.unit.name)
            found.append(_record(*quantity.span, amount=low, high=high, currency=code))
        elif quantity.unit.name == "dimensionless" and re.match(r"\s+[a-z]", passage.text[quantity.span[1] :]):
            found.append(_record(*quantity.span, quantity=low, high=high))
    return found


@cache
def _matcher() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    scale, sign = {"LOWER": {"IN": list(SCALES)}}, {"LOWER": {"IN": list(SIGNS)}}
    number, word = {"LIKE_NUM": True}, {"IS_ALPHA": True, "OP": "{0,3}"}
    matcher.add("money", [[sign, number, {**scale, "OP": "?"}], [number, {**scale, "OP": "?"}, sign]], greedy="LONGEST")
    matcher.add(
        "quantity", [[number, {**scale, "OP": "?"}, word, {"LOWER": {"IN": [*NOUNS, *(f"{noun}s" for noun in NOUNS)]}}]], greedy="LONGEST"
    )
    return nlp, matcher


def spacy_matcher(passage: Passage) -> list[Mapping[str, Any]]:
    """SpaCy's blank English pipeline with a matcher of signs, numbers, scales and a list of nouns."""
    nlp, matcher = _matcher()
    doc = nlp(passage.text)
    return list(_spans(doc, matcher(doc, as_spans=True)))


def _spans(doc: Any, spans: Any) -> Iterator[Mapping[str, Any]]:
    for span in spans:
        words = [token.lower_ for token in span]
        digits = next((token.text.replace(",", "") for token in span if token.like_num and token.lower_ not in SCALES), "")
        value = float(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else float("nan")
        value *= next((SCALES[word] for word in words if word in SCALES), 1.0)
        if span.label_ == "money":
            yield _record(
                span.start_char, span.end_char, amount=value, high=value, currency=next(SIGNS[word] for word in words if word in SIGNS)
            )
        else:
            yield _record(span.start_char, span.end_char, quantity=value, high=value)


def _record(
    start: int, end: int, amount: float | None = None, quantity: float | None = None, high: float | None = None, currency: str = ""
) -> dict[str, Any]:
    sums = {"amount": amount, "amount_low": amount, "amount_high": high, "currency": currency} if amount is not None else {}
    counts = {"quantity_low": quantity, "quantity_high": high} if quantity is not None else {}
    return {**EMPTY, **sums, **counts, "start": start, "end": end, "donors": [], "stage": ""}
