"""Who gives what: the sums of a meeting and of all meetings, split by donor."""

from collections.abc import Callable

from udcg import count
from udcg.book import Book
from udcg.views import given

FACTS = [{"fact": "gift", "amount": 100}, {"fact": "other", "donor": "NO", "amount": 7}]


def test_a_donor_at_a_meeting_has_its_part_of_the_four_sums(make_book: Callable[..., Book]):
    """Of two gifts at the 27th meeting the British one is the British part."""
    four = given.at(make_book(FACTS), 27, "GB")
    assert list(four) == given.FOUR
    assert four["new_commitments"].facts == ["gift"]
    assert four["new_commitments"].ends["best"] == 100


def test_who_gives_nothing_has_four_empty_sums(make_book: Callable[..., Book]):
    """A donor without a promise at a meeting has sums of nothing."""
    four = given.at(make_book(FACTS), 26, "GB")
    assert {name: (part.facts, part.ends["best"]) for name, part in four.items()} == dict.fromkeys(given.FOUR, ([], 0))


def test_what_a_donor_gives_in_all(make_book: Callable[..., Book]):
    """Over all meetings the donor's sums carry the names of a meeting's, and those of mixed scope."""
    ever = given.ever(make_book(FACTS), "NO")
    assert list(ever) == [*given.FOUR, "mixed_new_commitments"]
    assert ever["new_commitments"].facts == ["other"]


def test_a_sum_is_split_once(make_book: Callable[..., Book]):
    """The split by donor is made once for all who ask."""
    book = make_book(FACTS)
    split = given.by_donor(book, count.new(book, 27))
    assert split["best"].to_dict() == {"GB": 100, "NO": 7}
    assert given.by_donor(book, count.new(book, 27)) is split
