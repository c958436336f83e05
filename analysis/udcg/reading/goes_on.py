"""Whether a sentence goes on about what was promised before: The package, It, Of this, Among them."""

from udcg.reading import vocabulary
from udcg.reading.nouns import OF_IT
from udcg.reading.spot import Spot


def goes_on(at: Spot, index: int) -> bool:
    """Look at the opening of the sentence and of one of its clauses, and for "of it" behind a number."""
    grammar, clause = vocabulary.grammar(), at.each.clauses[index]
    if any(at.each.lows(mention.last + 1, mention.last + 3) in (*OF_IT, ["of", "them"]) for mention in clause.mentions):
        return True
    return any(_meant(at.each.lows(start, start + 5), grammar) for start in {0, clause.first})


def _meant(words: list[str], grammar: dict[str, frozenset[str]]) -> bool:
    if not words:
        return False
    gift = words[0] in grammar["determiners"] and not grammar["gifts"].isdisjoint(words)
    return words[0] in grammar["anaphora"] or gift or not {"shipment", "order"}.isdisjoint(words)
