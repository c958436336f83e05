"""The data behind a page, JSON-ready: sums with their facts, facts with their claims, claims with their sources."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from udcg.book import Book, once
from udcg.funds import Fund
from udcg.ledger import TIES
from udcg.lookups import claim_rows, fact_rows, share_rows
from udcg.money import ENDS
from udcg.sums import OVERLAP, POSSIBLE, TAKEN_OUT, Sum

Json = dict[str, Any]
CLAIM = ["claim", "fact", "source", "qualifier", "amount", "amount_high", "currency", "quantity_text", "unit", "disputes", "says", "note"]
PLAIN = ["title", "level", "stage", "scope", "instrument", "period", "item", "capability", "announced_on", "delivery_by", "due", "note"]


def iso(day: pd.Timestamp) -> str | None:
    """Write a day as 2025-04-11; None where it is open."""
    return None if pd.isna(day) or day == pd.Timestamp.min else f"{day:%Y-%m-%d}"


def ends_json(ends: Json | pd.Series) -> Json:
    """Round an interval to whole units; an open end is None."""
    return {end: None if pd.isna(ends[end]) else round(float(ends[end])) for end in ENDS}


def share_json(ends: Json | pd.Series, prefix: str) -> Json:
    """An interval of shares, 1 for all of it; an open end is None."""
    return {end: None if pd.isna(ends[f"{prefix}{end}"]) else round(float(ends[f"{prefix}{end}"]), 4) for end in ENDS}


@once
def sum_json(book: Book, part: Sum) -> Json:
    """A sum with the facts that it counts, none inside another, and apart those that it takes out, may hold in part, or cannot date."""
    apart = {"taken_out": TAKEN_OUT, "overlaps": OVERLAP, "undated": POSSIBLE}
    return {**ends_json(part.ends), "facts": part.facts, **{name: part.of(role) for name, role in apart.items()}}


def resolved(book: Book, facts: Iterable[str]) -> list[str]:
    """Follow the ties of facts, and the claims on their shares, to everything that they name: each id on a page can be looked up there."""
    rows, paid = fact_rows(book), _stated_with(book)
    found = dict.fromkeys(fact for fact in facts if fact)
    reach = list(found)
    while reach:
        tied = [rows[fact][tie] for fact in reach for tie in TIES]
        named = dict.fromkeys([*tied, *(other for fact, other in paid if fact in set(reach))])
        reach = [fact for fact in named if fact and fact not in found]
        found.update(dict.fromkeys(reach))
    return list(found)


def facts_json(book: Book, facts: list[str]) -> list[Json]:
    """Facts with their settled values, ties, shares and claims."""
    return [_fact(book, fact) for fact in facts]


def claims_json(book: Book, facts: list[str]) -> list[Json]:
    """What each source says about each fact, in its own words and currency, and whether a ruling set it aside."""
    return [claim for fact in sorted(facts) for claim in _claims(book, fact)]


def sources_json(book: Book, facts: list[str]) -> list[Json]:
    """The pages behind the claims on some facts."""
    used = {claim["source"] for fact in facts for claim in claim_rows(book).get(fact, [])}
    return [_sources(book)[source] for source in sorted(used)]


def names_json(book: Book, facts: list[Json], also: Iterable[str]) -> dict[str, str]:
    """English names, by code, of all who give, share or hold the money of some facts, and of some others."""
    codes = {code for fact in facts for code in (fact["donor"], *fact["partners"], fact["through"])}
    codes |= {share["donor"] for fact in facts for share in fact["shares"]}
    return {code: name for code, name in sorted(book.ledger.names.items()) if code in {*codes, *also}}


@once
def _stated_with(book: Book) -> list[tuple[str, str]]:
    """Facts with shares, each with the facts whose claims state them."""
    about = book.ledger.claims.set_index("claim")["fact"]
    shares = book.ledger.shares
    return list(zip(shares["fact"], shares["claim"].map(about).fillna(""), strict=True))


@once
def _claims(book: Book, fact: str) -> list[Json]:
    rows = sorted(claim_rows(book).get(fact, []), key=lambda row: str(row["claim"]))
    return [{name: None if pd.isna(row[name]) else row[name] for name in (*CLAIM, "overruled")} for row in rows]


@once
def _sources(book: Book) -> dict[str, Json]:
    sources = book.ledger.sources
    dates = sources["date"].dt.strftime("%Y-%m-%d").fillna("")
    rows = sources.assign(date=dates)[["source", "publisher", "url", "date", "tier", "origin"]].to_dict("records")
    return {row["source"]: row for row in rows}


@once
def _fact(book: Book, name: str) -> Json:
    fact = fact_rows(book)[name]
    return {
        "fact": fact["fact"],
        "donor": fact["donor"],
        "partners": [code for code in fact["partners"].split(";") if code],
        "shares": [_share(row) for row in share_rows(book).get(name, [])],
        **{column: fact[column] for column in PLAIN},
        "meeting": fact["meeting"] or None,
        **ends_json(fact),
        "original": original_json(fact) if fact["currency"] else None,
        "rate_day": f"{fact['rate_day']:%Y-%m-%d}" if pd.notna(fact["rate_day"]) and fact["currency"] else None,
        "quantity": _quantity(fact) if isinstance(fact["q_words"], str) else None,
        "first_announced": f"{fact['first_from']:%Y-%m-%d}" if fact["first_from"] == fact["first_to"] else None,
        "first_announced_by": f"{fact['first_to']:%Y-%m-%d}" if pd.notna(fact["first_to"]) else None,
        **{tie: fact[tie] or None for tie in (*TIES, "through")},
        "rule": fact["rule"] if isinstance(fact["rule"], str) else None,
        "chosen": fact["claim"] if isinstance(fact["claim"], str) else None,
        "claims": [claim["claim"] for claim in _claims(book, name)],
    }


def _quantity(fact: Json) -> Json:
    ends = ends_json({end: fact[f"q_{end}"] for end in ENDS})
    return {"words": fact["q_words"], "unit": fact["q_unit"], **ends, "rule": fact["q_rule"], "chosen": fact["q_claim"]}


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


def meeting_json(meeting: Json) -> Json:
    """A meeting: days, place and format, who chaired, whether the US secretary of defense came, and the fact that counts who took part."""
    plain = {name: meeting[name] for name in ("place", "country", "format", "us_attendance")}
    days = {end: f"{meeting[end]:%Y-%m-%d}" for end in ("start", "end")}
    held = {"number": int(meeting["meeting"]), **days, **plain}
    return {**held, "chairs": meeting["chairs"].split(";"), "participants": meeting["participants"] or None}


def fund_json(book: Book, fund: Fund) -> Json:
    """A pooled fund from both sides, and what both hold."""
    both = {"paid_in": fund.paid_in, "announced": fund.announced, "once": fund.once}
    return {
        "fund": fund.code,
        **{name: sum_json(book, part) for name, part in both.items()},
        "overlap": ends_json(fund.overlap),
        "totals": fund.totals,
    }


def request_json(row: Json) -> Json:
    """A request with its answers: a row of `udcg.answers.answers`."""
    return {
        "fact": row["fact"],
        "donor": row["donor"],
        "title": row["title"],
        "asked_on": row["announced_on"],
        "again": row["again"],
        "answers": row["answered_by"],
        "measure": row["measure"] or None,
        "met": share_json(row, "met_"),
    }


def promise_json(row: Json) -> Json:
    """A promise and what became of it: a row of `udcg.ageing.ageing`."""
    return {
        "fact": row["fact"],
        "state": row["state"],
        "due": iso(row["due_day"]),
        "heard": iso(row["heard"]),
        "age": int(row["age"]),
        "deliveries": row["delivered_by"],
        "done": share_json(row, "done_"),
    }
