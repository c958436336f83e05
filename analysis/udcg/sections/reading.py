"""How to read the amounts, with the page's own numbers: what overlaps, what is new, where ranges come from, what is left out."""

from typing import Any

import pandas as pd

from udcg.blocks import Block, Prose, Span, Text
from udcg.lookups import claim_rows
from udcg.money import SPREAD, ends
from udcg.sections.printed import name, span
from udcg.views import MeetingView
from udcg.views.page import Page
from udcg.words import EXACT, message

LONGEST = 48  # characters of a title in a sentence
SAID = {"about": message("about"), "nearly": message("nearly"), "between": message("between")}  # words that are ranges


def amounts(page: Page) -> Block:
    """Four paragraphs on how to read the amounts, each with an example from the page where it has one."""
    return Prose(paragraphs=(_ledgers(page), _new(page), _ranges(page), _apart(page)))


def _ledgers(page: Page) -> Text:
    words = page.words
    return words.say(
        "A {commitment} is a promise that stands on its own: a frame, or a package under no frame. An {allocation} is a package, "
        "whoever pays it. The two overlap, so they are never added{example}.",
        commitment=Span(words.line("commitment"), strong=True),
        allocation=Span(words.line("allocation"), strong=True),
        example=_overlap(page),
    )


def _overlap(page: Page) -> Text:
    """A commitment of the page and an allocation that is paid from it or inside it; else a promise that is both."""
    committed, allocated = (page.sums[name].facts for name in ("new_commitments", "allocations"))
    by_size = _by_size(page, allocated)
    held = next(((fact, whole) for fact in by_size for whole in _holders(page, fact) if whole["fact"] in committed), None)
    if held:
        part, whole = (_promise(page, fact) for fact in held)
        return page.words.say(": here {allocation}, lies in {commitment}", allocation=part, commitment=whole)
    both = next((fact for fact in by_size if fact["fact"] in committed), None)
    return page.words.say(": here {promise}, is both", promise=_promise(page, both)) if both else ()


def _holders(page: Page, fact: dict[str, Any]) -> list[dict[str, Any]]:
    """The purse and the whole of a fact, and what these are in themselves."""
    above = [page.fact(fact[tie]) for tie in ("drawn_from", "part_of") if fact[tie]]
    return [*above, *(holder for each in above for holder in _holders(page, each))]


def _new(page: Page) -> Text:
    words = page.words
    return words.say(
        "{new} follows from dates, not labels: money is new in the window in which it, what it repeats, or what it is part of was first "
        "announced. A window runs from the day after one meeting to the last day of the next{example}.",
        new=Span(words.line("New"), strong=True),
        example=_window(page) if isinstance(page, MeetingView) else _first_said(page),
    )


def _window(view: MeetingView) -> Text:
    words, opens, end = view.words, view.window["opens"], view.window["end"]
    if opens == pd.Timestamp.min:
        return words.say("; the first one holds all that was said up to {end}", end=words.day(end))
    return words.many(
        (end - opens).days + 1,
        "; this one has {count} day, {start}",
        "; this one has {count} days, from {start} to {end}",
        start=words.day(opens),
        end=words.day(end),
    )


def _first_said(page: Page) -> Text:
    """The largest commitment of the page, and the window in which it was first announced."""
    words, last = page.words, page.book.ledger.meetings["meeting"].max()
    dated = [fact for fact in _by_size(page, page.sums["new_commitments"].facts) if fact["first_meeting"]]
    if not dated:
        return ()
    promise, meeting = _promise(page, dated[0]), int(dated[0]["first_meeting"])
    if meeting > last:
        return words.say("; {promise}, was first announced after the last meeting", promise=promise)
    return words.say("; {promise}, was first announced in that of meeting {meeting}", promise=promise, meeting=str(meeting))


def _ranges(page: Page) -> Text:
    words = page.words
    return words.say(
        "A {range} comes from words such as {about} ({spread} either side) or from sources that disagree{example}. Where a promise may "
        "repeat older money and no source says how much, the low end leaves that out. {at_least} and {up_to} mark an open end{open}.",
        range=Span(words.line("range"), strong=True),
        about=Span(words.line(SAID["about"]), emph=True),
        spread=words.percent(SPREAD),
        example=_range(page),
        at_least=Span(words.line("At least"), emph=True),
        up_to=Span(words.line("up to"), emph=True),
        open=_open(page),
    )


def _range(page: Page) -> Text:
    """The largest promise with a range, and the word or the disagreement that it comes from."""
    words = page.words
    wide = [row for row in _by_size(page, page.promises["fact"]) if row["high"] - row["low"] > EXACT * row["best"]]
    if not wide:
        return ()
    word = _word(page, wide[0])
    if word:
        return words.say(": here {promise}, where the source says {word}", promise=_promise(page, wide[0]), word=Span(word, emph=True))
    return words.say(": here {promise}, on which they do", promise=_promise(page, wide[0]))


def _word(page: Page, fact: dict[str, Any]) -> str:
    """The word that makes the whole range of a fact; nothing where other sources widen it."""
    claim = next(claim for claim in claim_rows(page.book)[fact["fact"]] if claim["claim"] == fact["claim"])
    low, _, high = ends(claim["qualifier"], claim["amount"], claim["amount_high"])
    alone = low <= fact["stated_low"] and fact["stated_high"] <= high
    return page.words.line(SAID[claim["qualifier"]]) if alone and claim["qualifier"] in SAID else ""


def _open(page: Page) -> Text:
    """The largest promise with an open end."""
    rows = [row for row in _by_size(page, page.promises["fact"]) if pd.isna(row["high"]) or pd.isna(row["low"])]
    return page.words.say(", as of {promise}", promise=_promise(page, rows[0])) if rows else ()


def _apart(page: Page) -> Text:
    words, mixed = page.words, page.sums.get("mixed_new_commitments")
    printed = span(page, words.interval(mixed.ends, page.currency), mixed.named) if mixed is not None and mixed.facts else None
    return words.say(
        "Sums for the whole group, requests, deliveries and civilian aid enter no total; sums that mix military and civilian aid are "
        "counted apart{example}.",
        example=words.say(", here {sum}", sum=printed) if printed else "",
    )


def _by_size(page: Page, facts: Any) -> list[dict[str, Any]]:
    """Facts with a known sum, the largest first."""
    rows = [page.fact(fact) for fact in facts]
    return sorted((row for row in rows if pd.notna(row["best"])), key=lambda row: (-row["best"], row["fact"]))


def _promise(page: Page, fact: dict[str, Any]) -> Text:
    """Who promised what, and how much."""
    return page.words.say(
        "{donor}: {title}, {sum}",
        donor=name(page, fact["donor"]),
        title=page.words.cap(fact["title"], LONGEST),
        sum=span(page, page.words.interval(fact, page.currency), [fact["fact"]]),
    )
