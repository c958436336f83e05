"""Ties between facts: what is the same money, what is inside what, and when it was first announced (rule 5)."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from udcg.ties import announced, inside, same_as, topmost

EMPTY = {
    "announced_on": "2025-04-11",
    "level": "package",
    "restates": "",
    "part_of": "",
    "drawn_from": "",
    "best": 1.0,
}


def _facts(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([EMPTY | row for row in rows])


def _pairs(wholes: pd.DataFrame) -> set[tuple[str, str]]:
    return set(wholes[["fact", "whole"]].itertuples(index=False, name=None))


def _first(facts: pd.DataFrame) -> list[tuple[str, str]]:
    return [(f"{row.first_from:%Y-%m-%d}", f"{row.first_to:%Y-%m-%d}") for row in announced(facts).itertuples()]


def test_same_as_follows_restatements_to_the_first_saying():
    """A promise said three times is one promise, and one said once is its own."""
    facts = _facts({"fact": "third", "restates": "second"}, {"fact": "second", "restates": "first"}, {"fact": "first"}, {"fact": "other"})
    assert same_as(facts).tolist() == ["first", "first", "first", "other"]


def test_inside_closes_both_forests():
    """The item is inside its package, and by way of it inside the frame that pays the package."""
    facts = _facts({"fact": "item", "part_of": "package"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "frame"})
    assert _pairs(inside(facts)) == {("item", "package"), ("item", "frame"), ("package", "frame")}


def test_inside_follows_only_the_ties_named():
    """Along part_of alone a package is inside no frame."""
    facts = _facts({"fact": "item", "part_of": "package"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "frame"})
    assert _pairs(inside(facts, through=("part_of",))) == {("item", "package")}


def test_inside_names_each_whole_once_where_two_ways_lead_to_it():
    """A share that is part of a package and drawn from the purse that pays the package is inside each once."""
    facts = _facts(
        {"fact": "share", "part_of": "package", "drawn_from": "frame"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "frame"}
    )
    result = inside(facts)
    assert len(result) == 3
    assert _pairs(result) == {("share", "package"), ("share", "frame"), ("package", "frame")}


def test_a_tie_to_a_restatement_is_a_tie_to_the_first_saying():
    """A package drawn from a frame as it was said again is drawn from the frame."""
    facts = _facts({"fact": "frame"}, {"fact": "again", "restates": "frame"}, {"fact": "package", "drawn_from": "again"})
    assert _pairs(inside(facts)) == {("package", "frame")}


def test_a_restatement_is_not_inside_its_own_first_saying():
    """Saying again what is part of the first saying makes no loop."""
    facts = _facts({"fact": "frame"}, {"fact": "again", "restates": "frame", "part_of": "frame"}, {"fact": "other"})
    assert inside(facts).empty


def test_facts_without_ties_are_inside_nothing():
    """Three lone facts have no wholes."""
    assert inside(_facts({"fact": "a"}, {"fact": "b"}, {"fact": "c"})).empty


def test_announced_is_the_facts_own_day():
    """A lone fact is first announced on its day, or on some day of its month or year."""
    facts = _facts({"fact": "a"}, {"fact": "b", "announced_on": "2025-04"}, {"fact": "c", "announced_on": "2025"})
    assert _first(facts) == [("2025-04-11", "2025-04-11"), ("2025-04-01", "2025-04-30"), ("2025-01-01", "2025-12-31")]


def test_announced_is_the_first_saying_of_a_restatement():
    """What is said again was announced when it was said first."""
    facts = _facts({"fact": "frame", "announced_on": "2025-01-16"}, {"fact": "again", "restates": "frame"}, {"fact": "other"})
    assert _first(facts) == [("2025-01-16", "2025-01-16")] * 2 + [("2025-04-11", "2025-04-11")]


def test_announced_is_the_earliest_of_the_wholes():
    """Money drawn from an older frame, and what is part of it, was announced with the frame."""
    facts = _facts(
        {"fact": "frame", "announced_on": "2025-01-16"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "item", "part_of": "package"}
    )
    assert _first(facts) == [("2025-01-16", "2025-01-16")] * 3


def test_an_older_part_does_not_make_its_whole_older():
    """A new package that holds an older item is new itself."""
    facts = _facts({"fact": "package"}, {"fact": "item", "part_of": "package", "announced_on": "2025-02-12"})
    assert _first(facts) == [("2025-04-11", "2025-04-11"), ("2025-02-12", "2025-02-12")]


def test_group_totals_and_wholes_without_an_amount_date_nothing():
    """A sum stated over everybody, and a frame that carried no money, make nothing older."""
    facts = _facts(
        {"fact": "total", "announced_on": "2024-01-01", "level": "group_total"},
        {"fact": "empty", "announced_on": "2024-01-01", "best": float("nan")},
        {"fact": "package", "part_of": "total", "drawn_from": "empty"},
    )
    assert _first(facts)[2] == ("2025-04-11", "2025-04-11")


def test_announced_keeps_the_rows():
    """First announcements stand in the rows of their facts."""
    facts = _facts({"fact": "b", "part_of": "a"}, {"fact": "a"}).set_axis([9, 4])
    assert list(announced(facts).index) == [9, 4]


def test_topmost_keeps_what_is_inside_no_other_chosen():
    """Of a chain the highest chosen one counts, also where the one between was not chosen."""
    wholes = inside(_facts({"fact": "item", "part_of": "package"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "frame"}))
    assert topmost(pd.Series(["item", "package", "frame"]), wholes).tolist() == [False, False, True]
    assert topmost(pd.Series(["item", "frame"]), wholes).tolist() == [False, True]
    assert topmost(pd.Series(["item"]), wholes).tolist() == [True]


@given(ties=st.lists(st.tuples(st.integers(-1, 6), st.integers(-1, 6)), min_size=1, max_size=7), data=st.data())
def test_order_of_rows_never_matters(ties: list[tuple[int, int]], data: st.DataObject):
    """Wholes and first announcements of any forest are the same in any order of its rows."""
    names = [f"f{place}" for place in range(len(ties))]
    days = ["2025-01-16", "2025-02", "2025-04-11"]
    rows = [
        {
            "fact": names[place],
            "announced_on": days[place % 3],
            "part_of": names[part] if 0 <= part < place else "",
            "drawn_from": names[purse] if 0 <= purse < place else "",
        }
        for place, (part, purse) in enumerate(ties)
    ]
    facts = _facts(*rows)
    shuffled = facts.iloc[data.draw(st.permutations(range(len(rows))))]
    assert _pairs(inside(shuffled)) == _pairs(inside(facts))
    assert announced(shuffled).sort_index().equals(announced(facts))
