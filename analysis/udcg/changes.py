"""What is new, changed or withdrawn between two states of the evidence: two days, or two versions of data/."""

import pandas as pd

from udcg import words
from udcg.book import Book
from udcg.ledger import TIES

FIELDS = ["announced_on", "donor", "partners", "stage", "level", "scope", "instrument", "currency", "period", "due", "through", *TIES]
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
    old, fresh = before.facts, after.facts
    added = _new_claims(before, after)
    rows = [
        *(_row(fresh.loc[fact], "new", "", "", _printed(fresh.loc[fact]), added) for fact in fresh.index.difference(old.index)),
        *(_row(old.loc[fact], "withdrawn", "", _printed(old.loc[fact]), "", added) for fact in old.index.difference(fresh.index)),
        *(row for fact in fresh.index.intersection(old.index) for row in _changed(old.loc[fact], fresh.loc[fact], added)),
    ]
    days = pd.concat([old["day"], fresh["day"]]).groupby(level=0).last()
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table.assign(day=table["fact"].map(days)).sort_values(["day", "fact", "field"], kind="stable")
    return order[COLUMNS].reset_index(drop=True)


def _changed(old: pd.Series, fresh: pd.Series, added: dict[str, list[str]]) -> list[list[object]]:
    pairs = [
        ("amount", words.original(old), words.original(fresh)),
        ("quantity", _quantity(old), _quantity(fresh)),
        *((field, str(old.get(field, "")), str(fresh.get(field, ""))) for field in FIELDS),
    ]
    return [_row(fresh, "changed", field, was, now, added) for field, was, now in pairs if was != now]


def _new_claims(before: Book, after: Book) -> dict[str, list[str]]:
    claims = after.ledger.claims
    fresh = claims[~claims["claim"].isin(before.ledger.claims["claim"])]
    return {str(fact): sorted(ids) for fact, ids in fresh.groupby("fact")["claim"]}


def _printed(fact: pd.Series) -> str:
    return words.original(fact) or _quantity(fact)


def _quantity(fact: pd.Series) -> str:
    return words.quantity(fact["q_words"], fact["q_unit"]) if isinstance(fact["q_words"], str) else ""


def _row(fact: pd.Series, change: str, field: str, before: str, after: str, added: dict[str, list[str]]) -> list[object]:
    return [fact["fact"], fact["donor"], fact["title"], change, field, before, after, added.get(fact["fact"], [])]
