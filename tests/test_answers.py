"""Requests matched to their answers: what was asked, who answered, and which share of it is met (rules 2, 3 and 7 of counting)."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udcg.answers import ANSWERING, RECURRING, answers
from udcg.book import Book
from udcg.ledger import Ledger
from udcg.money import ENDS

Make = Callable[..., Ledger]
Row = dict[str, Any]

NAN = float("nan")
MET = [f"met_{end}" for end in ENDS]
SPOKEN = ("amount", "qualifier", "amount_high", "quantity_text", "unit")
JUNE, JULY = "2025-06-04", "2025-07-01"
ASK = {"fact": "ask", "stage": "request"}
SYSTEMS = {"unit": "systems"}
TEN = ASK | SYSTEMS | {"quantity_text": "10"}
GIFT = {"fact": "gift", "answers": "ask"}


def _book(make_ledger: Make, *rows: Row) -> Book:
    """Make a book of facts that carry their own amount and quantity."""
    firm = {"qualifier": "exact", "currency": "EUR"}
    claims = [(firm if "amount" in row else {}) | {cell: row[cell] for cell in ("fact", *SPOKEN) if cell in row} for row in rows]
    return Book(make_ledger(facts=[{cell: row[cell] for cell in row if cell not in SPOKEN} for row in rows], claims=claims), "EUR")


def _asked(make_ledger: Make, *rows: Row) -> pd.Series:
    return answers(_book(make_ledger, *rows)).loc["ask"]


def _met(asked: pd.Series) -> list[float]:
    return [float(asked[end]) for end in MET]


def _in_order(low: float, best: float, high: float) -> bool:
    return not (low > best + 1e-9 or best > high + 1e-9 or low > high + 1e-9)


def test_an_answer_in_the_same_unit_is_measured_in_pieces(make_ledger: Make):
    """Two systems and then three of the ten asked for are half of them, in the order in which they were promised."""
    three = SYSTEMS | {"fact": "a-later", "answers": "ask", "announced_on": JUNE, "quantity_text": "3"}
    asked = _asked(make_ledger, TEN, three, GIFT | SYSTEMS | {"quantity_text": "2"})
    assert (asked["answered_by"], asked["measure"], _met(asked)) == (["gift", "a-later"], "quantity", [0.5, 0.5, 0.5])


def test_quantity_goes_before_money(make_ledger: Make):
    """Where pieces and money could both be compared, pieces are."""
    asked = _asked(make_ledger, TEN | {"amount": 100}, GIFT | SYSTEMS | {"quantity_text": "2", "amount": 90})
    assert (asked["measure"], _met(asked)) == ("quantity", [0.2, 0.2, 0.2])


def test_money_is_compared_where_no_answer_counts_what_was_asked(make_ledger: Make):
    """Launchers are not systems; what both cost can be compared."""
    asked = _asked(make_ledger, TEN | {"amount": 100}, GIFT | {"quantity_text": "5", "unit": "launchers", "amount": 40})
    assert (asked["measure"], _met(asked)) == ("amount", [0.4, 0.4, 0.4])


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (TEN, {"quantity_text": "5", "unit": "launchers"}),
        (TEN, {"amount": 40}),
        (ASK | {"amount": 40}, SYSTEMS | {"quantity_text": "5"}),
        (ASK, SYSTEMS | {"quantity_text": "5", "amount": 40}),
        (TEN | {"amount": 40}, {}),
    ],
)
def test_units_that_do_not_match_are_not_compared(make_ledger: Make, request_: Row, answer: Row):
    """Pieces are not money, nor pieces of another kind; the answer is still listed."""
    asked = _asked(make_ledger, request_, GIFT | answer)
    assert (asked["answered_by"], asked["measure"]) == (["gift"], "")
    assert _met(asked) == pytest.approx([NAN] * 3, nan_ok=True)


def test_only_answers_in_the_unit_asked_for_add_up(make_ledger: Make):
    """Two systems count and five launchers do not, though both answer."""
    launchers = {"fact": "other", "answers": "ask", "quantity_text": "5", "unit": "launchers"}
    asked = _asked(make_ledger, TEN, GIFT | SYSTEMS | {"quantity_text": "2"}, launchers)
    assert (asked["answered_by"], _met(asked)) == (["gift", "other"], [0.2, 0.2, 0.2])


def test_money_in_another_currency_is_converted(make_ledger: Make):
    """Of USD 125, EUR 50 are half at the rate of the day."""
    facts = [ASK | {"currency": "USD"}, GIFT]
    claims = [
        {"fact": "ask", "qualifier": "exact", "amount": 125, "currency": "USD"},
        {"fact": "gift", "qualifier": "exact", "amount": 50, "currency": "EUR"},
    ]
    asked = answers(Book(make_ledger(facts=facts, claims=claims), "EUR")).loc["ask"]
    assert _met(asked) == pytest.approx([0.5, 0.5, 0.5])


@pytest.mark.parametrize(("request_", "measure"), [(TEN, "quantity"), (ASK | {"amount": 40}, "amount")])
def test_a_request_that_nobody_answered_is_met_by_nought(make_ledger: Make, request_: Row, measure: str):
    """Silence is no answer: nothing of what was asked is met."""
    asked = _asked(make_ledger, request_, {"fact": "gift", "amount": 5})
    assert (asked["answered_by"], asked["measure"], _met(asked)) == ([], measure, [0, 0, 0])


def test_a_request_without_number_or_sum_has_no_measure(make_ledger: Make):
    """What was asked for in words alone is met by no share of it."""
    asked = _asked(make_ledger, ASK, {"fact": "gift", "amount": 5})
    assert (asked["answered_by"], asked["measure"]) == ([], "")
    assert _met(asked) == pytest.approx([NAN] * 3, nan_ok=True)


def test_promises_and_deliveries_answer(make_ledger: Make):
    """What is promised or handed over answers a request; another request, a statement and an indicator give nothing."""
    giving = ["pledge", "commitment", "allocation", "delivery", "disbursement"]
    rows = [{"fact": stage, "answers": "ask", "stage": stage} for stage in (*giving, "request", "statement", "indicator")]
    assert sorted(_asked(make_ledger, TEN, *rows)["answered_by"]) == sorted(giving)


AGAIN = [("second", "ask"), ("third", "second")]


def test_a_request_said_again_is_the_first_one(make_ledger: Make):
    """Three sayings are one request, and what answers a later one answers the first."""
    again = [SYSTEMS | {"fact": name, "stage": "request", "quantity_text": "20", "restates": before} for name, before in AGAIN]
    book = _book(make_ledger, TEN, *again, GIFT | SYSTEMS | {"answers": "third", "quantity_text": "5"})
    result = answers(book)
    assert list(result.index) == ["ask"]
    assert (sorted(result.at["ask", "again"]), result.at["ask", "answered_by"]) == (["second", "third"], ["gift"])
    assert _met(result.loc["ask"]) == [0.5, 0.5, 0.5]


def test_a_request_said_once_has_no_later_sayings(make_ledger: Make):
    """The list of later sayings is empty, and each request has its own row."""
    result = answers(_book(make_ledger, TEN, ASK | {"fact": "other"}, GIFT))
    assert result[["again", "answered_by"]].to_dict("index") == {
        "ask": {"again": [], "answered_by": ["gift"]},
        "other": {"again": [], "answered_by": []},
    }


def test_no_requests_give_an_empty_frame(make_ledger: Make):
    """Without a request there is no row, but every column."""
    result = answers(_book(make_ledger, {"fact": "gift", "amount": 5}))
    assert result.empty
    assert {"again", "answered_by", "measure", *MET} <= set(result.columns)


@pytest.mark.parametrize("tie", ["part_of", "drawn_from"])
def test_of_answers_inside_one_another_the_outermost_counts(make_ledger: Make, tie: str):
    """Five systems, of which two are named again as an item that also answers, are five, by way of what does not answer too."""
    gift = GIFT | SYSTEMS | {"quantity_text": "5"}
    item = SYSTEMS | {"fact": "a-item", "answers": "ask", "level": "item", "quantity_text": "2"}
    direct = _asked(make_ledger, TEN, gift, item | {tie: "gift"})
    indirect = _asked(make_ledger, TEN, gift, {"fact": "middle", tie: "gift"}, item | {"part_of": "middle"})
    for asked in (direct, indirect):
        assert (asked["answered_by"], _met(asked)) == (["gift"], [0.5, 0.5, 0.5])


def test_an_answer_said_again_counts_once(make_ledger: Make):
    """The same five systems promised twice are five."""
    again = SYSTEMS | {"fact": "again", "answers": "ask", "restates": "gift", "announced_on": JUNE, "quantity_text": "5"}
    asked = _asked(make_ledger, TEN, GIFT | SYSTEMS | {"quantity_text": "5"}, again)
    assert (asked["answered_by"], _met(asked)) == (["gift"], [0.5, 0.5, 0.5])


@pytest.mark.parametrize("day", ["2025-04-11", "2025-04"])
def test_of_answers_said_again_the_first_saying_counts(make_ledger: Make, day: str):
    """Said again on the same day, or on an unknown day of the month, the first saying still is the answer, whatever its name."""
    again = SYSTEMS | {"fact": "a-again", "answers": "ask", "restates": "gift", "announced_on": day, "quantity_text": "6"}
    asked = _asked(make_ledger, TEN, GIFT | SYSTEMS | {"quantity_text": "5"}, again)
    assert (asked["answered_by"], _met(asked)) == (["gift"], [0.5, 0.5, 0.5])


def test_the_delivery_of_an_answer_is_not_another_one(make_ledger: Make):
    """Five systems promised and then delivered are five; a delivery that nobody promised answers itself."""
    came = SYSTEMS | {"fact": "came", "answers": "ask", "stage": "delivery", "announced_on": JUNE, "quantity_text": "5"}
    promised = _asked(make_ledger, TEN, GIFT | SYSTEMS | {"quantity_text": "5"}, came | {"delivers": "gift"})
    alone = _asked(make_ledger, TEN, came)
    assert (promised["answered_by"], _met(promised)) == (["gift"], [0.5, 0.5, 0.5])
    assert (alone["answered_by"], _met(alone)) == (["came"], [0.5, 0.5, 0.5])


@pytest.mark.parametrize("tie", [{"restates": "gift"}, {"part_of": "gift", "level": "item"}])
def test_the_delivery_of_an_answer_said_again_or_of_its_content_is_not_another_one(make_ledger: Make, tie: Row):
    """What fulfils a later saying of an answer, or an item inside it, is already counted with the answer."""
    middle = {"fact": "middle", "announced_on": JUNE} | tie
    came = SYSTEMS | {
        "fact": "came",
        "answers": "ask",
        "stage": "delivery",
        "delivers": "middle",
        "announced_on": JULY,
        "quantity_text": "5",
    }
    asked = _asked(make_ledger, TEN, GIFT | SYSTEMS | {"quantity_text": "5"}, middle, came)
    assert (asked["answered_by"], _met(asked)) == (["gift"], [0.5, 0.5, 0.5])


@pytest.mark.parametrize("often", RECURRING)
def test_a_recurring_request_is_not_met_by_a_sum(make_ledger: Make, often: str):
    """What is wanted again and again is answered, but no share of it is met; nor where nobody answers."""
    gift = GIFT | {"amount": 100}
    answered, unanswered = (_asked(make_ledger, ASK | {"amount": 100, "delivery_by": often}, gift | {"answers": to}) for to in ("ask", ""))
    assert [answered["answered_by"], unanswered["answered_by"]] == [["gift"], []]
    assert [answered["measure"], unanswered["measure"]] == ["", ""]
    assert _met(answered) == pytest.approx([NAN] * 3, nan_ok=True)


SHARES = [
    ("about 100", "about 50", (47.5 / 105, 0.5, 52.5 / 95)),
    ("100", "over 20", (0.2, 0.2, NAN)),
    ("over 100", "20", (NAN, 0.2, 0.2)),
    ("10 to 30", "6", (0.2, 0.3, 0.6)),
    ("dozens", "24", (24 / 99, NAN, 1.0)),
    ("20", "50", (2.5, 2.5, 2.5)),
]


def test_the_ends_of_a_share(make_ledger: Make):
    """The least given of the most asked for is the low end, and an open end stays open."""
    asks = [TEN | {"fact": f"ask-{place}", "quantity_text": asked_for} for place, (asked_for, *_) in enumerate(SHARES)]
    gifts = [
        SYSTEMS | {"fact": f"gift-{place}", "answers": f"ask-{place}", "quantity_text": given_}
        for place, (_, given_, _) in enumerate(SHARES)
    ]
    result = answers(_book(make_ledger, *asks, *gifts))
    assert set(result["measure"]) == {"quantity"}
    for (_, row), (*_, expected) in zip(result.iterrows(), SHARES, strict=True):
        assert _met(row) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("more", [(), ({"fact": "more", "answers": "ask", "quantity_text": "10", **SYSTEMS},)])
def test_a_vague_answer_never_becomes_a_point(make_ledger: Make, more: tuple[Row, ...]):
    """Dozens of a hundred are 24 to 99 of them, not none; beside ten others too there is no best share below the low one."""
    asked = _asked(make_ledger, TEN | {"quantity_text": "100"}, GIFT | SYSTEMS | {"quantity_text": "dozens"}, *more)
    low, best, high = _met(asked)
    assert (low, high) == pytest.approx((0.24 + 0.1 * len(more), 0.99 + 0.1 * len(more)))
    assert math.isnan(best) or low <= best <= high


def test_an_answer_of_up_to_has_a_best_and_a_high(make_ledger: Make):
    """Up to 30 of a hundred systems are at most 30 of them, as up to 30 euros of a hundred are."""
    pieces = _asked(make_ledger, TEN | {"quantity_text": "100"}, GIFT | SYSTEMS | {"quantity_text": "up to 30"})
    euros = _asked(make_ledger, ASK | {"amount": 100}, GIFT | {"amount": 30, "qualifier": "up_to"})
    assert [euros["measure"], pieces["measure"]] == ["amount", "quantity"]
    assert [_met(euros)[1:], _met(pieces)[1:]] == [[0.3, 0.3], [0.3, 0.3]]


def test_an_answer_of_up_to_is_not_left_out_beside_others(make_ledger: Make):
    """Twenty systems and up to thirty more are up to fifty, so the high end cannot be twenty."""
    more = {"fact": "more", "answers": "ask", "quantity_text": "up to 30", **SYSTEMS}
    asked = _asked(make_ledger, TEN | {"quantity_text": "100"}, GIFT | SYSTEMS | {"quantity_text": "20"}, more)
    assert _met(asked)[2] == pytest.approx(0.5)


def test_a_request_of_up_to_can_be_compared(make_ledger: Make):
    """Thirty of up to a hundred systems are at least 30 of a hundred, as with money."""
    pieces = _asked(make_ledger, TEN | {"quantity_text": "up to 100"}, GIFT | SYSTEMS | {"quantity_text": "30"})
    euros = _asked(make_ledger, ASK | {"amount": 100, "qualifier": "up_to"}, GIFT | {"amount": 30})
    assert (euros["measure"], _met(euros)) == ("amount", pytest.approx([0.3, 0.3, NAN], nan_ok=True))
    assert (pieces["measure"], _met(pieces)) == ("quantity", pytest.approx([0.3, 0.3, NAN], nan_ok=True))


QUANTITIES = st.sampled_from(["5", "about 20", "over 10", "10 to 30", "200"])


@settings(max_examples=8)
@given(asked_for=QUANTITIES, given_=st.lists(QUANTITIES, min_size=1, max_size=3), inside=st.booleans(), data=st.data())
def test_order_never_matters_and_ends_are_in_order(make_ledger: Make, asked_for: str, given_: list[str], inside: bool, data: st.DataObject):
    """Facts in any order give the same answers, with the best share between its ends."""
    names = [f"gift-{place}" for place in range(len(given_))]
    tie = [{}, *({"part_of": "gift-0"} if inside else {} for _ in names[1:])]
    rows = [SYSTEMS | GIFT | {"fact": name, "quantity_text": words} | up for name, words, up in zip(names, given_, tie, strict=True)]
    book = _book(make_ledger, TEN | {"quantity_text": asked_for}, *rows)
    order = data.draw(st.permutations(range(len(rows) + 1)))
    shuffled = Book(replace(book.ledger, facts=book.ledger.facts.iloc[order]), "EUR")
    one, other = (answers(each).loc["ask", ["answered_by", "measure", *MET]] for each in (book, shuffled))
    assert one.to_list()[:2] == other.to_list()[:2]
    assert _met(one) == pytest.approx(_met(other), nan_ok=True)
    assert _in_order(*_met(one))


@pytest.fixture(scope="module")
def found(real: Ledger) -> tuple[Book, pd.DataFrame]:
    """Give the real book and its answers."""
    book = Book(real, "EUR")
    return book, answers(book)


def test_real_answers_come_after_their_requests(found: tuple[Book, pd.DataFrame]):
    """Nothing answers a request before the first day on which it may have been made."""
    book, result = found
    pairs = result["answered_by"].explode().dropna()
    early = [(request, fact) for request, fact in pairs.items() if book.facts.at[fact, "day"] < result.at[request, "day"]]
    assert early == []


def test_real_requests_stand_once(found: tuple[Book, pd.DataFrame]):
    """Every request is a row or a later saying of one, and of none twice."""
    book, result = found
    sayings = [*result.index, *(fact for facts in result["again"] for fact in facts)]
    assert sorted(sayings) == sorted(book.facts.loc[book.facts["stage"] == "request", "fact"])


def test_real_answers_answer_and_are_not_inside_one_another(found: tuple[Book, pd.DataFrame]):
    """Each answer names its request, has a stage that gives something, and none delivers, repeats or is part of another one."""
    book, result = found
    facts = book.facts
    for request, listed in result["answered_by"].items():
        given_ = facts.loc[listed]
        assert set(given_["answers"].map(facts["saying"])) <= {request}
        assert set(given_["stage"]) <= set(ANSWERING)
        assert given_["day"].is_monotonic_increasing
        assert given_["saying"].is_unique
        assert not given_["delivers"].map(facts["saying"]).isin(given_["saying"]).any()
        assert not given_["part_of"].isin(listed).any()


def test_real_shares_are_in_order_and_present_where_there_is_a_measure(found: tuple[Book, pd.DataFrame]):
    """Shares are not below nought, have their best between their ends, and are missing where nothing can be compared."""
    _, result = found
    measured = result[result["measure"] != ""]
    assert set(result["measure"]) <= {"", "quantity", "amount"}
    assert all(_in_order(*row) for row in measured[MET].itertuples(index=False))
    assert not (measured[MET] < 0).any(axis=None)
    assert result.loc[result["measure"] == "", MET].isna().all(axis=None)
    assert measured[MET].notna().any(axis=1).all()
