"""Which currency a sign or word means: said by itself, else by who gives, else by the text around."""

from collections.abc import Mapping, Sequence

from udcg.reading import vocabulary
from udcg.reading.record import Record

DOLLAR = "USD"
DOLLARS = ("$", "dollars", "dollar")  # of which country they do not say


def in_us_dollars(record: Record, own: Mapping[str, str]) -> bool:
    """Whether a record has in bare dollars what donors without dollars of their own give: the text means the same dollars throughout."""
    if record.currency != DOLLAR or not record.donors or "US" in record.mention:
        return False
    dollars = {DOLLAR, *vocabulary.currencies()[DOLLARS[0]].others}
    return dollars.isdisjoint(own.get(donor, "") for donor in record.donors)


def meant(word: str, donors: Sequence[str], around: Sequence[str], own: Mapping[str, str], before: str, converts: str) -> str:
    """Say the currency of a sum.

    Args:
        word: The sign or word as printed; "" where the text says only "350 million".
        donors: Who gives.
        around: Of whom the text speaks, the nearest first; they say which crowns are meant, but not which dollars.
        own: The currency of each donor, from the ledger.
        before: The currency of the sum before; "" for the first.
        converts: The currency of the sum that this one converts; "" where it converts none.

    Returns:
        The code of ISO 4217; "" where nothing says it.
    """
    if not word:
        return before
    known = vocabulary.currencies()[word]
    possible = {known.code, *known.others}
    if converts in possible:
        return known.code if known.code != converts else next(iter(sorted(possible - {converts})), known.code)
    asked = donors if donors and known.code == DOLLAR else [*donors, *around]
    named = [own.get(donor, "") for donor in asked]
    return next((code for code in named if code in possible), known.code)
