"""Ranks under three definitions: by share of GDP, with the room that ranges leave."""

import numpy as np
import pandas as pd

from udcg import count, ranks
from udcg.book import Book


def _frame(**rows: tuple[float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["low", "best", "high", "gdp"])


def test_the_largest_share_is_first():
    """A small country that gives much of what it has is before a large one that gives more."""
    found = ranks._ranked(_frame(US=(50, 50, 50, 20_000), EE=(1, 1, 1, 40), DE=(20, 20, 20, 4_000)))
    assert found["rank"].to_dict() == {"US": 3, "EE": 1, "DE": 2}
    assert found.loc["EE", "share_best"] == 1 / 40
    assert (found["of"] == 3).all()


def test_ranges_leave_room():
    """Two whose ranges overlap can change places; one that is clear of both cannot."""
    found = ranks._ranked(_frame(A=(9, 10, 11, 100), B=(8, 9, 10, 100), C=(1, 1, 1, 100)))
    assert found[["rank_first", "rank", "rank_last"]].to_numpy().tolist() == [[1, 1, 2], [1, 2, 2], [3, 3, 3]]


def test_an_open_end_stands_at_its_best_value():
    """At least 10 does not make everybody else unsure of a place."""
    found = ranks._ranked(_frame(A=(10, 10, np.nan, 100), B=(20, 20, 20, 100)))
    assert found["rank_first"].to_dict() == {"A": 2, "B": 1}


def test_the_real_ranks_rest_on_the_counted_sums(real):
    """Sums are those of the count in dollars; every rank lies within its ends; only countries are ranked."""
    book = Book(real, "USD")
    found = ranks.ranks(book)
    own = found.loc["commitments"]
    sums = count.committed(book).by_donor()
    assert (own["best"] == sums.loc[own.index, "best"]).all()
    assert ((found["rank_first"] <= found["rank"]) & (found["rank"] <= found["rank_last"])).all()
    assert {"EU", "MULTI", "NATO"}.isdisjoint(own.index)
    assert set(found.index.get_level_values("definition")) == set(ranks.DEFINITIONS)
    assert (found.loc["with_mixed", "best"].reindex(own.index) >= own["best"]).all()
