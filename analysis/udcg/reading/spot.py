"""One mention in its sentence: its clause, the verb that governs it, and the clause of that verb."""

from typing import NamedTuple

from udcg.reading import vocabulary
from udcg.reading.clauses import Clause, Mention, Parsed, called
from udcg.reading.givers import subject
from udcg.reading.governing import chain, governing
from udcg.reading.nouns import OF_IT
from udcg.reading.tokens import Found
from udcg.reading.verbs import Act
from udcg.reading.vocabulary import Name


class Spot(NamedTuple):
    """Where a mention stands: sentence, number of its clause, mention, governing verb (None: there is none) and number of its clause."""

    each: Parsed
    place: int
    mention: Mention
    act: Act | None
    acting: int

    @property
    def clause(self) -> Clause:
        """The clause of the mention."""
        return self.each.clauses[self.place]

    @property
    def home(self) -> Clause:
        """The clause of the governing verb."""
        return self.each.clauses[self.acting]

    @property
    def own(self) -> tuple[int, int]:
        """The tokens that belong to this mention: behind the one before, up to but without the next one."""
        before = max((other.last + 1 for other in self.clause.mentions if other.last < self.mention.first), default=self.clause.first)
        return before, self.ahead

    @property
    def ahead(self) -> int:
        """The first token of the next mention in the clause, or the clause's end."""
        return next((other.first for other in self.clause.mentions if other.first > self.mention.last), self.clause.last)

    def behind(self, size: int) -> list[str]:
        """The words right behind the mention, in small letters."""
        return self.each.lows(self.mention.last + 1, self.mention.last + 1 + size)

    @property
    def of_it(self) -> bool:
        """Whether it is said to be a part of what was spoken of: 50 million of it."""
        return self.behind(2) in OF_IT

    def names(self, role: str) -> list[Found[Name]]:
        """The names of a role in the clause."""
        return called(self.clause, role)


def spot(each: Parsed, index: int, mention: Mention) -> Spot:
    """Find the verb of a mention; what Ukraine wants, and what somebody is asked to give, is asked for."""
    act, acting = governing(each, index, mention)
    if act and (_wished(each, act, acting) or _urged(each, act, acting)):
        act = act._replace(sense="ask")
    return Spot(each, index, mention, act, acting)


def _wished(each: Parsed, act: Act, acting: int) -> bool:
    who = subject(each, acting, act) if act.verb in vocabulary.grammar()["wishes"] else None
    return who is not None and who.role == "recipient"


def _urged(each: Parsed, act: Act, acting: int) -> bool:
    return act.sense in ("give", "pay", "promise", "commit") and any(other.sense == "ask" for other in chain(each, acting, act))
