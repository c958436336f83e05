"""A mention that was found to be a claim -> its record."""

import math
from dataclasses import replace

from udcg import money, quantity
from udcg.reading import currency
from udcg.reading.amounts import Amount
from udcg.reading.givers import Party
from udcg.reading.goes_on import goes_on
from udcg.reading.governing import chain
from udcg.reading.memory import Memory
from udcg.reading.period import period
from udcg.reading.pieces import Piece
from udcg.reading.record import Record
from udcg.reading.spot import Spot
from udcg.reading.stages import stage
from udcg.reading.wholes import whole

SUREST = 0.99  # nobody is ever surer
OPENINGS = ("since", "so far", "in total", "altogether", "in all")
PART_OF_IT = ("part of it", "some of it", "among", "of ")


def filled(memory: Memory, at: Spot, who: Party | None, sure: float, twin: int | None, follows: bool) -> Record:
    """Fill the record of a claim.

    Args:
        memory: What was read so far.
        at: Where the mention stands.
        who: Its donors.
        sure: How sure it is that it is aid.
        twin: The record that it says again in another currency; None where it does not.
        follows: Whether it goes on about what was promised before.
    """
    said, sentence = at.mention.said, at.each.sentence
    here = Record(
        sentence.start + said.start,
        sentence.start + said.end,
        "request" if who and who.codes == ("UA",) else _stage(memory, at, follows),
        who.codes if who else (),
        period=period(sentence.text, memory.date),
        confidence=round(min(sure, SUREST), 2),
        mention=sentence.text[said.start : said.end],
        sentence=(sentence.start, sentence.end),
        around=sentence.text,
    )
    if twin is not None:
        other = memory.records[twin]
        here = replace(here, donors=other.donors, stage=other.stage, same_as=twin, part_of=other.part_of)
    measured = _sum(memory, here, said) if isinstance(said, Amount) else _quantity(here, said)
    return measured if twin is not None else replace(measured, part_of=whole(at, measured, memory, _package(memory, at)))


def _stage(memory: Memory, at: Spot, follows: bool) -> str:
    inherited = memory.frame.stage if memory.frame and follows else memory.new[-1].stage if memory.new else ""
    words = _words(at) if at.act else at.each.sentence.text
    leads = at.act is not None and at.mention.last < at.act.first
    return stage(at.act, chain(at.each, at.acting, at.act), at.mention.money, words, inherited, leads)


def _words(at: Spot) -> str:
    """The words of the clauses of a mention and its verb, and of an opening such as "Since the invasion"."""
    text = at.each.sentence.text
    opening = text if text.casefold().startswith(OPENINGS) else ""
    parts = (text[at.each.tokens[part.first].start : at.each.tokens[part.last - 1].end] for part in (at.clause, at.home))
    return " ".join([opening, *parts])


def _package(memory: Memory, at: Spot) -> int | None:
    """The package whose content the sentence says: a point of a list, The package includes, Part of it."""
    if memory.frame is None:
        return None
    listed = memory.frame.heads or at.each.sentence.bullet
    of_it = at.each.sentence.text.casefold().startswith(PART_OF_IT)
    content = (at.act is None or at.act.sense == "contain") and goes_on(at, at.acting)
    return memory.frame.package if listed or of_it or content else None


def _sum(memory: Memory, here: Record, said: Amount) -> Record:
    before = next((record.currency for record in reversed(memory.records) if record.currency), "")
    converted = memory.records[here.same_as].currency if here.same_as is not None else ""
    of_one = memory.us_dollars or any(currency.in_us_dollars(record, memory.own) for record in memory.new)
    own = {} if of_one and said.currency in currency.DOLLARS else memory.own
    code = currency.meant(said.currency, here.donors, (*memory.focus, *memory.main), own, before or "", converted or "")
    qualifier = _qualifier(memory, here, said)
    low, _, high = money.ends(qualifier, said.amount, math.nan if said.high is None else said.high)
    return replace(here, amount=said.amount, amount_low=_end(low), amount_high=_end(high), qualifier=qualifier, currency=code or None)


def _qualifier(memory: Memory, here: Record, said: Amount) -> str:
    """How firm a sum is; what converts another is no firmer than it: up to 1.6bn kroner (€140m)."""
    first = memory.records[here.same_as].qualifier if here.same_as is not None else ""
    return first if said.qualifier == "exact" and first and first != "between" else said.qualifier


def _quantity(here: Record, said: Piece) -> Record:
    low, _, high = quantity.ends(said.words)
    kind = said.equipment
    counted = replace(here, quantity_low=_end(low), quantity_high=_end(high), quantity_text=said.words)
    return replace(counted, item=said.item, capability=kind.capability, unit=kind.unit)


def _end(end: float) -> float | None:
    return None if math.isnan(end) else end
