"""Who gives, or asks for, what is mentioned: from its own words, its clause, its sentence, and only then from what was said before."""

from udcg.reading.acting import free, group
from udcg.reading.beside import of_noun, own_share, thanked
from udcg.reading.clauses import Parsed
from udcg.reading.givers import Party, subject
from udcg.reading.memory import Memory
from udcg.reading.spot import Spot
from udcg.reading.tokens import Found
from udcg.reading.toward import for_ukraine
from udcg.reading.vocabulary import Name


def party(at: Spot, memory: Memory, follows: bool) -> Party | None:
    """Find who gives; None where nobody is named."""
    return _at_home(_found(at, memory, follows), memory)


def _found(at: Spot, memory: Memory, follows: bool) -> Party | None:
    who = subject(at.each, at.acting, at.act) if at.act else subject(at.each, at.place, None)
    sense = at.act.sense if at.act else ""
    if sense == "receive" and who and who.role != "recipient":
        gets_for = who.role == "giver" and for_ukraine(at)
        return Party(who.codes, "giver" if gets_for else "other", "subject")
    if sense == "ask" and who and who.role == "recipient":
        return who
    if share := own_share(at.each, at.clause, at.mention, at.act):
        return share
    if sense == "thank" and at.act and who and who.role != "enemy":
        codes = thanked(at.each, at.home, at.act)
        return Party(codes, "giver", "thanked") if codes else None
    if who and who.role == "recipient" and sense != "ask":
        return _given_to(at, memory, who, follows)
    if who and not (at.act is None and who.role == "enemy" and follows):
        return who
    return _unnamed(at, memory, follows)


def _given_to(at: Spot, memory: Memory, who: Party, follows: bool) -> Party | None:
    """Ukraine is who receives: then another gives; otherwise it acts itself."""
    noun = of_noun(at.each, at.clause, at.mention)
    if noun or at.act is None or at.act.sense in ("receive", "say") or at.act.verb in ("sign", "agree", "conclude"):
        return noun or _remembered(at, memory, follows)
    return who


def _unnamed(at: Spot, memory: Memory, follows: bool) -> Party | None:
    """The clause names nobody who acts: a noun of giving may, else what was said before."""
    own = of_noun(at.each, at.clause, at.mention)
    named = any(free(at.each, name) for name in at.names("giver"))
    if at.act and memory.new and not named:
        return own or Party(memory.records[-1].donors, "giver", "frame")
    asks = at.act is not None and at.act.sense == "ask" and bool(_speaker(at, "recipient"))
    return (
        own
        or (of_noun(at.each, at.home, at.mention) if at.acting != at.place else None)
        or (Party(("UA",), "recipient", "ask") if asks else None)
        or _remembered(at, memory, follows)
    )


def _remembered(at: Spot, memory: Memory, follows: bool) -> Party | None:
    """Who was spoken of: the speaker of the sentence, the donors of what the sentence goes on about, or the last subject."""
    if speaker := _speaker(at, "giver"):
        return Party(speaker, "giver", "speaker")
    if follows and memory.frame and memory.frame.donors:
        return Party(memory.frame.donors, "giver", "frame")
    if memory.focus:
        return Party(memory.focus, "giver", "focus")
    return Party(memory.main, "giver", "main") if memory.main else None


def _speaker(at: Spot, role: str) -> tuple[str, ...]:
    """Who acts or speaks in the clauses of a sentence, the own one and those before it first."""
    clauses = [*at.each.clauses[at.place :: -1], *at.each.clauses[at.place + 1 :]]
    for clause in clauses:
        spoken = [name for name in clause.names if name.value.role == role and _speaks(at.each, name)]
        if spoken:
            return tuple(dict.fromkeys(name.value.code for name in group(at.each, spoken)))
    return ()


def _speaks(each: Parsed, name: Found[Name]) -> bool:
    place = name.first - (2 if each.low(name.first - 1) == "the" else 1)
    return free(each, name) or (each.low(place) == "to" and each.low(place - 1) == "according")


def _at_home(who: Party | None, memory: Memory) -> Party | None:
    """Brussels is the Belgian government where the text speaks of Belgium and not of the Union."""
    if who is None or not memory.belgian or "EU" not in who.codes:
        return who
    return who._replace(codes=tuple(dict.fromkeys("BE" if code == "EU" else code for code in who.codes)))
