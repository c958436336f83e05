"""What speaks against a mention being military aid: words of loss, business, relief or refusal near it, and others who receive."""

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause
from udcg.reading.pieces import Piece
from udcg.reading.spot import Spot
from udcg.reading.tokens import Found
from udcg.reading.vocabulary import Name

VIOLENT = ("casualty", "loss", "attack")
AGAINST = ("budget", "company", "sanctions", "civilian", "measure", "unit_price")
OUTWEIGHED = ("sanctions", "civilian", "budget", "company")
JOINTS = frozenset(("and", ",", "while", "plus"))
STATIONED = ("send", "ship", "transfer")


def against(at: Spot) -> str:
    """The category of the first word that speaks against a mention; "" where none does."""
    for cue in _cues(at):
        if cue.value in VIOLENT:
            speaks = _nearer(at, cue.first) and not _names_weapon(at, cue.first)
        elif cue.value == "undone":
            speaks = cue.first < at.mention.first
        else:
            speaks = not _beyond(at, cue.first) and not _outweighed(at, cue)
        if speaks:
            return cue.value
    if violent := _fighting(at):
        return violent
    bare = at.mention.money and not at.clause.aid and len(at.clause.names) < 2 and not for_ukraine(at)
    return next((cue.value for cue in at.each.cues if bare and cue.value in ("civilian", "company", "sanctions")), "")


def _fighting(at: Spot) -> str:
    """What the rest of a sentence says of fighting, where nobody gives: people were killed when 20 missiles came down."""
    mild = at.act is None or at.act.verb in vocabulary.grammar()["mild"]
    led = any(name.value.role != "enemy" and name.last < at.mention.first for name in at.clause.names)
    if at.mention.money or led or not mild:
        return ""
    return next((cue.value for cue in at.each.cues if cue.value in VIOLENT and not _names_weapon(at, cue.first)), "")


def _cues(at: Spot) -> list[Found[str]]:
    """The words in the clause, in the one whose verb it shares, and in the one that it is the object of."""
    led = at.each.clauses[at.place - 1].cues if at.place and at.each.low(at.clause.first) == "that" else []
    return [*led, *(at.clause.cues if at.clause is at.home else [*at.home.cues, *at.clause.cues])]


def _nearer(at: Spot, place: int) -> bool:
    """Whether a violent word stands nearer to the mention than a verb of aid does."""
    if at.act is None or at.act.sense in ("make", "say", "reach"):
        return True
    return abs(place - at.mention.first) < abs(at.act.first - at.mention.first)


def _names_weapon(at: Spot, place: int) -> bool:
    """Strike and attack before a noun say what a weapon is for: strike drones; and an initiative is launched too."""
    gifts = vocabulary.grammar()["gifts"]
    gift = any(noun.first in range(place + 1, place + 4) and at.each.low(noun.last) in gifts for noun in at.each.aid)
    ahead = at.each.tokens[place + 1 : place + 4]
    weapon = at.each.low(place) in ("strike", "attack", "assault") and any(hit.first == 0 for hit in vocabulary.equipment().find(ahead))
    return gift or weapon


def _beyond(at: Spot, place: int) -> bool:
    """Whether a word stands beyond another mention, while aid or Ukraine is named with this one."""
    first, last = at.own
    own = any(first <= noun.first < last for noun in at.clause.aid) or any(first <= name.first < last for name in at.names("recipient"))
    return own and not first <= place < last


def _outweighed(at: Spot, cue: Found[str]) -> bool:
    """Whether something military weighs more than a word."""
    if isinstance(at.mention.said, Piece):
        weapon = at.mention.said.equipment.capability in vocabulary.grammar()["weapons"]
        return (
            cue.value in ("sanctions", "company", "measure")
            or (cue.value == "civilian" and weapon)
            or (cue.value == "budget" and for_ukraine(at))
        )
    if cue.value not in OUTWEIGHED:
        return False
    return (cue.value == "budget" and for_ukraine(at)) or (cue.value == "civilian" and _led_up(at, cue.first)) or _military_nearer(at, cue)


