"""What promises may hold of each other, where no source says how much, lowers the low end of the newer one and nothing else."""

from collections.abc import Callable

import pandas as pd

from udcg import count
from udcg.book import Book
from udcg.sums import Sum

Make = Callable[..., Book]

JANUARY, APRIL = "2025-01-16", "2025-04-11"
FRAME = {"fact": "frame", "level": "frame", "amount": 100}


def _ends(result: Sum) -> list[float | None]:
    return [None if pd.isna(end) else float(end) for end in result.ends]


def test_an_overlap_of_unknown_size_lowers_only_the_low_end(make_book: Make):
    """A sum of April that may hold a part of January's 30 is new with at least 70 and at most 100."""
    rows = [
        {"fact": "old", "announced_on": JANUARY, "level": "frame", "amount": 30},
        {"fact": "year", "announced_on": APRIL, "amount": 100, "overlaps": "old"},
    ]
    book = make_book(rows)
    assert _ends(count.new(book, 27)) == [70, 100, 100]
    assert _ends(count.committed(book)) == [100, 130, 130]
    assert [count.new(book, 27).of("overlap"), count.new(book, 27).facts] == [["year"], ["year"]]


def test_an_overlap_is_at_most_the_smaller_of_the_two(make_book: Make):
    """A small sum inside a large one takes no more than itself, and an open large one all of it."""
    small = {"fact": "small", "announced_on": APRIL, "amount": 10, "overlaps": "old"}
    for qualifier in ("exact", "over"):
        book = make_book([{"fact": "old", "announced_on": JANUARY, "amount": 500, "qualifier": qualifier}, small])
        assert _ends(count.new(book, 27)) == [0, 10, 10]


def test_an_overlap_lowers_the_newer_of_the_two_whichever_names_it(make_book: Make):
    """Where the older promise says that it overlaps the newer one, the newer one may still be partly old money."""
    rows = [
        {"fact": "old", "announced_on": JANUARY, "amount": 30, "overlaps": "year"},
        {"fact": "year", "announced_on": APRIL, "amount": 100},
    ]
    book = make_book(rows)
    assert [_ends(count.new(book, meeting)) for meeting in (26, 27)] == [[30, 30, 30], [70, 100, 100]]
    assert _ends(count.committed(book)) == [100, 130, 130]


def test_an_overlap_with_an_older_boundary_makes_the_newer_money_uncertain(make_book: Make):
    """A yearly promise that no sum counts was still said before; civilian money is none of it."""
    other = {"fact": "other", "announced_on": JANUARY, "amount": 30}
    gift = {"fact": "gift", "announced_on": APRIL, "amount": 100, "overlaps": "other"}
    bounded, civilian = (make_book([other | kind, gift]) for kind in ({"level": "group_total"}, {"scope": "civilian"}))
    assert [_ends(count.new(bounded, 27)), _ends(count.committed(bounded))] == [[70, 100, 100], [100, 100, 100]]
    assert _ends(count.new(civilian, 27)) == [100, 100, 100]


def test_two_sums_cannot_repeat_the_same_money_twice(make_book: Make):
    """Of two promises that may hold parts of the same 30, only 30 in all can be old."""
    rows = [
        {"fact": "old", "announced_on": JANUARY, "amount": 30},
        *({"fact": name, "announced_on": APRIL, "amount": 100, "overlaps": "old"} for name in ("a", "b")),
    ]
    assert _ends(count.new(make_book(rows), 27)) == [170, 200, 200]


def test_a_promise_may_repeat_several_older_ones(make_book: Make):
    """A sum of 100 that may hold parts of a 30 and of a 20 is new with at least 50."""
    rows = [
        {"fact": "first", "announced_on": JANUARY, "amount": 30, "overlaps": "year"},
        {"fact": "second", "announced_on": JANUARY, "amount": 20, "overlaps": "year"},
        {"fact": "year", "announced_on": APRIL, "amount": 100},
    ]
    assert _ends(count.new(make_book(rows), 27)) == [50, 100, 100]


def test_allocations_overlap_only_with_allocations_and_once(make_book: Make):
    """Two packages of one window paid from an old frame, one of which may repeat the other, are lowered once; a frame lowers none."""
    rows = [
        FRAME | {"announced_on": JANUARY},
        {"fact": "a", "announced_on": APRIL, "amount": 20, "drawn_from": "frame"},
        {"fact": "b", "announced_on": APRIL, "amount": 30, "drawn_from": "frame", "overlaps": "a"},
        {"fact": "c", "announced_on": APRIL, "amount": 10, "overlaps": "frame"},
    ]
    book = make_book(rows)
    assert [_ends(count.allocated(book, 27)), _ends(count.allocated(book))] == [[40, 60, 60]] * 2
    assert _ends(count.new(book, 27)) == [0, 10, 10]


def test_an_overlap_of_payments_is_none_of_their_purses(make_book: Make):
    """Two packages that may be the same, each paid from its own frame, leave both frames as they are."""
    rows = [
        {"fact": "old-frame", "announced_on": JANUARY, "level": "frame", "amount": 100},
        {"fact": "new-frame", "announced_on": APRIL, "level": "frame", "amount": 200},
        {"fact": "a", "announced_on": JANUARY, "amount": 20, "drawn_from": "old-frame"},
        {"fact": "b", "announced_on": APRIL, "amount": 30, "drawn_from": "new-frame", "overlaps": "a"},
    ]
    book = make_book(rows)
    assert [_ends(count.new(book, 27)), _ends(count.committed(book))] == [[200, 200, 200], [300, 300, 300]]
    assert _ends(count.allocated(book, 27)) == [10, 30, 30]


def test_parts_of_one_whole_that_overlap_each_other_change_nothing(make_book: Make):
    """What is counted once with its whole cannot be counted twice."""
    part = {"announced_on": APRIL, "level": "item", "part_of": "whole"}
    rows = [
        {"fact": "whole", "announced_on": APRIL, "amount": 100},
        {"fact": "a", "amount": 20, **part},
        {"fact": "b", "amount": 20, "overlaps": "a", **part},
    ]
    assert _ends(count.new(make_book(rows), 27)) == [100, 100, 100]


def test_an_overlap_inside_a_counted_whole_lowers_the_whole(make_book: Make):
    """A package whose item may repeat older money is uncertain by that item."""
    rows = [
        {"fact": "old", "announced_on": JANUARY, "amount": 30},
        {"fact": "package", "announced_on": APRIL, "amount": 100},
        {"fact": "item", "announced_on": APRIL, "level": "item", "amount": 20, "part_of": "package", "overlaps": "old"},
    ]
    assert _ends(count.new(make_book(rows), 27)) == [80, 100, 100]
