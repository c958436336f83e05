"""What `udcg check` asks of evidence that has passed the door: wholes and parts, guards of rulings, amounts and words."""

import re
from collections.abc import Iterator

import pandas as pd

from udcg import quantity, rates
from udcg.book import PROMISES, Book
from udcg.dates import first_day, last_day
from udcg.errors import Problem
from udcg.ledger import Ledger
from udcg.money import EURO

TOLERANCE = 0.02  # parts may exceed their whole by the rounding of rates and of sums in the press


def problems(ledger: Ledger) -> list[Problem]:
    """Find everything at fault that needs more than one cell to see."""
    return [
        *_amounts(ledger),
        *_words(ledger),
        *_promises(ledger),
        *_ties(ledger),
        *rates.unpublished(ledger),
        *_guards(ledger),
        *_rates(ledger),
    ] or [*_parts(ledger)]


def _amounts(ledger: Ledger) -> Iterator[Problem]:
    claims = ledger.claims
    own = claims["fact"].map(ledger.facts.set_index("fact")["currency"])
    for row, claim in claims[claims["amount"].notna()].iterrows():
        for column in ("qualifier", "currency"):
            if claim[column] == "":
                yield Problem("claims.csv", "is needed where there is an amount", row=_line(row), column=column)
        if own[row] == "":
            yield Problem(
                "claims.csv",
                "speaks of an amount, but its fact has no currency",
                row=_line(row),
                column="fact",
                value=claim["fact"],
            )
        if (claim["qualifier"] == "between") != pd.notna(claim["amount_high"]):
            yield Problem("claims.csv", "goes with the qualifier between, and only with it", row=_line(row), column="amount_high")
    stated = claims[claims["amount"].notna() & (claims["currency"] == own)]
    for row, fact in ledger.facts[(ledger.facts["currency"] != "") & ~ledger.facts["fact"].isin(stated["fact"])].iterrows():
        reason = "is not the currency of any amount that a claim states for this fact"
        yield Problem("facts.csv", reason, row=_line(row), column="currency", value=fact["currency"])


def _words(ledger: Ledger) -> Iterator[Problem]:
    for row, words in ledger.claims["quantity_text"].items():
        if words and not quantity.readable(words):
            hint = "cannot be read as a quantity; write 30, about 50, over 20, up to 150,000, 300 to 400, or " + ", ".join(quantity.VAGUE)
            yield Problem("claims.csv", hint, row=_line(row), column="quantity_text", value=words)


def _promises(ledger: Ledger) -> Iterator[Problem]:
    facts = ledger.facts
    money = facts["fact"].isin(ledger.claims.loc[ledger.claims["amount"].notna(), "fact"])
    for column in ("level", "scope"):
        for row in facts.index[money & (facts[column] == "")]:
            yield Problem("facts.csv", "is needed for a fact with an amount", row=_line(row), column=column)
    for row in facts.index[~facts["fact"].isin(ledger.claims["fact"])]:
        yield Problem(
            "facts.csv",
            "has no claim; a fact without a source cannot be shown",
            row=_line(row),
            column="fact",
            value=facts.at[row, "fact"],
        )


def _ties(ledger: Ledger) -> Iterator[Problem]:
    """What a tie may join: answers a request, delivers a promise; an overlap is not said beside a tie to the same fact."""
    facts = ledger.facts
    stage = dict(zip(facts["fact"], facts["stage"], strict=True))
    for row, fact in facts.iterrows():
        if fact["answers"] and stage[fact["answers"]] != "request":
            yield Problem("facts.csv", "is no request", row=_line(row), column="answers", value=fact["answers"])
        if fact["delivers"] and stage[fact["delivers"]] not in PROMISES:
            yield Problem("facts.csv", "is no promise", row=_line(row), column="delivers", value=fact["delivers"])
        if fact["overlaps"] and fact["overlaps"] in (fact["part_of"], fact["drawn_from"], fact["restates"]):
            yield Problem("facts.csv", "is named in another tie too", row=_line(row), column="overlaps", value=fact["overlaps"])
    late = last_day(facts["due"]) < first_day(facts["announced_on"])
    for row, day in facts.loc[late, "due"].items():
        yield Problem("facts.csv", "is before the day of announcement", row=_line(row), column="due", value=day)


def _guards(ledger: Ledger) -> Iterator[Problem]:
    claims = ledger.claims.set_index("claim")
    for row, ruling in ledger.rulings.iterrows():
        if ruling["field"] in ("amount", "quantity") and ruling["claim"] == "":
            yield Problem("rulings.csv", "is needed for a ruling on an amount or a quantity", row=_line(row), column="claim")
        if ruling["claim"] and claims.at[ruling["claim"], "fact"] != ruling["fact"]:
            yield Problem("rulings.csv", "speaks of another fact", row=_line(row), column="claim", value=ruling["claim"])
        for guard in ruling["expect"].split(";"):
            said = re.fullmatch(r"\s*([\w-]+)\.(\w+)=(.*?)\s*", guard)
            if said is None or said[1] not in claims.index or said[2] not in claims.columns:
                yield Problem(
                    "rulings.csv",
                    "is not of the form claim.column=value",
                    row=_line(row),
                    column="expect",
                    value=guard.strip(),
                )
            elif not _same(claims.at[said[1], said[2]], said[3]):
                now = f"no longer holds: the claim now says {claims.at[said[1], said[2]]!r}; look at the ruling again"
                yield Problem("rulings.csv", now, row=_line(row), column="expect", value=guard.strip())


def _same(value: object, expected: str) -> bool:
    try:
        return float(str(value)) == float(expected)
    except ValueError:
        return str(value).strip() == expected.strip()


def _rates(ledger: Ledger) -> Iterator[Problem]:
    wanted = rates.needed(ledger).merge(ledger.rates, on=["currency", "date"], how="left")
    for currency, day in wanted.loc[wanted["rate"].isna(), ["currency", "date"]].itertuples(index=False):
        yield Problem("rates.csv", f"no rate is frozen for {day:%Y-%m-%d}; run `udcg rates`", column="currency", value=currency)


def _parts(ledger: Ledger) -> Iterator[Problem]:
    """Parts above their whole need a ruling on the field parts (rule 3 of counting)."""
    book = Book(ledger, EURO)
    facts = book.facts
    ruled = set(ledger.rulings.loc[ledger.rulings["field"] == "parts", "fact"])
    for tie in ("part_of", "drawn_from"):
        parts = facts[
            (facts[tie] != "")
            & (facts["restates"] == "")
            & facts["best"].notna()
            & ~facts["stage"].isin(["delivery", "disbursement", "statement"])
        ]
        if tie == "drawn_from":
            parts = parts[parts["part_of"].map(facts["drawn_from"]) != parts["drawn_from"]]
        sums = parts.groupby(tie)["low"].sum()
        wholes = facts.reindex(sums.index)
        above = sums[(sums > wholes["high"] * (1 + TOLERANCE)) & ~sums.index.isin(ruled)]
        for whole, value in above.items():
            reason = (
                f"its parts add up to at least EUR {value:,.0f}, above its EUR {wholes.at[whole, 'high']:,.0f}; rule on it (field parts)"
            )
            yield Problem("facts.csv", reason, row=_row(ledger, str(whole)), column=tie, value=str(whole))


def _row(ledger: Ledger, fact: str) -> int:
    return _line(ledger.facts.index[ledger.facts["fact"] == fact][0])


def _line(row: object) -> int:
    return int(str(row))
