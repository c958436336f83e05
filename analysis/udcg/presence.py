"""Which donors make promises, and in which windows: who is new, and of whom none was heard lately."""

import pandas as pd

from udcg.book import GIVERS, PROMISES, Book, once
from udcg.lookups import share_rows


@once
def promises(book: Book) -> pd.DataFrame:
    """List military promises by donor and window, of money or of things.

    A promise counts where it was said first, with each of its donors, partners and known shares; civilian aid, totals for a group, and
    promises of which not even the window is known are left out.

    Returns:
        Columns fact, donor (countries and unions) and meeting (the window of its announcement).
    """
    facts, paid = book.facts, share_rows(book)
    promised = facts["stage"].isin(PROMISES) & (facts["level"] != "group_total") & (facts["scope"] != "civilian")
    first = facts[promised & (facts["saying"] == facts["fact"]) & (facts["meeting"] > 0)]
    donors = book.ledger.donors
    states = set(donors.loc[donors["kind"].isin(GIVERS), "donor"])
    rows = [
        (fact, donor, meeting)
        for fact, lead, partners, meeting in zip(*(first[name].tolist() for name in ("fact", "donor", "partners", "meeting")), strict=True)
        for donor in dict.fromkeys([lead, *partners.split(";"), *(share["donor"] for share in paid.get(fact, []))])
        if donor in states
    ]
    return pd.DataFrame(rows, columns=["fact", "donor", "meeting"])


@once
def by_window(book: Book) -> pd.DataFrame:
    """Count the promises of each donor in each window: donors as rows, all windows as columns, the coming one last."""
    listed = promises(book)
    counts = pd.crosstab(listed["donor"], listed["meeting"]).reindex(columns=book.windows.index, fill_value=0)
    return counts.rename_axis(columns=None)


def presence(counts: pd.DataFrame, lapse: int) -> pd.DataFrame:
    """Find the first and last window with a promise of each donor.

    Args:
        counts: Promises by donor (rows) and window (columns, in order), as `by_window` returns them.
        lapse: How many windows, the last ones, make a donor new who has promised in them alone, and lapsed who has promised in none;
            where there are no others, nobody is either.

    Returns:
        Indexed by donor: first, last (window), windows (how many with a promise), promises, and standing: new, lapsed or "".
    """
    some = counts > 0
    first, last = some.idxmax(axis=1), some.iloc[:, ::-1].idxmax(axis=1)
    recent, earlier = set(counts.columns[-lapse:]), len(counts.columns) > lapse
    standing = pd.Series("", index=counts.index).mask(first.isin(recent) & earlier, "new").mask(~last.isin(recent), "lapsed")
    return pd.DataFrame(
        {"first": first, "last": last, "windows": some.sum(axis=1), "promises": counts.sum(axis=1), "standing": standing}
    ).sort_values(["first", "promises"], ascending=[True, False], kind="stable")
