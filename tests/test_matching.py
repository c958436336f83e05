"""What counts, each once, and what share of the asked it makes."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from udcg.book import Book
from udcg.lookups import Row, fact_rows
from udcg.matching import comparable, outermost, said_once, share, stated

NAN = float("nan")
AGAIN = {"fact": "a-again", "restates": "gift", "announced_on": "2025-06-04"}
ITEM = {"fact": "item", "level": "item", "part_of": "gift", "announced_on": "2024-06-04"}


def _row(low: float, best: float, high: float, **cells: Any) -> Row:
    return {"q_low": low, "q_best": best, "q_high": high, **cells}


def test_the_first_saying_of_each_stands_by_day(make_book: Callable[..., Book]):
    """A restatement gives way to what it restates, whatever its name; an older fact stands first."""
    rows = fact_rows(make_book([AGAIN, {"fact": "gift"}, ITEM]))
    assert [row["fact"] for row in said_once(rows.values())] == ["item", "gift"]
    assert [row["fact"] for row in said_once([rows["a-again"]])] == ["a-again"]


def test_what_is_inside_another_one_does_not_count(make_book: Callable[..., Book]):
    """An item counts by itself, and not beside the package that holds it, even where that is only said again."""
    book = make_book([AGAIN, {"fact": "gift"}, ITEM])
    rows = fact_rows(book)
    assert [row["fact"] for row in outermost(book, [rows["item"], rows["a-again"]])] == ["a-again"]
    assert [row["fact"] for row in outermost(book, [rows["item"]])] == ["item"]


def test_only_the_same_unit_is_compared():
    """Launchers are no systems, and a row without a number compares with nothing."""
    systems, launchers, none = _row(1, 1, 1, q_unit="systems"), _row(1, 1, 1, q_unit="launchers"), _row(NAN, NAN, NAN, q_unit="systems")
    assert comparable([systems, launchers, none], systems, "q_") == [systems]
    assert [stated(row, "q_") for row in (systems, none, _row(NAN, NAN, 5))] == [True, False, True]


@pytest.mark.parametrize(
    ("given", "asked", "expected"),
    [
        ([(1, 2, 3), (1, 2, 3)], (8, 10, 16), [2 / 16, 4 / 10, 6 / 8]),
        ([(NAN, 5, 5)], (10, 10, 10), [0, 0.5, 0.5]),
        ([(5, 5, NAN)], (10, 10, 10), [0.5, 0.5, NAN]),
        ([(24, NAN, 99)], (100, 100, 100), [0.24, NAN, 0.99]),
        ([(5, 5, 5)], (0, 0, 0), [NAN, NAN, NAN]),
    ],
)
def test_the_ends_of_a_share(given: list[tuple[float, float, float]], asked: tuple[float, float, float], expected: list[float]):
    """The least given of the most asked is the low end; of nothing asked there is no share."""
    found = share([_row(*ends) for ends in given], _row(*asked), "q_")
    assert found == pytest.approx(expected, nan_ok=True)
    assert all(math.isfinite(end) or math.isnan(end) for end in found)
