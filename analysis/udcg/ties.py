"""The ties between facts as edges, their closure, and the first announcement that follows from them (rule 5 of counting)."""

import pandas as pd

from udcg.dates import first_day, last_day


def same_as(facts: pd.DataFrame) -> pd.Series:
    """Follow `restates` to the first saying; a fact that restates nothing is its own.

    Args:
        facts: Columns fact, restates.

    Returns:
        The first saying's id, by row of facts.
    """
    again = (facts["restates"] != "").to_numpy()
    earlier = facts.loc[again].set_index("fact")["restates"]
    said = earlier
    while (further := said.isin(earlier.index)).any():
        said = said.mask(further, said.map(earlier))
    found = facts["fact"].copy()
    found[again] = said.to_numpy()
    return found


def inside(facts: pd.DataFrame, through: tuple[str, ...] = ("part_of", "drawn_from")) -> pd.DataFrame:
    """Close the ties upwards: every fact with everything that it is directly or indirectly inside of.

    Ties from and to a restatement count as ties of the first saying, which is the same money.

    Args:
        facts: Columns fact, restates and the ties named in `through`.
        through: The ties to follow.

    Returns:
        Columns fact, whole (both first sayings); no row for a fact inside nothing.
    """
    first = dict(zip(facts["fact"].tolist(), same_as(facts).tolist(), strict=True))
    direct: dict[str, list[str]] = {}
    for tie in through:
        for fact, whole in zip(first.values(), facts[tie].tolist(), strict=True):
            holder = first.get(whole, whole)
            if holder not in ("", fact):
                direct.setdefault(fact, []).append(holder)
    pairs = [(fact, whole) for fact in direct for whole in _reached(direct, fact)]
    columns = zip(*pairs, strict=True) if pairs else ((), ())
    return pd.DataFrame({end: pd.array(list(column), dtype="str") for end, column in zip(("fact", "whole"), columns, strict=True)})


def _reached(direct: dict[str, list[str]], fact: str) -> list[str]:
    """Everything that a fact is inside of, nearest first."""
    found: dict[str, None] = {}
    reach = direct[fact]
    while reach:
        found |= dict.fromkeys(reach)
        reach = [further for whole in reach for further in direct.get(whole, ()) if further not in found and further != fact]
    return list(found)


def announced(facts: pd.DataFrame) -> pd.DataFrame:
    """Find when each fact's money was first announced: its own day, that of what it restates, or of what it is inside of.

    Group totals date nothing: a sum stated over everybody is not the promise of anyone. Nor does a whole without an amount:
    it never carried the money, so a newer part of it is new.

    Args:
        facts: Columns fact, announced_on, level, restates, part_of, drawn_from, best (NaN where there is no amount).

    Returns:
        By row of facts, first_from and first_to: the first and last possible day of the first announcement, the same day
        where it is known.
    """
    days = pd.DataFrame({"from": first_day(facts["announced_on"]), "to": last_day(facts["announced_on"])}).set_axis(facts["fact"])
    saying = pd.Series(same_as(facts).to_numpy(), index=facts["fact"])
    said = days.groupby(saying.to_numpy(), sort=False).min()
    dating = facts.loc[(facts["level"] != "group_total") & facts["best"].notna(), "fact"]
    wholes = inside(facts)
    wholes = wholes[wholes["whole"].isin(saying[dating])]
    older = said.reindex(wholes["whole"]).set_axis(wholes["fact"]).groupby(level=0, sort=False).min()
    first = pd.concat([said, older]).groupby(level=0, sort=False).min()
    return first.reindex(saying).set_axis(facts.index).set_axis(["first_from", "first_to"], axis=1)


def gathered(keys: pd.Series, values: pd.Series) -> dict[str, list[str]]:
    """Gather values by key, both in the order of their first row."""
    found: dict[str, list[str]] = {}
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        found.setdefault(key, []).append(value)
    return found


def topmost(chosen: pd.Series, wholes: pd.DataFrame) -> pd.Series:
    """Keep of the chosen facts those that are inside no other chosen one.

    Args:
        chosen: Ids of first sayings.
        wholes: Columns fact, whole, as `inside` returns them.

    Returns:
        A mask by row of chosen.
    """
    within = wholes.loc[wholes["whole"].isin(chosen), "fact"]
    return ~chosen.isin(within)


def once(facts: pd.DataFrame) -> pd.DataFrame:
    """Keep one saying of each fact, the first one where it is there, else the earliest, in the order of their days.

    Args:
        facts: Columns fact, saying, day.

    Returns:
        Rows of facts.
    """
    names = facts[["fact", "saying", "day"]].reset_index(drop=True)
    ranked = names.assign(again=names["fact"] != names["saying"]).sort_values(["again", "day", "fact"])
    return facts.iloc[ranked.drop_duplicates("saying").sort_values(["day", "fact"]).index]
