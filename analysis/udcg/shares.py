"""Joint packages are looked through to each donor's share (rule 7 of counting)."""

import math
from collections.abc import Iterable

import pandas as pd

from udcg.book import Book, Fact, once
from udcg.money import convert
from udcg.sums import COUNTED, ROUNDING, Part

GROUP = "MULTI"  # the donor of money whose shares are not known


def split(book: Book, facts: Iterable[Fact], role: str = COUNTED) -> list[Part]:
    """Split facts into the shares of their donors.

    Returns:
        Parts of a sum, as `udcg.sums.Sum` describes them: known shares with their donors, the rest with the group; a partner
        whose share is not known gets a part without a low and a best, which counts only in its own high.
    """
    known = _known(book)
    return [part for fact in facts for part in _shared(fact, known.get(fact.fact, {}), role)]


@once
def valued(book: Book) -> pd.DataFrame:
    """Known shares in the book's currency, at the rate of their package: the columns of shares, and value."""
    shares = book.ledger.shares
    day = book.facts["rate_day"].reindex(shares["fact"]).set_axis(shares.index)
    return shares.assign(value=convert(shares[["amount"]], shares["currency"], day, book.currency, book.ledger.rates)["amount"])


def _shared(fact: Fact, known: dict[str, float], role: str) -> list[Part]:
    whole = (fact.low, fact.best, fact.high)
    if not fact.partners and not known:
        return [_part(fact, fact.donor, fact.donor, whole, role)]
    rows = [_part(fact, donor, donor, (amount, amount, amount), role) for donor, amount in known.items()]
    shared = sum(known.values())
    low, best, high = (end if math.isnan(end) else max(end - shared, 0.0) for end in whole)
    if best <= ROUNDING * fact.best and not math.isnan(fact.high):
        return rows
    partners = [partner for partner in fact.partners.split(";") if partner]
    unknown = [donor for donor in dict.fromkeys([fact.donor, *partners]) if donor not in known and donor != GROUP]
    rest = _part(fact, GROUP, GROUP, (low, best, high), role)
    return [*rows, rest, *(_part(fact, "", donor, (0.0, 0.0, high), role) for donor in unknown)]


def _part(fact: Fact, donor: str, donor_or_partner: str, ends: tuple[float, float, float], role: str) -> Part:
    return Part(fact.fact, donor, donor_or_partner, *ends, whole=fact.fact, role=role)


@once
def _known(book: Book) -> dict[str, dict[str, float]]:
    known: dict[str, dict[str, float]] = {}
    shares = valued(book)
    for fact, donor, value in zip(shares["fact"], shares["donor"], shares["value"], strict=True):
        known.setdefault(fact, {})[donor] = value
    return known
