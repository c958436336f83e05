"""The register of what sources disagree on: who says what, what is shown, and which rule or ruling chose it (rule 1 of counting)."""

from collections.abc import Iterable, Iterator

import pandas as pd

from udcg import quantity, settle, words
from udcg.book import Book

LARGE = 0.05  # amounts that differ by less are rounding or wording
NUMERIC = ("amount", "quantity")
COLUMNS = ["fact", "title", "field", "chosen", "claim", "values", "others", "origins", "rule", "reason", "status"]


def register(book: Book, facts: Iterable[str]) -> pd.DataFrame:
    """List where sources disagree on facts beyond rounding, or where a person ruled.

    Returns:
        Columns fact, title, field, chosen (as printed), claim (the one chosen, "" where none is), values (what else was said: list of
        value, claims, origins), others (the same as printed), origins (independent ones that speak of the fact), rule, reason
        and status (settled or open), in the order of the facts.
    """
    wanted = list(facts)
    rows = pd.DataFrame([*_numeric(book, wanted), *_worded(book, wanted)], columns=COLUMNS)
    order = {fact: place for place, fact in enumerate(wanted)}
    return rows.sort_values("fact", key=lambda fact: fact.map(order), kind="stable").reset_index(drop=True)


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
    claims = settle.witnesses(book.ledger)
    origins = claims[claims["fact"].isin(list(facts))].groupby("fact")["origin"].nunique()
    compared = set(origins.index[origins > 1])
    disputed = set(found.loc[found["others"] != "", "fact"]) & compared
    return {
        "compared": len(compared),
        "disputed": len(disputed),
        "index": round(len(disputed) / len(compared), 3) if compared else None,
        "rulings": int((found["rule"] == "ruling").sum()),
        "open": int((found["status"] == "open").sum()),
    }


def _numeric(book: Book, wanted: list[str]) -> Iterator[dict[str, object]]:
    claims = settle.witnesses(book.ledger)
    claims = claims[claims["fact"].isin(wanted)].reset_index(drop=True)
    origins = claims.groupby("fact")["origin"].nunique()
    settled = book.facts.loc[claims["fact"]].reset_index(drop=True)
    for field, other in (("amount", _other_amounts(claims, settled)), ("quantity", _other_quantities(claims, settled))):
        spoken = {str(fact): rows for fact, rows in other.groupby("fact", sort=False)}
        rulings = book.ledger.rulings[(book.ledger.rulings["field"] == field) & book.ledger.rulings["fact"].isin(wanted)]
        for fact in dict.fromkeys([*spoken, *rulings["fact"]]):
            row, ruled = book.facts.loc[fact], rulings[rulings["fact"] == fact]
            values = _values(spoken.get(fact, other.iloc[:0]))
            yield _row(row, field, *_settled(row, field), values, origins[fact], ruled)


def _settled(settled: pd.Series, field: str) -> tuple[str, str, str]:
    """What is shown as printed, the claim it comes from, and the rule that chose it."""
    if field == "amount":
        return words.original(settled), str(settled["claim"]), str(settled["rule"])
    return words.quantity(str(settled["q_words"]), str(settled["q_unit"])), str(settled["q_claim"]), str(settled["q_rule"])


def _other_amounts(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Claims on an amount far from the settled one, or set aside in another currency; with the value as printed."""
    own = claims["currency"] == settled["currency"]
    far = own & ((claims["amount"] / settled["stated_best"] - 1).abs() > LARGE)
    other = claims[claims["amount"].notna() & (far | (claims["overruled_amount"] & ~own))].sort_values("overruled_amount", kind="stable")
    return other.assign(value=[words.money(row.amount, row.currency) for row in other.itertuples()])


def _other_quantities(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Claims on a quantity outside the settled one, or set aside, that count the same unit; with the value as printed."""
    read = quantity.read(claims["quantity_text"])
    top, bottom = (settled["q_best"].fillna(settled[end]) for end in ("q_high", "q_low"))
    outside = (read["low"] > top) | (read["high"] < bottom) | claims["overruled_quantity"]
    same = (claims["quantity_text"] != "") & (claims["unit"] == settled["q_unit"])
    other = claims[outside & same & (claims["quantity_text"] != settled["q_words"])]
    return other.assign(value=[words.quantity(text, "") for text in other["quantity_text"]])


def _worded(book: Book, wanted: list[str]) -> Iterator[dict[str, object]]:
    claims = settle.witnesses(book.ledger)
    claims = claims[claims["fact"].isin(wanted) & (claims["disputes"] != "")]
    rulings = book.ledger.rulings[book.ledger.rulings["fact"].isin(wanted) & ~book.ledger.rulings["field"].isin(NUMERIC)]
    pairs = dict.fromkeys([*zip(claims["fact"], claims["disputes"], strict=True), *zip(rulings["fact"], rulings["field"], strict=True)])
    for fact, field in pairs:
        settled, ruled = book.facts.loc[fact], _rulings(book, fact, field)
        said = claims[(claims["fact"] == fact) & (claims["disputes"] == field)]
        chosen = ruled["value"].iloc[0] if len(ruled) else _recorded(book, settled, field)
        claim = ruled["claim"].iloc[0] if len(ruled) else ""
        rule = "ruling" if len(ruled) else "as recorded"
        origins = book.ledger.claims.loc[book.ledger.claims["fact"] == fact, "source"].map(book.ledger.origins).nunique()
        yield _row(settled, field, chosen, claim, rule, _values(said.assign(value=said["says"])), origins, ruled)


def _values(said: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {"value": value, "claims": list(rows["claim"]), "origins": int(rows["origin"].nunique())}
        for value, rows in said.groupby("value", sort=False)
    ]


def _rulings(book: Book, fact: object, field: str) -> pd.DataFrame:
    rulings = book.ledger.rulings
    return rulings[(rulings["fact"] == fact) & (rulings["field"] == field)]


def _recorded(book: Book, settled: pd.Series, field: str) -> str:
    value = str(settled.get(field, ""))
    titles = book.facts["title"]
    return titles[value] if value in titles.index else book.ledger.names.get(value, words.plain(value))


def _row(
    settled: pd.Series,
    field: str,
    chosen: str,
    claim: str,
    rule: str,
    values: list[dict[str, object]],
    origins: int,
    ruled: pd.DataFrame,
) -> dict[str, object]:
    return {
        "fact": settled["fact"],
        "title": settled["title"],
        "field": field,
        "chosen": chosen,
        "claim": claim,
        "values": values,
        "others": "; ".join(str(value["value"]) for value in values),
        "origins": int(origins),
        "rule": rule,
        "reason": " ".join(ruled["reason"]),
        "status": "open" if (ruled["status"] == "open").any() else "settled",
    }
