"""Sections that all briefings have: promises, equipment, deliveries, disagreements, sources, method and data."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

import pandas as pd

from udcg import __version__, words
from udcg.blocks import Block, Column, Data, KeyFigure, Prose, Source, Sources, Span, Table, Text, text
from udcg.count import Sum
from udcg.money import ENDS
from udcg.views.page import Page

MOST_PROMISES, MOST_THINGS, MOST_CONFLICTS, MOST_DELIVERIES = 40, 18, 11, 10
NOTE = 150  # characters of a note that a table shows
STANDING = {
    "new": "new",
    "said_before": "said before",
    "from_older": "from older money",
    "undated": "first day unknown",
    "mixed": "mixed scope, counted apart",
    "civilian": "civilian, not counted",
}
TIERS = {
    "official": "official",
    "agency": "news agency",
    "press": "press",
    "aggregator": "repost",
    "state_controlled": "state-controlled",
}
SOURCE_COLUMNS = ["claim", "fact", "publisher", "url", "date", "tier"]
CLAIM_COLUMNS = [*SOURCE_COLUMNS, "qualifier", "amount", "currency", "quantity_text", "unit", "disputes", "says", "note"]
# characters that a spreadsheet would read as the start of a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def key_figure(page: Page, part: Sum, label: str, note: str) -> KeyFigure:
    """A sum as a key figure: the best value large, its range in the note."""
    value, ends = words.short(part.ends, page.currency)
    return KeyFigure(value if part.facts else "none found", label, f"{ends}; {note}" if ends else note, tuple(part.facts))


def amount(page: Page, fact: pd.Series | dict) -> str:  # type: ignore[type-arg]
    """A fact's amount as stated and, where it differs, in the page's currency."""
    stated = words.original(fact)
    shown = "" if fact["currency"] in ("", page.currency) else words.amount(fact["low"], fact["best"], fact["high"], page.currency)
    if pd.isna(fact["best"]) and stated:
        return f"{stated} (no day, not converted)"
    return f"{stated} = {shown}" if shown and stated else stated


def promises(page: Page, caption: str) -> Block:
    """Table of money promises, parts indented below their wholes."""
    forest = page.promises
    if forest.empty:
        return none("No promise of money was found in this period.")
    shown = forest.head(MOST_PROMISES)
    rows = tuple(
        (
            text(name(page, fact["donor"]) if fact["depth"] == 0 else ""),
            (Span("– " * fact["depth"] + words.cap(fact["title"]) + _with(page, fact)), *_note(fact)),
            (span(page, amount(page, fact), [fact["fact"]]),),
            text(_standing(page, fact)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (Column("Donor", 0.13), Column("Promise", 0.38), Column("Amount", 0.22), Column("Standing", 0.27))
    note = "A dash marks a part of the sum above it; parts are never added to their whole. Sums of mixed scope hold civilian aid too."
    return Table(caption, columns, rows, text(note + _more(len(forest) - len(shown), "smaller promise", "smaller promises")))


def joint(page: Page) -> Block:
    """Who pays what of the joint packages whose shares are known."""
    shares = page.book.ledger.shares
    known = [(fact, shares[shares["fact"] == fact]) for fact in page.promises["fact"] if (shares["fact"] == fact).any()]
    if not known:
        return none("No joint package with known shares was found in this period.")
    return Prose(tuple(_shared(page, fact, rows) for fact, rows in known))


def _shared(page: Page, fact: str, shares: pd.DataFrame) -> Text:
    whole = page.book.facts.loc[fact]
    each = words.listed(f"{words.money(row.amount, row.currency)} from {words.the(name(page, row.donor))}" for row in shares.itertuples())
    return (Span(f"{whole['title']}: "), span(page, amount(page, whole), [fact]), Span(f", of which {each}."))


def equipment(page: Page, caption: str) -> Block:
    """Table of things promised, with their quantities in the words of the sources."""
    facts = page.equipment
    if facts.empty:
        return none("No equipment was named in the promises of this period.")
    order = facts.assign(rank=facts["q_words"].isna(), many=-facts["q_low"].fillna(0)).sort_values(["rank", "donor", "many"], kind="stable")
    shown = order.head(MOST_THINGS)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(words.sentence(fact["title"]).rstrip(".")), [fact["fact"]]),),
            text(_quantity(fact)),
            text("" if fact["capability"] in ("", "other") else words.plain(fact["capability"])),
            text(fact["delivery_by"]),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Donor", 0.14),
        Column("What", 0.42),
        Column("How many", 0.16),
        Column("Serves", 0.16),
        Column("Due", 0.12),
    )
    note = "Quantities as the sources put them; a vague word is not turned into a number."
    return Table(caption, columns, rows, text(note + _more(len(order) - len(shown), "more promise", "more promises")))


def deliveries(page: Page, caption: str) -> Block:
    """Table of what is reported delivered or paid out, with the promise that it fulfils."""
    facts = page.deliveries
    if facts.empty:
        return none("No delivery was reported in the evidence of this period.")
    titles = page.book.facts["title"]
    shown = facts.sort_values("day", ascending=False).head(MOST_DELIVERIES)
    rows = tuple(
        (
            text(name(page, fact["donor"])),
            (span(page, words.cap(fact["title"]), [fact["fact"]]),),
            text(_quantity(fact) or amount(page, fact)),
            text(words.partial_day(fact["announced_on"])),
            text(words.cap(titles.get(fact["delivers"], ""), 70)),
        )
        for fact in shown.to_dict("records")
    )
    columns = (
        Column("Donor", 0.14),
        Column("Delivered", 0.34),
        Column("How much", 0.16),
        Column("Reported", 0.14),
        Column("Promise fulfilled", 0.22),
    )
    note = "Deliveries are never added to promises." + _more(len(facts) - len(shown), "earlier delivery", "earlier deliveries")
    return Table(caption, columns, rows, text(note))


def disagreements(page: Page, caption: str) -> Block:
    """Table of what sources disagree on, what is shown and why."""
    register = page.conflicts
    if register.empty:
        return none("No disagreement between the sources was found.")
    shown = register.assign(rank=~register["field"].isin(["amount", "quantity"])).sort_values("rank", kind="stable").head(MOST_CONFLICTS)
    rows = tuple(
        (
            text(f"{words.cap(row['title'], 70)}: {words.plain(row['field'])}"),
            (span(page, words.cap(row["chosen"]), [row["fact"]]),),
            text(words.cap(row["others"]) or "same value, other reading"),
            text(words.cap(row["reason"], 190) or RULES[row["rule"]], " (open)" if row["status"] == "open" else ""),
        )
        for row in shown.to_dict("records")
    )
    columns = (Column("On what", 0.24), Column("Shown here", 0.18), Column("Also said", 0.18), Column("Why", 0.4))
    note = "Overruled values stay in the register and widen no range." + _more(len(register) - len(shown), "more point", "more points")
    return Table(caption, columns, rows, text(note))


RULES = {
    "ruling": "Ruled by a person.",
    "official": "An official source says so.",
    "agreement": "Most independent sources say so.",
    "tier": "The better kind of source says so.",
    "as recorded": "Kept as most sources have it; not ruled on.",
}


def sources(page: Page) -> Block:
    """The numbered list of sources."""
    listed = page.evidence.sources
    if listed.empty:
        return none("No source is on record.")
    items = tuple(
        Source(
            row["number"],
            row["publisher"],
            words.day(row["date"]) if pd.notna(row["date"]) else "undated",
            row["url"],
            TIERS[row["tier"]],
        )
        for row in listed.to_dict("records")
    )
    claims = words.counted(len(page.evidence.claims), "claim", "claims")
    note = f"At most three independent sources are cited for a number; the attached data holds all of them ({claims})."
    return Sources(items, note)


def method(page: Page) -> Prose:
    """Cut-off, vintage and version of the page."""
    line = (
        f"Evidence up to {words.day(page.cut_off)}; page data {page.data['view']}, udcg {__version__}. "
        f"Amounts in other currencies are converted at the ECB reference rate of the day of announcement."
    )
    return Prose(paragraphs=(text(line),))


def data(page: Page) -> Data:
    """The data behind the page as CSV and JSON, to attach to the PDF and to save from HTML."""
    content = page.data
    files = {
        f"{page.id}.json": json.dumps(content, indent=1, ensure_ascii=False) + "\n",
        f"{page.id}-facts.csv": _csv(_flat(fact) for fact in content["facts"]),
        f"{page.id}-claims.csv": _csv(_claims(page)),
    }
    return Data(files=files, label="The data behind this briefing: every fact, claim and source as CSV and JSON.")


def _claims(page: Page) -> list[dict[str, object]]:
    claims = page.evidence.claims[CLAIM_COLUMNS]
    printed = claims.assign(date=claims["date"].dt.strftime("%Y-%m-%d")).astype(object)
    rows: list[dict[str, object]] = printed.where(claims.notna(), "").to_dict("records")
    return rows


def _flat(fact: dict) -> dict:  # type: ignore[type-arg]
    original, quantity = fact["original"] or {}, fact["quantity"] or {}
    return {
        **{key: value for key, value in fact.items() if not isinstance(value, list | dict)},
        "partners": ";".join(fact["partners"]),
        "claims": ";".join(fact["claims"]),
        "original_currency": original.get("currency", ""),
        **{f"original_{end}": original.get(end) for end in ENDS},
        "quantity": quantity.get("words", ""),
        "unit": quantity.get("unit", ""),
    }


def _csv(rows: Iterable[dict]) -> str:  # type: ignore[type-arg]
    table = [{key: _safe(value) for key, value in row.items()} for row in rows]
    columns = list(dict.fromkeys(key for row in table for key in row if key not in ("original",)))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def _safe(value: object) -> object:
    """Keep a spreadsheet from reading a text as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _note(fact: dict) -> Text:  # type: ignore[type-arg]
    """What a reader must know about a whole, in italics below it."""
    return (Span(f" {words.cap(fact['note'], NOTE)}", emph=True),) if fact["note"] and fact["depth"] == 0 else ()


