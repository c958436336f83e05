"""Each euro once: the outermost of some promises, and what is taken out of them because another one holds it (rule 3 of counting)."""

import math
from collections.abc import Iterable

from udcg.book import PROMISES, Book, Fact
from udcg.shares import GROUP, split
from udcg.sums import TAKEN_OUT, Part


def topmost(book: Book, facts: list[Fact]) -> list[Fact]:
    """Keep those that are inside no other one of them."""
    chosen = {fact.saying for fact in facts}
    return [fact for fact in facts if chosen.isdisjoint(book.above.get(fact.saying, ()))]


def inside(book: Book, facts: Iterable[Fact]) -> set[str]:
    """First sayings of all that is inside some facts, along both forests."""
    return {held for fact in facts for held in book.below.get(fact.saying, ())}


def net(book: Book, counted: list[Fact], out: list[Fact]) -> tuple[list[Part], list[Part], list[Part]]:
    """The parts of what is counted, of what is taken out of it, and of what two counted facts hold and one of them gives up."""
    plus, shared = split(book, counted), _shared(book, counted, out)
    taken_out = placed(book, split(book, out, TAKEN_OUT), plus)
    return plus, taken_out, placed(book, split(book, shared, TAKEN_OUT), plus, but_first=True)


def placed(book: Book, parts: list[Part], plus: list[Part], but_first: bool = False) -> list[Part]:
    """Put parts under each counted whole that holds them, or each but the first (a purse before others), in their donor's share.

    Where a whole knows no share of the donor, the group's gives it, or that of the one who pays most.
    """
    if not parts:
        return []
    holders = _holders(book, {part.fact for part in parts}, plus)
    payers = _payers(plus, {whole for wholes in holders.values() for whole in wholes})
    found = []
    for part in parts:
        for whole in holders[part.fact][1 if but_first else 0 :]:
            paid = payers[whole]
            donor, other = (part.donor, part.donor_or_partner) if part.donor in paid else (paid[0], paid[0])
            found.append(part._replace(donor=donor, donor_or_partner=other, whole=whole))
    return found


def _holders(book: Book, facts: set[str], plus: list[Part]) -> dict[str, list[str]]:
    """The counted wholes that are each fact or hold it, purses first."""
    counted: dict[str, list[str]] = {}
    for fact in {part.fact for part in plus}:
        counted.setdefault(book.rows[fact].saying, []).append(fact)
    found = {}
    for fact in facts:
        saying = book.rows[fact].saying
        wholes = {whole for held in (saying, *book.above.get(saying, ())) for whole in counted.get(held, ())}
        found[fact] = sorted(wholes, key=lambda whole: (book.rows[whole].level != "frame", whole))
    return found


def _payers(plus: list[Part], wholes: set[str]) -> dict[str, list[str]]:
    """The donors of some counted wholes whose shares are known: the group first, then by what they pay."""
    payers: dict[str, list[Part]] = {}
    for part in plus:
        if part.donor and part.fact in wholes:
            payers.setdefault(part.fact, []).append(part)
    return {whole: [part.donor for part in sorted(parts, key=_weight)] for whole, parts in payers.items()}


def _weight(part: Part) -> tuple[bool, bool, float]:
    unknown = math.isnan(part.best)
    return part.donor != GROUP, unknown, 0.0 if unknown else -part.best


def _shared(book: Book, counted: list[Fact], out: list[Fact]) -> list[Fact]:
    """Facts that lie inside two counted ones, such as a share of a package that a counted frame pays: both hold the same euro."""
    once: set[str] = set()
    twice: set[str] = set()
    for saying in {fact.saying for fact in counted}:
        held = book.below.get(saying, ())
        twice.update(once.intersection(held))
        once.update(held)
    gone = {*(fact.saying for fact in out), *inside(book, out)} if twice else set()
    facts = sorted((book.rows[saying] for saying in twice - gone), key=lambda fact: fact.row)
    return topmost(book, [fact for fact in facts if _promised(fact)])


def _promised(fact: Fact) -> bool:
    return fact.stage in PROMISES and fact.level != "group_total" and not math.isnan(fact.best)
