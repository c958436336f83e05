"""What a reader keeps in mind from sentence to sentence: who was spoken of, what was promised, what the text is on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from udcg.reading import currency
from udcg.reading.acting import free, group, groups
from udcg.reading.clauses import Parsed, called
from udcg.reading.givers import subject
from udcg.reading.governing import governing
from udcg.reading.judge import Judge
from udcg.reading.record import Indicator, Record
from udcg.reading.stages import stage

LASTS = 3  # sentences after which "it" and "the package" no longer mean what was promised
LONG_AGO = -9
PACKAGE = re.compile(r"\bpackage\b")
DELIVERED = re.compile(r"\bdeliver(?:ies|ed)\b")
TOPIC = (
    "aid",
    "assistance",
    "support",
    "help",
    "package",
    "weapons",
    "arms",
    "deliveries",
    "supplies",
    "donation",
    "army",
    "forces",
    "military",
    "defence",
    "defense",
    "hardware",
    "material",
    "gear",
)
ABOUT_UKRAINE = ("UDCG", "IFU")


class Frame(NamedTuple):
    """What a sentence may go on about: donors, stage, number of the sentence, the record of the package, and whether a list hangs on it."""

    donors: tuple[str, ...]
    stage: str
    sentence: int
    package: int | None
    heads: bool = False


@dataclass
class Memory:
    """Claims and indicators so far, and the state of reading.

    read: the sentences of the text; judge: what weighs signs; named: how often each giver is named, in the order of the text; focus: who
    was spoken of last; main: whose text it is; ukraine, elsewhere, belgian, topic: whether the text names Ukraine, other countries at
    war, Belgium but not the Union, and speaks of aid at all; accepted, refused: the last sentence with a claim, and with a mention that
    is none; first: the first record of this sentence; said: the first record of each claim, by what it says; package: the last sum of a
    sentence on a package; groups: the givers that each sentence joins by "and"; us_dollars: whether bare
    dollars are those of the United States, whoever gives.
    """

    date: str
    own: Mapping[str, str]
    rates: Mapping[str, float]
    read: Sequence[Parsed]
    judge: Judge
    named: Counter[str] = field(default_factory=Counter)
    main: tuple[str, ...] = ()
    ukraine: bool = False
    elsewhere: bool = False
    belgian: bool = False
    topic: bool = False
    records: list[Record] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    focus: tuple[str, ...] = ()
    frame: Frame | None = None
    accepted: int = LONG_AGO
    refused: int = LONG_AGO
    first: int = 0
    said: dict[tuple[object, ...], int] = field(default_factory=dict)
    package: int | None = None
    groups: list[list[frozenset[str]]] = field(default_factory=list)
    us_dollars: bool = False

    @property
    def new(self) -> list[Record]:
        """The records of this sentence."""
        return self.records[self.first :]

    def lately(self, number: int) -> bool:
        """Whether the sentence before promised something."""
        return (self.frame is not None and number - self.frame.sentence <= 1) or number - self.accepted <= 1


def opened(text: str, read: Sequence[Parsed], date: str, own: Mapping[str, str], rates: Mapping[str, float], judge: Judge) -> Memory:
    """Look over a text: whose it is, and what it is on."""
    names = [name.value for each in read for name in each.names]
    codes = {name.code for name in names}
    return Memory(
        date,
        own,
        rates,
        read,
        judge,
        named=Counter(name.code for name in names if name.role == "giver"),
        main=_main(text, read, codes),
        ukraine=any(name.role == "recipient" for name in names) or bool(codes.intersection(ABOUT_UKRAINE)) or _of_ukraine(read),
        elsewhere=any(name.role == "other" for name in names),
        topic=any(noun.value != "military" or each.low(noun.last) in TOPIC for each in read for noun in each.aid),
        belgian="BE" in codes and not any(name.code == "EU" and name.kind != "capital" for name in names),
    )


def context(memory: Memory, follows: bool, number: int) -> list[str]:
    """The signs of a mention that lie in what was read before it."""
    there = {
        "text on ukraine": memory.ukraine,
        "text names others": memory.elsewhere,
        "text on aid": memory.topic,
        "goes on": follows,
        "lately": memory.lately(number),
        "list": memory.frame is not None and memory.frame.heads,
        "refused here": memory.refused == number,
        "refused before": memory.refused == number - 1,
        "accepted here": bool(memory.new),
        "first sentence": number == 0,
    }
    return [sign for sign, so in there.items() if so]


def _main(text: str, read: Sequence[Parsed], codes: set[str]) -> tuple[str, ...]:
    """The giver that acts most often, else the one named most often, else the allies, else the Union."""
    givers = [(name.value.code, free(each, name)) for each in read for name in called(each, "giver") if name.value.kind != "group"]
    counts = Counter(code for code, acts in givers if acts) or Counter(code for code, _ in givers if code != "EU")
    allies = ("UDCG",) if "UDCG" in codes or "Ramstein" in text else ()
    union = ("EU",) if any(code == "EU" for code, _ in givers) else ()
    return tuple(code for code, _ in counts.most_common(1)) or allies or union


def _of_ukraine(read: Sequence[Parsed]) -> bool:
    return any(noun.value == "ukraine" for each in read for noun in each.aid)


def begin(memory: Memory, each: Parsed, number: int) -> None:
    """Forget what is too far back; where a sentence begins with "The latest package", call to mind the last one."""
    memory.first = len(memory.records)
    memory.groups.append(groups(each))
    opening = each.lows(0, 5)
    if memory.package is not None and opening[:1] and opening[0] in ("the", "this") and "package" in opening:
        last = memory.records[memory.package]
        memory.frame = Frame(last.donors, last.stage, number, memory.package)
    elif memory.frame and not memory.frame.heads and number - memory.frame.sentence > LASTS:
        memory.frame = None


def end(memory: Memory, each: Parsed, number: int) -> None:
    """Keep who was spoken of, and what may be gone on about."""
    subjects = [subject(each, index, clause.acts[0]) for index, clause in enumerate(each.clauses) if clause.acts]
    givers = [party.codes for party in subjects if party and party.role == "giver"]
    acting = group(each, [name for name in called(each, "giver") if free(each, name)])
    named = tuple(dict.fromkeys(name.value.code for name in acting))
    memory.us_dollars = memory.us_dollars or any(currency.in_us_dollars(record, memory.own) for record in memory.new)
    memory.focus = givers[-1] if givers else named or memory.focus
    frame = _claimed(memory, each, number) if memory.new else _announced(memory, each, number, givers[-1] if givers else (), named)
    memory.frame = frame or memory.frame


def _claimed(memory: Memory, each: Parsed, number: int) -> Frame | None:
    """The frame that the claims of a sentence make; the points of a list leave the one that they hang on."""
    if each.sentence.bullet or (memory.frame and memory.frame.heads and not _verbal(each)):
        return None
    sums = [
        place
        for place in range(memory.first, len(memory.records))
        if memory.records[place].amount is not None and memory.records[place].same_as is None
    ]
    lead = memory.records[sums[0]] if sums else memory.new[0]
    package = sums[0] if sums else memory.frame.package if memory.frame else None
    return Frame(lead.donors, lead.stage, number, package, _leads_list(each))


def _announced(memory: Memory, each: Parsed, number: int, acting: tuple[str, ...], named: tuple[str, ...]) -> Frame | None:
    """The frame of a sentence without a number that promises, or that heads a list."""
    donors = acting or named
    acts = [act for clause in each.clauses for act in clause.acts]
    if _leads_list(each) and (each.aid or donors):
        before = memory.frame
        said = "delivery" if DELIVERED.search(each.sentence.text) else "pledge"
        kept = before.stage if before and not acting and said == "pledge" else said
        return Frame(donors or (before.donors if before else ()), kept, number, before.package if before else None, heads=True)
    if each.aid and donors and called(each, "recipient") and not acts and not each.cues:
        said = "delivery" if DELIVERED.search(each.sentence.text) else "pledge"
        return Frame(donors, said, number, None, heads=each.sentence.text.rstrip()[-1:].isalnum())
    deciding = [act for act in acts if act.sense in ("promise", "give", "commit")]
    if deciding and each.aid and acting:
        return Frame(acting, stage(deciding[0], [], True, each.sentence.text, ""), number, None)
    return None


def _leads_list(each: Parsed) -> bool:
    return each.sentence.text.rstrip().endswith(":")


def _verbal(each: Parsed) -> bool:
    """Whether the first mention of a sentence has a verb that governs it."""
    index = next(index for index, clause in enumerate(each.clauses) if clause.mentions)
    return governing(each, index, each.clauses[index].mentions[0])[0] is not None
