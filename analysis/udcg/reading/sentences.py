"""Text -> sentences with their places: bullets and short lines stand alone, lines broken for width run on."""

import re
from collections.abc import Iterator
from typing import NamedTuple

ABBREVIATIONS = (
    "mr mrs ms dr prof gen lt col sgt maj adm sen rep gov no vs etc approx ca st jr sr bn mln mio bln mrd min fig inc ltd co corp "
    "incl excl resp est max cf eg ie "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
SHORT = set(ABBREVIATIONS.split())
END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|$")
BULLET = re.compile(r"\s*(?:[-–—•*·‣◦▪■●►]|\(?\d{1,2}[.)/]|[a-z]\))\s+")
CLOCK = re.compile(r"\s*\[?\d{1,2}[:.]\d{2}(?:\s?(?:[ap]m|[A-Z]{2,4}))?\]?\s*[-–—:|]?\s+")
LABEL = re.compile(r"\s*[A-Z][\w.' -]{1,30}:\s")
OPENING = re.compile(r"\s*")
LONGEST = 200  # characters that are looked at on either side of a break
WRAPPED = 55  # a line that is not at least as long ends because its author ended it
FURNITURE = re.compile(
    r"\s*(?:share\.?|exit mobile version|source link|advertisement|read more:?.{0,120}|subscribe.{0,80}|sign up.{0,80}|follow us.{0,80}|"
    r"related(?: articles| stories)?:?|cookies?.{0,80}|photo:.{0,120}|image:.{0,120}|copyright.{0,120}|"
    r"©.{0,120}|all rights reserved.{0,60}|"
    r"(?:tel|phone|fax|e-?mail)\b.{0,80}|media contacts?.{0,120}|tags:.{0,120}|https?://\S+)\s*",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence: its place in the text, its words, the number of its block, and whether it is a point of a list."""

    start: int
    end: int
    text: str
    block: int
    bullet: bool


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences; lines that belong to the page rather than the article are left out."""
    for number, (start, end) in enumerate(_blocks(text)):
        block = text[start:end]
        if FURNITURE.fullmatch(block):
            continue
        opening = BULLET.match(block) or CLOCK.match(block)
        bullet = bool(BULLET.match(block))
        place = opening.end() if opening else 0
        for first, last in _cuts(block, place):
            yield Sentence(start + first, start + last, block[first:last], number, bullet)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, headlines and points of lists: lines that were broken for width are one block."""
    start, end = 0, 0
    for line in re.finditer(r"[^\n]*\n?", text):
        here = line[0].rstrip()
        ended = (
            not here.strip()
            or LABEL.match(here)
            or BULLET.match(here)
            or CLOCK.match(here)
            or not _runs_on(text[max(start, end - LONGEST) : end], here)
        )
        if ended and text[start:end].strip():
            yield start, end
        if ended:
            start = line.start()
        end = line.start() + len(here)


def _runs_on(before: str, line: str) -> bool:
    last = before.rsplit("\n", 1)[-1].rstrip()
    return bool(last) and (line.lstrip()[:1].islower() or (len(last) >= WRAPPED and last[-1] not in '.!?:”"'))


def _cuts(block: str, start: int) -> Iterator[tuple[int, int]]:
    for found in END.finditer(block, start):
        if found.start() < start or (found[0].startswith(".") and found.end() < len(block) and _goes_on(block, found)):
            continue
        first = OPENING.match(block, start).end()  # type: ignore[union-attr]
        if first < found.end():
            yield first, found.end()
        start = found.end()


def _goes_on(block: str, stop: re.Match[str]) -> bool:
    """A full stop after an abbreviation, an initial, or before a small letter or a number ends no sentence."""
    word = re.search(r"[\w.]*$", block[max(0, stop.start() - LONGEST) : stop.start()])
    before = word[0].casefold() if word else ""
    after = block[stop.end() : stop.end() + LONGEST].lstrip()[:1]
    closed = len(stop[0].strip(".")) > 0
    return not closed and (before in SHORT or after.islower() or (len(before) == 1 and before.isalpha()) or _initials(before, after))


def _initials(before: str, after: str) -> bool:
    """U.S. and a.m.: they end a sentence only where a capital follows that begins one, which nobody can tell; they run on."""
    return bool(re.fullmatch(r"(?:\w\.)+\w", before)) or not after
