"""What is new, changed or withdrawn between two states of the evidence: two days, or two versions of data/."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from udcg import settle, ties
from udcg.book import Book, once
from udcg.dates import first_day
from udcg.ledger import TIES, Ledger
from udcg.lookups import Row, records
from udcg.money import ENDS
from udcg.words import ENGLISH, Words

FIELDS = ["announced_on", "donor", "partners", "stage", "level", "scope", "instrument", "currency", "period", "due", "through", *TIES]
# what a change is of, and the columns in which it shows
READ = {"amount": ["currency", *(f"stated_{end}" for end in ENDS)], "quantity": ["q_words", "q_unit"], **{name: [name] for name in FIELDS}}
NO_AMOUNT, NO_QUANTITY = {f"stated_{end}": float("nan") for end in ENDS}, {"q_words": "", "q_unit": ""}
COLUMNS = ["fact", "donor", "title", "change", "field", "before", "after", "claims"]


def changes(before: Book, after: Book, *, words: Words = ENGLISH) -> pd.DataFrame:
    """List what differs between two books of the same currency.

    Args:
        before: The book as it was, such as `Book(ledger.as_of("2025-02-12"), "EUR")`.
        after: The book as it is.
        words: What amounts are printed with.

    Returns:
        Columns fact, donor, title, change (new, changed, withdrawn), field ("" for new and withdrawn; amount and quantity as settled, else
        a column of facts), before and after (as printed, "" where there was none), claims (new claims on the fact), by fact's day.
    """
    old, fresh, added = _stated(before), _stated(after), _added(before, after)
    rows = [
        {"fact": fact, "donor": row["donor"], "title": row["title"], "day": row["announced_on"], **change, "claims": added.get(fact, [])}
        for fact, row in {**old, **fresh}.items()
        for change in _differences(old.get(fact), fresh.get(fact), words)
    ]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "day"])
    order = table.assign(day=first_day(table["day"])).sort_values(["day", "fact", "field"], kind="stable")
    return order.reset_index(drop=True)[COLUMNS]


@once
def of_window(book: Book, meeting: int, words: Words) -> pd.DataFrame:
    """List what became known in a meeting's window of promises announced outside it; rows of `changes`.

    No rows for the first meeting of the ledger: nothing was known before it.
    """
    window = book.windows.loc[meeting]
    if window["opens"] == pd.Timestamp.min:
        return changes(book, book, words=words)
    before, after = (_as_of(book, day) for day in (window["opens"] - pd.Timedelta(days=1), window["end"]))
    touched = [] if before.claims.empty else _touched(before, after)
    found = changes(*(Book(_only(state, touched), book.currency) for state in (before, after)), words=words)
    outside = book.facts["meeting"].reindex(found["fact"]).to_numpy() != meeting
    return found[outside].reset_index(drop=True)


@once
def _as_of(book: Book, day: pd.Timestamp) -> Ledger:
    """The evidence at the end of a day: that on which one window ends and the next one opens."""
    return book.ledger.as_of("" if pd.isna(day) else f"{day:%Y-%m-%d}")


def _touched(before: Ledger, after: Ledger) -> list[str]:
    """Facts of which something may differ between two days: by a new claim, a ruling that now holds, or a tie that now shows."""
    claims = after.claims[~after.claims["claim"].isin(before.claims["claim"])]
    rulings = after.rulings[~after.rulings["ruling"].isin(before.rulings["ruling"])]
    fresh = after.facts.loc[~after.facts["fact"].isin(before.facts["fact"]), "fact"]
    tied = after.facts.loc[after.facts[TIES].isin(fresh.to_list()).any(axis=1), "fact"]
    return [*claims["fact"], *rulings["fact"], *fresh, *tied]


def _only(ledger: Ledger, facts: list[str]) -> Ledger:
    """The rows of a ledger that are about some facts."""
    tables = {name: getattr(ledger, name) for name in ("facts", "claims", "rulings")}
    return replace(ledger, **{name: table[table["fact"].isin(facts)] for name, table in tables.items()})


def _stated(book: Book) -> dict[str, Row]:
    """All facts as settled: the columns of the table facts, and those of READ."""
    amounts, quantities = settle.amounts(book.ledger), settle.quantities(book.ledger)
    stated = dict(zip(amounts.index, records(amounts[ENDS].add_prefix("stated_")), strict=True))
    counted = dict(zip(quantities.index, records(quantities[["words", "unit"]].add_prefix("q_")), strict=True))
    facts = {row["fact"]: row for row in records(book.ledger.facts)}
    return {fact: row | stated.get(fact, NO_AMOUNT) | counted.get(fact, NO_QUANTITY) for fact, row in facts.items()}


def _differences(old: Row | None, fresh: Row | None, words: Words) -> Iterator[Row]:
    """Yield change, field, before and after, as printed, of what differs between two states of a fact; None: it was not known."""
    if old is None or fresh is None:
        yield {"change": "new" if fresh else "withdrawn", "field": "", "before": _said(old, words), "after": _said(fresh, words)}
        return
    for field, columns in READ.items():
        if any(not _same(old[column], fresh[column]) for column in columns):
            was, now = _printed(old, field, words), _printed(fresh, field, words)
            if was != now:
                yield {"change": "changed", "field": field, "before": was, "after": now}


def _same(one: object, other: object) -> bool:
    return one == other or bool(pd.isna(one) and pd.isna(other))


def _said(fact: Row | None, words: Words) -> str:
    """What a fact says: its amount, else its quantity, as printed."""
    return (_printed(fact, "amount", words) or _printed(fact, "quantity", words)) if fact else ""


def _printed(fact: Row, field: str, words: Words) -> str:
    if field == "amount":
        return words.original(fact)
    return words.quantity(fact["q_words"], fact["q_unit"]) if field == "quantity" else str(fact[field])


def _added(before: Book, after: Book) -> dict[str, list[str]]:
    """New claims by fact."""
    known, claims = set(before.ledger.claims["claim"]), after.ledger.claims.sort_values("claim")
    fresh = claims[~claims["claim"].isin(known)]
    return ties.gathered(fresh["fact"], fresh["claim"])
