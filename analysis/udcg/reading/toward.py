"""Who gets what is mentioned: Ukraine, the enemy, or others."""

from udcg.reading import vocabulary
from udcg.reading.spot import Spot
from udcg.reading.tokens import Found
from udcg.reading.vocabulary import Name

STATIONED = ("send", "ship", "transfer")


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
    act = at.act
    if act is None or act.sense != "give" or act.passive or act.last + 1 != name.first or name.last >= at.mention.first:
        return False
    other = name.value.role != "recipient" and name.value.kind in ("country", "capital", "people")
    return other and at.each.low(name.last + 1) != "'"
