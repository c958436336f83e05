"""Joint packages are looked through to each donor's share (rule 7 of counting)."""

import pandas as pd

from udcg.book import Book, once
from udcg.money import ENDS, convert
from udcg.sums import COUNTED, ROUNDING

GROUP = "MULTI"  # the donor of money whose shares are not known


def looked_through(book: Book, facts: pd.DataFrame) -> pd.DataFrame:
    """Split facts into the shares of their donors.

    Args:
        book: The book.
        facts: Columns fact, donor, partners, low, best, high in the book's currency.

    Returns:
        Parts of a sum, as `udcg.sums.Sum` describes them: known shares with their donors, the rest with the group; a partner
        whose share is not known gets a row without a low and a best, which counts only in its own high.
    """
    columns = ["fact", "donor", "partners", *ENDS]
    asked = [dict(zip(columns, row, strict=True)) for row in zip(*(facts[column] for column in columns), strict=True)]
    rows = [row for fact in asked for row in _shared(book, fact)]
    frame = pd.DataFrame(rows, columns=["fact", "donor", "donor_or_partner", *ENDS])
    return frame.assign(whole=frame["fact"], role=COUNTED)


@once
def valued(book: Book) -> pd.DataFrame:
    """Known shares in the book's currency, at the rate of their package: the columns of shares, and value."""
    shares = book.ledger.shares
    day = shares["fact"].map(book.facts["rate_day"])
    return shares.assign(value=convert(shares[["amount"]], shares["currency"], day, book.currency, book.ledger.rates)["amount"])


def _shared(book: Book, fact: dict) -> list[dict]:  # type: ignore[type-arg]
    whole = {end: fact[end] for end in ENDS}
    partners = [partner for partner in fact["partners"].split(";") if partner]
    known = _known(book).get(fact["fact"], {})
    if not partners and not known:
        return [_part(fact, fact["donor"], fact["donor"], whole)]
    rows = [_part(fact, donor, donor, dict.fromkeys(ENDS, amount)) for donor, amount in known.items()]
    left = {end: max(whole[end] - sum(known.values()), 0.0) if pd.notna(whole[end]) else whole[end] for end in ENDS}
    if left["best"] <= ROUNDING * whole["best"] and pd.notna(whole["high"]):
        return rows
    unknown = [donor for donor in dict.fromkeys([fact["donor"], *partners]) if donor not in known and donor != GROUP]
    only_high = {"low": 0.0, "best": 0.0, "high": left["high"]}
    return [*rows, _part(fact, GROUP, GROUP, left), *(_part(fact, "", donor, only_high) for donor in unknown)]


def _part(fact: dict, donor: str, donor_or_partner: str, ends: dict[str, float]) -> dict:  # type: ignore[type-arg]
    return {"fact": fact["fact"], "donor": donor, "donor_or_partner": donor_or_partner, **ends}


@once
def _known(book: Book) -> dict[str, dict[str, float]]:
    known: dict[str, dict[str, float]] = {}
    for row in valued(book).itertuples():
        known.setdefault(row.fact, {})[row.donor] = row.value
    return known
