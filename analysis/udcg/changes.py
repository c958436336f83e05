"""What is new, changed or withdrawn between two states of the evidence: two days, or two versions of data/."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from udcg import settle, words
from udcg.book import Book, once
from udcg.dates import first_day
from udcg.ledger import TIES, Ledger
from udcg.money import ENDS

FIELDS = ["announced_on", "donor", "partners", "stage", "level", "scope", "instrument", "currency", "period", "due", "through", *TIES]
# what a change is of, and the columns in which it shows
READ = {"amount": ["currency", *(f"stated_{end}" for end in ENDS)], "quantity": ["q_words", "q_unit"], **{name: [name] for name in FIELDS}}
COLUMNS = ["fact", "donor", "title", "change", "field", "before", "after", "claims"]


def changes(before: Book, after: Book) -> pd.DataFrame:
    """List what differs between two books of the same currency.

    Args:
        before: The book as it was, such as `Book(ledger.as_of("2025-02-12"), "EUR")`.
        after: The book as it is.

    Returns:
        Columns fact, donor, title, change (new, changed, withdrawn), field ("" for new and withdrawn; amount and quantity as settled, else
        a column of facts), before and after (as printed, "" where there was none), claims (new claims on the fact), by fact's day.
    """
    old, fresh = _stated(before), _stated(after)
    gone, come, stayed = old.index.difference(fresh.index), fresh.index.difference(old.index), fresh.index.intersection(old.index)
    rows = [
        *((fact, "new", "", "", said) for fact, said in _said(fresh.loc[come]).items()),
        *((fact, "withdrawn", "", said, "") for fact, said in _said(old.loc[gone]).items()),
        *((fact, "changed", *change) for fact, *change in _changed(old.loc[stayed], fresh.loc[stayed])),
    ]
    facts, added = pd.concat([fresh, old.loc[gone]]), _added(before, after)
    table = pd.DataFrame(rows, columns=["fact", "change", "field", "before", "after"]).join(facts[["donor", "title", "day"]], on="fact")
    order = table.sort_values(["day", "fact", "field"], kind="stable").reset_index(drop=True)
    return order.assign(claims=[added.get(fact, []) for fact in order["fact"]])[COLUMNS]


@once
def of_window(book: Book, meeting: int) -> pd.DataFrame:
    """List what became known in a meeting's window of promises announced outside it; rows of `changes`.

    No rows for the first meeting of the ledger: nothing was known before it.
    """
    window = book.windows.loc[meeting]
    if window["opens"] == pd.Timestamp.min:
        return changes(book, book)
    before, after = (_as_of(book, day) for day in (window["opens"] - pd.Timedelta(days=1), window["end"]))
    touched = [] if before.claims.empty else _touched(before, after)
    found = changes(*(Book(_only(state, touched), book.currency) for state in (before, after)))
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


def _stated(book: Book) -> pd.DataFrame:
    """All facts as settled, indexed by fact: the columns of the table facts, day, and those of READ."""
    facts = book.ledger.facts.set_index("fact")
    stated = settle.amounts(book.ledger)[ENDS].add_prefix("stated_")
    counted = settle.quantities(book.ledger)[["words", "unit"]].add_prefix("q_")
    return facts.assign(day=first_day(facts["announced_on"])).join(stated).join(counted.reindex(facts.index).fillna(""))


def _changed(old: pd.DataFrame, fresh: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Yield fact, field, before and after, as printed, of what differs between two frames of the same facts."""
    read = list(dict.fromkeys(column for columns in READ.values() for column in columns))
    differs = (old[read] != fresh[read]) & (old[read].notna() | fresh[read].notna())
    for field, columns in READ.items():
        rows = differs[columns].any(axis=1)
        if rows.any():
            was, now = (_printed(frame.loc[rows, columns], field) for frame in (old, fresh))
            yield from ((fact, field, was[fact], now[fact]) for fact in was if was[fact] != now[fact])


def _said(facts: pd.DataFrame) -> dict[str, str]:
    """What each fact says: its amount, else its quantity, as printed."""
    amounts, quantities = (_printed(facts, field) for field in ("amount", "quantity"))
    return {fact: amounts[fact] or quantities[fact] for fact in amounts}


def _printed(facts: pd.DataFrame, field: str) -> dict[str, str]:
    rows = facts[READ[field]].to_dict("index")
    if field == "amount":
        return {str(fact): words.original(row) for fact, row in rows.items()}
    if field == "quantity":
        return {str(fact): words.quantity(row["q_words"], row["q_unit"]) for fact, row in rows.items()}
    return {str(fact): row[field] for fact, row in rows.items()}


def _added(before: Book, after: Book) -> dict[str, list[str]]:
    """New claims by fact."""
    claims = after.ledger.claims
    fresh = claims[~claims["claim"].isin(before.ledger.claims["claim"])]
    return {str(fact): sorted(ids) for fact, ids in fresh.groupby("fact")["claim"]}
