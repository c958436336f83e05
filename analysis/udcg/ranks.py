"""What each country gives under three definitions, against the size of its economy, and where that places it among the others."""

import numpy as np
import pandas as pd

from udcg import count
from udcg.book import Book, once
from udcg.money import ENDS

DEFINITIONS = ("commitments", "with_mixed", "allocations")  # military commitments; with sums of mixed scope added; allocations
GDP = "USD"  # currency in which the table figures states it


@once
def ranks(book: Book) -> pd.DataFrame:
    """Rank all countries with a sum and a known GDP under each definition.

    A rank goes by best values. Its ends say how it could move within the ranges: above are those whose low end exceeds one's own high
    end, and at worst all whose high end exceeds one's own low end. An open end stands at its best value, since nothing bounds it.

    Returns:
        Indexed by definition and donor; columns low, best, high (USD; NaN high: open), gdp (USD of one year), year and figure (of that
        GDP), share_low, share_best, share_high (fraction of that GDP), rank, rank_first, rank_last (1 the largest share), of (countries
        ranked under the definition).
    """
    return pd.concat({name: _ranked(_with_gdp(book, sums)) for name, sums in _sums(book).items()}, names=["definition"])


def _sums(book: Book) -> dict[str, pd.DataFrame]:
    commitments, mixed = (count.committed(book, scope).by_donor()[ENDS] for scope in ("military", "mixed"))
    both = commitments.add(mixed, fill_value=0.0)
    open_, also = (sums.isna().reindex(both.index, fill_value=False) for sums in (commitments, mixed))
    whole = both.mask(open_ | also)  # a sum of which one part is open is open
    return dict(zip(DEFINITIONS, (commitments, whole, count.allocated(book).by_donor()[ENDS]), strict=True))


def _with_gdp(book: Book, sums: pd.DataFrame) -> pd.DataFrame:
    donors = book.ledger.donors.set_index("donor")
    figures = book.ledger.figures.set_index("figure")
    countries = donors.loc[(donors["kind"] == "country") & donors["gdp"].isin(figures.index), "gdp"]
    known = sums[sums.index.isin(countries.index) & (sums["best"] > 0)]
    figure = countries.loc[known.index]
    return known.assign(gdp=figures.loc[figure, "value"].to_numpy(), year=figures.loc[figure, "as_of"].to_numpy(), figure=figure)


def _ranked(sums: pd.DataFrame) -> pd.DataFrame:
    shares = {f"share_{end}": sums[end] / sums["gdp"] for end in ENDS}
    best = shares["share_best"]
    low, high = (shares[f"share_{end}"].fillna(best).to_numpy() for end in ("low", "high"))
    others = ~np.eye(len(sums), dtype=bool)
    first = 1 + ((low[None, :] > high[:, None]) & others).sum(axis=1)
    last = 1 + ((high[None, :] > low[:, None]) & others).sum(axis=1)
    rank = best.rank(ascending=False, method="min").astype(int)
    return sums.assign(**shares, rank=rank, rank_first=first, rank_last=last, of=len(sums)).rename_axis("donor")
