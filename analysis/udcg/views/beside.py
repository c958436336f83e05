"""Our allocations beside an independent tracker's figures: how much of what others see is on record here."""

import pandas as pd

from udcg import count
from udcg.blocs import BLOCS, blocs
from udcg.book import Book, once
from udcg.dates import last_day
from udcg.money import ENDS, EURO
from udcg.sums import Sum
from udcg.views import given
from udcg.views.page import joined

TRACKED = "kiel_military_allocations"  # the outside figure that can be set beside allocations
BILLION = 1e9
COLUMNS = ["donor", "bloc", *ENDS, "facts", "theirs", "figures", "as_of", "vintage"]


@once
def beside(book: Book) -> pd.DataFrame:
    """Set our allocations beside the tracker's newest figures, in EUR, up to their last day; largest of theirs first.

    Returns:
        Columns donor, bloc, low, best, high (ours), facts, theirs, figures (ids), as_of and vintage. No rows where no figure is known.
    """
    figures = book.ledger.figures
    tracked = figures[(figures["metric"] == TRACKED) & (figures["unit"] == "EUR_bn") & (figures["value"] > 0)]
    newest = tracked[tracked["as_of"] == tracked["as_of"].max()].drop_duplicates("subject", keep="last")
    ours = _allocated(given.in_currency(book, EURO), "".join(newest["as_of"].head(1))).by_donor()
    rows = newest.assign(
        donor=newest["subject"],
        bloc=newest["subject"].map(blocs(book)),
        facts=[ours["facts"].get(donor, []) for donor in newest["subject"]],
        theirs=newest["value"] * BILLION,
        figures=[[figure] for figure in newest["figure"]],
    )
    table = rows.join(ours[ENDS].reindex(ours.index.union(rows["donor"]), fill_value=0.0), on="donor")
    return table.sort_values("theirs", ascending=False, kind="stable")[COLUMNS]


def by_bloc(table: pd.DataFrame) -> pd.DataFrame:
    """Add donors up by bloc.

    Args:
        table: As `beside` returns it.

    Returns:
        Indexed by bloc, in the order of BLOCS: low, best, high (NaN high: open), facts, theirs and figures.
    """
    split = table.groupby("bloc")
    sums = split[[*ENDS, "theirs"]].sum(skipna=False)
    lists = {name: split[name].agg(lambda lists: joined(*lists)) for name in ("facts", "figures")}
    return sums.assign(**lists).reindex([bloc for bloc in BLOCS if bloc in sums.index])


@once
def _allocated(book: Book, day: str) -> Sum:
    return count.allocated(book, until=last_day(pd.Series([day])).iloc[0])
