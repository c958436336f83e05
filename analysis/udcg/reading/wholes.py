"""What is inside what, and which sums are one sum in two currencies."""

import re
from collections.abc import Mapping, Sequence

from udcg.reading.amounts import Amount
from udcg.reading.clauses import Mention, Parsed
from udcg.reading.record import Record

SAME = re.compile(
    r"\s*[,(\[=/–—-]*\s*(?:or|i\.?e\.?|that is|which is|equal to|equivalent to|equivalent of|the equivalent of|worth|converted)?\s*"
    r"(?:about|around|roughly|some|approximately|approx\.?|nearly|almost|just over|over|more than|just under|close to|circa|ca\.?|~|≈)?\s*(?:the equivalent of )?",
    re.IGNORECASE,
)
JOINED = re.compile(r"[,\[(=/–—]|\bor\b|equal|equivalent")
PART = re.compile(r"\b(?:(?:as )?part of|within|under|out of|from) (?:a|an|the|its|his|their|this)?\b[^.;]{0,40}$", re.IGNORECASE)
OF_IT = re.compile(r"\b(?:of (?:which|this|that|these|it|them|those|the (?:sum|money|total|first sum|aid|package))|among (?:them|it|which)|includ(?:ing|es)|part of it|contains?|compris\w+|consist\w+|covers?|made up of|comprising|with|worth)\b", re.IGNORECASE)
LIFTS = re.compile(r"\b(?:lift|bring|tak|rais|increas|push)\w*\b[^.;]{0,80}\bto (?:a total of )?(?:over |more than |about |some |nearly )?$", re.IGNORECASE)


def converts(each: Parsed, mention: Mention, records: Sequence[Record], own: Mapping[str, str]) -> int | None:
    """The number of the record in the sentence that a sum says again in another currency; None where it does not."""
    said = mention.said
    if not isinstance(said, Amount) or not records or records[-1].amount is None:
        return None
    before = records[-1]
    between = each.sentence.text[before.end - each.sentence.start : said.start]
    joined = SAME.fullmatch(between) and JOINED.search(between)
    other = said.currency not in ("", each.sentence.text[before.start - each.sentence.start : before.end - each.sentence.start])
    if not joined or not other or said.currency.casefold() in before.mention.casefold():
        return None
    similar = 0.005 < said.amount / before.amount < 200 if before.amount else False
    opened = any(sign in between for sign in "([=/") or re.search(r"\bor\b|equ", between) or each.sentence.text[said.end :].lstrip()[:2] in ("at", "in", "by")
    last = (before.same_as if before.same_as is not None else None)
    if not similar or not (opened or said.qualifier == "about" or each.sentence.text[said.end : said.end + 1] in (",", ".", "", ")")):
        return None
    return len(records) - 1 if last is None else len(records) - 2 if last is not None else None


def whole(each: Parsed, mention: Mention, here: Record, records: Sequence[Record], first: int, package: int | None) -> int | None:
    """The record whose content a mention is; None where nothing says so.

    Args:
        each: The sentence.
        mention: The mention.
        here: Its record, without its whole.
        records: The records so far; those from `first` on stand in this sentence.
        first: See records.
        package: The record of the package that the sentence goes on about.
    """
    text, start = each.sentence.text, each.sentence.start
    sums = [place for place in range(first, len(records)) if records[place].amount is not None and records[place].same_as is None]
    for place in reversed(sums):
        between = text[records[place].end - start : here.start - start]
        if _fits(here, records[place]) and (here.amount is None or OF_IT.search(between)):
            return place
    if package is not None and _fits(here, records[package]) and not LIFTS.search(text[: here.start - start]):
        return package
    return None


def contents(each: Parsed, here: Record, index: int, records: Sequence[Record], first: int, package: int | None) -> list[int]:
    """The records before that turn out to be inside this sum: sent as part of a £450 million package; lifting the commitment to $5.6 billion."""
    if here.amount is None or here.same_as is not None:
        return []
    before = each.sentence.text[: here.start - each.sentence.start]
    if PART.search(before):
        return [place for place in range(first, index) if records[place].part_of is None and _fits(records[place], here)]
    if LIFTS.search(before):
        lifted = [place for place in range(first, index) if records[place].amount is not None and records[place].part_of is None and records[place].same_as is None]
        return [place for place in lifted or ([] if package is None else [package]) if _fits(records[place], here)]
    return []


def _fits(here: Record, larger: Record) -> bool:
    """A part is no larger than its whole, where both are sums in one currency."""
    if here.amount is None or larger.amount is None:
        return True
    return here.currency == larger.currency and here.amount < larger.amount
