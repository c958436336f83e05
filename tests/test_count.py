"""Each euro counts once inside a boundary (rules 3 to 7): every rule with a few literal facts, and what holds for all facts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg import count
from udcg.book import Book
from udcg.ledger import Ledger
from udcg.money import ENDS
from udcg.sums import ROUNDING, Sum

Make = Callable[..., Book]
Rows = list[dict[str, Any]]

JANUARY, MARCH, APRIL, JUNE = "2025-01-16", "2025-03-21", "2025-04-11", "2025-06-04"
FRAME = {"fact": "frame", "level": "frame", "amount": 100}
DRAWN = {"fact": "package", "amount": 40, "drawn_from": "frame"}
ITEM = {"fact": "item", "level": "item", "amount": 10, "part_of": "package"}


def _ends(result: Sum) -> list[float | None]:
    return [None if pd.isna(end) else float(end) for end in result.ends]


def _best(result: Sum) -> float:
    return float(result.ends["best"])


def _by_donor(result: Sum) -> dict[str, list[float]]:
    return {str(donor): row[ENDS].tolist() for donor, row in result.by_donor().iterrows()}


def test_never_whole_and_part(make_book: Make):
    """A frame, the package drawn from it and the item inside the package are one sum: the frame's."""
    result = count.committed(make_book([FRAME, DRAWN, ITEM]))
    assert (_ends(result), result.facts) == ([100, 100, 100], ["frame"])


def test_a_package_under_no_frame_counts_itself(make_book: Make):
    """The topmost promises count, at whatever level they stand."""
    rows = [{"fact": "package", "amount": 40}, ITEM, {"fact": "lone", "level": "item", "amount": 5}]
    result = count.committed(make_book(rows))
    assert (_best(result), result.facts) == (45, ["lone", "package"])


def test_one_sum_under_two_wholes_counts_once(make_book: Make):
    """A share that is part of a joint package and drawn from a purse stays in the purse and is taken out of the package."""
    rows = [FRAME, {"fact": "joint", "amount": 50}, {"fact": "share", "amount": 35, "part_of": "joint", "drawn_from": "frame"}]
    result = count.committed(make_book(rows))
    assert (_best(result), result.facts, result.of("taken_out")) == (115, ["frame", "joint"], ["share"])
    assert _best(count.allocated(make_book(rows))) == 50


def test_a_whole_without_an_amount_is_the_sum_of_its_parts(make_book: Make):
    """A package without a value hides no part that has one."""
    rows = [{"fact": "package"}, ITEM, {"fact": "other", "level": "item", "amount": 7, "part_of": "package"}]
    assert _best(count.committed(make_book(rows))) == 17


@pytest.mark.parametrize("stage", ["request", "statement", "indicator", "delivery", "disbursement"])
def test_only_promises_enter_a_sum(make_book: Make, stage: str):
    """Requests, statements, indicators, deliveries and disbursements enter neither ledger."""
    book = make_book([{"fact": "gift", "amount": 5}, {"fact": "other", "amount": 100, "stage": stage}])
    assert [count.committed(book).facts, count.allocated(book).facts] == [["gift"], ["gift"]]


@pytest.mark.parametrize("stage", ["pledge", "commitment", "allocation"])
def test_every_kind_of_promise_enters(make_book: Make, stage: str):
    """Pledges, commitments and allocations are promises."""
    assert _best(count.committed(make_book([{"fact": "gift", "amount": 5, "stage": stage}]))) == 5


def test_civilian_aid_enters_neither_ledger(make_book: Make):
    """Civilian money is in no sum of military or of mixed aid."""
    book = make_book([{"fact": "gift", "amount": 5}, {"fact": "food", "amount": 100, "scope": "civilian"}])
    assert [_best(count.committed(book)), _best(count.committed(book, "mixed")), _best(count.allocated(book))] == [5, 0, 5]


