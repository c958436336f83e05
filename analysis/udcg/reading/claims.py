"""A text -> proposed claims: each mention is judged, given its donors, stage and currency, and tied to what it is part of."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from udcg import money, quantity
from udcg.reading import currency, vocabulary
from udcg.reading.aid import VIOLENT, Context, for_ukraine, judged
from udcg.reading.amounts import Amount
from udcg.reading.clauses import Clause, Mention, Parsed, parsed
from udcg.reading.givers import GIFTS, Party, free, of_noun, own_share, subject, thanked
from udcg.reading.governing import chain, governing
from udcg.reading.period import period
from udcg.reading.pieces import Piece
from udcg.reading.record import Indicator, Record
from udcg.reading.sentences import sentences
from udcg.reading.stages import stage
from udcg.reading.tokens import Found
from udcg.reading.verbs import Act
from udcg.reading.vocabulary import Name
from udcg.reading.wholes import contents, converts, whole

PACKAGE = re.compile(r"\bpackage\b")
MEMORY = 3  # sentences after which "it" and "the package" no longer mean what was promised
WISHES = ("want", "hope")
ANAPHORA = frozenset("worth value valued cost costs it this these they among of with he she we also additionally another its their our both all".split())


class Frame(NamedTuple):
    """What a sentence may go on about: donors, stage, number of the sentence, the record of the package, and whether a list hangs on it."""

    donors: tuple[str, ...]
    stage: str
    sentence: int
    package: int | None
    heads: bool = False


@dataclass
class Reading:
    """The state of reading a text: claims and indicators so far, who was spoken of last, and what may be gone on about."""

    date: str
    own: Mapping[str, str]
    records: list[Record] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    focus: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    frame: Frame | None = None
    ukraine: bool = False
    elsewhere: bool = False
    refused: int = -9
    belgian: bool = False
    accepted: int = -9


def claims(text: str, date: str, own: Mapping[str, str]) -> tuple[list[Record], list[Indicator]]:
    """Read a text.

    Args:
        text: The text; places are code points in it.
        date: Its day as 2025-04-11; "" where not known.
        own: Currency of each donor by code.
    """
    read = _parsed(text)
    names = [name.value for each in read for name in each.names]
    givers = [(name.value.code, free(each, name)) for each in read for name in each.names if name.value.role == "giver" and name.value.kind != "group"]
    counts = Counter(code for code, acts in givers if acts) or Counter(code for code, _ in givers if code != "EU")
    named = tuple(code for code, _ in counts.most_common(1))
    group = ("UDCG",) if any(name.code == "UDCG" for name in names) or "Ramstein" in text else ()
    state = Reading(date, own, main=named or group)
    state.ukraine = any(name.role == "recipient" for name in names) or any(noun.value == "ukraine" for each in read for noun in each.aid) or any(name.code in ("UDCG", "IFU", "EPF") for name in names)
    state.belgian = any(name.code == "BE" for name in names) and not any(name.code == "EU" and name.kind != "capital" for name in names)
    state.elsewhere = any(name.role == "other" for name in names)
    for number, each in enumerate(read):
        _sentence(state, each, number)
    return state.records, state.indicators


def _parsed(text: str) -> list[Parsed]:
    """The sentences in their order; each knows the last quantity of the one before, whose noun it may leave out."""
    read: list[Parsed] = []
    for sentence in sentences(text):
        former = next((mention.said for mention in reversed(read[-1].mentions) if isinstance(mention.said, Piece)), None) if read else None
        currency = next((mention.said.currency for each in reversed(read[-2:]) for mention in reversed(each.mentions) if isinstance(mention.said, Amount)), "")
        read.append(parsed(sentence, former, currency))
    return read


def _sentence(state: Reading, each: Parsed, number: int) -> None:
    _recall(state, each, number)
    if state.frame and not state.frame.heads and number - state.frame.sentence > MEMORY:
        state.frame = None
    first = len(state.records)
    for index, clause in enumerate(each.clauses):
        for mention in clause.mentions:
            _mention(state, each, index, mention, number, first)
    _in_turn(state, each, first)
    _remember(state, each, number, first)


def _in_turn(state: Reading, each: Parsed, first: int) -> None:
    """Riga and Tallinn give 10 and 9 million respectively: each its own."""
    new = state.records[first:]
    if new and "respectively" in each.lows(0, len(each.tokens)) and all(len(record.donors) == len(new) for record in new):
        state.records[first:] = [replace(record, donors=(record.donors[place],)) for place, record in enumerate(new)]


def _recall(state: Reading, each: Parsed, number: int) -> None:
    """Where a sentence begins with "The latest package", it goes on about the last one, however far back that was."""
    opening = each.lows(0, 5)
    packages = [place for place, record in enumerate(state.records) if record.amount is not None and record.same_as is None and PACKAGE.search(record.around)]
    if packages and opening[:1] and opening[0] in ("the", "this") and "package" in opening:
        last = state.records[packages[-1]]
        state.frame = Frame(last.donors, last.stage, number, packages[-1])


def _verbal(each: Parsed) -> bool:
    """Whether the first mention of a sentence has a verb that governs it."""
    index = next(index for index, clause in enumerate(each.clauses) if clause.mentions)
    return governing(each, index, each.clauses[index].mentions[0])[0] is not None


def _mention(state: Reading, each: Parsed, index: int, mention: Mention, number: int, first: int) -> None:
    act, acting = governing(each, index, mention)
    if act and act.verb in WISHES and (wisher := subject(each, acting, act)) and wisher.role == "recipient":
        act = act._replace(sense="ask")
    if act and act.sense in ("give", "pay", "promise", "commit") and any(other.sense == "ask" for other in chain(each, acting, act)):
        act = act._replace(sense="ask")
    clause = each.clauses[index]
    listed = state.frame is not None and state.frame.heads and act is None
    lately = (state.frame is not None and number - state.frame.sentence <= 1) or number - state.accepted <= 1
    follows = state.frame is not None and (listed or each.sentence.bullet or _goes_on(each, clause)) or len(state.records) > first
    party = _at_home(state, _party(state, each, index, mention, act, acting, follows, first))
    around = Context(state.ukraine, state.elsewhere, follows, lately)
    twin = converts(each, mention, [record for record in state.records[first:]], state.own)
    verdict = judged(each, clause, mention, act, each.clauses[acting], party, around)
    if verdict.reason in ("budget", "company", "domestic", "elsewhere", "sanctions", "civilian"):
        state.refused = number
    of_it = each.lows(mention.last + 1, mention.last + 3) in (["of", "it"], ["of", "this"], ["of", "that"])
    hangs = party is not None and (of_it or party.how in ("focus", "main")) and number - state.refused == 1 and not any(name.value.role == "recipient" for name in each.names)
    if verdict.sure and not hangs:
        here = _record(state, each, mention, act, acting, party, verdict.sure, first, twin, follows)
        state.records.append(here)
        state.accepted = number
        lately_said = state.frame.package if state.frame and lately else None
        for inner in contents(each, here, len(state.records) - 1, state.records, first, lately_said):
            state.records[inner] = replace(state.records[inner], part_of=len(state.records) - 1)
    elif isinstance(mention.said, Piece) and (verdict.reason in VIOLENT or any(cue.value in VIOLENT for cue in each.cues)):
        said, start = mention.said, each.sentence.start
        state.indicators.append(Indicator(start + said.start, start + said.end, said.words, said.item, verdict.reason, each.sentence.text[said.start : said.end]))


def _at_home(state: Reading, party: Party | None) -> Party | None:
    """Brussels is the Belgian government where the text speaks of Belgium and not of the Union."""
    if party is None or not state.belgian or "EU" not in party.codes:
        return party
    return party._replace(codes=tuple(dict.fromkeys("BE" if code == "EU" else code for code in party.codes)))


def _goes_on(each: Parsed, clause: Clause) -> bool:
    """Whether a sentence or clause goes on about what was promised before: The package, It, Of this, Among them."""
    if any(each.lows(mention.last + 1, mention.last + 3) in (["of", "it"], ["of", "this"], ["of", "that"], ["of", "them"]) for mention in clause.mentions):
        return True
    for start in {0, clause.first}:
        words = each.lows(start, start + 5)
        if words and (words[0] in ANAPHORA or (words[0] in vocabulary.grammar()["determiners"] and GIFTS.intersection(words)) or "shipment" in words or "order" in words):
            return True
    return False


def _inside(each: Parsed, clause: Clause, act: Act | None, frame: Frame) -> bool:
    """Whether a sentence says what is in the package that it goes on about, as a point of a list does."""
    opening = each.lows(0, 2)
    of_it = bool(opening) and (opening[0] == "among" or opening[0] == "of" or each.sentence.text[:12].casefold().startswith(("part of it", "some of it")))
    listed = frame.heads or each.sentence.bullet
    return listed or of_it or (act is not None and act.sense == "contain" and _goes_on(each, clause)) or (act is None and _goes_on(each, clause))


def _party(state: Reading, each: Parsed, index: int, mention: Mention, act: Act | None, acting: int, follows: bool, first: int) -> Party | None:
    clause = each.clauses[index]
    found = subject(each, acting, act) if act else subject(each, index, None)
    if act and act.sense == "receive" and found and found.role != "recipient":
        return Party(found.codes, "giver" if for_ukraine(each, clause, mention) and found.role == "giver" else "other", "subject")
    share = own_share(each, clause, mention, act)
    if share:
        return share
    if act and act.sense == "thank" and found and found.role != "enemy":
        codes = thanked(each, each.clauses[acting], act)
        return Party(codes, "giver", "thanked") if codes else None
    if found and found.role == "recipient" and not (act and act.sense == "ask"):
        noun = of_noun(each, clause, mention)
        receives = act is not None and act.sense in ("receive", "say")
        return (noun or _remembered(state, each, index, follows)) if receives or noun or act is None else found
    if found and not (act is None and found.role == "enemy" and follows):
        return found
    asked = act is not None and act.sense == "ask"
    if act and len(state.records) > first and not any(name.value.role == "giver" and free(each, name) for name in clause.names):
        return of_noun(each, clause, mention) or Party(state.records[-1].donors, "giver", "frame")
    return of_noun(each, clause, mention) or (of_noun(each, each.clauses[acting], mention) if acting != index else None) or (Party(("UA",), "recipient", "ask") if asked and _speaker(each, index, "recipient") else None) or _remembered(state, each, index, follows)


def _remembered(state: Reading, each: Parsed, index: int, follows: bool) -> Party | None:
    """Who was spoken of: the speaker of the sentence, the donors of what the sentence goes on about, or the last subject."""
    speaker = _speaker(each, index, "giver")
    if speaker:
        return Party(speaker, "giver", "speaker")
    if follows and state.frame and state.frame.donors:
        return Party(state.frame.donors, "giver", "frame")
    if state.focus:
        return Party(state.focus, "giver", "focus")
    return Party(state.main, "giver", "main") if state.main else None


def _speaker(each: Parsed, index: int, role: str) -> tuple[str, ...]:
    """Those named in the other clauses of a sentence who act or speak there, the clauses before first."""
    order = [*range(index, -1, -1), *range(index + 1, len(each.clauses))]
    for place in order:
        codes = tuple(dict.fromkeys(name.value.code for name in each.clauses[place].names if name.value.role == role and _speaks(each, name)))
        if codes:
            return codes[:1]
    return ()


def _words(each: Parsed, mention: Mention, acting: int) -> str:
    """The words of the clause of a mention, and of an opening such as "Since the invasion"."""
    clause, text = each.clauses[acting], each.sentence.text
    own = next(clause for clause in each.clauses if mention in clause.mentions)
    opening = text if text.casefold().startswith(("since", "so far", "in total", "altogether", "in all")) else ""
    return " ".join([opening, *(text[each.tokens[part.first].start : each.tokens[part.last - 1].end] for part in (own, clause))])


def _speaks(each: Parsed, name: Found[Name]) -> bool:
    place = name.first - (2 if each.low(name.first - 1) == "the" else 1)
    return free(each, name) or (each.low(place) == "to" and each.low(place - 1) == "according")


def _record(state: Reading, each: Parsed, mention: Mention, act: Act | None, acting: int, party: Party | None, sure: float, first: int, twin: int | None, follows: bool) -> Record:
    said, start, text = mention.said, each.sentence.start, each.sentence.text
    donors = party.codes if party else ()
    inherited = state.frame.stage if state.frame and follows else state.records[-1].stage if len(state.records) > first else ""
    here = Record(
        start + said.start,
        start + said.end,
        stage(act, chain(each, acting, act), mention.money, _words(each, mention, acting) if act else text, inherited, act is not None and mention.last < act.first),
        donors,
        period=period(text, state.date),
        confidence=sure,
        mention=text[said.start : said.end],
        sentence=(start, each.sentence.end),
        around=text,
    )
    package = state.frame.package if state.frame and _inside(each, each.clauses[acting], act, state.frame) else None
    if twin is not None:
        other = state.records[first + twin]
        here = replace(here, donors=other.donors, stage=other.stage, same_as=first + twin, part_of=other.part_of)
    filled = _sum(state, here, said, first, twin) if isinstance(said, Amount) else _quantity(here, said)
    part = whole(each, mention, filled, state.records, first, package) if twin is None else here.part_of
    return replace(filled, part_of=part)


def _sum(state: Reading, here: Record, said: Amount, first: int, twin: int | None) -> Record:
    before = next((record.currency for record in reversed(state.records) if record.currency), "")
    converted = state.records[first + twin].currency if twin is not None else ""
    code = currency.meant(said.currency, here.donors, (*state.focus, *state.main), state.own, before or "", converted or "")
    low, _, high = money.ends(said.qualifier, said.amount, said.high if said.high is not None else float("nan"))
    return replace(here, amount=said.amount, amount_low=_open(low), amount_high=_open(high), qualifier=said.qualifier, currency=code or None)


def _quantity(here: Record, said: Piece) -> Record:
    low, _, high = quantity.ends(said.words)
    equipment = said.equipment
    return replace(here, quantity_low=_open(low), quantity_high=_open(high), quantity_text=said.words, item=said.item, capability=equipment.capability, unit=equipment.unit)


def _open(end: float) -> float | None:
    return None if end != end else end  # noqa: PLR0124 (an open end is NaN)


def _remember(state: Reading, each: Parsed, number: int, first: int) -> None:
    """Keep who was spoken of, and what may be gone on about."""
    subjects = [subject(each, index, clause.acts[0]) for index, clause in enumerate(each.clauses) if clause.acts]
    givers = [party.codes for party in subjects if party and party.role == "giver"]
    named = [name.value.code for name in each.names if name.value.role == "giver" and free(each, name)]
    state.focus = givers[-1] if givers else tuple(named[:1]) or state.focus
    new = state.records[first:]
    heads = each.sentence.text.rstrip().endswith(":")
    if new:
        package = next((first + place for place, record in enumerate(new) if record.amount is not None and record.same_as is None), None)
        kept = state.frame.package if state.frame and package is None else package
        if not (each.sentence.bullet or (state.frame and state.frame.heads and not _verbal(each))):
            lead = new[0] if package is None else state.records[package]
            state.frame = Frame(lead.donors, lead.stage, number, kept, heads)
    elif heads and (each.aid or givers or named):
        donors = givers[-1] if givers else tuple(named[:1]) or (state.frame.donors if state.frame else ())
        listed = "delivery" if re.search(r"\bdeliver(?:ies|ed)\b", each.sentence.text) else "pledge"
        kept_stage = state.frame.stage if state.frame and not givers and listed == "pledge" else listed
        state.frame = Frame(donors, kept_stage, number, state.frame.package if state.frame else None, heads=True)
    elif each.aid and (givers or named) and not each.cues and any(name.value.role == "recipient" for name in each.names) and not any(each_.acts for each_ in each.clauses):
        state.frame = Frame(givers[-1] if givers else tuple(named[:1]), "pledge", number, None)
    elif any(act.sense in ("promise", "give", "commit") for clause in each.clauses for act in clause.acts) and each.aid and givers:
        deciding = next(act for clause in each.clauses for act in clause.acts if act.sense in ("promise", "give", "commit"))
        state.frame = Frame(givers[-1], stage(deciding, [], True, each.sentence.text, ""), number, None)
