"""The sums and quantities of a sentence, also those that leave out their currency or their noun."""

from collections.abc import Iterator, Sequence

from udcg.reading.amounts import Amount, amounts
from udcg.reading.pieces import Lone, Piece, lone, pieces
from udcg.reading.tokens import Token

Said = Amount | Piece


def mentioned(text: str, words: Sequence[Token], before: Sequence[Said]) -> list[Said]:
    """Find what a sentence mentions, in its order.

    Args:
        text: The sentence.
        words: Its tokens.
        before: What the sentences before mention.
    """
    currency = next((said.currency for said in reversed(before) if isinstance(said, Amount)), "")
    sums = list(amounts(text, currency))
    counts = list(pieces(text, words, _places([each for each in sums if not each.bare])))
    sums = [each for each in sums if not (each.bare and _overlaps(each, counts))]  # a million rounds are no sum
    numbers = lone(text, words, _places([*sums, *counts]))
    return sorted([*sums, *counts, *_left_out(numbers, counts, before)], key=lambda said: said.start)


def _left_out(numbers: Iterator[Lone], counts: Sequence[Piece], before: Sequence[Said]) -> Iterator[Piece]:
    """A number alone counts what the last one before it counts."""
    former = [said for said in before if isinstance(said, Piece)][-1:]
    for number in numbers:
        last = [*former, *(piece for piece in counts if piece.end <= number.start)][-1:]
        yield from (Piece(*number, piece.item, piece.equipment, elliptic=True) for piece in last)


def _places(said: Sequence[Said]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in said]


def _overlaps(one: Said, others: Sequence[Said]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