def test_group_totals_never_enter(make_book: Make):
    """A sum stated over everybody is not added, and does not swallow what is inside it or counted in it."""
    rows = [
        {"fact": "total", "level": "group_total", "donor": "UDCG", "amount": 1000},
        {"fact": "frame", "level": "frame", "amount": 100, "part_of": "total"},
        {"fact": "gift", "amount": 10, "counted_in": "total"},
    ]
    book = make_book(rows)
    assert [_best(count.committed(book)), _best(count.new(book, 27)), _best(count.allocated(book))] == [110, 110, 10]


def test_a_fact_without_an_amount_adds_nothing(make_book: Make):
    """A promise of something without a price is in no sum, and no promises sum to nought."""
    result = count.committed(make_book([{"fact": "tanks"}]))
    assert (_ends(result), result.facts, len(result.by_donor())) == ([0, 0, 0], [], 0)


def test_a_restatement_is_not_new(make_book: Make):
    """What is said again counts at its first saying only, and is shown as said again."""
    rows = [FRAME | {"announced_on": JANUARY}, FRAME | {"fact": "again", "restates": "frame"}, {"fact": "gift", "amount": 7}]
    book = make_book(rows)
    assert [_best(count.committed(book)), _best(count.new(book, 26)), _best(count.new(book, 27))] == [107, 100, 7]
    assert [count.reannounced(book, meeting).facts for meeting in (26, 27, 28)] == [[], ["again"], []]


def test_a_promise_said_twice_in_one_window_is_new_once(make_book: Make):
    """Saying it again before the same meeting is no announcement of something older."""
    book = make_book([FRAME | {"announced_on": MARCH}, FRAME | {"fact": "again", "restates": "frame"}])
    assert (_best(count.new(book, 27)), count.reannounced(book, 27).facts) == (100, [])


def test_a_promise_repeated_twice_is_reannounced_once(make_book: Make):
    """Two restatements in one window are one sum said again."""
    again = [FRAME | {"fact": name, "restates": "frame"} for name in ("again", "once-more")]
    assert _best(count.reannounced(make_book([FRAME | {"announced_on": JANUARY}, *again]), 27)) == 100


def test_money_drawn_from_an_older_frame_is_not_new(make_book: Make):
    """A package of April paid from a frame of January is nothing new in April, and neither is its content."""
    book = make_book([FRAME | {"announced_on": JANUARY}, DRAWN, ITEM])
    assert [_best(count.new(book, 26)), _best(count.new(book, 27)), _best(count.allocated(book, 27))] == [100, 0, 40]


def test_older_parts_of_a_new_fact_are_subtracted(make_book: Make):
    """A package of April that holds an item of January is new without the item, which is shown as taken out."""
    book = make_book([{"fact": "package", "amount": 40}, ITEM | {"announced_on": JANUARY}])
    result = count.new(book, 27)
    assert _ends(result) == [30, 30, 30]
    assert result.parts.set_index("fact")["role"].to_dict() == {"package": "counted", "item": "taken_out"}
    assert [_best(count.new(book, 26)), _best(count.committed(book))] == [10, 40]


def test_an_older_part_inside_an_older_part_is_subtracted_once(make_book: Make):
    """Of older parts that hold one another only the topmost is taken out."""
    rows = [FRAME, DRAWN | {"announced_on": JANUARY}, ITEM | {"announced_on": JANUARY}]
    assert _best(count.new(make_book(rows), 27)) == 60


def test_an_older_part_leaves_the_range_of_its_whole(make_book: Make):
    """About 40 with 10 of it older leaves 30, as uncertain as the whole was."""
    rows = [{"fact": "package", "amount": 40, "qualifier": "about"}, ITEM | {"announced_on": JANUARY}]
    assert _ends(count.new(make_book(rows), 27)) == [28, 30, 32]


def test_older_parts_beyond_their_whole_leave_nothing(make_book: Make):
    """A sum never falls below nought."""
    rows = [{"fact": "package", "amount": 40}, ITEM | {"announced_on": JANUARY, "amount": 60}]
    assert _ends(count.new(make_book(rows), 27)) == [0, 0, 0]


def test_a_new_part_of_an_old_whole_that_carried_no_money_is_new(make_book: Make):
    """An initiative announced without a sum makes none of the money that comes later older."""
    rows = [{"fact": "package", "announced_on": JANUARY}, ITEM, {"fact": "other", "amount": 5, "announced_on": JUNE}]
    assert _best(count.new(make_book(rows), 27)) == 10


