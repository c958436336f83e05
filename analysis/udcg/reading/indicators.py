"""Numbers of the battlefield that are no aid: losses, casualties and attacks, in pieces, people or percent."""

import re
from collections.abc import Iterator

from udcg.reading.clauses import Parsed
from udcg.reading.pieces import Piece
from udcg.reading.record import Indicator
from udcg.reading.spot import Spot

VIOLENT = ("casualty", "loss", "attack")
LOSSES = r"casualties|losses|damage|deaths"
PERCENT = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?)(?:\s?(?:-|–|to)\s?(?P<high>\d+(?:\.\d+)?))?\s?(?:%|per ?cent) of (?P<what>(?:[\w-]+ ){{0,3}}(?:{LOSSES}))\b"
)


def counted(at: Spot) -> Iterator[Indicator]:
    """The quantity of a mention that is no aid, where its clause or else its sentence speaks of fighting."""
    said, start = at.mention.said, at.each.sentence.start
    violent = next((cue.value for cue in (*at.clause.cues, *at.each.cues) if cue.value in VIOLENT), "")
    if isinstance(said, Piece) and violent:
        words = at.each.sentence.text[said.start : said.end]
        yield Indicator(start + said.start, start + said.end, said.words, said.item, violent, words)


def percents(each: Parsed) -> Iterator[Indicator]:
    """The shares of casualties, losses and damage in a sentence."""
    start = each.sentence.start
    for found in PERCENT.finditer(each.sentence.text):
        words = f"{found['low']} to {found['high']}" if found["high"] else found["low"]
        yield Indicator(start + found.start(), start + found.end(), words, f"percent of {found['what']}", "loss", found[0])
