"""Prose is bound to data: no number without the facts behind it, and a claim that changes is seen where it is told, and only there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from shown import shown, undrawn
from udcg import views
from udcg.ledger import Ledger
from udcg.views.open import giving
from udcg.views.page import Page

Json = dict[str, Any]
Blocks = list[Json]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ROWS = "requests?|points?|promises?|changes?|findings?|deliver(?:y|ies)|claims?|pages?|packages?|facts? (?:is|are)|windows?|days"
# numbers that are no statement of the evidence: days, names of meetings, counts of what a page lists, and how the page was made
DECLARED = re.compile(
    rf"(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}"
    r"|\b(?:19|20)\d\d\b(?:-\d\d-\d\d)?"
    r"|\b\d+(?:st|nd|rd|th)\b|\bmeeting \d+\b|\b\d+ is the time (?:after|since) the last meeting"
    rf"|\b\d[\d,]* (?:older |more |smaller |earlier )?(?:{ROWS})\b"
    r"|page data [0-9a-f]+, udcg [\d.]+\b|on \d+ of them they differ \(disagreement index \d+ %\)"
    r"|\(release [^)]*\(commit [0-9a-f]+\)\)"
    r"|5 % either side|\b1 where one donor gives all"
)


@dataclass(frozen=True, eq=False)
class Unit:
    """A sentence, a row, a key figure or a figure with what is told of it: where it stands, what it says, the facts behind it."""

    place: tuple[int, int]
    text: str
    facts: frozenset[str]


def _page(name: str, evidence: Ledger) -> tuple[Page, Blocks]:
    kind, _, value = name.partition("-")
    words = {"meeting": [int(value)] if value.isdigit() else [], "donor": [value]}.get(kind, [])
    kind = "eve" if name == "meeting-next" else kind
    view = getattr(views, kind)(*words, evidence=evidence)
    return view, shown(view, kind)


def _texts(block: Json) -> list[Blocks]:
    """The texts of a block, as lists of spans: paragraphs, rows with their cells together, key figures, a figure with its caption."""
    match block["kind"]:
        case "prose":
            return list(block["paragraphs"])
        case "table":
            return [[span for cell in row for span in (*cell, {"text": " | ", "facts": []})] for row in block["rows"]]
        case "key_figures":
            return [[{"text": f"{item['label']}: {item['value']} ({item['note']})", "facts": item["facts"]}] for item in block["items"]]
        case "figure":
            told = {"text": "\n".join((block["title"], block["alt"], block["svg"])), "facts": []}
            return [[told, *block["caption"]]]
        case _:
            return []


def _units(blocks: Blocks) -> Iterator[Unit]:
    for place, block in enumerate(blocks):
        for part, spans in enumerate(_texts(block)):
            facts = frozenset(fact for span in spans for fact in span["facts"])
            yield Unit((place, part), "".join(span["text"] for span in spans), facts)


def _unbound(blocks: Blocks) -> Iterator[str]:
    """What is printed without a fact: spans of prose, captions and notes; rows, key figures and figures as a whole."""
    for block in blocks:
        whole = block["kind"] in {"table", "key_figures", "figure"}
        for spans in _texts(block):
            bound = whole and any(span["facts"] for span in spans)
            yield from (span["text"] for span in spans if not bound and not span["facts"])
        yield from (span["text"] for name in ("note", "caption") for span in _spans(block.get(name)) if not span["facts"])


def _spans(text: Any) -> Blocks:
    return text if isinstance(text, list | tuple) else []


def _named(view: Page) -> re.Pattern[str]:
    """Titles with a number in them, whole or shortened, longest first: a number in a name states nothing."""
    titles = {fact["title"] for fact in view.data["facts"] if re.search(r"\d", fact["title"])}
    cut = {f"{title[: space.start()]}…" for title in titles for space in re.finditer(" ", title)}
    return re.compile("|".join(map(re.escape, sorted(titles | cut, key=len, reverse=True))) or "(?!)")


def _loose(view: Page, blocks: Blocks) -> list[str]:
    """Texts with a number that is neither bound nor declared, and the number's surroundings."""
    names = _named(view)
    left = [DECLARED.sub("", names.sub("", text)) for text in _unbound(blocks)]
    return [text for text in left if re.search(r"\d", text)]


