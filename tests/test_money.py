"""Stated amounts are intervals (rule 2), and conversions are dated (rule 8)."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from udcg.errors import RateError
from udcg.ledger import Ledger
from udcg.money import ENDS, convert, interval, total

NAN = float("nan")
DAY = pd.Timestamp("2025-04-11")
RATES = pd.DataFrame({"currency": ["GBP", "USD"], "date": [DAY, DAY], "rate": [0.8, 1.25]})
QUALIFIERS = ["exact", "about", "nearly", "over", "at_least", "up_to", "between"]


def _stated(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["qualifier", "amount", "amount_high"])


def _ends(*rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=ENDS)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("exact", (100, 100, 100)),
        ("about", (95, 100, 105)),
        ("nearly", (95, 100, 105)),
        ("over", (100, 100, NAN)),
        ("at_least", (100, 100, NAN)),
        ("up_to", (NAN, 100, 100)),
    ],
)
def test_a_qualifier_is_an_interval(qualifier: str, expected: tuple[float, float, float]):
    """Each qualifier opens the ends that rule 2 opens and no other."""
    assert_frame_equal(interval(_stated((qualifier, 100.0, NAN))), _ends(expected), check_dtype=False)


def test_between_has_both_ends_and_the_middle():
    """Between two amounts the best is halfway."""
    assert_frame_equal(interval(_stated(("between", 100.0, 140.0))), _ends((100.0, 120.0, 140.0)))


def test_an_amount_that_was_not_stated_has_no_end():
    """A claim without an amount is no interval, whatever stands beside it."""
    assert interval(_stated(("", NAN, NAN), ("about", NAN, NAN))).isna().all(axis=None)


def test_rows_keep_their_index():
    """Intervals stand in the rows of the amounts that they read."""
    stated = _stated(("exact", 1.0, NAN), ("over", 2.0, NAN)).set_axis([7, 3])
    assert list(interval(stated).index) == [7, 3]


@given(qualifier=st.sampled_from(QUALIFIERS), amount=st.floats(0, 1e13), more=st.floats(0, 1e13))
def test_low_best_and_high_are_in_order(qualifier: str, amount: float, more: float):
    """No qualifier puts low above best or best above high."""
    low, best, high = interval(_stated((qualifier, amount, amount + more)))[ENDS].iloc[0]
    assert not low > best
    assert not best > high


@pytest.mark.parametrize(
    ("pounds", "day", "euros"),
    [(450e6, "2025-04-11", 519.2e6), (150e6, "2025-02-12", 180.0e6), (4.5e9, "2025-01-16", 5_340.7e6)],
)
def test_pounds_at_the_real_rate_of_their_day(real: Ledger, pounds: float, day: str, euros: float):
    """Three British sums are worth in euros what the ECB's rate of the day of announcement says."""
    result = convert(pd.DataFrame({"best": [pounds]}), pd.Series(["GBP"]), pd.Series([pd.Timestamp(day)]), "EUR", real.rates)
    assert result["best"][0] == pytest.approx(euros, abs=0.05e6)


def test_a_printed_conversion_of_the_headline_holds(real: Ledger):
    """EUR 21bn on 11 April 2025 is the GBP 18.2bn that sources print."""
    result = convert(pd.DataFrame({"best": [21e9]}), pd.Series(["EUR"]), pd.Series([DAY]), "GBP", real.rates)
    assert result["best"][0] == pytest.approx(18.2e9, abs=0.05e9)


def test_all_ends_are_converted_and_open_ends_stay_open():
    """Low, best and high travel together, from euros, to euros, and between two other currencies."""
    amounts = _ends((80.0, 100.0, NAN), (NAN, 100.0, 100.0), (8.0, 8.0, 8.0))
    currency, day = pd.Series(["GBP", "EUR", "USD"]), pd.Series([DAY] * 3)
    assert_frame_equal(convert(amounts, currency, day, "EUR", RATES), _ends((100.0, 125.0, NAN), (NAN, 100.0, 100.0), (6.4, 6.4, 6.4)))
    assert_frame_equal(convert(amounts, currency, day, "GBP", RATES), _ends((80.0, 100.0, NAN), (NAN, 80.0, 80.0), (5.12, 5.12, 5.12)))


