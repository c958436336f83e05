"""Small multiples: what stands where in a drawing."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.press.columns import HIGH, OPEN, columns, ticks

SUM = st.floats(0, 1e12)
ENDS = st.tuples(SUM, SUM, SUM).map(lambda each: tuple(sorted(each)))
NUMBER = r"-?\d+(?:\.\d+)?"


def _bars(path: str) -> list[tuple[float, float]]:
    """Left edge and height of each bar of a path."""
    return [(float(left), HIGH - float(top)) for left, top in re.findall(rf"M({NUMBER}) {HIGH}V({NUMBER})h", path)]


def test_heights_are_in_the_ratio_of_the_amounts():
    """Half the sum, half the height; the last one stands apart."""
    drawn = columns([(40, 40, 40), (0, 0, 0), (80, 80, 80), (20, 20, 20)])
    (_, half), (_, whole) = _bars(drawn.bars)
    [(_, quarter)] = _bars(drawn.last)
    assert half / whole == pytest.approx(1 / 2, abs=0.001)
    assert quarter / whole == pytest.approx(1 / 4, abs=0.001)
    assert drawn.peak == 2


def test_a_range_is_drawn_from_its_low_to_its_high_end():
    """Where they differ; a number as exact as its rounding has no whisker."""
    drawn = columns([(100, 100, 100), (50, 75, 100)])
    [(low, high)] = re.findall(rf"M15 ({NUMBER})V({NUMBER})", drawn.whiskers)
    assert (HIGH - float(high)) / (HIGH - float(low)) == pytest.approx(2, abs=0.001)
    assert columns([(100, 100, 100.4), (100, 100, 100)]).whiskers == ""


def test_an_open_end_goes_up_from_the_best_value():
    """And stays inside the drawing where the largest one is open."""
    drawn = columns([(100, 100, math.nan)])
    [(start, end)] = re.findall(rf"M5 ({NUMBER})V({NUMBER})", drawn.open)
    assert float(start) - float(end) == pytest.approx(OPEN, abs=0.01)
    assert float(end) >= -0.01
    assert drawn.whiskers == ""


@pytest.mark.parametrize("ends", [[], [(0, 0, 0)], [(0, 0, 5)]])
def test_where_nothing_is_known_nothing_peaks(ends):
    """No column is the highest one, and the scale is none that divides by nothing."""
    drawn = columns(ends)
    assert (drawn.bars, drawn.last, drawn.peak) == ("", "", None)
    assert drawn.top > 0


@given(st.lists(ENDS, min_size=1, max_size=40))
def test_nothing_leaves_the_drawing(ends):
    """Every point lies inside the box, whatever the sums."""
    drawn = columns(ends)
    for path in (drawn.bars, drawn.last, drawn.whiskers, drawn.open):
        assert all(0 <= float(x) <= drawn.width for x in re.findall(rf"M({NUMBER}) ", path))
        assert all(-0.01 <= float(y) <= HIGH for pair in re.findall(rf"M{NUMBER} ({NUMBER})V({NUMBER})", path) for y in pair)
    assert all(0 < drawn.across(place) < 100 for place in range(len(ends)))


@given(st.floats(1, 1e13))
def test_a_scale_has_one_to_four_round_lines(top):
    """In steps of 1, 2 or 5 times a power of ten, none above the top."""
    lines = ticks(top)
    assert 1 <= len(lines) <= 4
    assert lines[-1] <= top * (1 + 1e-9)
    assert f"{lines[0]:.0e}"[0] in "125"
