"""A text -> proposed claims: each mention is judged, given its donors, stage and currency, and tied to what it is part of."""

from collections.abc import Mapping
from dataclasses import replace

from udcg.reading import indicators, parties, signs, vocabulary
from udcg.reading import memory as remembering
from udcg.reading.clauses import Parsed, parsed
from udcg.reading.filled import filled
from udcg.reading.givers import Party
from udcg.reading.goes_on import goes_on
from udcg.reading.judge import LEAST, Judge, fitted
from udcg.reading.memory import PACKAGE, Memory, opened
from udcg.reading.pieces import Piece
from udcg.reading.proposals import chosen, proposed
from udcg.reading.record import Indicator, Record
from udcg.reading.scene import Scene
from udcg.reading.sentences import sentences
from udcg.reading.spot import Spot, spot
from udcg.reading.wholes import contents, converts

OWN_WORK = ("make", "allocate", "pay", "commit")
RECALLED = 4  # sentences back to what a number without a noun counts, and a sum without a currency is in


def claims(
    text: str, date: str, own: Mapping[str, str], rates: Mapping[str, float] | None = None, judge: Judge | None = None
) -> tuple[list[Record], list[Indicator]]:
    """Read a text.

    Args:
        text: The text; places are code points in it.
        date: Its day as 2025-04-11; "" where not known.
        own: Currency of each donor by code.
        rates: Units of each currency for one euro, of any late day, to tell a conversion from another sum.
        judge: What weighs signs; the fitted one where None.
    """
    read = _parsed(text)
    memory = opened(text, read, date, own, rates or {}, judge or fitted())
    for number, each in enumerate(read):
        remembering.begin(memory, each, number)
        shared = (signs.of_sentence(each), signs.beside(read, number), signs.of_passage(read, number)) if each.mentions else ()
        for index, clause in enumerate(each.clauses):
            for mention in clause.mentions:
                _mention(memory, spot(each, index, mention), number, shared)
        memory.indicators += indicators.percents(each)
        _in_turn(memory, each)
        remembering.end(memory, each, number)
    return memory.records, memory.indicators


def _parsed(text: str) -> list[Parsed]:
    """The sentences in their order; each knows those before it, of which it may leave out what they count or pay in."""
    read: list[Parsed] = []
    for sentence in sentences(text):
        read.append(parsed(sentence, read[-RECALLED:]))
    return read


def _mention(memory: Memory, at: Spot, number: int, shared: tuple[frozenset[str], ...]) -> None:
    follows = _follows(memory, at)
    who = parties.party(at, memory, follows)
    sure = memory.judge.aid(at, signs.own(at, who, remembering.context(memory, follows, number)), shared)
    if sure >= LEAST and not _mere_people(at):
        _accept(memory, at, who, sure, follows, number)
    else:
        memory.refused = number
        memory.indicators += indicators.counted(at)


def _mere_people(at: Spot) -> bool:
    """People who are no soldiers are a claim only where they are trained."""
    said = at.mention.said
    return isinstance(said, Piece) and said.equipment.phrase in vocabulary.grammar()["untrained"] and not signs.trained(at)


def _accept(memory: Memory, at: Spot, who: Party | None, sure: float, follows: bool, number: int) -> None:
    twin = converts(at, memory)
    scene = Scene(at, who, memory, follows, number)
    giver = chosen(memory.judge.giver(proposed(scene)), scene)
    by_itself = giver.codes == ("UA",) or (who is not None and who.codes == ("UA",) and not memory.named)
    if by_itself and at.act and at.act.sense in OWN_WORK:
        memory.refused = number  # what Ukraine makes and buys itself
        return
    here = filled(memory, at, giver, sure, twin, follows)
    package = memory.frame.package if memory.frame and memory.lately(number) else None
    for inner in contents(at, here, memory, package):
        memory.records[inner] = replace(memory.records[inner], part_of=len(memory.records))
    place = memory.said.setdefault(_measure(here), len(memory.records))
    again = twin is None and place < len(memory.records)  # what a text says again is one claim
    memory.records.append(replace(here, same_as=place) if again else here)
    if here.amount is not None and twin is None and not again and PACKAGE.search(here.around):
        memory.package = len(memory.records) - 1
    memory.accepted = number


def _measure(record: Record) -> tuple[object, ...]:
    return (record.donors, record.stage, record.amount, record.currency, record.qualifier, record.quantity_text, record.item)


def _follows(memory: Memory, at: Spot) -> bool:
    """Whether a mention goes on about what was promised: in the same sentence, in a list, or by "it" and "the package"."""
    if memory.new:
        return True
    listed = memory.frame is not None and memory.frame.heads and at.act is None
    return memory.frame is not None and (listed or at.each.sentence.bullet or goes_on(at, at.place))


def _in_turn(memory: Memory, each: Parsed) -> None:
    """Riga and Tallinn give 10 and 9 million respectively: each its own."""
    new = memory.new
    if new and "respectively" in each.lows(0, len(each.tokens)) and all(len(record.donors) == len(new) for record in new):
        memory.records[memory.first :] = [replace(record, donors=(record.donors[place],)) for place, record in enumerate(new)]
