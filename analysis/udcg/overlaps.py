"""What promises may hold of each other where no source says how much: an overlap lowers the low end of the newer one (rule 3)."""

import math
from collections.abc import Callable

from udcg import ties
from udcg.book import PROMISES, Book, Fact, once
from udcg.shares import split
from udcg.sums import OVERLAP, Part

Pair = tuple[str, str, bool]


def overlapping(book: Book, counted: list[Fact], beside: set[str], before: Callable[[str], bool]) -> list[Part]:
    """What counted facts may hold of money counted elsewhere: of each at most what it has, of each other fact at most all of it.

    Args:
        book: The book.
        counted: The facts that a sum counts.
        beside: First sayings of those and of all that is inside them, less what the sum takes out.
        before: Says of a first saying whether its money is older or counted apart.

    Returns:
        Parts of a sum in the role overlap, under the facts that hold them; see `udcg.sums.Sum`.
    """
    pairs = _between(book, {fact.saying for fact in counted}, beside)
    left = {other: _open(book.rows[other].high) for _, other, _ in pairs}
    held: dict[str, float] = {}
    for fact, other, stated in pairs:
        if before(other) or (stated and other in beside):
            most = min(left[other], _open(book.rows[fact].high) - held.get(fact, 0.0))
            held[fact] = held.get(fact, 0.0) + most
            left[other] = left[other] - most if left[other] < math.inf else math.inf
    return split(book, [book.rows[fact]._replace(low=0.0, best=0.0, high=high) for fact, high in held.items()], OVERLAP)


def _between(book: Book, counted: set[str], beside: set[str]) -> list[Pair]:
    """The pairs of which the first is counted, or content of what is; a payment's overlap is not its purse's."""
    tied, contents = _pairs(book), _contents(book)
    found = []
    for _, (fact, other, stated) in sorted(pair for held in beside & tied.keys() for pair in tied[held]):
        holder = next((whole for whole in contents.get(fact, ()) if whole in counted), None)
        itself = holder is None and fact in counted
        if (holder or itself) and other != holder and (holder or fact) not in book.above.get(other, ()):
            found.append((fact, other, stated))
    return found


def _open(high: float) -> float:
    return math.inf if math.isnan(high) else high


@once
def _pairs(book: Book) -> dict[str, list[tuple[int, Pair]]]:
    """Promises that may hold a part of each other, both ways round, by the first, with their order.

    The third of a pair says whether it stands so in the evidence.
    """
    facts = book.brief
    promised = facts["stage"].isin(PROMISES) & facts["best"].notna() & (facts["scope"] != "civilian")
    tied = facts[promised & (facts["overlaps"] != "") & facts["overlaps"].isin(facts.loc[promised, "fact"])].sort_values("fact")
    ways = zip(tied["saying"], tied["overlaps"].map(facts["saying"]), strict=True)
    pairs = [pair for fact, other in ways for pair in ((fact, other, True), (other, fact, False))]
    found: dict[str, list[tuple[int, Pair]]] = {}
    for order, pair in enumerate(pairs):
        found.setdefault(pair[0], []).append((order, pair))
    return found


@once
def _contents(book: Book) -> dict[str, list[str]]:
    """What each first saying is content of, nearest first."""
    return ties.gathered(book.contents["fact"], book.contents["whole"])
