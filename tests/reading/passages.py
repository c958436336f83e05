"""The passages of the evaluation and their claims: `text`, then one line a claim: words | stage | donors | value."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from udcg import money, quantity

FOLDER = Path(__file__).parent / "passages"
FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")  # of the hand that wrote the rules
OTHERS = ("agency", "ministry", "press", "analysis", "lists", "mixed", "donors", "sentences", "again")  # of hands that had not seen them
HELD_OUT = ("heldout", "unseen")  # nothing is fitted to them


@dataclass(frozen=True)
class Claim:
    """A claim that a reader should find: place, stage, donors, and an amount with its currency or the words of a quantity."""

    start: int
    end: int
    stage: str
    donors: frozenset[str]
    currency: str
    low: float
    high: float
    optional: bool

    @property
    def money(self) -> bool:
        """Whether it is a sum."""
        return bool(self.currency)


@dataclass(frozen=True)
class Passage:
    """A short text of a style and a day, with its claims; none where nothing in it is military aid to Ukraine."""

    name: str
    style: str
    date: str
    text: str
    claims: tuple[Claim, ...]

    @property
    def negative(self) -> bool:
        """Whether nothing in it is a claim."""
        return not self.claims


def all_of(names: Iterable[str]) -> list[Passage]:
    """Read several files of passages."""
    return [passage for name in names for passage in read(name)]


def read(name: str) -> list[Passage]:
    """Read one file of passages."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [_passage(block) for block in text.split("=== ")[1:]]


def _passage(block: str) -> Passage:
    head, rest = block.split("\n", 1)
    text, _, gold = rest.partition("---\n")
    name, style, date = (part.strip() for part in head.split("|"))
    return Passage(name, style, date, text, tuple(claim(line, text) for line in gold.splitlines() if line.strip()))


def claim(line: str, text: str, start: int = -1, end: int = -1) -> Claim:
    """Read one claim; its place is that of its words in the text where no place is given."""
    words, stage, donors, value = (part.strip() for part in line.split("|"))
    optional, words = words.startswith("?"), words.removeprefix("?").strip()
    if start < 0:
        start = text.index(words)
        end = start + len(words)
    low, high, currency = _value(value)
    return Claim(start, end, stage, frozenset(donors.split()), currency, low, high, optional)


def _value(value: str) -> tuple[float, float, str]:
    head, _, last = value.rpartition(" ")
    if len(last) == 3 and last.isupper():
        qualifier, _, amount = head.rpartition(" ")
        least, _, most = amount.partition("..")
        low, _, high = money.ends("between" if most else qualifier or "exact", float(least), float(most or "nan"))
        return low, high, last
    words = value.replace("at_least", "at least").replace("up_to", "up to").replace("..", " to ")
    number = words.rpartition(" ")[2]
    spaced = words.replace(number, f"{int(number):,}") if number.isdigit() else words
    low, _, high = quantity.ends(spaced)
    return low, high, ""
