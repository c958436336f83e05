"""Words of quantity are intervals in pieces, and vague words never become points (rule 2)."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from udcg.money import ENDS
from udcg.quantity import VAGUE, WORDS, read, readable

NAN = float("nan")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("30", (30, 30, 30)),
        ("1,500", (1_500, 1_500, 1_500)),
        ("2.5 million", (2_500_000, 2_500_000, 2_500_000)),
        ("about 50", (47.5, 50, 52.5)),
        ("nearly 200", (190, 200, 210)),
        ("over 20", (20, 20, NAN)),
        ("more than 1,000", (1_000, 1_000, NAN)),
        ("at least 16", (16, 16, NAN)),
        ("up to 150,000", (NAN, 150_000, 150_000)),
        ("300 to 400", (300, 350, 400)),
        ("300-400", (300, 350, 400)),
        ("2 million to 3 million", (2e6, 2.5e6, 3e6)),
        ("dozens", (24, NAN, 99)),
        ("hundreds", (200, NAN, 999)),
        ("thousands", (2_000, NAN, 9_999)),
        ("hundreds of thousands", (200_000, NAN, 999_999)),
        ("", (NAN, NAN, NAN)),
        ("several", (NAN, NAN, NAN)),
    ],
)
def test_words_are_read_as_an_interval(words: str, expected: tuple[float, float, float]):
    """Each form of words has the ends that rule 2 gives it; a vague one has no best."""
    assert_frame_equal(read(pd.Series([words])), pd.DataFrame([expected], columns=ENDS), check_dtype=False)


def test_rows_keep_their_order_and_index():
    """Three quantities of different form are read side by side, each in its row."""
    result = read(pd.Series(["30", "dozens", "up to 5"], index=[5, 2, 8]))
    assert_frame_equal(result, pd.DataFrame([(30, 30, 30), (24, NAN, 99), (NAN, 5, 5)], index=[5, 2, 8], columns=ENDS), check_dtype=False)


@pytest.mark.parametrize("words", ["30", "about 50", "over 1,000", "300 to 400", "300–400", "dozens", "3 million"])
def test_readable_words(words: str):
    """Numbers, qualified numbers, ranges and the vague words of the list can be read."""
    assert readable(words)


@pytest.mark.parametrize("words", ["", "several", "about", "about dozens", "1,50", "30 tanks", "-5", "three"])
def test_unreadable_words(words: str):
    """Anything else is not guessed at."""
    assert not readable(words)


@given(words=st.sampled_from(sorted(WORDS)), number=st.integers(0, 10**9))
def test_every_qualifier_keeps_the_number_as_best_and_the_ends_in_order(words: str, number: int):
    """Whatever word stands before a number, best is the number and lies between the ends."""
    low, best, high = read(pd.Series([f"{words} {number:,}"]))[ENDS].iloc[0]
    assert best == number
    assert not low > best
    assert not best > high


@given(low=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_a_range_keeps_its_ends(low: int, more: int):
    """From one number to another has just these ends."""
    result = read(pd.Series([f"{low} to {low + more:,}"])).iloc[0]
    assert (result["low"], result["high"]) == (low, low + more)


@given(st.sampled_from(sorted(VAGUE)))
def test_a_vague_word_never_becomes_a_point(words: str):
    """A vague word has two different ends and nothing between them."""
    low, best, high = read(pd.Series([words]))[ENDS].iloc[0]
    assert low < high
    assert pd.isna(best)


def test_a_range_shares_its_scale_and_runs_upwards():
    """2 to 3 million begins at two million; 400 to 300 is no range."""
    assert read(pd.Series(["2 to 3 million"])).iloc[0].to_list() == [2e6, 2.5e6, 3e6]
    assert not readable("400 to 300")
