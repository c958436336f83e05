"""Military aid to Ukraine or not: who acts, what speaks against it, and what ties it to aid."""

from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.against import against, elsewhere, for_ukraine
from udcg.reading.clauses import Clause, Parsed
from udcg.reading.givers import Party
from udcg.reading.pieces import Piece
from udcg.reading.spot import Spot
from udcg.reading.tokens import tokens

GOVERN = ("give", "promise", "commit", "allocate", "pay", "ask", "receive", "contain", "reach", "train", "make", "thank")
ON_THE_WAY = (["on", "the", "way"], ["on", "their", "way"], ["on", "its", "way"])
LABEL = 4  # words, with the colon, that a name before a colon has at most
WHOLE = 0.97  # nobody is ever surer
DOUBTS = {"verb of another clause": 0.93, "giver from before": 0.85, "Ukraine not named": 0.93, "text not on Ukraine": 0.85}
DOUBTS |= {"word against it": 0.85, "number left out": 0.85}


class Context(NamedTuple):
    """What is known around: the text names Ukraine, or others at war, or speaks of aid; a mention goes on from a promise or is near it."""

    ukraine: bool
    elsewhere: bool
    follows: bool
    lately: bool
    topic: bool


class Verdict(NamedTuple):
    """Whether a mention is a claim of military aid: how sure that is, 0 where it is none, and why not."""

    sure: float
    reason: str


def judged(at: Spot, who: Party | None, around: Context) -> Verdict:
    """Judge a mention."""
    refused = _acting(at, who) or against(at) or elsewhere(at) or _people(at) or _rate(at) or _untied(at, who, around)
    return Verdict(0.0, refused) if refused else Verdict(_sure(at, who, around), "")


def _acting(at: Spot, who: Party | None) -> str:
    """Givers give; Ukraine only asks, receives and thanks; the enemy and others do neither."""
    if who is None:
        return "nobody"
    if who.role == "giver":
        return ""
    if who.role == "recipient":
        return "" if at.act and at.act.sense in ("ask", "receive", "thank", "say") else "domestic"
    return "enemy" if who.role == "enemy" else "elsewhere"


def _people(at: Spot) -> str:
    """People are a claim only where they are trained."""
    piece, grammar = at.mention.said, vocabulary.grammar()
    if not isinstance(piece, Piece) or piece.equipment.kind != "people":
        return ""
    trained = any(token.low in grammar["training"] for token in at.each.tokens)
    if any(name.value.role == "giver" for name in vocabulary.names().find(tokens(piece.item))):
        return "people"  # 70 Australian soldiers train others
    return "" if trained and piece.equipment.phrase not in grammar["untrained"] else "people"


def _rate(at: Spot) -> str:
    """What one costs is no gift, nor is what is made a month."""
    opening = at.each.low(at.clause.first + (at.each.low(at.clause.first) == "and"))
    if at.mention.money and at.act and at.act.verb == "cost" and opening in ("a", "an", "one", "each", "every"):
        return "unit_price"
    per = at.behind(2)
    made = at.act is not None and at.act.sense == "make" and per[:1] in (["a"], ["per"], ["each"], ["every"])
    return "rate" if made and per[1:] and per[1] in vocabulary.grammar()["periods"] else ""


def _untied(at: Spot, who: Party | None, around: Context) -> str:
    """Something must tie a mention to aid: a verb of giving or a noun of aid, and Ukraine as who gets it."""
    sense = at.act.sense if at.act and at.act.sense in GOVERN else ""
    helped = _helped(at.each) or (around.ukraine and any(name.value.code == "UDCG" for name in at.each.names))
    if at.act and at.act.sense == "move" and not (for_ukraine(at) or around.follows):
        return "no verb"
    near, gift = around.follows or around.lately, _given(at)
    if around.elsewhere and not (helped or around.ukraine or around.follows):
        return "no recipient"
    here = helped if sense == "commit" else _helped_in(at)
    if sense in ("make", "allocate", "commit") and not (here or around.follows or ((gift or around.lately) and not around.elsewhere)):
        return "no recipient"
    if not sense:
        return "" if _said_without_verb(at, who, around, helped) else "no verb"
    weak = at.act is not None and at.act.verb in vocabulary.grammar()["weak"] and not at.mention.money
    if weak and not (helped or near or gift):
        return "no recipient"
    mild = at.act is not None and at.act.verb in vocabulary.grammar()["mild"] and not at.mention.money
    if mild and not (helped or near or gift or around.topic or not around.ukraine):
        return "no recipient"
    if sense == "receive" and not _received(at, who, helped):
        return "no recipient"
    if at.mention.money and not _tied(at, around):
        return "no aid"
    known = (
        helped or around.ukraine or around.follows or sense in ("give", "promise") or (_given_anywhere(at.each) and not around.elsewhere)
    )
    return "" if known else "no recipient"


def _received(at: Spot, who: Party | None, helped: bool) -> bool:
    """Whether it is Ukraine that receives: named with the verb, or with who gives."""
    here = any(name.value.role == "recipient" for name in at.home.names)
    return here or at.of_it or (helped and who is not None and who.how == "share")


