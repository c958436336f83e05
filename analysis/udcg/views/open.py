"""Opens the view of a briefing from its parameters: what a notebook's first cell calls."""

from collections.abc import Callable
from functools import lru_cache

from udcg import ledger, words
from udcg.book import GIVERS, Book
from udcg.errors import UnknownNameError
from udcg.ledger import Ledger
from udcg.rates import DISPLAY
from udcg.views.coalition import CoalitionView
from udcg.views.donor import DonorView
from udcg.views.eve import EveView
from udcg.views.meeting import MeetingView
from udcg.views.page import Page


def meeting(number: int, as_of: str = "", currency: str = "EUR", evidence: Ledger | None = None, *, language: str = "en") -> MeetingView:
    """Open the view of a meeting.

    Raises:
        UnknownNameError: no such meeting as of that date, no such display currency, or no such language.
    """
    book = book_at(evidence, as_of, currency)
    known = book.ledger.meetings["meeting"].tolist()
    if number not in known:
        raise UnknownNameError("meeting", str(number), map(str, known))
    return MeetingView(book, as_of, number, language=spoken(language))


def donor(
    code: str, as_of: str = "", currency: str = "EUR", tracker: str = "", evidence: Ledger | None = None, *, language: str = "en"
) -> DonorView:
    """Open the view of a donor, with a tracker's file beside it where one is named.

    Raises:
        UnknownNameError: no donor of that code has promised or given anything as of that date, no such display currency, or no such
            language.
    """
    book = book_at(evidence, as_of, currency)
    known = giving(book.ledger)
    if code not in known:
        raise UnknownNameError("donor", code, known)
    return DonorView(book, as_of, code, tracker, language=spoken(language))


def eve(as_of: str = "", currency: str = "EUR", evidence: Ledger | None = None, *, language: str = "en") -> EveView:
    """Open the view of the coming meeting, the one after the last that was held as of a date.

    Raises:
        UnknownNameError: no such display currency, or no such language.
    """
    book = book_at(evidence, as_of, currency)
    return EveView(book, as_of, int(book.windows.index[-1]), language=spoken(language))


def coalition(as_of: str = "", currency: str = "EUR", evidence: Ledger | None = None, *, language: str = "en") -> CoalitionView:
    """Open the view of the coalition: all meetings at once.

    Raises:
        UnknownNameError: no such display currency, or no such language.
    """
    return CoalitionView(book_at(evidence, as_of, currency), as_of, language=spoken(language))


OPEN: dict[str, Callable[..., Page]] = {
    "meeting": meeting,
    "donor": donor,
    "coalition": coalition,
    "eve": eve,
}  # by the name that briefings.toml gives a view


def giving(evidence: Ledger) -> list[str]:
    """Return the codes of countries and unions with a pledge, commitment, allocation or delivery, alone or as a partner."""
    facts = evidence.facts[evidence.facts["stage"].isin(["pledge", "commitment", "allocation", "delivery", "disbursement"])]
    facts = facts[facts["level"] != "group_total"]
    named = {*facts["donor"], *facts["partners"].str.split(";").explode(), *evidence.shares["donor"]}
    donors = evidence.donors[evidence.donors["kind"].isin(GIVERS)]
    return sorted(donors.loc[donors["donor"].isin(named), "donor"])


def spoken(language: str) -> str:
    """Return the code of a language that pages can be had in.

    Raises:
        UnknownNameError: there is no catalogue of that language.
    """
    words.of(language)
    return language


def book_at(evidence: Ledger | None, as_of: str, currency: str) -> Book:
    """The book behind a page; pages of the same evidence, day and currency share it.

    Raises:
        UnknownNameError: no such display currency.
        ParameterError: as_of is no date, or nothing was known then.
    """
    return _kept(evidence or ledger.current(), as_of, currency)


@lru_cache(maxsize=4)
def _kept(evidence: Ledger, as_of: str, currency: str) -> Book:
    if currency not in DISPLAY:
        raise UnknownNameError("display currency", currency, DISPLAY)
    return Book(evidence.known_by(as_of), currency)
