"""The sums and quantities of a sentence, also those that leave out their currency or their noun."""

from collections.abc import Sequence

from udcg.reading import vocabulary
from udcg.reading.amounts import Amount, amounts
from udcg.reading.nouns import counts_else
from udcg.reading.numerals import times
from udcg.reading.pieces import Lone, Piece, lone, pieces
from udcg.reading.tokens import Token
from udcg.reading.vocabulary import Equipment

UNITS = (1e9, 1e6)  # in which a number alone may be given: 615 million, 300 of it for guns
UPPER = 1000  # such numbers are smaller

Said = Amount | Piece
Thing = tuple[str, Equipment]


def mentioned(text: str, words: Sequence[Token], before: Sequence[Said] = (), back: Sequence[Sequence[Token]] = ()) -> list[Said]:
    """Find what a sentence mentions, in its order.

    Args:
        text: The sentence.
        words: Its tokens.
        before: What the sentences before it mention.
        back: The tokens of these sentences.
    """
    currency = next((said.currency for said in reversed(before) if isinstance(said, Amount)), "")
    sums = list(amounts(text, currency))
    counts = list(pieces(text, words, _places([each for each in sums if not each.bare])))
    sums = [each for each in sums if not (each.bare and (_overlaps(each, counts) or counts_else(words, each.end, subject=True)))]
    numbers = list(lone(text, words, _places([*sums, *counts])))
    named = _things(counts, before, [*back, words]) if numbers else []
    found = [_paid(number, sums, counts) or _counted(number, named) for number in numbers]
    return sorted([*sums, *counts, *(said for said in found if said)], key=lambda said: said.start)


def _paid(number: Lone, sums: Sequence[Amount], counts: Sequence[Piece]) -> Amount | None:
    """A number alone behind a sum, in a sentence that counts nothing before it, is a sum in the same unit."""
    last = next((each for each in reversed(sums) if each.end <= number.start), None)
    unit = next((unit for unit in UNITS if last and last.amount >= unit), None)
    if last is None or unit is None or number.value >= UPPER or any(each.end <= number.start for each in counts):
        return None
    return Amount(number.start, number.end, number.qualifier or "exact", times(number.value, unit), None, last.currency, bare=True)


def _counted(number: Lone, things: Sequence[tuple[int, Thing]]) -> Piece | None:
    """A number alone counts what was counted last before it, else what was named last."""
    thing = next((thing for end, thing in reversed(things) if end <= number.start), None)
    return Piece(number.start, number.end, number.words, thing[0], thing[1], elliptic=True) if thing else None


def _things(counts: Sequence[Piece], before: Sequence[Said], read: Sequence[Sequence[Token]]) -> list[tuple[int, Thing]]:
    """What a number alone may count, and where it ends (0: in a sentence before); what matters least comes first."""
    named = []
    for words in read:
        for hit in vocabulary.equipment().find(words):
            thing = " ".join(token.text for token in words[hit.first : hit.last + 1]), hit.value
            named.append((words[hit.last].end if words is read[-1] else 0, thing))
    former = [(0, (each.item, each.equipment)) for each in before if isinstance(each, Piece)]
    return [*named, *former, *((each.end, (each.item, each.equipment)) for each in counts)]


def _places(said: Sequence[Said]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in said]


def _overlaps(one: Said, others: Sequence[Said]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
