"""A sum and its boundary: ends by role, the split by donor, and what holds for all parts."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.money import ENDS
from udcg.sums import COUNTED, OVERLAP, POSSIBLE, ROLES, ROUNDING, TAKEN_OUT, Sum, joined

NAN = float("nan")
COLUMNS = ["fact", "whole", "donor", "donor_or_partner", *ENDS, "role"]
Part = tuple[str, str, str, str, float, float, float, str]

GIFT = ("gift", "gift", "GB", "GB", 90, 100, 110, COUNTED)
LOAN = ("loan", "loan", "NO", "NO", 50, 50, 50, COUNTED)


def _sum(*parts: Part) -> Sum:
    return Sum(pd.DataFrame(list(parts), columns=COLUMNS))


def _ends(result: Sum) -> list[float | None]:
    return [None if pd.isna(end) else float(end) for end in result.ends]


def _by_donor(result: Sum) -> dict[str, list[float | None]]:
    rows = result.by_donor()[ENDS].astype("float64")
    return {str(donor): [None if pd.isna(end) else end for end in row] for donor, row in zip(rows.index, rows.to_numpy(), strict=True)}


def test_nothing_sums_to_nought():
    """A sum of no parts is 0, names no facts and has no donors."""
    assert (_ends(_sum()), _sum().facts, _sum().named, len(_sum().by_donor())) == ([0, 0, 0], [], [], 0)


def test_counted_parts_add_low_best_and_high():
    """Each end is the sum of the parts' ends."""
    assert _ends(_sum(GIFT, LOAN)) == [140, 150, 160]


@pytest.mark.parametrize(
    ("role", "part", "expected"),
    [
        (TAKEN_OUT, (30, 30, 30), [60, 70, 80]),
        (TAKEN_OUT, (20, 30, 40), [50, 70, 90]),
        (TAKEN_OUT, (30, 30, NAN), [0, 70, 80]),
        (TAKEN_OUT, (NAN, 30, 30), [60, 70, 110]),
        (TAKEN_OUT, (100, 100, 100), [0, 0, 0]),
        (TAKEN_OUT, (99.6, 99.6, 99.6), [0, 0, 0]),
        (TAKEN_OUT, (900, 900, 900), [0, 0, 0]),
        (OVERLAP, (0, 0, 30), [60, 100, 110]),
        (OVERLAP, (0, 0, 500), [0, 100, 110]),
        (OVERLAP, (0, 0, NAN), [0, 100, 110]),
        (POSSIBLE, (30, 30, 30), [90, 100, 140]),
        (POSSIBLE, (30, 30, NAN), [90, 100, None]),
    ],
)
def test_every_role_moves_its_own_ends(role: str, part: tuple[float, ...], expected: list[float | None]):
    """What is taken out lowers all three, an overlap the low only, and what cannot be dated raises the high only."""
    assert _ends(_sum(GIFT, ("part", "gift", "GB", "GB", *part, role))) == expected


def test_what_is_taken_out_of_one_whole_leaves_the_others_alone():
    """A part beyond its whole takes nothing from another whole."""
    assert _ends(_sum(GIFT, LOAN, ("part", "gift", "GB", "GB", 900, 900, 900, TAKEN_OUT))) == [50, 50, 50]


def test_an_open_low_adds_nothing_and_an_open_high_leaves_the_sum_open():
    """Up to 50 may be nothing; over 50 has no end."""
    assert _ends(_sum(GIFT, ("loan", "loan", "NO", "NO", NAN, 50, 50, COUNTED))) == [90, 150, 160]
    assert _ends(_sum(GIFT, ("loan", "loan", "NO", "NO", 50, 50, NAN, COUNTED))) == [140, 150, None]


def test_the_roles_name_their_facts():
    """Facts counted are apart from those taken out, overlapping or not dated; named has them all, those counted first."""
    parts = [("zebra", "zebra", "GB", "GB", 9, 9, 9, COUNTED), GIFT]
    parts += [(f"a-{role}", "gift", "GB", "GB", 0, 0, 1, role) for role in ROLES[1:]]
    result = _sum(*parts)
    assert (result.facts, result.of(COUNTED)) == (["gift", "zebra"], ["gift", "zebra"])
    assert [result.of(role) for role in (TAKEN_OUT, OVERLAP, POSSIBLE)] == [["a-taken_out"], ["a-overlap"], ["a-possible"]]
    assert result.named == ["gift", "zebra", "a-overlap", "a-possible", "a-taken_out"]


def test_by_donor_splits_shares_and_begins_with_the_largest():
    """Each donor has its own ends and facts."""
    split = _sum(LOAN, GIFT, ("gift", "gift", "NO", "NO", 10, 10, 10, COUNTED)).by_donor()
    assert list(split.index) == ["GB", "NO"]
    assert split.loc["NO"].tolist() == [60, 60, 60, ["gift", "loan"]]


UNKNOWN = [("joint", "joint", "MULTI", "MULTI", 450, 450, 450, COUNTED), ("joint", "joint", "", "NO", 0, 0, 450, COUNTED)]


