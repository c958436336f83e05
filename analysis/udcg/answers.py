"""Requests and what answered them: who asked for what, when, who answered, and how far."""

import pandas as pd

from udcg import ties
from udcg.book import PROMISES, Book, once
from udcg.money import ENDS, total

ANSWERING = [*PROMISES, "delivery", "disbursement"]
MEASURES = {"amount": "", "quantity": "q_"}  # and the columns of `Book.facts` that hold them
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
    matched = [_matched(book, request) for _, request in asked.iterrows()]
    columns = ["answered_by", "measure", *(f"met_{end}" for end in ENDS)]
    return asked.assign(again=_lists(asked["fact"], again)).join(pd.DataFrame(matched, index=asked.index, columns=columns))


def _matched(book: Book, request: pd.Series) -> list[object]:
    facts = book.facts
    sayings = facts.loc[facts["saying"] == request["fact"], "fact"]
    found = facts[facts["answers"].isin(sayings) & facts["stage"].isin(ANSWERING)]
    found = found.sort_values(["day", "fact"]).drop_duplicates("saying")
    found = found[ties.topmost(found["saying"], book.inside)]
    found = found[~found["delivers"].isin(found["fact"])]
    measure, given = _given(request, found)
    if not measure:
        return [list(found["fact"]), "", *[float("nan")] * 3]
    asked = request[[f"{MEASURES[measure]}{end}" for end in ENDS]].set_axis(ENDS)
    return [list(found["fact"]), measure, *(given[end] / asked[other] for end, other in zip(ENDS, ENDS[::-1], strict=True))]


def _given(request: pd.Series, found: pd.DataFrame) -> tuple[str, pd.Series]:
    """What the answers add up to: pieces where they count what was asked, else money; no measure where neither can be compared."""
    if request["delivery_by"] in RECURRING:
        return "", total(found[ENDS])
    counted = found[found["q_low"].notna() & (found["q_unit"] == request["q_unit"])]
    if pd.notna(request["q_low"]) and (len(counted) or pd.isna(request["best"])):
        return "quantity" if len(counted) or found.empty else "", total(counted[[f"q_{end}" for end in ENDS]].set_axis(ENDS, axis=1))
    paid = found[found["best"].notna()]
    comparable = pd.notna(request["best"]) and (len(paid) or found.empty)
    return "amount" if comparable else "", total(paid[ENDS])


def _lists(facts: pd.Series, found: pd.Series) -> pd.Series:
    return facts.map(found).map(lambda ids: ids if isinstance(ids, list) else [])
