"""Requests and what answered them: who asked for what, when, who answered, and how far."""

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, once
from udcg.money import ENDS, share

ANSWERING = [*PROMISES, "delivery", "disbursement"]
MEASURES = {"quantity": "q_", "amount": ""}  # and the columns of `Book.facts` that hold them
USED = ["fact", "saying", "day", "answers", "delivers", "q_unit", *(f"{prefix}{end}" for prefix in MEASURES.values() for end in ENDS)]
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
    facts = book.facts
    asked = facts[(facts["stage"] == "request") & (facts["saying"] == facts["fact"])]
    again = facts[(facts["stage"] == "request") & (facts["saying"] != facts["fact"])].groupby("saying")["fact"].agg(list)
    found = facts.loc[facts["stage"].isin(ANSWERING) & (facts["answers"] != ""), USED]
    answered = found["answers"].map(facts["saying"])
    matched = [_matched(book, request, found[answered == request["fact"]]) for _, request in asked.iterrows()]
    columns = ["answered_by", "measure", *(f"met_{end}" for end in ENDS)]
    return asked.assign(again=_lists(asked["fact"], again)).join(pd.DataFrame(matched, index=asked.index, columns=columns))


def _matched(book: Book, request: pd.Series, found: pd.DataFrame) -> list[object]:
    found = ties.once(found)
    found = found[ties.topmost(found["saying"], book.inside)]
    found = found[~_fulfils(book, found)]
    measure = _measure(request, found)
    if not measure:
        return [list(found["fact"]), "", *[float("nan")] * 3]
    columns = [f"{MEASURES[measure]}{end}" for end in ENDS]
    return [list(found["fact"]), measure, *share(_comparable(request, found, measure), request[columns].set_axis(ENDS))]


def _fulfils(book: Book, found: pd.DataFrame) -> pd.Series:
    """Mark deliveries of what is an answer itself, said again or inside it: they are counted with the answer."""
    promise = found["delivers"].map(book.facts["saying"])
    content = book.inside.loc[book.inside["whole"].isin(found["saying"]), "fact"]
    return promise.isin([*found["saying"], *content])


def _measure(request: pd.Series, found: pd.DataFrame) -> str:
    """What can be compared: pieces where answers count what was asked, else money, else nothing."""
    if request["delivery_by"] in RECURRING:
        return ""
    stated = [name for name, prefix in MEASURES.items() if request[[f"{prefix}{end}" for end in ENDS]].notna().any()]
    return next((name for name in stated if found.empty or len(_comparable(request, found, name))), "")


def _comparable(request: pd.Series, found: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Answers in the measure and unit of the request: columns low, best, high."""
    columns = [f"{MEASURES[measure]}{end}" for end in ENDS]
    same = found["q_unit"] == request["q_unit"] if measure == "quantity" else pd.Series(True, index=found.index)
    return found.loc[same & found[columns].notna().any(axis=1), columns].set_axis(ENDS, axis=1)


def _lists(facts: pd.Series, found: pd.Series) -> pd.Series:
    return facts.map(found).map(lambda ids: ids if isinstance(ids, list) else [])
