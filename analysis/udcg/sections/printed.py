"""How sections print a fact, a sum and a donor: in the page's language, bound to the facts behind them and citing their sources."""

from collections.abc import Iterable

import pandas as pd

from udcg.blocks import KeyFigure, Prose, Span, Text, Title, text
from udcg.shares import GROUP
from udcg.sums import Sum
from udcg.views import given
from udcg.views.page import Page


def span(page: Page, printed: str, facts: Iterable[str]) -> Span:
    """A run of text bound to the facts it prints and citing their sources."""
    ids = tuple(facts)
    return Span(printed, facts=ids, cites=page.evidence.cites(ids))


def bound(page: Page, part: Sum, cited: Iterable[str] = (), strong: bool = False) -> Span:
    """A sum, bound to the facts that it rests on, and citing the sources of some of them."""
    printed = page.words.interval(part.ends, page.currency)
    return Span(printed, facts=tuple(part.named), cites=page.evidence.cites(cited), strong=strong)


def none(sentence: str) -> Prose:
    """The one sentence of a section without evidence."""
    return Prose(paragraphs=(text(sentence),))


def name(page: Page, code: str) -> str:
    """Name of a donor."""
    return page.words.line("Shares not known") if code == GROUP else page.words.name(code, page.book.ledger.names.get(code, code))


def givers(page: Page, part: Sum) -> list[str]:
    """Names, as in a sentence, of the donors with a known share of a sum, the largest first."""
    split = given.by_donor(page.book, part).query("best > 0")
    return [page.words.the(name(page, str(code))) for code in split.index if code != GROUP]


def title(page: Page, fact: str) -> str:
    """Title of a fact; nothing where there is none."""
    return str(page.fact(fact)["title"]) if fact else ""


def headed(page: Page, title: str, subtitle: str, *keywords: str) -> Title:
    """The title block: with the last day of the evidence, and how amounts are converted."""
    day = page.words.day(page.cut_off)
    data_line = page.words.line("Evidence up to {day} · amounts in {currency} at the ECB rate of the day", day=day, currency=page.currency)
    return Title(title, subtitle, data_line, f"{page.cut_off:%Y-%m-%d}", keywords, page.language)


def key_figure(page: Page, part: Sum, label: str, note: str) -> KeyFigure:
    """A sum as a key figure: the best value large, its range in the note."""
    value, ends = page.words.short(part.ends, page.currency)
    return KeyFigure(value if part.facts else page.words.line("none found"), label, f"{ends}; {note}" if ends else note, tuple(part.named))


def amount(page: Page, fact: pd.Series | dict) -> str:  # type: ignore[type-arg]
    """A fact's amount as stated and, where it differs, in the page's currency."""
    stated = page.words.original(fact)
    shown = "" if fact["currency"] in ("", page.currency) else page.words.amount(fact["low"], fact["best"], fact["high"], page.currency)
    if pd.isna(fact["best"]) and stated:
        return page.words.line("{sum} (no day, not converted)", sum=stated)
    return f"{stated} = {shown}" if shown and stated else stated


def quantity(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """A fact's quantity in the words of its source, or nothing."""
    return page.words.quantity(fact["q_words"], fact["q_unit"]) if isinstance(fact["q_words"], str) else ""


def rest(page: Page, count: int, one: str, many: str) -> str:
    """Say a count, such as of the rows that a table leaves to the attached data; nothing where there is none."""
    return page.words.plural(count, one, many) if count > 0 else ""


def notes(*sentences: str) -> Text:
    """What stands below a table: those of the sentences that there are."""
    return text(" ".join(sentence for sentence in sentences if sentence))


def lead(*sentences: Text) -> Prose:
    """The bottom line: one paragraph of sentences, set larger."""
    joined = [part for sentence in sentences for part in (*sentence, Span(" "))]
    return Prose(paragraphs=(tuple(joined),), lead=True)
