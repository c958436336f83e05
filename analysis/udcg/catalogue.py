"""The messages of a language, from its .po file: `locales/uk.po`; English needs none, since messages are written in it."""

import io
import string
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale

from udcg.errors import MessageError, UnknownNameError

LOCALES = Path(__file__).with_name("locales")
ENGLISH = "en"
COUNT = "count"  # the field that every message with plural forms can print


def message(text: str) -> str:
    """Mark a message that is said elsewhere, so that it enters the template of the catalogues."""
    return text


def languages() -> list[str]:
    """The languages that pages can be had in, by their codes."""
    return [ENGLISH, *sorted(path.stem for path in LOCALES.glob("*.po"))]


@cache
def catalogue(language: str) -> NullTranslations:
    """Read the messages of a language; what has no translation there stays English, as does what is marked as fuzzy.

    Raises:
        UnknownNameError: there is no such language.
        MessageError: a translation has other fields than its message.
    """
    if language not in languages():
        raise UnknownNameError("language", language, languages())
    return NullTranslations() if language == ENGLISH else _read(LOCALES / f"{language}.po", language)


def _read(path: Path, language: str) -> NullTranslations:
    from babel.messages.mofile import write_mo  # what English pages have no use for
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        found = read_po(file, locale=Locale.parse(language))
    for said in found:
        _check(_all(said.id), [form for form in _all(said.string or "") if form])
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _all(forms: str | Iterable[str]) -> list[str]:
    return [forms] if isinstance(forms, str) else list(forms)


def _check(forms: list[str], translations: Iterable[str]) -> None:
    """A form of a plural may leave its number out, as in `the largest comes from ...`; everything else is said in each language."""
    wanted = set().union(*map(fields, forms)) if forms != [""] else set()
    for translation in translations if wanted else ():
        said = fields(translation)
        if missing := wanted - said - {COUNT} | (said - wanted):
            raise MessageError(forms[0], missing & wanted, missing - wanted)


def fields(template: str) -> set[str]:
    """The names of the fields of a message."""
    return {name for _, name in pieces(template) if name}


@cache
def pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Cut a message into its texts, each with the field that follows, "" for none.

    Raises:
        MessageError: a field has no name, or asks for a format of its own.
    """
    found = [(text, name, spec or conversion) for text, name, spec, conversion in string.Formatter().parse(template)]
    if odd := [name or spec for _, name, spec in found if name is not None and (spec or not name.isidentifier())]:
        raise MessageError(template, (), map(str, odd))
    return tuple((text, name or "") for text, name, _ in found)
