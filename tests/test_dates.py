"""Full and partial dates are spans of days."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from udcg.dates import first_day, last_day

PARTIAL = pd.Series(["2025-04-11", "2025-04", "2025"], index=[4, 7, 9])


def _days(*days: str | None, index: list[int]) -> pd.Series:
    return pd.Series(pd.to_datetime(list(days)), index=index)


def test_first_day_of_full_and_partial_dates():
    """The first day is the day itself, the first of the month, or the first of January."""
    assert_series_equal(first_day(PARTIAL), _days("2025-04-11", "2025-04-01", "2025-01-01", index=[4, 7, 9]), check_dtype=False)


def test_last_day_of_full_and_partial_dates():
    """The last day is the day itself, the last of the month, or the last of December."""
    assert_series_equal(last_day(PARTIAL), _days("2025-04-11", "2025-04-30", "2025-12-31", index=[4, 7, 9]), check_dtype=False)


def test_last_day_knows_leap_years_and_days_that_end_a_span():
    """February has 29 days in a leap year, and the last day of a month or year is its own last day."""
    result = last_day(pd.Series(["2024-02", "2024-02-29", "2025-12-31"]))
    assert [f"{day:%Y-%m-%d}" for day in result] == ["2024-02-29", "2024-02-29", "2025-12-31"]


def test_what_is_no_date_has_neither_day():
    """Nothing, a day that no calendar has, and another order of the parts give no day."""
    wrong = pd.Series(["", "2025-02-31", "31/02/2025"])
    assert [*first_day(wrong).isna(), *last_day(wrong).isna()] == [True] * 6


def test_the_input_is_not_changed():
    """Reading dates leaves the texts as they were."""
    before = PARTIAL.copy()
    last_day(PARTIAL)
    assert_series_equal(PARTIAL, before)


@given(day=st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)), length=st.sampled_from([4, 7, 10]))
def test_every_day_lies_within_its_own_partial_date(day: dt.date, length: int):
    """Cutting a date to its month or year gives a span that holds the day."""
    partial = pd.Series([day.isoformat()[:length]])
    assert first_day(partial)[0] <= pd.Timestamp(day) <= last_day(partial)[0]
