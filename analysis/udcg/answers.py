"""Requests and what answered them: who asked for what, when, who answered, and how far."""

from collections.abc import Collection

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, once
from udcg.lookups import Row, fact_rows
from udcg.matching import comparable, outermost, said_once, share, stated
from udcg.money import ENDS

ANSWERING = [*PROMISES, "delivery", "disbursement"]
MEASURES = {"quantity": "q_", "amount": ""}  # and the columns of `Book.facts` that hold them
RECURRING = ["each month", "each year"]  # a request to be met again and again is not met by a sum of answers


@once
def answers(book: Book) -> pd.DataFrame:
    """Match every request to what answers it.

    A request said again is the first one; of answers inside one another, or said again, only the outermost first saying counts.

    Returns:
        Indexed by fact, one row for each first saying of a request: the columns of `Book.facts`, and again (later sayings), answered_by
        (facts that answer, earliest first), measure (amount or quantity: what can be compared, "" where nothing can) and met_low,
        met_best, met_high (the answers' share of what was asked, 1 for all of it; NaN where an end is open or nothing can be compared).
    """
    requests = book.facts[book.facts["stage"] == "request"]
    first = requests["saying"] == requests["fact"]
    asked, again = requests[first], ties.gathered(requests.loc[~first, "saying"], requests.loc[~first, "fact"])
    found = _found(book)
    columns = ["answered_by", "measure", *(f"met_{end}" for end in ENDS)]
    matched = [_matched(book, fact_rows(book)[request], found.get(request, [])) for request in asked["fact"]]
    sayings = pd.Series([again.get(request, []) for request in asked["fact"]], index=asked.index, dtype="object")
    return asked.assign(again=sayings).join(pd.DataFrame(matched, index=asked.index, columns=columns))


def unmet(requests: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of `answers` that are not known to be met in full."""
    return requests[~(requests["met_best"].fillna(requests["met_low"]) >= 1)]


def _found(book: Book) -> dict[str, list[Row]]:
    """What answers each first saying of a request, whichever saying it names."""
    facts = fact_rows(book)
    found: dict[str, list[Row]] = {}
    for row in facts.values():
        if row["stage"] in ANSWERING and row["answers"]:
            found.setdefault(facts[row["answers"]]["saying"], []).append(row)
    return found


def _matched(book: Book, request: Row, found: list[Row]) -> list[object]:
    found = outermost(book, said_once(found))
    sayings = {row["saying"] for row in found}
    found = [row for row in found if not _fulfils(book, row, sayings)]
    named, measure = [row["fact"] for row in found], _measure(request, found)
    if not measure:
        return [named, "", *[float("nan")] * 3]
    prefix = MEASURES[measure]
    return [named, measure, *share(comparable(found, request, prefix), request, prefix)]


def _fulfils(book: Book, row: Row, answers: set[str]) -> bool:
    """Say whether a row delivers what is an answer itself, said again or inside it: it is counted with the answer."""
    promise = fact_rows(book)[row["delivers"]]["saying"] if row["delivers"] else ""
    return promise in answers or not answers.isdisjoint(book.holders.get(promise, ()))


def _measure(request: Row, found: Collection[Row]) -> str:
    """What can be compared: pieces where answers count what was asked, else money, else nothing."""
    if request["delivery_by"] in RECURRING:
        return ""
    measures = [name for name, prefix in MEASURES.items() if stated(request, prefix)]
    return next((name for name in measures if not found or comparable(found, request, MEASURES[name])), "")
