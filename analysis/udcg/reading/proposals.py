"""Who could give what is mentioned: all parties that a text names, each with the signs that speak for or against it."""

from collections.abc import Iterator, Mapping, Sequence

from udcg.reading import vocabulary
from udcg.reading.acting import free
from udcg.reading.clauses import Parsed, called
from udcg.reading.givers import Party
from udcg.reading.scene import Codes, Scene
from udcg.reading.tokens import Found
from udcg.reading.vocabulary import Name

UKRAINE, ALLIES = frozenset(("UA",)), frozenset(("UDCG",))
FAR = (3, 8, 16)  # words between a name and a mention


def proposed(scene: Scene) -> dict[Codes, list[str]]:
    """Name all that could give, with their signs."""
    memory = scene.memory
    by_rule = frozenset(scene.who.codes) if scene.who else frozenset()
    remembered = [memory.frame.donors if memory.frame else (), memory.focus, memory.new[-1].donors if memory.new else (), memory.main]
    standing = [by_rule, *map(frozenset, remembered)]
    single = [frozenset((name.value.code,)) for names in scene.near.values() for name in names]
    joined = [first | scene.companions for first in standing if first and scene.companions]
    found = [*standing[:-1], *single, *scene.groups, *scene.groups_before, *joined, scene.owners, *scene.few.values()]
    return {one: list(_signs(one, scene)) for one in dict.fromkeys([*filter(None, found), UKRAINE, ALLIES])}


def chosen(one: Codes, scene: Scene) -> Party:
    """A proposal as a party, its codes in the order in which the text names them; nobody where it names none."""
    if scene.who and one == frozenset(scene.who.codes):
        return scene.who
    if one == ALLIES and not scene.memory.named:
        return Party((), "giver", "nobody")
    named = dict.fromkeys(name.value.code for names in scene.near.values() for name in names if name.value.code in one)
    return Party((*named, *sorted(one - set(named))), "recipient" if one == UKRAINE else "giver", "chosen")


def _signs(one: Codes, scene: Scene) -> Iterator[str]:
    yield "always"
    base = one - scene.companions or one  # who gives with a companion is known by what tells that it gives
    yield from _by_rule(base, scene.who)
    if one == UKRAINE:
        yield from _ukraine(scene)
        return
    if one == ALLIES:
        yield from _allies(scene)
    yield from _joint(one, scene)
    yield from _remembered(base, scene)
    yield from _currency(base, scene)
    yield from _named(base, scene.memory.named)
    own = [name for name in scene.here if name.value.code in one]
    yield from _here(one, own, scene) if own else _earlier(one, scene)


def _by_rule(one: Codes, who: Party | None) -> Iterator[str]:
    if who is None:
        yield "rules silent"
    elif one == frozenset(who.codes):
        yield from ("rules", f"rules {who.how}", f"rules {who.role}")
    else:
        yield f"rules differ by {who.how}"


def _ukraine(scene: Scene) -> Iterator[str]:
    yield from ("ukraine", f"ukraine {scene.sense}")
    if scene.who and scene.who.role == "recipient":
        yield "ukraine by rules"
    if not scene.memory.named:
        yield "ukraine alone"
    beside = scene.memory.read[max(scene.number - 1, 0) : scene.number + 2]
    for where, read in (("here", [scene.at.each]), ("near", beside)):
        asking = "asking" if any(map(_asks, read)) else "no asking"
        yield f"{asking} {where}"
        if any(free(each, name) for each in read for name in called(each, "recipient")):
            yield f"ukraine acts, {asking} {where}"


def _asks(each: Parsed) -> bool:
    """Whether a sentence asks for something."""
    verbs = any(act.sense == "ask" for clause in each.clauses for act in clause.acts)
    return verbs or not vocabulary.grammar()["asking"].isdisjoint(token.low for token in each.tokens)


def _allies(scene: Scene) -> Iterator[str]:
    named = scene.memory.named
    yield from ("allies", f"allies {scene.sense}")
    if "UDCG" in named:
        yield "allies named"
    if named.keys() <= {"UDCG", "NATO", "EU"}:
        yield "allies alone"


def _joint(one: Codes, scene: Scene) -> Iterator[str]:
    """Whether several give together, and what says so."""
    if any(one < together for together in scene.groups):
        yield "one of a group"
    if any(len(code) > 2 for code in one - ALLIES):
        yield "fund"
    if scene.counted:
        yield f"as many as are said {len(one) == scene.counted}"
    if len(one) == 1:
        if one <= scene.companions:
            yield "a companion alone"
        return
    yield from (f"all of {where}" for where, together in scene.few.items() if one == together)
    if one in scene.groups:
        yield "a whole group"
    elif one & scene.companions:
        yield "a companion"
    elif one in scene.groups_before:
        yield from ("a group before", f"a group before, {'others here' if scene.here else 'none here'}")
    else:
        yield from (f"joint {min(len(one), 3)}", f"joint, {'said so' if scene.jointly else 'not said'}")


