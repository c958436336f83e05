"""What tells who gives a mention: where it stands, whom the sentences around it name, who is joined to whom, whose currency it is."""

from dataclasses import dataclass
from functools import cached_property

from udcg.reading import numerals, vocabulary
from udcg.reading.acting import codes, group
from udcg.reading.amounts import Amount
from udcg.reading.clauses import Parsed, called
from udcg.reading.givers import Party
from udcg.reading.memory import Memory
from udcg.reading.spot import Spot
from udcg.reading.tokens import Found
from udcg.reading.vocabulary import Name

COMMON = frozenset(("EUR", "USD"))  # currencies that say little on who gives
JOINTLY = frozenset(("jointly", "joint", "together", "both", "two", "three", "four", "each", "between", "with"))
LATELY = 4  # sentences back to a group that goes on giving
FEW = 4  # givers who may give together though no "and" joins them
BACK, AHEAD = 40, 10  # sentences before and behind a mention whose names count

Codes = frozenset[str]


@dataclass(frozen=True)
class Scene:
    """A mention and what tells who gives it: where it stands, who does by the rules, what was read, whether it goes on, its sentence."""

    at: Spot
    who: Party | None
    memory: Memory
    follows: bool
    number: int

    @cached_property
    def here(self) -> list[Found[Name]]:
        """The givers that its sentence names."""
        return called(self.at.each, "giver")

    @cached_property
    def near(self) -> dict[int, list[Found[Name]]]:
        """The givers that the sentences around it name, by the number of the sentence."""
        first = max(self.number - BACK, 0)
        around = enumerate(self.memory.read[first : self.number + AHEAD], start=first)
        return {number: names for number, each in around if (names := called(each, "giver"))}

    @cached_property
    def heading(self) -> int | None:
        """The number of the heading, or of the sentence before a list, under which its sentence stands; None where none is near."""
        first = max(self.number - BACK, 0)
        return next((number for number in range(self.number - 1, first - 1, -1) if _heads(self.memory.read[number])), None)

    @cached_property
    def groups(self) -> list[Codes]:
        """Givers of its sentence that "and" joins."""
        return self.memory.groups[self.number]

    @cached_property
    def groups_before(self) -> list[Codes]:
        """Givers that "and" joins in the few sentences before."""
        return [together for groups in self.memory.groups[max(self.number - LATELY, 0) : self.number] for together in groups]

    @cached_property
    def counted(self) -> int:
        """How many the sentence says that give: both nations, the three of them, eight partners; 0 where it does not say."""
        each, partners = self.at.each, vocabulary.grammar()["partners"]
        for place, token in enumerate(each.tokens):
            number = 2 if token.low in vocabulary.grammar()["both"] else numerals.WORDS.get(token.low, 0)
            if 1 < number < 10 and (
                (each.low(place - 1) in ("the", "all", "these", "those") and each.low(place + 1) in vocabulary.grammar()["auxiliaries"])
                or not partners.isdisjoint(each.lows(place + 1, place + 4))
            ):
                return number
        return 0

    @cached_property
    def companions(self) -> Codes:
        """Those with whom somebody gives what its clause says: together with Denmark and Norway, joint project with them."""
        each, leads = self.at.each, vocabulary.grammar()["together"] | {"project", ",", ""}
        own = [name for name in self.here if name in self.at.clause.names or name in self.at.home.names]
        found: set[str] = set()
        for first, name in enumerate(own):
            place = name.first - 1 - (each.low(name.first - 1) in ("the", "our", "its"))
            if each.low(place) == "with" and each.low(place - 1) in leads:
                found |= codes(group(each, own[first:]))
        return frozenset(found)

    @cached_property
    def jointly(self) -> bool:
        """Whether its sentence has a word for several who give together."""
        return not JOINTLY.isdisjoint(token.low for token in self.at.each.tokens)

    @cached_property
    def few(self) -> dict[str, Codes]:
        """All givers of the sentence, and all around, where they are few: both nations, the two of them."""
        every = {"sentence": codes(self.here), "text": codes(name for names in self.near.values() for name in names)}
        return {where: together for where, together in every.items() if 1 < len(together) <= FEW}

    @cached_property
    def currencies(self) -> set[str]:
        """The currencies that its sum may be in, without those that many use."""
        said = self.at.mention.said
        meant = vocabulary.currencies().get(said.currency) if isinstance(said, Amount) else None
        return {meant.code, *meant.others} - COMMON if meant else set()

    @cached_property
    def owners(self) -> Codes:
        """The one giver whose currency it is: pounds are Britain's."""
        own = [code for code, currency in self.memory.own.items() if currency in self.currencies]
        return frozenset(own) if len(own) == 1 else frozenset()

    @property
    def sense(self) -> str:
        """The sense of its verb."""
        return self.at.act.sense if self.at.act else "none"


def _heads(each: Parsed) -> bool:
    """Whether a sentence is a heading, or leads into a list."""
    return each.sentence.text.rstrip()[-1:] not in (".", "!", "?", "”", '"', ",", ";")
