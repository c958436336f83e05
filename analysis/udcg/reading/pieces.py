"""Finds quantities: a number or a vague word with a noun behind it that is equipment, rounds or people."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from udcg import quantity
from udcg.reading import numerals, vocabulary
from udcg.reading.qualifiers import before, behind
from udcg.reading.tokens import Token
from udcg.reading.vocabulary import Equipment

LONGEST = 12  # words from a number to its noun
CALIBRE = re.compile(r"[ -]?(?:mm|millimet\w+|cm|calib\w+)\b")
NO_NUMBER = re.compile(r"(?:%|\s?per ?cent|\s?percent|(?:st|nd|rd|th)\b|[:]\d|\s?(?:km|kilomet\w+|miles?|met(?:er|re)s?|kg|kilo\w*|years?|days?|months?|weeks?|hours?|minutes?|times|degrees|countries|nations|states|ministers)\b)", re.I)
MODEL_BEFORE = re.compile(r"(?:[A-Za-z]{1,6}-|[A-Za-z]/|\bNo\.? |\bnumber |\bMk ?|\bBlock |\bOperation |\bversion )$")
ENDS = frozenset("and or for to in at with from that which who will would has have had is are was were be by as on if than but while because plus when where until since after before during into through against between per via worth, during including among whose whom over under also".split())
ARTICLE = r"(?:an?|one more|another|(?:an?|the|its) (?:second|third|fourth|fifth|sixth|additional|further|entire|whole|complete|only)|(?:second|third|fourth|fifth))"


BUNDLE = re.compile(r"\b(?:number|range|lot|series|variety|mix|kind|type|couple|handful|combination|batch|group|list|amount|fleet|version|network|part|component|shortage|lack) of\b", re.I)


class Piece(NamedTuple):
    """A quantity: from where to where in its sentence, in the ledger's words, of which kind of thing, and how the text names it.

    elliptic says that the noun is left out and taken from the quantity before; article that the number is only "a" or "another".
    """

    start: int
    end: int
    words: str
    item: str
    equipment: Equipment
    elliptic: bool = False
    article: bool = False


def pieces(text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]], former: Piece | None = None) -> Iterator[Piece]:
    """Find the quantities in a sentence, in their order; taken are places of sums, which are none; former is the quantity before."""
    last, waiting, far = 0, None, True
    for found in _pattern().finditer(text):
        if found.start() < last or any(start < found.end() and found.start() < end for start, end in taken):
            continue
        piece = _named(found, text, words, taken) or (_elliptic(found, text, words, former, far) if former else None)
        if piece and waiting:
            yield Piece(waiting.start(), waiting.end(), _words(waiting, text, waiting.end()), piece.item, piece.equipment, elliptic=True)
        waiting = found if not piece and found["number"] and _countable(found, text) and OF_MORE.match(text, found.end()) else None
        if piece:
            yield piece
            last, former, far = piece.end, piece, False


@cache
def _pattern() -> re.Pattern[str]:
    vague = "|".join(sorted(quantity.VAGUE, key=len, reverse=True))
    number, scale = numerals.NUMBER, numerals.scale()
    counted = rf"(?P<number>{number})(?P<scale>\s?{scale})?(?:\s?(?:-|–|—|to|and|or)\s?(?P<high>{number})(?P<high_scale>\s?{scale})?)?"
    return re.compile(rf"(?<![\w.,$€£/])(?<![A-Za-z]-)(?:(?:many |several )?(?P<vague>{vague})\b(?= of\b| more\b)|(?P<vague_2>several dozen|several hundred|several thousand|dozens|hundreds|thousands)\b|{counted}|(?P<article>{ARTICLE})\b(?! half))", re.I)


def _named(found: re.Match[str], text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Piece | None:
    if found["number"] and (not _countable(found, text) or _of_model(found, words)):
        return None
    stop = min((start for start, _ in taken if start >= found.end()), default=len(text))
    thing = _noun(text, words, found.end(), stop, bool(found["vague"] or found["vague_2"]))
    if not thing:
        return None
    end, item, equipment = thing
    if found["article"] and not _single(item, equipment, found["article"]):
        return None
    return Piece(found.start(), end, _words(found, text, found.end()), item, equipment, article=bool(found["article"]))


def _countable(found: re.Match[str], text: str) -> bool:
    rest = text[found.end() :]
    year = re.fullmatch(r"(?:19|20)\d\d", found[0]) and not found["scale"]
    return not (CALIBRE.match(rest) or NO_NUMBER.match(rest) or MODEL_BEFORE.search(text[: found.start()]) or year)


def _of_model(found: re.Match[str], words: Sequence[Token]) -> bool:
    """Whether a number belongs to the name before it: Leopard 2 tanks, Zuzana 2 howitzers, Mirage 2000 jets."""
    place = next(place for place, token in enumerate(words) if token.end > found.start())
    before = [hit for hit in vocabulary.equipment().find(words[max(place - 4, 0) : place + 1]) if hit.value.kind == "named"]
    return found["number"].isdigit() and any(min(place, 4) - 1 <= hit.last for hit in before)


def _noun(text: str, words: Sequence[Token], start: int, stop: int, vague: bool) -> tuple[int, str, Equipment] | None:
    """The last word of the gazetteer in the run of words behind a number, and where the run ends."""
    run: list[Token] = []
    for token in words:
        if token.start < start:
            continue
        if token.start >= stop or len(run) == LONGEST:
            break
        if token.low == "and" and run and run[-1].low not in ("of", "more") and not any(True for _ in vocabulary.equipment().find(run)):
            run.append(token)
            continue
        if _ended(token, run, text, vague):
            break
        run.append(token)
    hits = list(vocabulary.equipment().find(run))
    if not hits:
        return None
    hit = hits[-1]
    first = next(place for place, token in enumerate(run) if token.low not in ("of", "more", "further", "new", "additional", "-", "its", "the"))
    end = _model_end(run, hit.last)
    if end + 1 < len(run) and _other_noun(run[end + 1]):
        return None
    named = next((each.value for each in hits if each.value.kind == "named"), hit.value)
    value = hit.value if hit.value.kind in ("people", "bulk") or named.kind != "named" else named._replace(unit=hit.value.unit, kind=hit.value.kind)
    return run[end].end, text[run[min(first, end)].start : run[end].end], value


def _ended(token: Token, run: Sequence[Token], text: str, vague: bool) -> bool:
    low = token.low
    if low == "of":
        if not run and re.match(r"\s(?:its|their|our)\b", text[token.end :]):
            return False
        return not (vague if not run else len(run) <= 3 or run[-1].low in ("rounds", "pieces", "units", "types", "type", "sets", "shells"))
    if low in ENDS:
        return text[token.start - 1 : token.start] != "-"
    if token.text in "-/'’\"“”‘" or (token.text == "." and run and text[token.end : token.end + 1].isdigit()):
        return False
    if not token.text[0].isalnum():
        return True
    return token.text.isdigit() and len(token.text) > 3 and bool(run) and text[token.start - 1] == " " and int(token.text) > 1900 and int(token.text) < 2035


def _other_noun(token: Token) -> bool:
    """Whether a plural behind the equipment is what is counted: six munitions plants, two Patriot crews."""
    grammar = vocabulary.grammar()
    return token.text.islower() and len(token.low) > 4 and token.low.endswith("s") and token.low not in grammar["determiners"] | grammar["pronouns"]


def _model_end(run: Sequence[Token], place: int) -> int:
    """A model may go on behind its name: Leopard 1 A5, Iris-T SLM, of the type Marder."""
    while place + 1 < len(run) and re.fullmatch(r"\d{1,4}s?|[A-Z]\d{1,2}\w{0,2}|\d[A-Z]\d?|[A-Z]{2,4}|-", run[place + 1].text):
        place += 1
    return place if run[place].text != "-" else place - 1


def _single(item: str, equipment: Equipment, article: str) -> bool:
    """What "a" counts: one named or heavy thing, not a bundle, a plan or a kind."""
    if BUNDLE.search(item):
        return False
    last = item.rsplit(" ", 1)[-1].casefold()
    heavy = equipment.unit in ("systems", "aircraft", "boats", "tanks") and equipment.capability in ("air_defence", "aviation", "maritime", "armour", "surveillance", "long_range_strike")
    singular = not last.endswith("s") or last in ("nasams", "himars")
    return heavy and singular and equipment.kind in ("piece", "named")


def _words(found: re.Match[str], text: str, end: int) -> str:
    """The quantity as the ledger writes it: 30, about 50, over 20, 300 to 400, hundreds of thousands."""
    vague = found["vague"] or found["vague_2"]
    if vague:
        return vague.casefold()
    if found["article"]:
        return "1"
    low = numerals.times(numerals.value(found["number"], bool(found["scale"])), numerals.factor(found["scale"] or found["high_scale"] or ""))
    if found["high"]:
        high = numerals.times(numerals.value(found["high"], bool(found["high_scale"])), numerals.factor(found["high_scale"] or found["scale"] or ""))
        return f"{low:,.0f} to {high:,.0f}" if low < high else f"{low:,.0f}"
    qualifier = before(text[: found.start()]) or behind(text[end:])
    return f"{_ledger_word(qualifier)} {low:,.0f}".strip()


def _ledger_word(qualifier: str) -> str:
    return quantity.QUALIFIERS[qualifier][0] if qualifier in quantity.QUALIFIERS else ""


OF_MORE = re.compile(rf"\s+of (?:the |its |their |a total of )?(?:more than |over |some |about )?{numerals.NUMBER}\s", re.I)
FAR = re.compile(r"\s(?:more\b(?! than)|to the (?:\w+|\d+) (?:it|they|he|she|already|promised|pledged)|(?:it|they) (?:had |has |have )?(?:announced|promised|pledged|sent|delivered)|others?\b|of them\b)", re.I)
ELLIPSIS = re.compile(r"\s*(?:$|[.,;)](?!\d)|(?:more|others?)\b(?!\s+(?:than|countries|nations|states))|(?:promised|pledged|will|have|had|were|are|from|by|and|in|to|this|next|had been|already|coming|arriving|due|each|so far|delivered|sent|donated|that|which|of (?:them|those|these)(?! (?:are|is|was|were|being|of|for|in)\b)|of (?:them|which|those|these) (?:will|would|could|have|has|had|can|shall|should|to)|it announced|it promised|they promised|they announced|to the)\b)", re.I)


def _elliptic(found: re.Match[str], text: str, words: Sequence[Token], former: Piece, far: bool) -> Piece | None:
    if not found["number"] or not _countable(found, text) or _of_model(found, words) or not ELLIPSIS.match(text, found.end()) or found["scale"] in ("m", "k", "b"):
        return None
    if re.search(r"\b(?:in|since|by|until|from|at|on|of|aged|than|'s) $", text[: found.start()], re.I) and not re.search(r"\d,\d{3}$|of $", found[0] if "," in found[0] else text[: found.start()]):
        return None
    if far and not FAR.match(text, found.end()):
        return None
    if found[0].casefold() == "one":
        return None
    return Piece(found.start(), found.end(), _words(found, text, found.end()), former.item, former.equipment, elliptic=True)