def test_the_windows_add_up_to_the_whole(make_book: Make):
    """What is new at each meeting adds up to all commitments, each euro in one window."""
    rows = [
        FRAME | {"announced_on": MARCH},
        DRAWN | {"announced_on": JANUARY},
        ITEM | {"announced_on": JUNE},
        {"fact": "late", "amount": 3, "announced_on": "2025-09-09"},
    ]
    book = make_book(rows)
    assert [_best(count.new(book, meeting)) for meeting in (26, 27, 28, 29)] == [40, 60, 0, 3]
    assert _best(count.committed(book)) == 103


def test_on_the_day_counts_only_the_meetings_own_days(make_book: Make):
    """What was first said between two meetings is new at the second, but not said on its day."""
    book = make_book([{"fact": "between", "amount": 100, "announced_on": MARCH}, {"fact": "that-day", "amount": 7}])
    assert [_best(count.new(book, 27)), _best(count.new(book, 27, on_the_day=True))] == [107, 7]


def test_unknown_dates_are_only_in_the_high(make_book: Make):
    """A promise of some day in April may belong to either meeting, and is in the high of both and in all commitments."""
    book = make_book([{"fact": "gift", "amount": 7}, {"fact": "some-day", "amount": 50, "announced_on": "2025-04"}])
    assert [_ends(count.new(book, meeting)) for meeting in (26, 27, 28)] == [[0, 0, 0], [7, 7, 57], [0, 0, 50]]
    assert _ends(count.committed(book)) == [57, 57, 57]


def test_a_part_of_unknown_date_adds_nothing_to_its_whole(make_book: Make):
    """An undated item inside a package that counts is already counted."""
    book = make_book([{"fact": "package", "amount": 40}, ITEM | {"announced_on": "2025-04", "part_of": "package"}])
    assert count.new(book, 27).ends["high"] == 40


JOINT = {"fact": "joint", "amount": 450, "partners": "NO"}


def _share(donor: str, amount: float) -> dict[str, Any]:
    return {"fact": "joint", "donor": donor, "amount": amount, "claim": "joint-daily"}


def test_a_joint_package_is_looked_through_to_its_shares(make_book: Make):
    """Each donor has what it pays, and the sum is that of the package."""
    result = count.committed(make_book([JOINT], shares=[_share("GB", 350), _share("NO", 100)]))
    assert _ends(result) == [450, 450, 450]
    assert _by_donor(result) == {"GB": [350, 350, 350], "NO": [100, 100, 100]}


def test_shares_are_converted_at_the_rate_of_the_package(make_book: Make):
    """A share stated in pounds is counted in euros of the day of announcement."""
    book = make_book(
        [JOINT | {"currency": "GBP"}], shares=[_share("GB", 350) | {"currency": "GBP"}, _share("NO", 100) | {"currency": "GBP"}]
    )
    assert _by_donor(count.committed(book))["NO"] == pytest.approx([125, 125, 125])


def test_unknown_shares_stay_with_the_group_and_in_donors_high(make_book: Make):
    """Where nobody says who pays what, the money is the group's, each donor's high holds it, and the sum holds it once."""
    result = count.committed(make_book([JOINT]))
    assert _ends(result) == [450, 450, 450]
    assert _by_donor(result) == {"MULTI": [450, 450, 450], "GB": [0, 0, 450], "NO": [0, 0, 450]}


def test_what_known_shares_leave_is_unknown(make_book: Make):
    """One known share leaves the rest to the group and to the high of the others only."""
    result = count.committed(make_book([JOINT], shares=[_share("GB", 350)]))
    assert _ends(result) == [450, 450, 450]
    assert _by_donor(result) == {"GB": [350, 350, 350], "MULTI": [100, 100, 100], "NO": [0, 0, 100]}


def test_shares_that_leave_a_rounding_leave_nothing(make_book: Make):
    """Less than half a percent of the whole is not a share of anyone."""
    result = count.committed(make_book([JOINT], shares=[_share("GB", 350), _share("NO", 99)]))
    assert list(_by_donor(result)) == ["GB", "NO"]


