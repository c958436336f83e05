"""Facts as stated and settled, with their days and windows: all that no currency changes, shared by the books of one ledger."""

from functools import lru_cache

import pandas as pd

from udcg import settle, ties
from udcg.dates import first_day, last_day
from udcg.ledger import Ledger
from udcg.money import ENDS


@lru_cache(maxsize=8)
def facts(ledger: Ledger) -> pd.DataFrame:
    """All facts, indexed by fact: the columns of `Book.facts` but those in the book's currency, low, best and high."""
    facts = ledger.facts.set_index("fact", drop=False).rename_axis(None)
    amounts = settle.amounts(ledger).drop(columns="currency").rename(columns={end: f"stated_{end}" for end in ENDS})
    facts = facts.join(amounts).join(settle.quantities(ledger).add_prefix("q_"))
    facts = facts.assign(day=_days(ledger)["first"], rate_day=rate_days(ledger))
    facts = facts.join(ties.announced(facts.assign(best=facts["stated_best"]))).assign(saying=ties.same_as(facts))
    return facts.assign(
        meeting=_window(windows(ledger), facts["day"], _days(ledger)["last"]),
        first_meeting=_window(windows(ledger), facts["first_from"], facts["first_to"]),
    )


@lru_cache(maxsize=8)
def windows(ledger: Ledger) -> pd.DataFrame:
    """Windows of the meetings; see `Book.windows`."""
    meetings = ledger.meetings.sort_values("meeting").set_index("meeting")[["start", "end"]]
    if meetings.empty:
        return pd.DataFrame({"opens": [pd.Timestamp.min], "start": [pd.NaT], "end": [pd.NaT]}, index=[1])
    coming = pd.DataFrame({"start": [pd.NaT], "end": [pd.NaT]}, index=[meetings.index.max() + 1], dtype="datetime64[ns]")
    windows = pd.concat([meetings.astype("datetime64[ns]"), coming])
    opens = windows["end"].shift() + pd.Timedelta(days=1)
    return windows.assign(opens=opens.fillna(pd.Timestamp.min))[["opens", "start", "end"]]


@lru_cache(maxsize=16)
def inside(ledger: Ledger, through: tuple[str, ...] = ("part_of", "drawn_from")) -> pd.DataFrame:
    """What each fact is inside of: columns fact, whole; see `ties.inside`."""
    return ties.inside(ledger.facts, through)


def rate_days(ledger: Ledger) -> pd.Series:
    """The day whose rate each fact carries, indexed by fact.

    It is the day of announcement; of a partial date, the first day in it on which a source is known to report the fact; NaT
    where there is none.
    """
    first, last = _days(ledger)["first"], _days(ledger)["last"]
    known = pd.DataFrame({"fact": ledger.claims["fact"], "day": ledger.known_on})
    within = (known["day"] > first.reindex(known["fact"]).to_numpy()) & (known["day"] <= last.reindex(known["fact"]).to_numpy())
    known = known[within]
    reported = known.groupby("fact")["day"].min().reindex(first.index)
    return first.where(first == last, reported)


@lru_cache(maxsize=8)
def _days(ledger: Ledger) -> pd.DataFrame:
    """The first and last possible day of each announcement, indexed by fact."""
    said = ledger.facts.set_index("fact")["announced_on"]
    return pd.DataFrame({"first": first_day(said), "last": last_day(said)})


def _window(windows: pd.DataFrame, first: pd.Series, last: pd.Series) -> pd.Series:
    """The meeting in whose window a span of days falls; 0 where it falls in none or several."""
    opens = windows["opens"]
    low, high = (opens.searchsorted(day, side="right") for day in (first, last))
    return pd.Series(opens.index.to_numpy()[low - 1], index=first.index).where(low == high, 0).astype("int64")