@pytest.fixture(scope="module")
def opened(real: Ledger) -> Iterator[dict[str, tuple[Page, Blocks]]]:
    """Open every page, and draw no figure meanwhile."""
    names = [f"meeting-{number}" for number in real.meetings["meeting"]] + [f"donor-{code}" for code in giving(real)]
    with undrawn():
        yield {name: _page(name, real) for name in [*names, "meeting-next", "coalition"]}


def test_no_number_stands_without_its_facts(opened: Mapping[str, tuple[Page, Blocks]]):
    """On no page; what is declared aside: days, names, counts of rows."""
    found = {name: _loose(view, blocks) for name, (view, blocks) in opened.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(found) > 60


def test_a_number_without_facts_is_found(real: Ledger):
    """A sum, a share, a quantity and a rank that are only typed; a name, a day and a count of rows are none."""
    view, _ = _page("meeting-27", real)
    title = next(fact["title"] for fact in view.data["facts"] if re.search(r"\d", fact["title"]))
    typed = ["EUR 5m more", "30 % of it", "30 missiles", "rank 5", f"{title}, 11 April 2025; 3 more points"]
    blocks: Blocks = [{"kind": "prose", "paragraphs": [[{"text": text, "facts": []}] for text in typed]}]
    assert _loose(view, blocks) == typed[:4]
    assert _loose(view, [{"kind": "prose", "paragraphs": [[{"text": text, "facts": ["a"]}] for text in typed]}]) == []


# claim, its column and its new value, and the pages of those opened here on which it shows
WATCHED = ("meeting-27", "meeting-33", "meeting-next", "donor-DE", "donor-SE", "donor-NO", "coalition")
CHANGES = [
    ("m27-be-003", "quantity_text", "5", {"meeting-27", "meeting-33", "meeting-next", "coalition"}),
    ("m27-se-011", "amount", 3e9, {"meeting-27", "donor-SE"}),
    ("m33-de-001", "amount", 14e9, {"meeting-33", "donor-DE"}),
    ("m33-de-010", "amount", 9e9, {"meeting-next", "donor-DE", "coalition"}),
    ("m33-no-703", "amount", 11e9, {"meeting-33", "donor-NO"}),
]


@pytest.mark.parametrize(("claim", "column", "value", "shows"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_claim_changes_what_tells_of_it_and_nothing_else(opened, real: Ledger, claim: str, column: str, value: Any, shows: set[str]):
    """Each sum with the claim's fact behind it is another one; every sentence, row and figure that changes has that fact behind it."""
    claims = real.claims
    (fact,) = claims.loc[claims["claim"] == claim, "fact"]
    edited = replace(real, claims=claims.assign(**{column: claims[column].where(claims["claim"] != claim, value)}))
    changed = {}
    for name in WATCHED:
        before, (_, after) = opened[name][1], _page(name, edited)
        different = [*_beyond(before, after), *_beyond(after, before)]
        told = {unit.place for unit in different if fact in unit.facts}
        assert [unit for unit in different if unit.place not in told and "page data" not in unit.text] == []
        changed[name] = bool(told)
        kept = {(span["text"], *span["facts"]) for block in after for spans in _texts(block) for span in spans if _sum(span, fact)}
        assert [span for block in before for spans in _texts(block) for span in spans if (span["text"], *span["facts"]) in kept] == []
    assert {name for name in WATCHED if changed[name]} == shows


def _beyond(blocks: Blocks, others: Blocks) -> list[Unit]:
    """What some blocks say and others do not, wherever it stands: rows may change places."""
    said = {(unit.text, unit.facts) for unit in _units(others)}
    return [unit for unit in _units(blocks) if (unit.text, unit.facts) not in said]


def _sum(span: Json, fact: str) -> bool:
    return fact in span["facts"] and re.search(r"[A-Z]{3} \d|\d(?:bn|m)\b", span["text"]) is not None