def test_by_donor_names_the_facts_and_begins_with_the_largest(make_book: Make):
    """Donors are in the order of their sums, each with the facts that make it."""
    rows = [{"fact": "a", "amount": 5}, {"fact": "b", "amount": 20, "donor": "NO"}, {"fact": "c", "amount": 6}]
    result = count.committed(make_book(rows)).by_donor()
    assert result["facts"].to_dict() == {"NO": ["b"], "GB": ["a", "c"]}
    assert list(result.index) == ["NO", "GB"]


def test_an_open_high_leaves_the_sum_open(make_book: Make):
    """One promise of over 10 makes the whole sum at least, and one of up to 10 lowers the low only."""
    rows = [{"fact": "a", "amount": 5}, {"fact": "b", "amount": 10, "qualifier": "over"}, {"fact": "c", "amount": 10, "qualifier": "up_to"}]
    assert _ends(count.committed(make_book(rows))) == [15, 25, None]
    assert _ends(count.committed(make_book([rows[0], rows[2]]))) == [5, 15, 15]


MIXED = {"fact": "mixed", "level": "frame", "scope": "mixed", "amount": 100}


def test_mixed_sums_stand_apart_without_their_military_slice(make_book: Make):
    """Of a mixed sum the slice known to be military counts as military, and the rest is shown apart."""
    book = make_book([MIXED, {"fact": "slice", "amount": 30, "part_of": "mixed"}, {"fact": "gift", "amount": 5}])
    assert [_best(count.committed(book)), _best(count.committed(book, "mixed"))] == [35, 70]
    assert [_best(count.new(book, 27)), _best(count.new(book, 27, "mixed"))] == [35, 70]


def test_what_a_mixed_purse_pays_is_inside_the_purse(make_book: Make):
    """A military package paid from a mixed frame is an allocation and no further commitment, nor is its content."""
    book = make_book([MIXED, {"fact": "package", "amount": 40, "drawn_from": "mixed"}, ITEM])
    assert [_best(count.committed(book)), _best(count.committed(book, "mixed")), _best(count.allocated(book))] == [0, 100, 40]


def test_a_purse_without_an_amount_holds_nothing(make_book: Make):
    """A package paid from a mixed frame of unknown size is counted itself."""
    book = make_book([{"fact": "mixed", "level": "frame", "scope": "mixed"}, {"fact": "package", "amount": 40, "drawn_from": "mixed"}])
    assert _best(count.committed(book)) == 40


def test_a_mixed_payment_from_a_military_purse_counts_with_the_purse(make_book: Make):
    """A mixed package paid from a military frame adds nothing to the mixed sums."""
    book = make_book([FRAME, {"fact": "aid", "scope": "mixed", "amount": 20, "drawn_from": "frame"}])
    assert [_best(count.committed(book)), _best(count.committed(book, "mixed"))] == [100, 0]


def test_allocations_stand_apart_from_commitments(make_book: Make):
    """The frame is committed, the package drawn from it is allocated, and the item inside the package is neither."""
    book = make_book([FRAME, DRAWN, ITEM, {"fact": "lone", "level": "item", "amount": 5}])
    assert [count.committed(book).facts, count.allocated(book).facts] == [["frame", "lone"], ["lone", "package"]]
    assert [_best(count.committed(book)), _best(count.allocated(book))] == [105, 45]


def test_allocations_count_in_the_window_of_their_own_day(make_book: Make):
    """A package of April is allocated in April, though the frame that pays it is of January."""
    book = make_book([FRAME | {"announced_on": JANUARY}, DRAWN, {"fact": "other", "amount": 5, "announced_on": JUNE}])
    assert [_best(count.allocated(book, meeting)) for meeting in (26, 27, 28)] == [0, 40, 5]


def test_an_item_of_an_older_package_is_no_new_allocation(make_book: Make):
    """What is inside a package allocated before is not allocated again."""
    book = make_book([{"fact": "package", "amount": 40, "announced_on": JANUARY}, ITEM])
    assert [_best(count.allocated(book, meeting)) for meeting in (26, 27)] == [40, 0]


