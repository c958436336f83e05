"""What became of promises: the seven states, the delivered share, and the last day on which anybody spoke of them."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udcg.ageing import SILENCE, STATES, TRACES, ageing
from udcg.book import PROMISES, Book
from udcg.dates import last_day
from udcg.ledger import Ledger
from udcg.money import ENDS

Make = Callable[..., Ledger]
Row = dict[str, Any]

NAN = float("nan")
DONE = [f"done_{end}" for end in ENDS]
SPOKEN = ("amount", "qualifier", "amount_high", "quantity_text", "unit")
TODAY = pd.Timestamp("2026-06-01")
SYSTEMS = {"unit": "systems"}
GIFT = SYSTEMS | {"fact": "gift", "quantity_text": "10"}
CAME = {"fact": "came", "stage": "delivery", "delivers": "gift"}


def _book(make_ledger: Make, *rows: Row) -> Book:
    """Make a book of facts with their own amount and quantity, each said on a page of the day in its cell `said`."""
    firm = {"qualifier": "exact", "currency": "EUR"}
    pages = [row.get("said", "2025-04-11") for row in rows]
    claims = [
        (firm if "amount" in row else {}) | {cell: row[cell] for cell in ("fact", *SPOKEN) if cell in row} | {"source": f"page-{page}"}
        for row, page in zip(rows, pages, strict=True)
    ]
    facts = [{cell: row[cell] for cell in row if cell not in (*SPOKEN, "said")} for row in rows]
    return Book(make_ledger(facts=facts, claims=claims, sources=[{"source": f"page-{day}", "date": day} for day in set(pages)]), "EUR")


def _gift(make_ledger: Make, *rows: Row) -> pd.Series:
    return ageing(_book(make_ledger, *rows), TODAY).loc["gift"]


def _done(row: pd.Series) -> list[float]:
    return [float(row[end]) for end in DONE]


def _in_order(low: float, best: float, high: float) -> bool:
    return not (low > best + 1e-9 or best > high + 1e-9 or low > high + 1e-9)


@pytest.mark.parametrize(
    ("promise", "others", "state"),
    [
        ({"due": "2026-01-31"}, [CAME | SYSTEMS | {"quantity_text": "10"}], "delivered"),
        ({"due": "2026-01-31"}, [CAME | SYSTEMS | {"quantity_text": "4"}], "partly"),
        ({"due": "2026-12-31"}, [CAME], "reported"),
        ({"due": "2026-01-31"}, [], "overdue"),
        ({"due": "2026-12-31"}, [], "due"),
        ({}, [], "silent"),
        ({"said": "2026-01-16"}, [], "open"),
    ],
)
def test_every_state(make_ledger: Make, promise: Row, others: list[Row], state: str):
    """A promise is delivered, partly so, reported without a number, overdue, due later, not heard of for a year, or open."""
    assert _gift(make_ledger, GIFT | promise, *others)["state"] == state


def test_a_partial_due_date_runs_to_its_last_day(make_ledger: Make):
    """Due in June is in time until the thirtieth, due in a year until its last day, and on the day itself it is not overdue."""
    expected = {
        "2026-06-01": ("2026-06-01", "due"),
        "2026-05-31": ("2026-05-31", "overdue"),
        "2026-06": ("2026-06-30", "due"),
        "2026-05": ("2026-05-31", "overdue"),
        "2026": ("2026-12-31", "due"),
        "2025": ("2025-12-31", "overdue"),
    }
    rows = ageing(_book(make_ledger, *({"fact": f"due-{due}", "due": due} for due in expected)), TODAY).set_index("due")
    assert {due: (f"{day:%Y-%m-%d}", state) for due, day, state in zip(rows.index, rows["due_day"], rows["state"], strict=True)} == expected


def test_a_promise_without_a_due_date_has_no_due_day(make_ledger: Make):
    """Nobody said when, so there is no day, no delivery and no share."""
    gift = _gift(make_ledger, GIFT)
    assert pd.isna(gift["due_day"])
    assert gift["delivered_by"] == []
    assert _done(gift) == pytest.approx([NAN] * 3, nan_ok=True)


def test_a_promise_with_a_due_date_is_never_silent(make_ledger: Make):
    """What is due later, or overdue, is so however long nobody has spoken of it."""
    rows = [{"fact": f"due-{due}", "due": due, "said": "2022-05-01"} for due in ("2024", "2027")]
    assert list(ageing(_book(make_ledger, *rows), TODAY)["state"]) == ["overdue", "due"]


def test_deliveries_add_up_in_pieces(make_ledger: Make):
    """Four systems and then five of ten are nine tenths, in the order of their days."""
    five = CAME | SYSTEMS | {"fact": "a-last", "announced_on": "2025-07-01", "quantity_text": "5"}
    gift = _gift(make_ledger, GIFT, five, CAME | SYSTEMS | {"quantity_text": "4"})
    assert (gift["delivered_by"], gift["state"]) == (["came", "a-last"], "partly")
    assert _done(gift) == pytest.approx([0.9] * 3)


def test_disbursements_are_measured_in_money(make_ledger: Make):
    """Of EUR 100m paid out in two sums, 40 and 60, all is delivered; of the first alone, two fifths."""
    paid = [{"fact": f"paid-{sum_}", "stage": "disbursement", "delivers": "gift", "amount": sum_} for sum_ in (40, 60)]
    all_, some = (_gift(make_ledger, {"fact": "gift", "amount": 100}, *rows) for rows in (paid, paid[:1]))
    assert [all_["state"], some["state"]] == ["delivered", "partly"]
    assert [_done(all_), _done(some)] == [[1, 1, 1], [0.4, 0.4, 0.4]]


def test_pieces_go_before_money(make_ledger: Make):
    """Where both could be compared, pieces are."""
    gift = _gift(make_ledger, GIFT | {"amount": 100}, CAME | SYSTEMS | {"quantity_text": "4", "amount": 90})
    assert _done(gift) == [0.4, 0.4, 0.4]


def test_pieces_of_another_kind_are_compared_in_money_or_not_at_all(make_ledger: Make):
    """Launchers are not systems: what they cost may be compared, else it is only reported that they came."""
    launchers = CAME | {"quantity_text": "10", "unit": "launchers"}
    paid = _gift(make_ledger, GIFT | {"amount": 100}, launchers | {"amount": 90})
    unpaid = _gift(make_ledger, GIFT, launchers)
    assert [paid["state"], unpaid["state"]] == ["partly", "reported"]
    assert _done(paid) == [0.9, 0.9, 0.9]
    assert _done(unpaid) == pytest.approx([NAN] * 3, nan_ok=True)


def test_a_delivery_said_again_or_inside_another_counts_once(make_ledger: Make):
    """Four systems reported twice, and two of them as an item, are four."""
    four = CAME | SYSTEMS | {"quantity_text": "4"}
    again = four | {"fact": "again", "restates": "came", "announced_on": "2025-07-01"}
    item = four | {"fact": "a-item", "level": "item", "part_of": "came", "quantity_text": "2"}
    gift = _gift(make_ledger, GIFT, four, again, item)
    assert (gift["delivered_by"], _done(gift)) == (["came"], [0.4, 0.4, 0.4])


def test_of_a_delivery_said_again_on_the_same_day_the_first_saying_counts(make_ledger: Make):
    """The name of a restatement does not put it before what it restates."""
    four = CAME | SYSTEMS | {"quantity_text": "4"}
    gift = _gift(make_ledger, GIFT, four, four | {"fact": "a-again", "restates": "came", "quantity_text": "5"})
    assert (gift["delivered_by"], _done(gift)) == (["came"], [0.4, 0.4, 0.4])


def test_the_delivery_of_a_promise_said_again_is_that_of_the_first(make_ledger: Make):
    """A restatement has no row of its own, and what fulfils it fulfils the first saying."""
    again = GIFT | {"fact": "again", "restates": "gift", "announced_on": "2025-06-04"}
    rows = ageing(_book(make_ledger, GIFT, again, CAME | SYSTEMS | {"delivers": "again", "quantity_text": "10"}), TODAY)
    assert rows[["delivered_by", "state"]].to_dict("index") == {"gift": {"delivered_by": ["came"], "state": "delivered"}}


def test_only_deliveries_and_disbursements_deliver(make_ledger: Make):
    """A promise, a statement or a number that something will come is no delivery."""
    rows = [CAME | {"fact": stage, "stage": stage} for stage in ("pledge", "statement", "indicator", "delivery", "disbursement")]
    assert _gift(make_ledger, GIFT, *rows)["delivered_by"] == ["delivery", "disbursement"]


SHARES = [
    ("about 100", "about 50", (47.5 / 105, 0.5, 52.5 / 95), "partly"),
    ("over 20", "20", (NAN, 1, 1), "delivered"),
    ("20", "over 20", (1, 1, NAN), "delivered"),
    ("20", "30", (1.5, 1.5, 1.5), "delivered"),
    ("dozens", "99", (1, NAN, 99 / 24), "delivered"),
    ("dozens", "24", (24 / 99, NAN, 1), "partly"),
    ("1,000", "996", (0.996, 0.996, 0.996), "delivered"),
]


def test_the_ends_of_the_delivered_share(make_ledger: Make):
    """The least delivered of the most promised is the low end; all but the rounding of counts is all."""
    gifts = [GIFT | {"fact": f"gift-{place}", "quantity_text": promised} for place, (promised, *_) in enumerate(SHARES)]
    came = [
        CAME | SYSTEMS | {"fact": f"came-{place}", "delivers": f"gift-{place}", "quantity_text": delivered}
        for place, (_, delivered, *_) in enumerate(SHARES)
    ]
    rows = ageing(_book(make_ledger, *gifts, *came), TODAY)
    assert list(rows["state"]) == [state for *_, state in SHARES]
    for (_, row), (*_, expected, _) in zip(rows.iterrows(), SHARES, strict=True):
        assert _done(row) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("delivered", "low", "high", "state"), [("dozens", 0.24, 0.99, "partly"), ("hundreds", 2, 9.99, "delivered")])
def test_a_vague_delivery_never_becomes_a_point(make_ledger: Make, delivered: str, low: float, high: float, state: str):
    """Dozens of a hundred are at least 24 of them, and hundreds are all of them; neither is none."""
    gift = _gift(make_ledger, GIFT | {"quantity_text": "100"}, CAME | SYSTEMS | {"quantity_text": delivered})
    assert (gift["done_low"], gift["done_high"]) == pytest.approx((low, high))
    assert math.isnan(gift["done_best"]) or _in_order(*_done(gift))
    assert gift["state"] == state


@pytest.mark.parametrize(("delivered", "best", "state"), [("42", 1.0, "delivered"), ("21", 0.5, "partly")])
def test_a_promise_of_up_to_can_be_delivered(make_ledger: Make, delivered: str, best: float, state: str):
    """All of up to 42 systems is all, half of them half, as with money."""
    pieces = _gift(make_ledger, GIFT | {"quantity_text": "up to 42"}, CAME | SYSTEMS | {"quantity_text": delivered})
    assert (pieces["state"], pieces["done_best"]) == (state, best)
    euros = _gift(make_ledger, {"fact": "gift", "amount": 42, "qualifier": "up_to"}, CAME | {"amount": int(delivered)})
    assert (euros["state"], euros["done_best"]) == (state, best)


def test_a_delivery_of_up_to_is_not_left_out(make_ledger: Make):
    """Up to five of ten systems are not reported without a number: at most half of them came."""
    gift = _gift(make_ledger, GIFT, CAME | SYSTEMS | {"quantity_text": "up to 5"})
    assert (gift["state"], _done(gift)[1:]) == ("partly", [0.5, 0.5])


def test_promises_of_packages_and_items_age(make_ledger: Make):
    """Pledges, commitments and allocations, of mixed scope too, have a row; frames, civilian aid and what is no promise have none."""
    aged = [{"level": "item"}, {"scope": "mixed"}, *({"stage": stage} for stage in PROMISES)]
    left_out = [{"level": "frame"}, {"level": "group_total"}, {"scope": "civilian"}]
    left_out += [{"stage": stage} for stage in ("request", "statement", "indicator", "delivery", "disbursement")]
    rows = [{"fact": f"{name}-{place}"} | cells for name, some in (("aged", aged), ("out", left_out)) for place, cells in enumerate(some)]
    assert list(ageing(_book(make_ledger, *rows), TODAY).index) == [f"aged-{place}" for place in range(len(aged))]


def test_no_promises_give_an_empty_frame(make_ledger: Make):
    """Without a promise there is no row, but every column."""
    rows = ageing(_book(make_ledger, GIFT | {"stage": "request"}), TODAY)
    assert rows.empty
    assert {"due_day", "delivered_by", *DONE, "heard", "age", "state"} <= set(rows.columns)


def test_silence_is_a_year(make_ledger: Make):
    """A promise without a due date is silent once nobody has spoken of it for a year."""
    assert pd.Timedelta(days=365) == SILENCE
    said = [TODAY - pd.Timedelta(days=days) for days in (364, 365, 1000)]
    rows = [{"fact": f"gift-{place}", "announced_on": "2023-01-16", "said": f"{day:%Y-%m-%d}"} for place, day in enumerate(said)]
    found = ageing(_book(make_ledger, *rows), TODAY)
    assert (list(found["heard"]), list(found["state"])) == (said, ["open", "silent", "silent"])


def test_a_later_fact_that_is_tied_to_it_counts_as_heard(make_ledger: Make):
    """Saying it again, naming its content, drawing from it or delivering it shows that a promise is alive."""
    gifts = [{"fact": f"gift-{tie}".replace("_", "-"), "said": "2024-01-16"} for tie in (*TRACES, "none")]
    later = [
        {"fact": f"later-{place}", "announced_on": "2026-01-16", "said": "2026-01-20", tie: gifts[place]["fact"], "stage": "statement"}
        | ({"stage": "delivery"} if tie == "delivers" else {})
        for place, tie in enumerate(TRACES)
    ]
    rows = ageing(_book(make_ledger, *gifts, *later), TODAY)
    assert list(rows["heard"]) == [*[pd.Timestamp("2026-01-20")] * len(TRACES), pd.Timestamp("2024-01-16")]
    assert list(rows["state"]) == [*("reported" if tie == "delivers" else "open" for tie in TRACES), "silent"]


def test_a_fact_tied_to_a_later_saying_counts_as_heard_of_the_first(make_ledger: Make):
    """An item of the promise as it was said again is an item of the promise, and an untied fact says nothing of it."""
    again = {"fact": "again", "restates": "gift", "announced_on": "2024-06-04", "said": "2024-06-04"}
    item = {"fact": "item", "level": "item", "part_of": "again", "announced_on": "2026-01-16", "said": "2026-01-16"}
    other = {"fact": "other", "announced_on": "2026-05-01", "said": "2026-05-01"}
    gift = _gift(make_ledger, GIFT | {"announced_on": "2024-01-16", "said": "2024-01-16"}, again, item, other)
    assert (gift["heard"], gift["state"]) == (pd.Timestamp("2026-01-16"), "open")


def test_age_counts_days_since_the_first_announcement(make_ledger: Make):
    """A package drawn from an older frame is as old as the frame, and one of a month as old as its first day."""
    frame = {"fact": "frame", "level": "frame", "amount": 100, "announced_on": "2025-06-01"}
    drawn = {"fact": "drawn", "drawn_from": "frame", "amount": 10, "announced_on": "2026-05-31"}
    rows = ageing(_book(make_ledger, frame, drawn, GIFT | {"announced_on": "2026-05"}), TODAY)
    assert rows["age"].to_dict() == {"drawn": 365, "gift": 31}


def test_the_book_as_of_a_day_knows_no_later_deliveries(make_ledger: Make):
    """What was due in May and came on the tenth of June was overdue on the first."""
    book = _book(make_ledger, GIFT | {"due": "2026-05"}, CAME | SYSTEMS | {"quantity_text": "10", "said": "2026-06-10"})
    before = Book(book.ledger.as_of("2026-06-01"), "EUR")
    states = [ageing(each, TODAY).at["gift", "state"] for each in (before, book)]
    assert states == ["overdue", "delivered"]


@settings(max_examples=8)
@given(
    promised=st.sampled_from(["", "30", "about 30", "over 30", "20 to 30"]),
    delivered=st.lists(st.sampled_from(["", "5", "about 20", "over 10", "10 to 30"]), max_size=3),
    due=st.sampled_from(["", "2025", "2026-06", "2027"]),
    data=st.data(),
)
def test_order_never_matters_and_every_row_has_one_state(
    make_ledger: Make, promised: str, delivered: list[str], due: str, data: st.DataObject
):
    """Facts in any order give the same state, which follows from the columns beside it."""
    came = [
        CAME | {"fact": f"came-{place}", "quantity_text": words, "unit": "systems" if words else ""}
        for place, words in enumerate(delivered)
    ]
    book = _book(make_ledger, {"fact": "gift", "due": due, "quantity_text": promised, "unit": "systems" if promised else ""}, *came)
    order = data.draw(st.permutations(range(len(came) + 1)))
    shuffled = Book(replace(book.ledger, facts=book.ledger.facts.iloc[order]), "EUR")
    one, other = (ageing(each, TODAY).loc["gift"] for each in (book, shuffled))
    assert (one["state"], one["delivered_by"]) == (other["state"], other["delivered_by"])
    assert _in_order(*_done(one))
    assert (one["state"] in {"delivered", "partly", "reported"}) == bool(came)


@pytest.fixture(scope="module")
def found(real: Ledger) -> tuple[Book, pd.DataFrame]:
    """Give the real book and the promises on its last day."""
    book = Book(real, "EUR")
    return book, ageing(book, real.cut_off)


def test_real_rows_are_first_sayings_below_frames(found: tuple[Book, pd.DataFrame]):
    """Each row is a promise that restates nothing, below frames and not civilian."""
    _, rows = found
    assert rows["stage"].isin(PROMISES).all()
    assert (rows["restates"] == "").all()
    assert not rows["level"].isin(["frame", "group_total"]).any()
    assert not (rows["scope"] == "civilian").any()


def test_real_states_follow_from_their_columns(found: tuple[Book, pd.DataFrame]):
    """Deliveries, due days and silence each lead to their states and to no other."""
    book, rows = found
    today, reported = book.ledger.cut_off, rows["delivered_by"].str.len() > 0
    assert set(rows["state"]) <= set(STATES)
    assert (rows["state"].isin(["delivered", "partly", "reported"]) == reported).all()
    assert ((rows["state"] == "overdue") == (~reported & (rows["due_day"] < today))).all()
    assert ((rows["state"] == "due") == (~reported & (rows["due_day"] >= today))).all()
    assert ((rows["state"] == "silent") == (~reported & rows["due_day"].isna() & (rows["heard"] <= today - SILENCE))).all()
    assert rows.loc[rows["state"] == "reported", DONE].isna().all(axis=None)


def test_real_rows_are_heard_of_and_have_an_age(found: tuple[Book, pd.DataFrame]):
    """Somebody spoke of every promise by the last day of the evidence, and none is announced after it."""
    book, rows = found
    assert rows["heard"].notna().all()
    assert (rows["heard"] <= book.ledger.cut_off).all()
    assert (rows["age"] >= 0).all()
    assert rows["due_day"].equals(last_day(rows["due"]))


def test_real_deliveries_name_their_promise(found: tuple[Book, pd.DataFrame]):
    """Each delivery names the promise or a later saying of it, is listed once, and shares have their best between their ends."""
    book, rows = found
    pairs = rows["delivered_by"].explode().dropna()
    assert (book.facts.loc[pairs, "delivers"].map(book.facts["saying"]).to_numpy() == pairs.index).all()
    assert pairs.is_unique
    assert all(_in_order(*row) for row in rows[DONE].itertuples(index=False))


def test_real_promises_are_only_reported_where_nothing_can_be_compared(found: tuple[Book, pd.DataFrame]):
    """Where promise and delivery both count the same, the share is stated."""
    book, rows = found
    reported = rows.loc[rows["state"] == "reported", "delivered_by"].explode()
    facts = book.facts
    comparable = [
        (promise, came)
        for promise, came in reported.items()
        if facts.at[promise, "q_best"] > 0 and facts.at[came, "q_best"] > 0 and facts.at[promise, "q_unit"] == facts.at[came, "q_unit"]
    ]
    assert comparable == []
