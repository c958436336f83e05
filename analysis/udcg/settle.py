"""Claims about one fact -> one settled value with its range and the rule that chose it (rules 1, 2 and 9 of counting).

A value is chosen by ruling, else official source, else the agreement of independent origins, else the best tier. Ties are
broken by the firmer qualifier, then the earlier page, then the claim's id, so the order of rows never matters.
"""

from functools import lru_cache

import pandas as pd

from udcg import quantity
from udcg.judge import Said, Settled, chosen, settled
from udcg.ledger import Ledger
from udcg.money import interval

OVERRULING = {"amount": ["amount", "currency"], "quantity": ["quantity"]}  # rulings that set a number aside
NEVER = pd.Timestamp("9999-12-31")  # a page without a date goes after those with one
OPEN = -1.0  # stands for an open end where two are compared: they are alike


def amounts(ledger: Ledger) -> pd.DataFrame:
    """Settle the amount of every fact that has one, in the currency in which its donor stated it.

    Returns:
        Indexed by fact: currency, low, best, high (units of currency; an open end is NaN), claim (the one chosen), rule,
        agree and origins (independent origins that give the chosen value, and that give any).
    """
    claims, own = witnesses(ledger), dict(zip(ledger.facts["fact"].tolist(), ledger.facts["currency"].tolist(), strict=True))
    stated = claims[claims["amount"].notna() & (claims["currency"] == claims["fact"].map(own))]
    said = _said(stated.assign(value=stated["amount"]).join(interval(stated)), "amount", ledger)
    found = _framed({fact: settled(rows) for fact, rows in said.items()})
    return found.assign(currency=pd.array([own[fact] for fact in found.index], dtype="str"))


def quantities(ledger: Ledger) -> pd.DataFrame:
    """Settle the quantity of every fact that has one, in the unit of the claim chosen.

    Returns:
        Indexed by fact: unit, words (as the chosen claim puts it), low, best, high (pieces; an open end is NaN, as is the
        best of a vague word), claim, rule, agree, origins.
    """
    claims = witnesses(ledger)
    worded = claims[claims["quantity_text"] != ""]
    read = worded.join(quantity.read(worded["quantity_text"]))
    alike = list(zip(read["unit"], read["low"].fillna(OPEN), read["high"].fillna(OPEN), strict=True))
    firm = read["best"].notna().map({True: "exact", False: "about"})
    said = _said(read.assign(value=pd.Series(alike, index=read.index, dtype="object"), qualifier=firm), "quantity", ledger)
    found = _framed({fact: settled(_of_one_unit(rows)) for fact, rows in said.items()})
    words = worded.set_index("claim")[["unit", "quantity_text"]].reindex(found["claim"])
    return found.assign(unit=words["unit"].array, words=words["quantity_text"].array)


@lru_cache(maxsize=8)
def witnesses(ledger: Ledger) -> pd.DataFrame:
    """Return the claims with the tier, origin, publisher and date of their source, and whether a ruling set them aside.

    Returns:
        The columns of claims, and tier, origin, publisher, url, date, overruled (bool: in any field), overruled_amount and
        overruled_quantity (bool: a claim with a wrong year or speaker still speaks of the amount).
    """
    sources = ledger.sources[["source", "tier", "origin", "publisher", "url", "date"]]
    claims = ledger.claims.merge(sources, on="source", how="left", validate="many_to_one")
    overruled = ledger.rulings[["field", "overrules"]].assign(claim=ledger.rulings["overrules"].str.split(";")).explode("claim")
    return claims.assign(
        overruled=claims["claim"].isin(overruled["claim"]),
        **{
            f"overruled_{field}": claims["claim"].isin(overruled.loc[overruled["field"].isin(fields), "claim"])
            for field, fields in OVERRULING.items()
        },
    )


def _said(claims: pd.DataFrame, field: str, ledger: Ledger) -> dict[str, list[Said]]:
    """What claims say of a field, by fact, in the order of the facts."""
    rulings = ledger.rulings
    ruled = rulings.loc[(rulings["field"] == field) & (rulings["claim"] != ""), "claim"]
    marks = {"ruled": claims["claim"].isin(ruled), "overruled": claims[f"overruled_{field}"], "date": claims["date"].fillna(NEVER)}
    marked = claims.assign(**marks)
    said: dict[str, list[Said]] = {fact: [] for fact in ledger.facts["fact"].tolist()}
    for fact, *row in zip(*(marked[name].tolist() for name in ("fact", *Said._fields)), strict=True):
        said[fact].append(Said(*row))
    return {fact: rows for fact, rows in said.items() if rows}


def _of_one_unit(said: list[Said]) -> list[Said]:
    first = chosen(said)
    return [claim for claim in said if first and claim.unit == first.unit]


def _framed(found: dict[str, Settled | None]) -> pd.DataFrame:
    """What was settled as a frame, indexed by fact; no row where all claims are set aside."""
    known = {fact: row for fact, row in found.items() if row}
    index = pd.Index(list(known), dtype="str", name="fact")
    return pd.DataFrame(list(known.values()), index=index, columns=Settled._fields).astype(Settled.__annotations__)