def test_within_adds_each_euro_of_a_choice_once(make_book: Make):
    """Of chosen facts only the topmost are added."""
    book = make_book([FRAME, DRAWN, ITEM])
    facts = book.facts
    assert _best(count.within(book, facts[facts["fact"].isin(["package", "item"])])) == 40


def test_shares_do_not_close_an_open_end(make_book: Make):
    """Of a package of over 450 whose known shares are 450, more may come from anyone."""
    rows = [JOINT | {"qualifier": "over"}]
    result = count.committed(make_book(rows, shares=[_share("GB", 350), _share("NO", 100)]))
    assert _ends(result) == [450, 450, None]


def test_what_was_said_on_the_day_is_known_to_the_day(make_book: Make):
    """A promise of some day in April may be new in the window's high end, but was not said at the meeting."""
    book = make_book([{"fact": "sure", "announced_on": APRIL, "amount": 5}, {"fact": "sometime", "announced_on": "2025-04", "amount": 70}])
    assert _ends(count.new(book, 27)) == [5, 5, 75]
    assert _ends(count.new(book, 27, on_the_day=True)) == [5, 5, 5]


def test_the_worked_example_of_the_27th_meeting(real: Ledger):
    """The joint package is new but for the British share, whose purse was announced in January; the repairs count nowhere again."""
    book = Book(real, "EUR")
    new = count.new(book, 27).parts.set_index("fact")["role"]
    assert new["gb-2025-04-joint-package"].eq("counted").all()
    assert new["gb-2025-04-uk-share"] == "taken_out"
    assert not {"gb-2025-04-year-2025", "gb-2025-01-year-2025", "gb-2025-04-repairs", "udcg-2025-04-headline"} & set(new.index)
    assert "gb-2025-04-year-2025" in count.reannounced(book, 27).facts
    allocated = count.allocated(book, 27).facts
    assert "gb-2025-04-joint-package" in allocated
    assert not {"gb-2025-04-uk-share", "gb-2025-04-repairs", "gb-2025-04-year-2025"} & set(allocated)


@st.composite
def forests(draw: st.DrawFn, scopes: tuple[str, ...] = ("military", "mixed", "civilian")) -> Rows:
    """Draw up to six promises, each inside, paid by, or said again of promises drawn before it."""
    rows: Rows = []
    for place in range(draw(st.integers(1, 6))):
        row = {
            "fact": f"f{place}",
            "announced_on": draw(st.sampled_from([JANUARY, MARCH, APRIL, JUNE, "2025-04", "2025"])),
            "donor": draw(st.sampled_from(["GB", "NO"])),
            "partners": draw(st.sampled_from(["", "DK"])),
            "level": draw(st.sampled_from(["group_total", "frame", "package", "item"])),
            "scope": draw(st.sampled_from(scopes)),
            "amount": draw(st.integers(1, 1000)),
            "qualifier": draw(st.sampled_from(["exact", "about", "over", "up_to"])),
        }
        if rows:
            before = st.sampled_from([earlier["fact"] for earlier in rows])
            ties = draw(st.sampled_from([(), ("part_of",), ("drawn_from",), ("part_of", "drawn_from"), ("restates",)]))
            row |= {tie: draw(before) for tie in ties}
            row["overlaps"] = draw(before) if not ties and draw(st.booleans()) else ""
        rows.append(row)
    return rows


def _sums(book: Book) -> dict[str, Sum]:
    scopes = ("military", "mixed")
    return (
        {f"committed {scope}": count.committed(book, scope) for scope in scopes}
        | {f"allocated {scope}": count.allocated(book, scope=scope) for scope in scopes}
        | {f"new {scope} {meeting}": count.new(book, meeting, scope) for scope in scopes for meeting in (26, 27, 28)}
        | {f"allocated {meeting}": count.allocated(book, meeting) for meeting in (26, 27, 28)}
    )


def _flat(book: Book) -> dict[str, float]:
    return {f"{name} {end}": float(result.ends[end]) for name, result in _sums(book).items() for end in ENDS}