def test_money_of_unknown_share_is_the_groups_and_in_a_partners_high():
    """A partner's possible share is in no end of the sum, and in the high of the partner alone."""
    result = _sum(GIFT, *UNKNOWN)
    assert _ends(result) == [540, 550, 560]
    assert _by_donor(result) == {"MULTI": [450, 450, 450], "GB": [90, 100, 110], "NO": [0, 0, 450]}


def test_of_donor_is_the_donors_row():
    """The part of one donor has the ends and facts of its row, unknown shares with it; a stranger has nothing."""
    result = _sum(GIFT, LOAN, *UNKNOWN, ("old", "loan", "NO", "NO", 20, 20, 20, TAKEN_OUT))
    part = result.of_donor("NO")
    assert (_ends(part), part.facts, part.of(TAKEN_OUT)) == ([30, 30, 480], ["joint", "loan"], ["old"])
    assert result.by_donor().loc["NO", "facts"] == part.named
    assert (_ends(result.of_donor("DK")), result.of_donor("DK").facts) == ([0, 0, 0], [])


def test_asking_changes_nothing():
    """A sum asked for its ends, split and donors keeps its parts as they were."""
    parts = pd.DataFrame([GIFT, LOAN], columns=COLUMNS)
    before = parts.copy()
    result = Sum(parts)
    _ = result.ends, result.by_donor(), result.of_donor("GB").ends, joined([result, result])
    pd.testing.assert_frame_equal(parts, before)


def test_joined_sums_add_up():
    """Sums that share no money are joined, empty ones among them or not."""
    assert _ends(joined([_sum(GIFT), _sum(), _sum(LOAN)])) == [140, 150, 160]
    assert _ends(joined([_sum(), _sum()])) == [0, 0, 0]


def test_joining_no_sums_is_an_empty_sum():
    """Before the first meeting there is nothing to join, and nothing is announced."""
    assert _ends(joined([])) == [0, 0, 0]


@st.composite
def sums(draw: st.DrawFn, partners: bool = True) -> Sum:
    """Draw parts of up to three wholes, of any donor and role, some open at an end; some partners' shares unknown."""
    rows: list[Any] = []
    for place in range(draw(st.integers(0, 8))):
        low, best, high = sorted(draw(st.tuples(*[st.integers(0, 1000)] * 3)))
        whole = draw(st.sampled_from(["a", "b", "c"]))
        donor = draw(st.sampled_from(["GB", "NO", "MULTI"]))
        role = draw(st.sampled_from(ROLES))
        known = not partners or draw(st.booleans())
        ends = (draw(st.sampled_from([low, NAN])), best, draw(st.sampled_from([high, NAN])))
        ends = ends if known else (0, 0, ends[2])
        rows.append((f"f{place}", whole, donor if known else "", donor, *ends, role))
    return _sum(*rows)


@given(result=sums())
def test_low_best_and_high_are_in_order(result: Sum):
    """The sum and every donor's part have their best between ends that are never below nought."""
    rows = pd.concat([pd.DataFrame([result.ends]), result.by_donor()[ENDS]]).astype("float64")
    assert (rows["low"] >= 0).all()
    assert (rows["low"] <= rows["best"]).all()
    assert not (rows["best"] > rows["high"] + 1e-9).any()


@given(result=sums())
def test_donors_add_up_to_the_sum(result: Sum):
    """Low and best of the donors, the group among them, are those of the sum, and their highs are never less than its high."""
    split = result.by_donor()[ENDS].astype("float64")
    assert split[["low", "best"]].sum().tolist() == pytest.approx(result.ends[["low", "best"]].tolist())
    high = split["high"].sum(skipna=False)
    assert not high < result.ends["high"] - 1e-6
    assert pd.isna(high) or pd.notna(result.ends["high"])


@given(result=sums(partners=False))
def test_known_shares_add_up_at_every_end(result: Sum):
    """Where every share is known the highs add up too, and an open one leaves the sum open."""
    total = result.by_donor()[ENDS].astype("float64").sum(skipna=False)
    assert total.tolist() == pytest.approx(result.ends.tolist(), nan_ok=True)


@given(result=sums())
def test_each_donors_part_is_its_row(result: Sum):
    """Asking for a donor gives the row of the split, ends and facts."""
    for donor, row in result.by_donor().iterrows():
        part = result.of_donor(str(donor))
        assert part.ends.tolist() == pytest.approx(row[ENDS].astype("float64").tolist(), nan_ok=True)
        assert part.named == row["facts"]


@given(result=sums(), data=st.data())
def test_order_of_parts_never_matters(result: Sum, data: st.DataObject):
    """Parts in any order have the same ends and names."""
    order = data.draw(st.permutations(range(len(result.parts))))
    shuffled = Sum(result.parts.iloc[order])
    assert shuffled.ends.tolist() == pytest.approx(result.ends.tolist(), nan_ok=True)
    assert shuffled.named == result.named


@given(amount=st.integers(1, 10**12), share=st.floats(0, 1))
def test_taking_out_a_part_leaves_the_rest(amount: int, share: float):
    """What is left of an exact sum is the difference, or nothing where it is within the rounding."""
    result = _sum(("a", "a", "GB", "GB", *[amount] * 3, COUNTED), ("b", "a", "GB", "GB", *[amount * share] * 3, TAKEN_OUT))
    assert _ends(result) == pytest.approx([amount * (1 - share)] * 3, abs=amount * ROUNDING)