def _with(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    partners = [words.the(name(page, code)) for code in fact["partners"].split(";") if code]
    return f" (with {words.listed(partners)})" if 0 < len(partners) <= 3 else f" (with {len(partners)} partners)" if partners else ""


def _standing(page: Page, fact: dict) -> str:  # type: ignore[type-arg]
    """How a promise stands to earlier money, with the purse or whole that holds it and the day of its first announcement."""
    standing, titles = STANDING[fact["standing"]], page.book.facts["title"]
    if fact["standing"] == "new" and fact["depth"]:
        return "inside the sum above"
    if fact["standing"] not in ("said_before", "from_older"):
        return standing
    day = words.day(fact["first_from"]) if fact["first_from"] == fact["first_to"] else words.partial_day(fact["announced_on"])
    purse = titles.get(fact["drawn_from"] or fact["part_of"], "") if fact["standing"] == "from_older" else ""
    return f"paid from or inside: {words.cap(purse, 48)} ({day})" if purse else f"{standing}: {day}"


def _quantity(fact: dict) -> str:  # type: ignore[type-arg]
    return words.quantity(fact["q_words"], fact["q_unit"]) if isinstance(fact["q_words"], str) else ""


def _more(count: int, one: str, many: str) -> str:
    return f" {words.counted(count, one, many)} in the attached data." if count > 0 else ""


def title_of(facts: pd.DataFrame, most: int = 3) -> Sequence[str]:
    """Titles of the first few facts, for a sentence."""
    return [title[:1].lower() + title[1:] for title in facts["title"].head(most)]


def lead(*sentences: Text) -> Prose:
    """The bottom line: one paragraph of sentences, set larger."""
    joined = [part for sentence in sentences for part in (*sentence, Span(" "))]
    return Prose(paragraphs=(tuple(joined),), lead=True)
