"""Military aid to Ukraine or not: what must be there, and what speaks against it."""

from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause, Mention, Parsed
from udcg.reading.givers import GIFTS, Party
from udcg.reading.pieces import Piece
from udcg.reading.verbs import Act

GOVERN = ("give", "promise", "commit", "allocate", "pay", "ask", "receive", "contain", "reach", "train", "make", "thank")
VIOLENT = ("casualty", "loss", "attack")
AGAINST = ("budget", "company", "sanctions", "civilian", "measure", "unit_price")
WEAPONS = ("air_defence", "armour", "artillery_ammunition", "aviation", "drones", "electronic_warfare", "long_range_strike", "maritime", "small_arms")
WEAK = ("want", "aim", "plan", "intend", "raise", "increase", "expand", "double", "boost", "prepare", "consider", "hope", "lift")
TRAINING = frozenset("train trains trained training instruct instructed school schooled course courses".split())


class Context(NamedTuple):
    """What is known around a mention: whether the text is on Ukraine, names others at war, and whether this goes on from something accepted."""

    ukraine: bool
    elsewhere: bool
    follows: bool
    lately: bool


class Verdict(NamedTuple):
    """Whether a mention is a claim of military aid, how sure that is, and why not."""

    sure: float
    reason: str


def judged(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None, acting: Clause, party: Party | None, around: Context) -> Verdict:
    """Judge a mention; sure is 0 where it is no claim."""
    refused = (
        _party(party, act)
        or _against(parsed, clause, mention, act, acting)
        or _elsewhere(parsed, clause, mention, act)
        or _people(parsed, mention)
        or _rate(parsed, mention, act)
        or _unlinked(parsed, clause, mention, act, party, around)
    )
    return Verdict(0.0, refused) if refused else Verdict(_sure(parsed, clause, mention, act, party, around), "")


def _party(party: Party | None, act: Act | None) -> str:
    if party is None:
        return "nobody"
    if party.role == "giver":
        return ""
    if party.role == "recipient":
        return "" if act and act.sense in ("ask", "receive", "thank", "say") else "domestic"
    return "enemy" if party.role == "enemy" else "elsewhere"


def _against(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None, acting: Clause) -> str:
    """What speaks against it in the clause, or in the one whose verb it shares."""
    index = parsed.clauses.index(clause)
    led = parsed.clauses[index - 1].cues if index and parsed.low(clause.first) == "that" else []
    cues = [*led, *(clause.cues if clause is acting else [*acting.cues, *clause.cues])]
    verb = act.first if act else -1
    for cue in cues:
        if cue.value in VIOLENT:
            nearer = verb < 0 or abs(cue.first - mention.first) < abs(verb - mention.first) or (act is not None and act.sense in ("make", "say", "reach"))
            if nearer and not _equipped(parsed, cue.first):
                return str(cue.value)
        elif cue.value == "undone":
            if cue.first < mention.first:
                return "undone"
        elif cue.value in AGAINST and _far(parsed, clause, mention, cue.first):
            continue
        elif not _military(parsed, clause, mention, str(cue.value), cue.first):
            return str(cue.value)
    bare = not clause.aid and not clause.names[1:] and mention.money and not for_ukraine(parsed, clause, mention)
    return next((str(cue.value) for cue in parsed.cues if bare and cue.value in ("civilian", "company", "sanctions")), "")


def for_ukraine(parsed: Parsed, clause: Clause, mention: Mention) -> bool:
    """Whether Ukraine is named as who gets it, between a mention and the next one."""
    ahead = next((other.first for other in clause.mentions if other.first > mention.last), clause.last)
    return any(
        name.value.role == "recipient" and mention.last < name.first < ahead and parsed.low(name.first - 1) in ("for", "to", "on", "the", "arming", "help", "support")
        for name in clause.names
    )


def _far(parsed: Parsed, clause: Clause, mention: Mention, place: int) -> bool:
    """Whether what speaks against it stands beyond another mention, while aid or Ukraine is named with this one."""
    former = max((other.last for other in clause.mentions if other.last < mention.first), default=clause.first - 1)
    ahead = next((other.first for other in clause.mentions if other.first > mention.last), clause.last)
    own = any(former < noun.first < ahead for noun in clause.aid) or any(former < name.first < ahead and name.value.role == "recipient" for name in clause.names)
    return own and not former < place < ahead


def _equipped(parsed: Parsed, place: int) -> bool:
    """Strike and attack before a noun say what a weapon is for: strike drones, attack helicopters; so does a launched initiative."""
    after = parsed.low(place + 1)
    gift = {noun.first for noun in parsed.aid}
    return bool(after) and (any(hit.first == 0 for hit in vocabulary.equipment().find(parsed.tokens[place + 1 : place + 4])) and parsed.low(place) in ("strike", "attack", "assault")) or any(
        here in gift for here in range(place + 1, place + 4)
    )


