"""How sections print a fact, a sum and a donor: bound to the facts behind them and citing their sources."""

from collections.abc import Iterable

import pandas as pd

from udcg.blocks import KeyFigure, Prose, Span, Text, text
from udcg.sums import Sum
from udcg.views.page import Page
from udcg.words import ENGLISH as words


def span(page: Page, printed: str, facts: Iterable[str]) -> Span:
    """A run of text bound to the facts it prints and citing their sources."""
    ids = tuple(facts)
    return Span(printed, facts=ids, cites=page.evidence.cites(ids))


def none(sentence: str) -> Prose:
    """The one sentence of a section without evidence."""
    return Prose(paragraphs=(text(sentence),))


def name(page: Page, code: str) -> str:
    """English name of a donor."""
    return {"MULTI": "Shares not known"}.get(code, page.book.ledger.names.get(code, code))


def title(page: Page, fact: str) -> str:
    """Title of a fact; nothing where there is none."""
    return str(page.fact(fact)["title"]) if fact else ""


def key_figure(page: Page, part: Sum, label: str, note: str) -> KeyFigure:
    """A sum as a key figure: the best value large, its range in the note."""
    value, ends = words.short(part.ends, page.currency)
    return KeyFigure(value if part.facts else "none found", label, f"{ends}; {note}" if ends else note, tuple(part.named))


def amount(page: Page, fact: pd.Series | dict) -> str:  # type: ignore[type-arg]
    """A fact's amount as stated and, where it differs, in the page's currency."""
    stated = words.original(fact)
    shown = "" if fact["currency"] in ("", page.currency) else words.amount(fact["low"], fact["best"], fact["high"], page.currency)
    if pd.isna(fact["best"]) and stated:
        return f"{stated} (no day, not converted)"
    return f"{stated} = {shown}" if shown and stated else stated


def quantity(fact: dict) -> str:  # type: ignore[type-arg]
    """A fact's quantity in the words of its source, or nothing."""
    return words.quantity(fact["q_words"], fact["q_unit"]) if isinstance(fact["q_words"], str) else ""


def more(count: int, one: str, many: str) -> str:
    """Say how many rows a table leaves to the attached data."""
    return f" {words.counted(count, one, many)} in the attached data." if count > 0 else ""


def lead(*sentences: Text) -> Prose:
    """The bottom line: one paragraph of sentences, set larger."""
    joined = [part for sentence in sentences for part in (*sentence, Span(" "))]
    return Prose(paragraphs=(tuple(joined),), lead=True)
