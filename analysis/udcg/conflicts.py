"""The register of what sources disagree on: who says what, what is shown, and which rule or ruling chose it (rule 1 of counting)."""

from collections.abc import Iterable, Iterator

import pandas as pd

from udcg import quantity, settle, words
from udcg.book import Book, once
from udcg.lookups import Row, claim_rows, fact_rows

LARGE = 0.05  # amounts that differ by less are rounding or wording
NUMERIC = ("amount", "quantity")
SETTLED = ["currency", "stated_best", "q_low", "q_best", "q_high", "q_unit", "q_words"]
COLUMNS = ["fact", "title", "field", "chosen", "claim", "values", "others", "origins", "rule", "reason", "status"]
Points = dict[tuple[str, str], list[Row]]  # rows by fact and field


def register(book: Book, facts: Iterable[str]) -> pd.DataFrame:
    """List where sources disagree on facts beyond rounding, or where a person ruled.

    Returns:
        Columns fact, title, field, chosen (as printed), claim (the one chosen, "" where none is), values (what else was said: list of
        value, claims, origins), others (the same as printed), origins (independent ones that speak of the fact), rule, reason
        and status (settled or open), in the order of the facts.
    """
    points = _points(book)
    return pd.DataFrame([row for fact in facts for row in points.get(fact, [])], columns=COLUMNS)


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
def _points(book: Book) -> dict[str, list[Row]]:
    """All rows of the register by fact: amounts first, then quantities, then what is told in words."""
    ruled = _grouped(book.ledger.rulings, "field")
    rows: dict[str, list[Row]] = {}
    for row in [*_numeric(book, ruled), *_worded(book, ruled)]:
        rows.setdefault(row["fact"], []).append(row)
    return rows


def _numeric(book: Book, ruled: Points) -> Iterator[Row]:
    claims = settle.witnesses(book.ledger)
    settled = book.facts[SETTLED].loc[claims["fact"]].set_axis(claims.index)
    for field, other in (("amount", _other_amounts(claims, settled)), ("quantity", _other_quantities(claims, settled))):
        said = _grouped(other.assign(field=field), "field")
        for point in dict.fromkeys([*said, *(point for point in ruled if point[1] == field)]):
            fact = fact_rows(book)[point[0]]
            yield _row(book, fact, field, *_settled(fact, field), said.get(point, []), ruled.get(point, []))


def _settled(fact: Row, field: str) -> tuple[str, str, str]:
    """What is shown as printed, the claim it comes from, and the rule that chose it."""
    if field == "amount":
        return words.original(fact), str(fact["claim"]), str(fact["rule"])
    return words.quantity(str(fact["q_words"]), str(fact["q_unit"])), str(fact["q_claim"]), str(fact["q_rule"])


def _other_amounts(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Claims on an amount far from the settled one, or set aside in another currency; with the value as printed."""
    own = claims["currency"] == settled["currency"]
    far = own & ((claims["amount"] / settled["stated_best"] - 1).abs() > LARGE)
    other = claims[claims["amount"].notna() & (far | (claims["overruled_amount"] & ~own))].sort_values("overruled_amount", kind="stable")
    return other.assign(value=[words.money(*said) for said in zip(other["amount"], other["currency"], strict=True)])


def _other_quantities(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Claims on a quantity outside the settled one, or set aside, that count the same unit; with the value as printed."""
    read = quantity.read(claims["quantity_text"])
    top, bottom = (settled["q_best"].fillna(settled[end]) for end in ("q_high", "q_low"))
    outside = (read["low"] > top) | (read["high"] < bottom) | claims["overruled_quantity"]
    same = (claims["quantity_text"] != "") & (claims["unit"] == settled["q_unit"])
    other = claims[outside & same & (claims["quantity_text"] != settled["q_words"])]
    return other.assign(value=[words.quantity(text, "") for text in other["quantity_text"]])


def _worded(book: Book, ruled: Points) -> Iterator[Row]:
    claims = settle.witnesses(book.ledger)
    said = _grouped(claims.assign(value=claims["says"])[claims["disputes"] != ""], "disputes")
    for point in dict.fromkeys([*said, *(point for point in ruled if point[1] not in NUMERIC)]):
        fact, rulings = fact_rows(book)[point[0]], ruled.get(point, [])
        chosen, claim = (rulings[0]["value"], rulings[0]["claim"]) if rulings else (_recorded(book, fact, point[1]), "")
        yield _row(book, fact, point[1], chosen, claim, "ruling" if rulings else "as recorded", said.get(point, []), rulings)


def _grouped(rows: pd.DataFrame, field: str) -> Points:
    """Rows by fact and by what a column says, in their order."""
    grouped: Points = {}
    for row in rows.to_dict("records"):
        grouped.setdefault((row["fact"], row[field]), []).append(row)
    return grouped


def _values(said: list[Row]) -> list[Row]:
    grouped: dict[str, list[Row]] = {}
    for row in said:
        grouped.setdefault(row["value"], []).append(row)
    return [
        {"value": value, "claims": [row["claim"] for row in rows], "origins": len({row["origin"] for row in rows})}
        for value, rows in grouped.items()
    ]


def _origins(book: Book, fact: str) -> int:
    """How many independent origins speak of a fact."""
    return len({claim["origin"] for claim in claim_rows(book).get(fact, [])})


def _recorded(book: Book, fact: Row, field: str) -> str:
    value = str(fact.get(field, ""))
    return str(fact_rows(book)[value]["title"]) if value in fact_rows(book) else book.ledger.names.get(value, words.plain(value))


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