def _led_up(at: Spot, place: int) -> bool:
    """Whether a military word leads up to the mention, and what is civilian comes only behind the next "and"."""
    first = at.own[0]
    led = any(noun.value != "general" and first <= noun.first < at.mention.first for noun in at.clause.aid)
    return led and place > at.mention.last and not JOINTS.isdisjoint(at.each.lows(at.mention.last + 1, place))


def _military_nearer(at: Spot, cue: Found[str]) -> bool:
    """Whether a military word, or a noun of giving against business and budgets, stands nearer to the mention."""
    gifts = [noun.first for noun in at.clause.aid if at.each.low(noun.last) in vocabulary.grammar()["gifts"]]
    military = [noun.first for noun in at.clause.aid if noun.value != "general"]
    words = {"company": gifts, "budget": military + gifts}.get(cue.value, military)
    behind = cue.first > at.mention.last and JOINTS.isdisjoint(at.each.lows(at.mention.last + 1, cue.first))
    return any(
        abs(word - at.mention.first) < abs(cue.first - at.mention.first) and not (behind and word < at.mention.first)
        for word in words
        if word >= at.own[0]
    )


def for_ukraine(at: Spot) -> bool:
    """Whether Ukraine is named as who gets it, between a mention and the next one."""
    toward = ("for", "to", "on", "the", "arming", "help", "support")
    return any(at.mention.last < name.first < at.ahead and at.each.low(name.first - 1) in toward for name in at.names("recipient"))


def elsewhere(at: Spot) -> str:
    """Whether another country or the enemy gets it: to Moscow, for Israel, for the Polish army, gave Slovenia 40 lorries."""
    others = [name for name in at.names("other") if at.each.low(name.first - 1) in ("for", "to")]
    if others and not for_ukraine(at):
        return "elsewhere"
    for name in at.clause.names:
        if name.value.role == "enemy" and _toward(at, name, ("to", "for", "into")) and name.first < at.ahead:
            return "enemy"
        if _theirs(at, name) or _stationed(at, name) or _indirect(at, name):
            return "elsewhere"
    return ""


def _toward(at: Spot, name: Found[Name], words: tuple[str, ...]) -> bool:
    place = name.first - 1 - (at.each.low(name.first - 1) == "the")
    return at.mention.last < name.first and at.each.low(place) in words


def _theirs(at: Spot, name: Found[Name]) -> bool:
    """Another giver receives it, or its forces do."""
    if name.value.role != "giver":
        return name.value.role == "other" and _toward(at, name, ("to", "for", "into")) and name.first < at.ahead
    helped = any(other.first > at.mention.last for other in at.names("recipient"))
    gives = at.act is not None and at.act.sense == "give" and name.value.kind in ("country", "capital") and not helped
    forces = name.value.kind == "adjective" and at.each.low(name.last + 1) in vocabulary.grammar()["forces"]
    return (gives and _toward(at, name, ("to", "for")) and name.first < at.ahead) or (forces and _toward(at, name, ("for",)))


def _stationed(at: Spot, name: Found[Name]) -> bool:
    """Sent to a base of an ally: two Patriot units to Rzeszow in Poland."""
    if at.act is None or at.act.verb not in STATIONED or name.value.role != "giver" or name.value.kind not in ("country", "capital"):
        return False
    met = any(at.mention.last < other.first < name.first for other in at.names("recipient"))
    return _toward(at, name, ("in", "to")) and not met


def _indirect(at: Spot, name: Found[Name]) -> bool:
    """Named between the verb and the mention, as whom it is given: gave Slovenia 40 lorries."""
    act, clause = at.act, at.clause
    if act is None or act.sense != "give" or act.passive or act.last + 1 != name.first or name.last >= at.mention.first:
        return False
    other = name.value.role != "recipient" and name.value.kind in ("country", "capital", "people")
    return other and at.each.low(name.last + 1) != "'" and _within(clause, name)


def _within(clause: Clause, name: Found[Name]) -> bool:
    return clause.first <= name.first < clause.last