def _remembered(one: Codes, scene: Scene) -> Iterator[str]:
    memory = scene.memory
    if memory.frame and frozenset(memory.frame.donors) == one:
        yield from ("frame", f"frame {'goes on' if scene.follows else 'is apart'}")
    if frozenset(memory.focus) == one:
        yield "focus"
    if frozenset(memory.main) == one:
        yield "main"
    if memory.new and frozenset(memory.new[-1].donors) == one:
        yield "same as before"


def _currency(one: Codes, scene: Scene) -> Iterator[str]:
    """Whose currency it is: kroner speak for Norway and Denmark."""
    possible = scene.currencies
    if possible:
        own = {scene.memory.own.get(code) for code in one}
        yield "own currency" if own <= possible else "partly own currency" if own & possible else "other currency"


def _named(one: Codes, named: Mapping[str, int]) -> Iterator[str]:
    """How often the text names a giver, and whether first, most, or only; of several, the one that it names most."""
    most = max(named.get(code, 0) for code in one)
    yield f"named {min(most, 3)}"
    if named and most == max(named.values()):
        yield "most named"
    if next(iter(named), "") in one:
        yield "first named"
    if named.keys() == one:
        yield "only giver"


def _here(one: Codes, own: Sequence[Found[Name]], scene: Scene) -> Iterator[str]:
    """Where a giver stands in the sentence of the mention."""
    mention = scene.at.mention
    all_before = [name.value.code in one for name in scene.here if name.last < mention.first]
    all_behind = [name.value.code in one for name in scene.here if name.first > mention.last]
    before = [name for name in own if name.last < mention.first]
    behind = [name for name in own if name.first > mention.last]
    yield "in sentence"
    if before:
        yield from ("before", *_place(one, before[-1], scene, "before"))
        yield from (sign for sign, so in (("nearest before", all_before[-1]), ("first before", all_before[0])) if so)
    if behind:
        yield from ("behind", *_place(one, behind[0], scene, "behind"))
        if all_behind[0]:
            yield "nearest behind"


def _place(one: Codes, name: Found[Name], scene: Scene, side: str) -> Iterator[str]:
    at, each, place = scene.at, scene.at.each, name.first - 1
    led = each.low(place - 1) if each.low(place) == "the" else each.low(place)
    led = led if led in vocabulary.grammar()["prepositions"] else "else"
    first, last = (name.last, at.mention.first) if side == "before" else (at.mention.last, name.first)
    where = "clause" if name in at.clause.names else "verb's clause" if name in at.home.names else "other clause"
    yield f"{side}: {name.value.kind}"
    yield f"{side}: in {where}"
    yield f"{side}: after {led}"
    far, acts = sum(last - first > words for words in FAR), "acts" if free(each, name) else "is bound"
    yield from (f"{side}: {far} far", f"{side}: {acts}", f"{side}: {acts}, {far} far", f"{side}: after {led}, {far} far")
    yield from (f"{side}: word before is {each.low(place)}", f"{side}: word behind is {each.low(name.last + 1)}")
    if each.low(name.last + 1) == "'":
        yield f"{side}: possessive"
    if name.first <= 1:
        yield "opens sentence"
    if any(first < other.first < last for other in each.mentions):
        yield f"{side}: mention between"
    if any(first < other.first < last and other.value.code not in one for other in scene.here):
        yield f"{side}: name between"
    senses = {act.sense for clause in each.clauses for act in clause.acts if first < act.first < last}
    yield from (f"{side}: verb {sense} between" for sense in senses)
    if senses:
        yield f"{side}: verb between"


def _earlier(one: Codes, scene: Scene) -> Iterator[str]:
    """Where a giver stands whom the sentence does not name."""
    yield "not in sentence"
    if scene.here:
        yield "others in sentence"
    places = [number for number, names in scene.near.items() if any(name.value.code in one for name in names)]
    back = [place for place in places if place < scene.number]
    if not back:
        yield "only later" if places else "nowhere"
        return
    each, named = scene.memory.read[back[-1]], scene.near[back[-1]]
    if scene.heading in back:
        yield from ("in heading", f"in heading, {'point' if scene.at.each.sentence.bullet else 'text'}")
    if 0 in back and scene.near[0][0].first <= 1 and scene.near[0][0].value.code in one:
        yield "opens text"
    yield f"back {min(scene.number - back[-1], 3)}"
    if any(free(each, name) for name in named if name.value.code in one):
        yield "acted back"
    if named[-1].value.code in one:
        yield "last back"
    if named[0].value.code in one:
        yield "first back"
