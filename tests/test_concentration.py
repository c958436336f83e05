"""Concentration: shares of the largest donors and the Herfindahl index, with the bounds that ranges allow."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.concentration import equal_donors, floored, herfindahl, largest, share
from udcg.money import ENDS
from udcg.sums import Part, Sum

EXACT = [("DE", 60, 60, 60), ("US", 30, 30, 30), ("NO", 10, 10, 10)]


def _part(donor: str, low: float, best: float, high: float, of: str = "") -> Part:
    fact = f"{donor or of}-gift"
    return Part(fact, donor, donor or of, low, best, high, whole=fact, role="counted")


def _split(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return floored(Sum([_part(*row) for row in rows]))


def test_shares_of_the_largest():
    """Of 60, 30 and 10 the largest has 60 %, the largest two 90 %, and all of them everything."""
    split = _split(*EXACT)
    assert [largest(split, most) for most in (1, 2, 5)] == [["DE"], ["DE", "US"], ["DE", "US", "NO"]]
    assert [share(split, largest(split, most))["best"] for most in (1, 2, 5)] == pytest.approx([0.6, 0.9, 1.0])


def test_the_index_of_exact_sums():
    """0.6, 0.3 and 0.1 squared and added are 0.46, as 2.17 equal donors would have; exact sums leave no range."""
    assert herfindahl(_split(*EXACT)).tolist() == pytest.approx([0.46] * 3)
    assert equal_donors(0.46) == pytest.approx(2.17, abs=0.005)


def test_the_index_of_one_and_of_equal_donors():
    """One donor is 1; four that give alike are a quarter."""
    assert herfindahl(_split(("DE", 7, 7, 7))).tolist() == [1, 1, 1]
    assert herfindahl(_split(*((code, 5, 5, 5) for code in ("DE", "US", "NO", "GB")))).tolist() == pytest.approx([0.25] * 3)


def test_ranges_bound_the_share_and_the_index():
    """With 40 to 60 beside exactly 50, the share is from 40/90 to 60/110, and the evenest split is half and half."""
    split = _split(("DE", 40, 60, 60), ("US", 50, 50, 50))
    assert share(split, ["DE"]).tolist() == pytest.approx([40 / 90, 60 / 110, 60 / 110])
    index = herfindahl(split)
    assert index["low"] == pytest.approx(0.5)
    assert index["high"] == pytest.approx((40 / 90) ** 2 + (50 / 90) ** 2)


def test_joint_money_is_nobodys_and_may_be_anybodys():
    """Of 50, 30 and 20 whose shares nobody knows, the first has 50 %, and as it may have all or nothing of the rest up to 70 %."""
    split = floored(Sum([_part("DE", 50, 50, 50), _part("US", 30, 30, 30), _part("MULTI", 20, 20, 20)]))
    assert largest(split, 5) == ["DE", "US"]
    assert share(split, ["DE"]).tolist() == pytest.approx([0.5, 0.5, 0.7])
    assert herfindahl(split)["best"] == pytest.approx(0.25 + 0.09)


def test_joint_money_can_only_be_theirs_who_are_in_it():
    """Of 50, 30 and 20 of Germany and Norway together, the 30 of the United States stay 30 %."""
    joint = Part("joint", "MULTI", "MULTI", 20, 20, 20, whole="joint", role="counted")
    perhaps = [joint._replace(donor="", donor_or_partner=code, low=0, best=0) for code in ("DE", "NO")]
    split = floored(Sum([_part("DE", 50, 50, 50), _part("US", 30, 30, 30), joint, *perhaps]))
    assert share(split, ["US"]).tolist() == pytest.approx([0.3, 0.3, 0.3])
    assert share(split, ["DE"]).tolist() == pytest.approx([0.5, 0.5, 0.7])


def test_an_amount_without_an_upper_end_stands_at_its_best_value_and_is_marked():
    """At least 50 counts as 50 in a range, and the row says that its end is open."""
    split = _split(("DE", 50, 50, math.nan), ("US", 50, 50, 50))
    assert split["open"].to_dict() == {"DE": True, "US": False}
    assert share(split, ["DE"]).tolist() == [0.5, 0.5, 0.5]


def test_an_amount_that_is_not_known_adds_nothing_and_is_marked():
    """A sum stated without a day has no value: its donor keeps what else it has."""
    split = _split(("DE", 50, 50, 50), ("US", 50, 50, 50), ("DE", math.nan, math.nan, math.nan))
    assert split["open"].to_dict() == {"DE": True, "US": False}
    assert share(split, ["DE"]).tolist() == [0.5, 0.5, 0.5]


def test_nothing_has_no_shares():
    """Without any money there is no share and no index."""
    split = _split()
    assert largest(split, 3) == []
    assert share(split, []).isna().all()
    assert herfindahl(split).isna().all()


AMOUNTS = st.tuples(*[st.floats(0, 1000)] * 3).map(sorted)
GIVEN = st.dictionaries(st.sampled_from(["DE", "US", "NO", "GB", "SE", "MULTI"]), AMOUNTS, min_size=1, max_size=6)


@given(sums=GIVEN)
def test_shares_add_up_to_one(sums: dict[str, list[float]]):
    """The best shares of all donors and of the group together are the whole."""
    split = _split(*((donor, *ends) for donor, ends in sums.items()))
    if split["best"].sum() > 0:
        assert sum(share(split, [donor])["best"] for donor in split.index if donor != "MULTI") == pytest.approx(
            1 - split["best"].get("MULTI", 0.0) / split["best"].sum()
        )


@given(sums=GIVEN, data=st.data())
def test_order_never_matters(sums: dict[str, list[float]], data: st.DataObject):
    """Parts in any order give the same index and the same share of the largest."""
    rows = [(donor, *ends) for donor, ends in sums.items()]
    one, other = _split(*rows), _split(*data.draw(st.permutations(rows)))
    assert herfindahl(one).tolist() == pytest.approx(herfindahl(other).tolist(), nan_ok=True)
    assert share(one, largest(one, 1))["best"] == pytest.approx(share(other, largest(other, 1))["best"], nan_ok=True)


@given(sums=GIVEN, data=st.data())
def test_whatever_the_amounts_are_the_bounds_hold(sums: dict[str, list[float]], data: st.DataObject):
    """Amounts drawn anywhere from the ranges, and joint money given to anyone, leave share and index within their bounds."""
    split = _split(*((donor, *ends) for donor, ends in sums.items()))
    true = {donor: data.draw(st.floats(*split.loc[donor, ["low", "high"]])) for donor in split.index}
    joint, donors = true.pop("MULTI", 0.0), sorted(true)
    if donors:
        true[data.draw(st.sampled_from(donors))] += joint
    whole = sum(true.values())
    index, first = herfindahl(split), share(split, donors[:1])
    if whole > 1e-3 and not index.isna().any():
        assert index["low"] - 1e-9 <= sum((one / whole) ** 2 for one in true.values()) <= index["high"] + 1e-9
        assert first["low"] - 1e-9 <= true[donors[0]] / whole <= first["high"] + 1e-9
        assert index[ENDS].is_monotonic_increasing
