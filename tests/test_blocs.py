"""Blocs: sums by the United States, Europe and others, from the groups of the donors."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg import count
from udcg.blocs import BLOCS, EUROPE, JOINT, OTHERS, blocs, by_bloc
from udcg.book import Book
from udcg.money import ENDS

Make = Callable[..., Book]
DONORS = [
    {"donor": "US", "name": "United States", "groups": "NATO"},
    {"donor": "GB", "name": "United Kingdom", "groups": "NATO;CoE"},
    {"donor": "NO", "name": "Norway", "groups": "CoE"},
    {"donor": "EU", "name": "European Union", "kind": "union"},
    {"donor": "CA", "name": "Canada", "groups": "NATO"},
    {"donor": "MULTI", "name": "Several donors", "kind": "group"},
]


def _by_bloc(make_book: Make, *facts: dict[str, Any], **tables: list[dict[str, Any]]) -> dict[str, list[float]]:
    book = make_book(list(facts), donors=DONORS, meetings=[MEETING], **tables)
    return {str(bloc): row[ENDS].tolist() for bloc, row in by_bloc(book, count.committed(book)).by_donor().iterrows()}


MEETING = {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11"}


def test_blocs_follow_the_groups(make_book: Make):
    """Members of the Council of Europe and the Union are Europe; a group of donors is in no bloc."""
    book = make_book([{"fact": "gift", "amount": 1}], donors=DONORS, meetings=[MEETING])
    assert blocs(book) == {"US": "US", "GB": EUROPE, "NO": EUROPE, "EU": EUROPE, "CA": OTHERS}


def test_each_bloc_has_what_its_donors_have(make_book: Make):
    """7 of the United States, 5 and 3 of two European states, 2 of Canada."""
    rows = [
        {"fact": f"gift-{donor.lower()}", "donor": donor, "amount": amount}
        for donor, amount in (("US", 7), ("GB", 5), ("EU", 3), ("CA", 2))
    ]
    assert _by_bloc(make_book, *rows) == {EUROPE: [8, 8, 8], "US": [7, 7, 7], OTHERS: [2, 2, 2]}


def test_joint_money_of_one_bloc_is_the_blocs(make_book: Make):
    """Who pays what of a package of Britain and Norway is not known, but all of it is European."""
    assert _by_bloc(make_book, {"fact": "joint", "partners": "NO", "amount": 9}) == {EUROPE: [9, 9, 9]}


def test_joint_money_of_two_blocs_stays_with_the_group(make_book: Make):
    """A package of Britain, Norway and Canada is in the high of both blocs, once."""
    found = _by_bloc(make_book, {"fact": "joint", "partners": "NO;CA", "amount": 9})
    assert found == {JOINT: [9, 9, 9], EUROPE: [0, 0, 9], OTHERS: [0, 0, 9]}


def test_known_shares_go_to_their_blocs(make_book: Make):
    """Of 9, of which Canada pays 4, the other two are European."""
    shares = [{"fact": "joint", "donor": "CA", "amount": 4, "claim": "joint-daily"}]
    assert _by_bloc(make_book, {"fact": "joint", "partners": "NO;CA", "amount": 9}, shares=shares) == {EUROPE: [5, 5, 5], OTHERS: [4, 4, 4]}


@pytest.mark.parametrize("scope", ["military", "mixed"])
def test_blocs_add_up_to_the_whole_and_to_their_donors(book: Book, scope: str):
    """On the project's own evidence: every end of every sum, and each bloc against an independent sum over its donors."""
    codes = pd.Series(blocs(book))
    for part in (
        count.committed(book, scope),
        count.allocated(book, scope=scope),
        *(count.new(book, number) for number in book.windows.index),
    ):
        split, donors = by_bloc(book, part).by_donor(), part.by_donor()
        assert set(split.index) <= set(BLOCS)
        assert split[["low", "best"]].sum().tolist() == pytest.approx(part.ends[["low", "best"]].tolist())
        own = donors["best"].groupby(codes.reindex(donors.index).fillna(JOINT)).sum().drop(JOINT, errors="ignore")
        joint = donors["best"].get(JOINT, 0.0)
        assert (split["best"].reindex(own.index) - own).between(-1, joint + 1).all()
