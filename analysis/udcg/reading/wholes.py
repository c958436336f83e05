"""What is inside what, and which sums are one sum in two currencies."""

import re
from collections.abc import Mapping

from udcg.reading import currency
from udcg.reading.amounts import Amount
from udcg.reading.memory import Memory
from udcg.reading.record import Record
from udcg.reading.spot import Spot

SAME = re.compile(
    r"\s*(?:(?:of\s)?(?:[\w'-]+\s){0,4}(?=[(\[]))?[,(\[=/–—-]*\s*"
    r"(?:or|i\.?e\.?|that is|which is|equal to|equivalent to|equivalent of|the equivalent of|worth|converted)?\s*"
    r"(?:about|around|roughly|some|approximately|approx\.?|nearly|almost|just over|over|more than|just under|close to|circa|ca\.?|~|≈)?"
    r"\s*(?:the equivalent of )?",
    re.IGNORECASE,
)
JOINED = re.compile(r"[,\[(=/–—]|\bor\b|equal|equivalent")
PART = re.compile(r"\b(?:(?:as )?part of|within|under|out of|from) (?:a|an|the|its|his|their|this)?\b[^.;]{0,40}$", re.IGNORECASE)
OF_IT = re.compile(
    r"\b(?:of (?:which|this|that|these|it|them|those|the (?:sum|money|total|first sum|aid|package))|among (?:them|it|which)|"
    r"includ(?:ing|es)|part of it|contains?|compris\w+|consist\w+|covers?|made up of|with|worth)\b",
    re.IGNORECASE,
)
LIFTS = re.compile(
    r"\b(?:lift|bring|tak|rais|increas|push)\w*\b[^.;]{0,80}\bto (?:a total of )?(?:over |more than |about |some |nearly )?$", re.IGNORECASE
)
DRIFT = 0.25  # rates move from year to year, and press rounds; two sums further apart are two sums


def converts(at: Spot, memory: Memory) -> int | None:
    """The record of the sentence that a sum says again in another currency; None where it does not."""
    said = at.mention.said
    if not isinstance(said, Amount) or not memory.new or memory.new[-1].amount is None:
        return None
    before, text, start = memory.new[-1], at.each.sentence.text, at.each.sentence.start
    between = text[before.end - start : said.start]
    code = currency.meant(said.currency, before.donors, (*memory.focus, *memory.main), memory.own, "", before.currency or "")
    joined = SAME.fullmatch(between) is not None and JOINED.search(between) is not None
    if not joined or not said.currency or code == before.currency or not _worth_the_same(said, code, before, memory.rates):
        return None
    return before.same_as if before.same_as is not None else len(memory.records) - 1


def _worth_the_same(said: Amount, code: str, before: Record, rates: Mapping[str, float]) -> bool:
    """Whether two sums are one at about the last rate known; without one for a currency the joint between them decides."""
    one, other = rates.get(code), rates.get(before.currency or "")
    if not one or not other or not before.amount:
        return True
    return abs(said.amount / one / (before.amount / other) - 1) < DRIFT


def whole(at: Spot, here: Record, memory: Memory, package: int | None) -> int | None:
    """The record whose content a mention is; None where nothing says so.

    Args:
        at: Where the mention stands.
        here: Its record, without its whole.
        memory: What was read so far.
        package: The record of the package that the sentence goes on about.
    """
    text, start = at.each.sentence.text, at.each.sentence.start
    for place in reversed(_sums(memory)):
        between = text[memory.records[place].end - start : here.start - start]
        if _fits(here, memory.records[place]) and (here.amount is None or OF_IT.search(between)):
            return place
    if package is not None and _fits(here, memory.records[package]) and not LIFTS.search(text[: here.start - start]):
        return package
    return None


def contents(at: Spot, here: Record, memory: Memory, package: int | None) -> list[int]:
    """The records that turn out to be inside a sum: sent as part of a £450 million package; lifting the commitment to $5.6 billion."""
    if here.amount is None or here.same_as is not None:
        return []
    before = at.each.sentence.text[: here.start - at.each.sentence.start]
    if PART.search(before):
        found = list(range(memory.first, len(memory.records)))
    elif LIFTS.search(before):
        found = _sums(memory) or ([] if package is None else [package])
    else:
        return []
    return [place for place in found if memory.records[place].part_of is None and _fits(memory.records[place], here)]


def _sums(memory: Memory) -> list[int]:
    """The sums of this sentence, each once."""
    return [
        place
        for place in range(memory.first, len(memory.records))
        if memory.records[place].amount is not None and memory.records[place].same_as is None
    ]


def _fits(here: Record, larger: Record) -> bool:
    """A part is no larger than its whole, where both are sums in one currency."""
    if here.amount is None or larger.amount is None:
        return True
    return here.currency == larger.currency and here.amount < larger.amount
