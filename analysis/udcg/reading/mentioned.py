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


def mentioned(text: str, words: Sequence[Token], before: Sequence[Said] = (), back: Sequence[Sequence[Token]] = ()) -> list[Said]:
    """Find what a sentence mentions, in its order.

    Args:
        text: The sentence.
        words: Its tokens.
        before: What the sentences before it mention.
        back: The tokens of these sentences.
    """
    paid = [said for said in reversed(before) if isinstance(said, Amount)]
    currency = next((said.currency for said in paid if not said.aside), paid[0].currency if paid else "")
    sums = list(amounts(text, currency))
    counts = list(pieces(text, words, _places([each for each in sums if not each.bare])))
    sums = [each for each in sums if not (each.bare and (_overlaps(each, counts) or counts_else(words, each.end, subject=True)))]
    numbers = lone(text, words, _places([*sums, *counts]))
    found = [_paid(number, sums, counts) or _counted(number, counts, before, words, back) for number in numbers]
    return sorted([*sums, *counts, *(said for said in found if said)], key=lambda said: said.start)


def _paid(number: Lone, sums: Sequence[Amount], counts: Sequence[Piece]) -> Amount | None:
    """A number alone behind a sum, in a sentence that counts nothing before it, is a sum in the same unit."""
    last = next((each for each in reversed(sums) if each.end <= number.start and not each.aside), None)
    unit = next((unit for unit in UNITS if last and last.amount >= unit), None)
    if last is None or unit is None or number.value >= UPPER or any(each.end <= number.start for each in counts):
        return None
    return Amount(number.start, number.end, number.qualifier or "exact", times(number.value, unit), None, last.currency, bare=True)


def _counted(
    number: Lone, counts: Sequence[Piece], before: Sequence[Said], words: Sequence[Token], back: Sequence[Sequence[Token]]
) -> Piece | None:
    """A number alone counts what was counted last before it, else what was named last."""
    said = [*before, *(each for each in counts if each.end <= number.start)]
    last = next((each for each in reversed(said) if isinstance(each, Piece)), None)
    thing = (last.item, last.equipment) if last else _named(number.start, words, back)
    return Piece(number.start, number.end, number.words, thing[0], thing[1], elliptic=True) if thing else None


def _named(end: int, words: Sequence[Token], back: Sequence[Sequence[Token]]) -> tuple[str, Equipment] | None:
    """The equipment named last: in the sentence up to a place, else in the sentences before."""
    here = [(words, hit) for hit in vocabulary.equipment().find(words) if words[hit.last].end <= end]
    earlier = ((run, hit) for run in reversed(back) for hit in [*vocabulary.equipment().find(run)][::-1])
    run, hit = here[-1] if here else next(earlier, (words, None))
    return (" ".join(token.text for token in run[hit.first : hit.last + 1]), hit.value) if hit else None


def _places(said: Sequence[Said]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in said]


def _overlaps(one: Said, others: Sequence[Said]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
