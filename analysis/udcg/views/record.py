"""The data behind a page, JSON-ready: sums with their facts, facts with their claims, claims with their sources."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from udcg import settle
from udcg.book import Book
from udcg.funds import Fund
from udcg.ledger import TIES
from udcg.money import ENDS
from udcg.shares import valued
from udcg.sums import OVERLAP, POSSIBLE, TAKEN_OUT, Sum

Json = dict[str, Any]
FOUR = ["new_commitments", "first_said_on_the_day", "reannounced", "allocations"]  # the sums that every page has, military scope
CLAIM = ["claim", "fact", "source", "qualifier", "amount", "amount_high", "currency", "quantity_text", "unit", "disputes", "says", "note"]
PLAIN = ["title", "level", "stage", "scope", "instrument", "period", "item", "capability", "announced_on", "delivery_by", "due", "note"]


def ends_json(ends: Json | pd.Series) -> Json:
    """Round an interval to whole units; an open end is None."""
    return {end: None if pd.isna(ends[end]) else round(float(ends[end])) for end in ENDS}


def share_json(ends: Json | pd.Series, prefix: str) -> Json:
    """An interval of shares, 1 for all of it; an open end is None."""
    return {end: None if pd.isna(ends[f"{prefix}{end}"]) else round(float(ends[f"{prefix}{end}"]), 4) for end in ENDS}


def sum_json(part: Sum) -> Json:
    """A sum with the facts that it counts, none inside another, and apart those that it takes out, may hold in part, or cannot date."""
    apart = {"taken_out": TAKEN_OUT, "overlaps": OVERLAP, "undated": POSSIBLE}
    return {**ends_json(part.ends), "facts": part.facts, **{name: part.of(role) for name, role in apart.items()}}


def resolved(book: Book, facts: Iterable[str]) -> list[str]:
    """Follow the ties of facts, and the claims on their shares, to everything that they name: each id on a page can be looked up there."""
    shares = book.ledger.shares.assign(of=book.ledger.shares["claim"].map(book.ledger.claims.set_index("claim")["fact"]))
    found = dict.fromkeys(fact for fact in facts if fact)
    reach = list(found)
    while reach:
        named = [*book.facts.loc[reach, TIES].to_numpy().ravel().tolist(), *shares.loc[shares["fact"].isin(reach), "of"]]
        reach = [fact for fact in dict.fromkeys(named) if fact and fact not in found]
        found.update(dict.fromkeys(reach))
    return list(found)


def facts_json(book: Book, facts: list[str]) -> list[Json]:
    """Facts with their settled values, ties, shares and claims."""
    claims = {str(fact): sorted(ids) for fact, ids in book.ledger.claims.groupby("fact")["claim"]}
    shares = {str(fact): rows for fact, rows in valued(book).groupby("fact")}
    return [_fact(row, shares.get(row["fact"]), claims.get(row["fact"], [])) for row in book.facts.loc[facts].to_dict("records")]


def claims_json(book: Book, facts: list[str]) -> list[Json]:
    """What each source says about each fact, in its own words and currency, and whether a ruling set it aside."""
    claims = settle.witnesses(book.ledger)
    said = claims[claims["fact"].isin(facts)].sort_values(["fact", "claim"])
    plain = said[[*CLAIM, "overruled"]].astype(object).where(said[[*CLAIM, "overruled"]].notna(), None)
    rows: list[Json] = plain.to_dict("records")
    return rows


def sources_json(book: Book, facts: list[str]) -> list[Json]:
    """The pages behind the claims on some facts."""
    used = set(book.ledger.claims.loc[book.ledger.claims["fact"].isin(facts), "source"])
    sources = book.ledger.sources[book.ledger.sources["source"].isin(used)].sort_values("source")
    dates = sources["date"].dt.strftime("%Y-%m-%d").fillna("")
    rows: list[Json] = sources.assign(date=dates)[["source", "publisher", "url", "date", "tier", "origin"]].to_dict("records")
    return rows


def _fact(fact: Json, shares: pd.DataFrame | None, claims: list[str]) -> Json:
    return {
        "fact": fact["fact"],
        "donor": fact["donor"],
        "partners": [code for code in fact["partners"].split(";") if code],
        "shares": [] if shares is None else [_share(row) for row in shares.to_dict("records")],
        **{name: fact[name] for name in PLAIN},
        "meeting": fact["meeting"] or None,
        **ends_json(fact),
        "original": original_json(fact) if fact["currency"] else None,
        "rate_day": f"{fact['rate_day']:%Y-%m-%d}" if pd.notna(fact["rate_day"]) and fact["currency"] else None,
        "quantity": {"words": fact["q_words"], "unit": fact["q_unit"], **ends_json({end: fact[f"q_{end}"] for end in ENDS})}
        if isinstance(fact["q_words"], str)
        else None,
        "first_announced": f"{fact['first_from']:%Y-%m-%d}" if fact["first_from"] == fact["first_to"] else None,
        **{tie: fact[tie] or None for tie in (*TIES, "through")},
        "rule": fact["rule"] if isinstance(fact["rule"], str) else None,
        "chosen": fact["claim"] if isinstance(fact["claim"], str) else None,
        "claims": claims,
    }


def _share(row: Json) -> Json:
    return {
        "donor": row["donor"],
        **ends_json(dict.fromkeys(ENDS, row["value"])),
        "original": {"amount": row["amount"], "currency": row["currency"]},
        "claim": row["claim"],
    }


def original_json(fact: Json | pd.Series) -> Json:
    """The amount as its donor stated it, in whole units of its own currency."""
    ends = ends_json({end: fact[f"stated_{end}"] for end in ENDS})
    return {"amount": ends["best"], "currency": fact["currency"], **ends}


def fund_json(fund: Fund) -> Json:
    """A pooled fund from both sides, and what both hold."""
    both = {"paid_in": fund.paid_in, "announced": fund.announced, "once": fund.once}
    return {
        "fund": fund.code,
        **{name: sum_json(part) for name, part in both.items()},
        "overlap": ends_json(fund.overlap),
        "totals": fund.totals,
    }