def _military(parsed: Parsed, clause: Clause, mention: Mention, category: str, place: int) -> bool:
    """Whether a military word outweighs one that speaks against it: it must stand nearer to the mention."""
    if category == "budget" and for_ukraine(parsed, clause, mention):
        return True
    if category == "civilian" and place > mention.last and _said_before(parsed, clause, mention, place):
        return True
    if category in ("sanctions", "civilian", "budget", "company"):
        words = [noun.first for noun in clause.aid if noun.value != "general"]
        gifts = [noun.first for noun in clause.aid if parsed.low(noun.last) in GIFTS] if category in ("budget", "company") else []
        if category == "company":
            words = []
        if isinstance(mention.said, Piece):
            return category in ("sanctions", "company") or (category == "civilian" and mention.said.equipment.capability in WEAPONS)
        former = max((other.last for other in clause.mentions if other.last < mention.first), default=clause.first - 1)
        behind = place > mention.last and not {"and", ",", "while", "plus"} & set(parsed.lows(mention.last + 1, place))
        return any(abs(word - mention.first) < abs(place - mention.first) and not (behind and word < mention.first) for word in words + gifts if word > former)
    return category == "measure" and isinstance(mention.said, Piece)


def _said_before(parsed: Parsed, clause: Clause, mention: Mention, place: int) -> bool:
    """Whether a military word leads up to the mention, and what is civilian comes only behind the next "and"."""
    former = max((other.last for other in clause.mentions if other.last < mention.first), default=clause.first - 1)
    led = any(noun.value != "general" and former < noun.first < mention.first for noun in clause.aid)
    return led and any(word in ("and", ",", "plus", "while") for word in parsed.lows(mention.last + 1, place))


def _elsewhere(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None) -> str:
    """Whether another country or the enemy gets it: to Moscow, for Israel, gave Slovenia 40 lorries."""
    ahead = next((other.first for other in clause.mentions if other.first > mention.last), clause.last)
    helped = any(name.value.role == "recipient" for name in clause.names if name.first > mention.last)
    others = [name for name in clause.names if name.value.role == "other" and parsed.low(name.first - 1) in ("for", "to")]
    if others and not for_ukraine(parsed, clause, mention):
        return "elsewhere"
    for name in clause.names:
        role = name.value.role
        place = name.first - 1 - (parsed.low(name.first - 1) == "the")
        toward = parsed.low(place) in ("to", "for", "into") and mention.last < name.first < ahead
        if toward and (role in ("enemy", "other") or (role == "giver" and parsed.low(place) in ("to", "for") and not helped and name.value.kind in ("country", "capital") and act is not None and act.sense == "give")):
            return "enemy" if role == "enemy" else "elsewhere"
        forces = parsed.low(name.last + 1) in ("army", "forces", "navy", "air", "military", "armed", "troops", "soldiers")
        if role == "giver" and name.value.kind == "adjective" and parsed.low(place) == "for" and mention.last < name.first and forces:
            return "elsewhere"
        stationed = act is not None and act.verb in ("move", "deploy", "send") and role == "giver" and parsed.low(place) in ("in", "to") and mention.last < name.first
        met = any(other.value.role == "recipient" and mention.last < other.first < name.first for other in clause.names)
        if stationed and not met and name.value.kind in ("country", "capital"):
            return "elsewhere"
        indirect = act and act.sense == "give" and act.last + 1 == name.first and name.last < mention.first
        if indirect and role != "recipient" and name.value.kind in ("country", "capital", "people") and not act.passive and parsed.low(name.last + 1) not in ("'", "’"):  # type: ignore[union-attr]
            return "elsewhere"
    return ""


def _people(parsed: Parsed, mention: Mention) -> str:
    """People are a claim only where they are trained."""
    piece = mention.said
    if not isinstance(piece, Piece) or piece.equipment.kind != "people":
        return ""
    trained = TRAINING & {token.low for token in parsed.tokens}
    return "" if trained and piece.equipment.phrase not in ("instructor", "people", "staff", "specialist", "civilian", "children", "company", "officer") else "people"


def _rate(parsed: Parsed, mention: Mention, act: Act | None) -> str:
    """What is made a month is a capacity, not a gift."""
    clause = next(clause for clause in parsed.clauses if mention in clause.mentions)
    opening = parsed.low(clause.first + (parsed.low(clause.first) == "and"))
    if mention.money and act and act.verb == "cost" and opening in ("a", "an", "one", "each", "every"):
        return "unit_price"
    per = parsed.lows(mention.last + 1, mention.last + 3)
    return "rate" if act and act.sense == "make" and per[:1] in (["a"], ["per"], ["each"], ["every"]) and per[1:] in (["month"], ["year"], ["day"], ["week"]) else ""


