"""Which verb governs a mention, and in which clause that verb stands."""

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause, Mention, Parsed
from udcg.reading.verbs import Act


def governing(parsed: Parsed, index: int, mention: Mention) -> tuple[Act | None, int]:
    """Find the verb that governs a mention: right behind it, else the nearest before it, else the next, else that of the clause before.

    Returns:
        The verb and the number of its clause; None and the mention's own clause where the sentence has none.
    """
    act, place = _nearest(parsed, index, mention)
    if act and act.verb == "make" and "available" in parsed.lows(act.last + 1, parsed.clauses[place].last):
        act = act._replace(sense="give")  # makes 80 million euros available
    return act, place


def _nearest(parsed: Parsed, index: int, mention: Mention) -> tuple[Act | None, int]:
    clause = parsed.clauses[index]
    ours = [act for act in clause.acts if act.sense != "say" and not _means(parsed, act, mention)]
    behind = [
        act
        for act in ours
        if act.sense not in ("make", "contain", "reach")
        and mention.last < act.first <= mention.last + 2
        and parsed.low(mention.last + 1) in (parsed.low(act.first), "already", "previously", "earlier", "just", "newly")
        and act.form in ("participle", "past")
        and (act.passive or parsed.low(mention.last + 1) in ("already", "previously", "earlier"))
    ]
    before = [act for act in ours if act.last < mention.first and not _belongs(clause, act)]
    after = [act for act in ours if act.first > mention.last]
    if behind:
        return behind[0], index
    relative = _relative(parsed, index, mention)
    if relative:
        return relative
    if before:
        return before[-1], index
    finite = [act for act in after if act.form != "ing"]
    if finite:
        return finite[0], index
    inherited = _inherited(parsed, index)
    return (after[0], index) if after and inherited[0] is None else inherited


def _means(parsed: Parsed, act: Act, mention: Mention) -> bool:
    """Whether the mention is only what a participle does its work with: backed by 350 million pounds."""
    return act.passive and parsed.low(act.last + 1) == "by" and 0 < mention.first - act.last <= 4


def _belongs(clause: Clause, act: Act) -> bool:
    """Whether a participle right behind another mention says something of that one: the $35 billion confirmed for this year."""
    return (
        act.form in ("participle", "past")
        and not act.passive
        and act.tense == "past"
        and any(other.last + 1 == act.first for other in clause.mentions)
    )


def _relative(parsed: Parsed, index: int, mention: Mention) -> tuple[Act, int] | None:
    """A clause right behind a mention that says who promised it: the $2 billion that Canada promised."""
    if index + 1 == len(parsed.clauses):
        return None
    after = parsed.clauses[index + 1]
    acts = [act for act in after.acts if act.sense != "say"]
    gap = parsed.lows(mention.last + 1, after.first)
    last = not any(mention.first < other.first < after.first for other in parsed.mentions)
    led = parsed.low(after.first) in ("that", "which") and (
        not gap or (parsed.low(after.first) == "that" and len(gap) < 9 and "," not in gap and last)
    )
    named = acts and any(name.last < acts[0].first for name in after.names)
    return (acts[0], index + 1) if led and named else None


def _inherited(parsed: Parsed, index: int) -> tuple[Act | None, int]:
    after = parsed.clauses[index + 1] if index + 1 < len(parsed.clauses) else None
    if after and (acts := _said_apart(after)) and (after.goes_on or (len(acts) > 1 and parsed.low(after.first) in ("that", "which"))):
        return (acts[0] if after.goes_on else acts[-1]), index + 1
    opens = index == 0 and parsed.low(parsed.clauses[0].first) in vocabulary.grammar()["prepositions"] | vocabulary.grammar()["together"]
    if opens and after and (acts := _said_apart(after)):
        return acts[0], 1  # together with shells for 30 million euros, Finland hands over
    for before in range(index - 1, -1, -1):
        acts = _said_apart(parsed.clauses[before])
        if acts:
            return acts[-1], before
    return None, index


def _said_apart(clause: Clause) -> list[Act]:
    return [act for act in clause.acts if act.sense != "say"]


def chain(parsed: Parsed, index: int, act: Act | None) -> list[Act]:
    """The verbs before the governing one in its clause, and those of saying and deciding in the clause that leads into it."""
    if act is None:
        return []
    led = parsed.clauses[index - 1].acts if index and parsed.low(parsed.clauses[index].first) == "that" else []
    return [*led, *(other for other in parsed.clauses[index].acts if other.first < act.first)]