@given(rows=forests(), data=st.data())
def test_order_of_rows_never_matters(make_book: Make, rows: Rows, data: st.DataObject):
    """Facts and claims in any order give the same sums."""
    book = make_book(rows)
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = Book(replace(book.ledger, facts=book.ledger.facts.iloc[order], claims=book.ledger.claims.iloc[order[::-1]]), "EUR")
    assert _flat(shuffled) == pytest.approx(_flat(book), nan_ok=True)


@given(rows=forests())
def test_low_best_and_high_are_in_order(make_book: Make, rows: Rows):
    """Every sum, and every donor's part of it, has its best between its ends."""
    results = _sums(make_book(rows)).values()
    ends = pd.concat([pd.DataFrame([result.ends]) for result in results] + [result.by_donor()[ENDS] for result in results])
    ends = ends.astype("float64")
    assert (ends["low"] >= 0).all()
    assert (ends["low"] <= ends["best"]).all()
    assert not (ends["best"] > ends["high"] + 1e-6).any()


@given(rows=forests(scopes=("military",)), day=st.sampled_from([JANUARY, APRIL, "2025"]), amount=st.integers(1, 10), data=st.data())
def test_adding_a_child_changes_no_total(make_book: Make, rows: Rows, day: str, amount: int, data: st.DataObject):
    """One more item inside a promise that counts moves money to no sum of commitments or allocations, whenever it is said."""
    rows = [row | {"level": "package"} if row["level"] in {"group_total", "item"} else row for row in rows]
    parent = data.draw(st.sampled_from(rows))
    child = {"fact": "child", "level": "item", "amount": amount, "announced_on": day, "part_of": parent["fact"]}
    before, after = make_book(rows), make_book([*rows, child])
    assert _ends(count.committed(after)) == pytest.approx(_ends(count.committed(before)))
    first = before.facts.loc[parent["fact"], "saying"]
    if before.facts.loc[first, "level"] == "package":
        assert _ends(count.allocated(after)) == pytest.approx(_ends(count.allocated(before)))


@given(amount=st.integers(100, 10**10), cuts=st.lists(st.floats(0, 1), max_size=2))
def test_splitting_into_shares_keeps_the_sum(make_book: Make, amount: int, cuts: list[float]):
    """However much of a joint package is known to be whose, its sum stays that of the package, but for rounding."""
    marks = [0.0, *sorted(cuts)]
    shares = [_share(donor, (high - low) * amount) for donor, low, high in zip(("GB", "NO"), marks, marks[1:], strict=False)]
    result = count.committed(make_book([JOINT | {"amount": amount, "partners": "NO;DK"}], shares=shares))
    assert _ends(result) == pytest.approx([amount] * 3, rel=ROUNDING)


def test_two_sayings_of_a_promise_without_a_first_sum_count_once(make_book: Make):
    """Where the first saying has no amount, the earliest one that has is the promise, and the next only says it again."""
    rows = [{"fact": "first"}, {"fact": "b", "amount": 10, "restates": "first"}, {"fact": "c", "amount": 10, "restates": "first"}]
    assert _ends(count.committed(make_book(rows))) == [10, 10, 10]


def test_years_share_no_money_and_miss_none(make_book: Make, book: Book):
    """What was first announced in each year adds up to the whole: of three literal promises, and of the project's own evidence."""
    rows = [
        FRAME | {"announced_on": JANUARY},
        DRAWN | {"announced_on": "2026-02-01"},
        {"fact": "late", "amount": 7, "announced_on": "2026-03"},
    ]
    literal = make_book(rows)
    assert [_best(count.committed(literal, **_year(year))) for year in (2025, 2026)] == [100, 7]
    assert [_best(count.allocated(literal, **_year(year))) for year in (2025, 2026)] == [0, 47]
    for counted in (count.committed, count.allocated):
        assert sum(_best(counted(book, **_year(year))) for year in range(2022, 2027)) == pytest.approx(_best(counted(book)))


def _year(year: int) -> dict[str, pd.Timestamp]:
    return {"since": pd.Timestamp(year, 1, 1), "until": pd.Timestamp(year, 12, 31)}