def _said_without_verb(at: Spot, who: Party | None, around: Context, helped: bool) -> bool:
    """A headline, a point of a list, a fragment: who and what without a verb between them."""
    if around.follows or (_given(at) and (helped or around.ukraine or not around.elsewhere)):
        return True
    verbless = not any(clause.acts for clause in at.each.clauses)
    if around.lately and verbless and not at.each.cues and all(name.value.role in ("giver", "recipient") for name in at.each.names):
        return True
    label = at.place > 0 and at.each.low(at.clause.first - 1) == ":" and at.clause.first - at.each.clauses[at.place - 1].first <= LABEL
    told = label and who is not None and who.role == "giver" and who.how in ("speaker", "subject", "share")
    if told and not at.clause.acts and not at.each.cues and (around.ukraine or around.topic):
        return True  # Brekelmans: €400 million for naval gear
    lows = at.each.lows(0, len(at.each.tokens))
    coming = any(lows[place : place + 3] in ON_THE_WAY for place in range(len(lows)))
    if coming and who is not None and who.role == "giver" and not at.mention.money:
        return True
    shared = who is not None and who.how == "share"
    sent = (shared and around.lately) or (who is not None and who.how in ("share", "subject", "speaker") and for_ukraine(at))
    listed = sent or (shared and bool(at.each.aid)) or (verbless and _given_anywhere(at.each))
    return listed and (helped or around.lately)


def _tied(at: Spot, around: Context) -> bool:
    """Whether a sum goes with a gift, with equipment, or to Ukraine."""
    gift = _given(at) or around.lately or around.follows or (bool(at.each.aid) and around.ukraine)
    toward = around.topic and any(_destined(at.each, clause) for clause in at.each.clauses)
    handed = any(act.last + 1 == name.first for act in at.home.acts if act.sense == "give" for name in at.names("recipient"))
    return gift or toward or handed or _equipment_near(at.each)


def _given(at: Spot) -> bool:
    """Whether a noun of giving stands in the clause, or a sum right before "for Ukraine"."""
    ahead = [at.each.low(mention.last + 1) for mention in at.clause.mentions if mention.money]
    if "for" in ahead and any(at.each.low(name.first - 1) == "for" for name in at.names("recipient")):
        return True
    nouns = at.clause.aid if at.clause is at.home else [*at.clause.aid, *at.home.aid]
    return any(at.each.low(noun.last) in vocabulary.grammar()["gifts"] or noun.value == "ukraine" for noun in nouns)


def _given_anywhere(each: Parsed) -> bool:
    return any(each.low(noun.last) in vocabulary.grammar()["gifts"] for noun in each.aid)


def _helped(each: Parsed) -> bool:
    """Whether Ukraine is named as more than a place of war: for Ukraine, to Kyiv, Ukraine's army, but not in Ukraine."""
    grammar = vocabulary.grammar()
    apart = grammar["places"] | grammar["wars"]
    return any(
        name.value.role == "recipient" and each.low(name.first - 1) not in apart and each.low(name.first - 2) not in grammar["wars"]
        for name in each.names
    )


def _helped_in(at: Spot) -> bool:
    """Whether Ukraine is named in the clause of a mention or of its verb: who buys and makes does so for itself otherwise."""
    apart = vocabulary.grammar()["places"] | vocabulary.grammar()["wars"]
    following = at.each.clauses[at.place + 1 : at.place + 3]
    bracketed = bool(following) and "(" in (at.each.low(following[0].first - 1), at.each.low(at.clause.first - 1))
    behind = [clause for clause in following if bracketed or not clause.acts]  # the clause goes on behind brackets
    names = [name for clause in (at.clause, at.home, *behind) for name in clause.names]
    return any(name.value.role == "recipient" and at.each.low(name.first - 1) not in apart for name in names)


def _destined(each: Parsed, clause: Clause) -> bool:
    """Whether Ukraine is named as where it goes: to Kyiv, gave Ukraine, Ukraine's forces."""
    behind = {act.last + 1 for act in clause.acts if act.sense != "say"}
    return any(
        name.value.role == "recipient"
        and (
            each.low(name.first - 1) in vocabulary.grammar()["toward"]
            or name.first in behind
            or "s" in each.lows(name.last + 1, name.last + 3)
        )
        for name in clause.names
    )


def _equipment_near(each: Parsed) -> bool:
    return any(not mention.money for mention in each.mentions) or any(True for _ in vocabulary.equipment().find(each.tokens))


def _sure(at: Spot, who: Party | None, around: Context) -> float:
    """How sure: each step that was inferred rather than read takes a share away."""
    said = at.mention.said
    doubts = {
        "verb of another clause": at.act is None or at.clause is not at.home,
        "giver from before": who is None or who.how in ("focus", "main"),
        "Ukraine not named": not any(name.value.role == "recipient" for name in at.each.names),
        "text not on Ukraine": not around.ukraine,
        "word against it": bool(at.clause.cues),
        "number left out": isinstance(said, Piece) and (said.elliptic or said.article),
    }
    sure = WHOLE
    for doubt, there in doubts.items():
        sure *= DOUBTS[doubt] if there else 1.0
    return round(sure, 2)
