"""The register of what sources disagree on: who says what, what is shown, and which rule or ruling chose it (rule 1 of counting)."""

import math
from collections.abc import Iterable, Iterator

import pandas as pd

from udcg import quantity
from udcg.book import Book, once
from udcg.lookups import Row, claim_rows, fact_rows, grouped, records
from udcg.words import ENGLISH

LARGE = 0.05  # amounts that differ by less are rounding or wording
NUMERIC = ("amount", "quantity")
COLUMNS = ["fact", "title", "field", "chosen", "claim", "values", "others", "origins", "rule", "reason", "status"]
Points = dict[str, list[Row]]  # rows by field


def register(book: Book, facts: Iterable[str]) -> pd.DataFrame:
    """List where sources disagree on facts beyond rounding, or where a person ruled.

    Returns:
        Columns fact, title, field, chosen (as printed), claim (the one chosen, "" where none is), values (what else was said: list of
        value, claims, origins), others (the same as printed), origins (independent ones that speak of the fact), rule, reason
        and status (settled or open), in the order of the facts.
    """
    return pd.DataFrame([row for fact in facts for row in _points(book, fact)], columns=COLUMNS)


def disagreement(book: Book, found: pd.DataFrame, facts: Iterable[str]) -> dict[str, int | float | None]:
    """Say how far sources disagree on some facts: the disagreement index of a page.

    Args:
        book: The book.
        found: The register of those facts.
        facts: The facts.

    Returns:
        compared (facts on which at least two independent origins speak), disputed (those of them in the register with another value),
        index (disputed / compared, from 0 to 1; None where nothing can be compared), rulings and open (points that a person ruled, or
        left open).
    """
    compared = {fact for fact in facts if _origins(book, fact) > 1}
    disputed = set(found.loc[found["others"] != "", "fact"]) & compared
    return {
        "compared": len(compared),
        "disputed": len(disputed),
        "index": round(len(disputed) / len(compared), 3) if compared else None,
        "rulings": int((found["rule"] == "ruling").sum()),
        "open": int((found["status"] == "open").sum()),
    }


@once
def _points(book: Book, name: str) -> list[Row]:
    """The rows of the register on one fact: its amount first, then its quantity, then what is told in words."""
    fact, claims, ruled = fact_rows(book)[name], claim_rows(book).get(name, []), _rulings(book).get(name, {})
    other = {"amount": _other_amounts(fact, claims), "quantity": _other_quantities(fact, claims)}
    numeric = [
        _row(book, fact, field, *_settled(fact, field), said, ruled.get(field, []))
        for field, said in other.items()
        if said or field in ruled
    ]
    return [*numeric, *_worded(book, fact, claims, ruled)]


def _settled(fact: Row, field: str) -> tuple[str, str, str]:
    """What is shown as printed, the claim it comes from, and the rule that chose it."""
    if field == "amount":
        return ENGLISH.original(fact), str(fact["claim"]), str(fact["rule"])
    return ENGLISH.quantity(str(fact["q_words"]), str(fact["q_unit"])), str(fact["q_claim"]), str(fact["q_rule"])


def _other_amounts(fact: Row, claims: list[Row]) -> list[Row]:
    """Claims on an amount far from the settled one, then those set aside; with the value as printed."""
    other = [claim for claim in claims if not math.isnan(claim["amount"]) and _is_other(fact, claim)]
    aside = sorted(other, key=lambda claim: bool(claim["overruled_amount"]))
    return [{**claim, "value": ENGLISH.money(claim["amount"], claim["currency"])} for claim in aside]


def _is_other(fact: Row, claim: Row) -> bool:
    """Say whether an amount is far from the settled one, or was set aside in another currency."""
    if claim["currency"] != fact["currency"]:
        return bool(claim["overruled_amount"])
    if fact["stated_best"] == 0:
        return bool(claim["amount"] > 0)
    return bool(abs(claim["amount"] / fact["stated_best"] - 1) > LARGE)


def _other_quantities(fact: Row, claims: list[Row]) -> list[Row]:
    """Claims on a quantity outside the settled one, or set aside, that count the same unit; with the value as printed."""
    same = [claim for claim in claims if claim["quantity_text"] != "" and claim["unit"] == fact["q_unit"]]
    other = [claim for claim in same if claim["quantity_text"] != fact["q_words"] and _is_outside(fact, claim)]
    return [{**claim, "value": ENGLISH.quantity(claim["quantity_text"], "")} for claim in other]


def _is_outside(fact: Row, claim: Row) -> bool:
    low, _, high = quantity.ends(claim["quantity_text"])
    top, bottom = (fact[end] if math.isnan(fact["q_best"]) else fact["q_best"] for end in ("q_high", "q_low"))
    return bool(low > top or high < bottom or claim["overruled_quantity"])


def _worded(book: Book, fact: Row, claims: list[Row], ruled: Points) -> Iterator[Row]:
    said = grouped(({**claim, "value": claim["says"]} for claim in claims if claim["disputes"] != ""), "disputes")
    for field in dict.fromkeys([*said, *(field for field in ruled if field not in NUMERIC)]):
        rulings = ruled.get(field, [])
        chosen, claim = (rulings[0]["value"], rulings[0]["claim"]) if rulings else (_recorded(book, fact, field), "")
        yield _row(book, fact, field, chosen, claim, "ruling" if rulings else "as recorded", said.get(field, []), rulings)


@once
def _rulings(book: Book) -> dict[str, Points]:
    """What persons ruled, by fact and field."""
    found = grouped(records(book.ledger.rulings), "fact")
    return {fact: grouped(rulings, "field") for fact, rulings in found.items()}


def _values(said: list[Row]) -> list[Row]:
    return [
        {"value": value, "claims": [row["claim"] for row in rows], "origins": len({row["origin"] for row in rows})}
        for value, rows in grouped(said, "value").items()
    ]


def _origins(book: Book, fact: str) -> int:
    """How many independent origins speak of a fact."""
    return len({claim["origin"] for claim in claim_rows(book).get(fact, [])})


def _recorded(book: Book, fact: Row, field: str) -> str:
    value = str(fact.get(field, ""))
    return str(fact_rows(book)[value]["title"]) if value in fact_rows(book) else book.ledger.names.get(value, ENGLISH.plain(value))


def _row(book: Book, fact: Row, field: str, chosen: str, claim: str, rule: str, said: list[Row], ruled: list[Row]) -> Row:
    values = _values(said)
    return {
        "fact": fact["fact"],
        "title": fact["title"],
        "field": field,
        "chosen": chosen,
        "claim": claim,
        "values": values,
        "others": "; ".join(str(value["value"]) for value in values),
        "origins": _origins(book, fact["fact"]),
        "rule": rule,
        "reason": " ".join(ruling["reason"] for ruling in ruled),
        "status": "open" if any(ruling["status"] == "open" for ruling in ruled) else "settled",
    }