def test_the_same_currency_needs_no_day_and_another_has_no_value_without_one():
    """A sum in the wanted currency stays as it is; one in another currency is not guessed without a day."""
    result = convert(_ends((1.0, 2.0, 3.0), (1.0, 2.0, 3.0)), pd.Series(["EUR", "GBP"]), pd.Series([pd.NaT, pd.NaT]), "EUR", RATES)
    assert_frame_equal(result, _ends((1.0, 2.0, 3.0), (NAN, NAN, NAN)))


def test_where_nothing_was_stated_no_rate_is_needed():
    """A row without an amount asks for no rate, even in a currency that has none."""
    result = convert(_ends((NAN, NAN, NAN), (NAN, NAN, NAN)), pd.Series(["UAH", ""]), pd.Series([DAY, DAY]), "EUR", RATES)
    assert result.isna().all(axis=None)


def test_a_missing_rate_names_currency_day_and_what_is_frozen():
    """Where no rate is frozen the error says for what, what to run, and which currencies there are."""
    with pytest.raises(RateError) as error:
        convert(_ends((1.0, 1.0, 1.0)), pd.Series(["NOK"]), pd.Series([DAY]), "EUR", RATES)
    assert (error.value.currency, error.value.day) == ("NOK", "2025-04-11")
    assert str(error.value) == (
        "no ECB reference rate for NOK on 2025-04-11: none is frozen in data/rates.csv; run `udcg rates`. Frozen: EUR, GBP, USD"
    )


def test_a_rate_of_another_day_does_not_serve():
    """A frozen currency without a rate for the day is an error, never the rate of a day nearby."""
    with pytest.raises(RateError, match="GBP on 2025-04-12"):
        convert(_ends((1.0, 1.0, 1.0)), pd.Series(["EUR"]), pd.Series([pd.Timestamp("2025-04-12")]), "GBP", RATES)


@given(amount=st.floats(0, 1e13), pair=st.permutations(["EUR", "GBP", "USD"]))
def test_there_and_back_is_the_same_sum(amount: float, pair: list[str]):
    """Converting a sum and converting it back gives it within rounding."""
    own, other, _ = pair
    day = pd.Series([DAY])
    there = convert(_ends((amount, amount, amount)), pd.Series([own]), day, other, RATES)
    back = convert(there, pd.Series([other]), day, own, RATES)
    assert back["best"][0] == pytest.approx(amount, rel=1e-12)


def test_total_adds_the_ends():
    """Low, best and high are added each for itself."""
    assert total(_ends((1.0, 2.0, 3.0), (10.0, 20.0, 30.0))).to_dict() == {"low": 11.0, "best": 22.0, "high": 33.0}


def test_total_of_open_ends():
    """An open low adds nothing, and one open high leaves the whole sum open."""
    expected = pd.Series({"low": 15.0, "best": 22.0, "high": NAN})
    assert_series_equal(total(_ends((15.0, 15.0, NAN), (NAN, 7.0, 7.0))), expected)


def test_total_of_nothing_is_nought():
    """No rows add up to zero at each end."""
    assert total(_ends()).to_dict() == {"low": 0.0, "best": 0.0, "high": 0.0}


@given(st.lists(st.tuples(st.sampled_from(QUALIFIERS), st.floats(0, 1e13)), max_size=5))
def test_a_total_keeps_low_best_and_high_in_order(rows: list[tuple[str, float]]):
    """Adding intervals of any qualifiers keeps low, best and high in order, but for rounding."""
    result = total(interval(_stated(*((qualifier, amount, amount + 1) for qualifier, amount in rows)).astype({"amount": "float64"})))
    slack = 1e-9 * result["best"]
    assert result["low"] <= result["best"] + slack
    assert not result["best"] > result["high"] + slack