def _unlinked(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None, party: Party | None, around: Context) -> str:
    """Something must tie it to aid: a verb of giving, or a noun of aid, and Ukraine as who gets it."""
    gift = _given(parsed, clause) or around.lately or (bool(parsed.aid) and around.ukraine) or any(_destined(parsed, each) for each in parsed.clauses)
    helped = _helped(parsed) or (around.ukraine and any(name.value.code == "UDCG" for name in parsed.names))
    sense = act.sense if act and act.sense in GOVERN else ""
    if not (helped or around.ukraine or around.follows) and around.elsewhere:
        return "no recipient"
    if sense in ("make", "allocate", "commit") and not (helped or around.follows or ((_given(parsed, clause) or around.lately) and not around.elsewhere)):
        return "no recipient"
    sent = party is not None and ((party.how == "share" and around.lately) or (party.how in ("share", "subject", "speaker") and for_ukraine(parsed, clause, mention)))
    listed = sent or (party is not None and party.how == "share" and bool(parsed.aid)) or (not any(each.acts for each in parsed.clauses) and _given_anywhere(parsed))
    lows = parsed.lows(0, len(parsed.tokens))
    coming = any(lows[place : place + 3] in (["on", "the", "way"], ["on", "their", "way"], ["on", "its", "way"]) for place in range(len(lows)))
    if coming and not sense and party is not None and party.role == "giver" and not mention.money:
        return ""
    if not sense and not (listed and (helped or around.lately)) and not (_given(parsed, clause) and (helped or around.ukraine or not around.elsewhere)) and not around.follows:
        return "no verb"
    if act and act.verb in WEAK and not mention.money and not (helped or around.lately or around.follows or _given(parsed, clause)):
        return "no recipient"
    if act and act.sense == "receive" and not (helped or around.follows):
        return "no recipient"
    if mention.money and not (gift or around.follows or _equipment_near(parsed)):
        return "no aid"
    if not (helped or around.ukraine or around.follows) and sense not in ("give", "promise") and not (_given_anywhere(parsed) and not around.elsewhere):
        return "no recipient"
    return ""


def _helped(parsed: Parsed) -> bool:
    """Whether Ukraine is named as more than a place: for Ukraine, to Kyiv, Ukraine's army, but not in Ukraine."""
    places = ("in", "near", "over", "neighbouring", "neighboring", "against", "outside", "inside", "across")
    wars = ("war", "attack", "attacks", "invasion", "aggression", "assault", "strikes", "attacked", "invaded")
    return any(
        name.value.role == "recipient" and parsed.low(name.first - 1) not in (*places, *wars) and parsed.low(name.first - 2) not in wars for name in parsed.names
    )


def _given(parsed: Parsed, clause: Clause) -> bool:
    """Whether a noun of giving stands in the clause, or a sum right before "for Ukraine"."""
    ahead = [parsed.lows(mention.last + 1, mention.last + 2) for mention in clause.mentions if mention.money]
    if ["for"] in ahead and any(name.value.role == "recipient" and parsed.low(name.first - 1) == "for" for name in clause.names):
        return True
    return any(parsed.low(noun.last) in GIFTS or noun.value == "ukraine" for noun in clause.aid)


def _given_anywhere(parsed: Parsed) -> bool:
    return any(parsed.low(noun.last) in GIFTS for noun in parsed.aid)


def _destined(parsed: Parsed, clause: Clause) -> bool:
    """Whether Ukraine is named as where it goes: to Kyiv, for the Ukrainian army, gave Ukraine, Ukraine's forces get it."""
    toward = ("to", "for", "on", "with", "help", "helping", "support", "supporting", "arm", "arming", "the", "into")
    behind = {act.last + 1 for act in clause.acts if act.sense != "say"}
    return any(
        name.value.role == "recipient" and (parsed.low(name.first - 1) in toward or name.first in behind or parsed.low(name.last + 1) == "s" or parsed.low(name.last + 2) == "s")
        for name in clause.names
    )


def _equipment_near(parsed: Parsed) -> bool:
    return any(not mention.money for mention in parsed.mentions) or any(True for _ in vocabulary.equipment().find(parsed.tokens))


def _sure(parsed: Parsed, clause: Clause, mention: Mention, act: Act | None, party: Party | None, around: Context) -> float:
    """How sure: each step that was inferred rather than read takes a share away."""
    helped = any(name.value.role == "recipient" for name in parsed.names)
    sure = 0.97
    for doubtful, share in (
        (act is None or act not in clause.acts, 0.93),
        (party is None or party.how in ("focus", "main"), 0.85),
        (not helped, 0.93),
        (not around.ukraine, 0.85),
        (bool(clause.cues), 0.85),
        (isinstance(mention.said, Piece) and (mention.said.elliptic or mention.said.article), 0.85),
    ):
        sure *= share if doubtful else 1.0
    return round(sure, 2)
