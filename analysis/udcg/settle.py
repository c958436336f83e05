"""Claims about one fact -> one settled value with its range and the rule that chose it (rules 1, 2 and 9 of counting).

A value is chosen by ruling, else official source, else the agreement of independent origins, else the best tier. Ties are
broken by the firmer qualifier, then the earlier page, then the claim's id, so the order of rows never matters.
"""

from functools import lru_cache

import pandas as pd

from udcg import quantity
from udcg.ledger import Ledger
from udcg.money import ENDS, interval

TIERS = ["official", "agency", "press", "aggregator", "state_controlled"]
FIRMNESS = ["exact", "between", "about", "nearly", "at_least", "over", "up_to"]
OVERRULING = {"amount": ["amount", "currency"], "quantity": ["quantity"]}  # rulings that set a number aside
RANKS = ["by_ruling", "by_office", "by_agreement", "by_tier", "firmness", "date"]
RULES = ["ruling", "official", "agreement", "tier"]


def amounts(ledger: Ledger) -> pd.DataFrame:
    """Settle the amount of every fact that has one, in the currency in which its donor stated it.

    Returns:
        Indexed by fact: currency, low, best, high (units of currency; an open end is NaN), claim (the one chosen), rule,
        agree and origins (independent origins that give the chosen value, and that give any).
    """
    claims = _numbered(ledger)
    own = ledger.facts["currency"].array.take(claims["fact"])
    stated = claims[claims["amount"].notna() & (claims["currency"] == own)]
    settled = _settle(stated.join(interval(stated)), value=["amount"], field="amount", rulings=ledger.rulings)
    return _named(settled.assign(currency=ledger.facts["currency"].array.take(settled.index)), ledger)


def quantities(ledger: Ledger) -> pd.DataFrame:
    """Settle the quantity of every fact that has one, in the unit of the claim chosen.

    Returns:
        Indexed by fact: unit, words (as the chosen claim puts it), low, best, high (pieces; an open end is NaN, as is the
        best of a vague word), claim, rule, agree, origins.
    """
    claims = _numbered(ledger)
    worded = claims[claims["quantity_text"] != ""].reset_index(drop=True)
    read = worded.join(quantity.read(worded["quantity_text"]))
    read["qualifier"] = read["best"].notna().map({True: "exact", False: "about"})
    chosen = _choose(read, ["unit", "low", "high"], "quantity", ledger.rulings).set_index("fact")["unit"]
    same = read[read["unit"] == read["fact"].map(chosen)]
    settled = _settle(same, value=["low", "high"], field="quantity", rulings=ledger.rulings)
    words = ledger.claims.set_index("claim").reindex(settled["claim"])
    return _named(settled.assign(unit=words["unit"].to_numpy(), words=words["quantity_text"].to_numpy()), ledger)


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


@lru_cache(maxsize=8)
def _numbered(ledger: Ledger) -> pd.DataFrame:
    """The witnesses with numbers for the names of facts, their places in the ledger, and of origins: they group and sort faster."""
    claims = witnesses(ledger)
    place = pd.Index(ledger.facts["fact"]).get_indexer(pd.Index(claims["fact"]))
    return claims.assign(fact=place, origin=pd.factorize(claims["origin"])[0])


def _named(settled: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    return settled.set_axis(pd.Index(ledger.facts["fact"].array.take(settled.index), name="fact"))


def _settle(stated: pd.DataFrame, value: list[str], field: str, rulings: pd.DataFrame) -> pd.DataFrame:
    chosen = _choose(stated, value, field, rulings).set_index("fact")
    standing = stated[~stated[f"overruled_{field}"]]
    return chosen[["claim", "rule", "agree", "origins"]].join(_widened(chosen[ENDS], standing))


def _choose(stated: pd.DataFrame, value: list[str], field: str, rulings: pd.DataFrame) -> pd.DataFrame:
    ruled = set(rulings.loc[(rulings["field"] == field) & (rulings["claim"] != ""), "claim"])
    claims = stated[~stated[f"overruled_{field}"] | stated["claim"].isin(ruled)]
    claims = claims.join(_agreement(claims, value))
    ranked = claims.assign(
        by_ruling=~claims["claim"].isin(ruled),
        by_office=claims["tier"] != "official",
        by_agreement=-claims["agree"].where(claims["agree"] > 1, 0),
        by_tier=claims["tier"].map({tier: rank for rank, tier in enumerate(TIERS)}),
        firmness=claims["qualifier"].map({word: rank for rank, word in enumerate(FIRMNESS)}),
    )
    even = ranked.duplicated(["fact", *RANKS], keep=False)  # only there do names decide
    first = ranked.assign(name=ranked.loc[even, "claim"].rank()).sort_values(["fact", *RANKS, "name"]).drop_duplicates("fact")
    rule = pd.Series("tier", index=first.index).mask(first["agree"] > 1, "agreement")
    return first.assign(rule=rule.mask(~first["by_office"], "official").mask(~first["by_ruling"], "ruling"))


def _agreement(claims: pd.DataFrame, value: list[str]) -> pd.DataFrame:
    """Count independent origins by fact and value; state-controlled ones count only where nobody else speaks."""
    free = claims["tier"] != "state_controlled"
    alone = ~free.groupby(claims["fact"]).transform("any")
    origin = claims["origin"].where(free | alone)
    keys = [claims["fact"], *(claims[column] for column in value)]
    return pd.DataFrame(
        {
            "agree": origin.groupby(keys, dropna=False).transform("nunique"),
            "origins": origin.groupby(claims["fact"]).transform("nunique"),
        }
    )


def _widened(chosen: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Widen the chosen interval by standing claims that exclude it, and close an open high where another claim gives one."""
    beside = standing[["fact", *ENDS]].merge(chosen, left_on="fact", right_index=True, suffixes=("", "_chosen"))
    above = beside["low"] > beside["best_chosen"].fillna(beside["high_chosen"])
    below = beside["high"] < beside["best_chosen"].fillna(beside["low_chosen"])
    closes = beside["high_chosen"].isna() & (beside["high"] >= beside["best_chosen"])
    by_fact = beside["fact"]
    low = beside["low"].fillna(beside["high"]).where(below).groupby(by_fact).min().reindex(chosen.index)
    high = beside["high"].where(above | closes).groupby(by_fact).max().reindex(chosen.index)
    opened = (above & beside["high"].isna()).groupby(by_fact).any().reindex(chosen.index, fill_value=False)
    lowest = chosen["low"].where(~(low < chosen["low"]), low)
    highest = chosen["high"].where(~(high > chosen["high"]) & chosen["high"].notna(), high).mask(opened)
    return pd.DataFrame({"low": lowest, "best": chosen["best"], "high": highest}, dtype="float64")
