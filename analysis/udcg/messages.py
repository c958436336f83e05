"""Messages with named fields, said in the language of a catalogue: what all generated sentences, labels and notes pass through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations
from itertools import groupby

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from udcg.blocks import Span, Text
from udcg.catalogue import COUNT, fields, pieces
from udcg.errors import MessageError

Part = str | Span | Text


@dataclass(frozen=True, eq=False)
class Messages:
    """Says English messages in the language of a locale; its catalogue has the translations, and where it has none, English stays.

    A message is a whole sentence, clause or label with named fields, `"{sum} had been announced before"`: a translator can put the
    fields in another order. Fields take what is printed already: text, numbers in words, spans with the facts behind them.
    """

    locale: str = "en_GB"
    messages: NullTranslations = field(default_factory=NullTranslations)

    @cached_property
    def region(self) -> Locale:
        """The language as one country writes it: its rules for numbers, days, names and plural forms."""
        return Locale.parse(self.locale)

    @property
    def language(self) -> str:
        """Code of the language: en, uk, de."""
        return str(self.region.language)

    def say(self, message: str, /, **parts: Part) -> Text:
        """Say a message as a text, whose spans keep their facts and sources.

        Raises:
            MessageError: a field of the message was not given, or one was given that it does not have.
        """
        return _text(self._known(message, parts), parts)

    def line(self, message: str, /, **parts: str) -> str:
        """Say a message as plain text: a label, a heading, a note; raises what `say` does."""
        return filled(self._known(message, parts), parts)

    def many(self, count: int, one: str, many: str, /, **parts: Part) -> Text:
        """Say a message in the plural form that goes with a count, which it may print as `{count}`; raises what `say` does."""
        told = {COUNT: self.number(count), **parts}
        return _text(self._form(count, one, many, told), told)

    def plural(self, count: int, one: str, many: str, /, **parts: str) -> str:
        """As `many`, as plain text."""
        told = {COUNT: self.number(count), **parts}
        return filled(self._form(count, one, many, told), told)

    def counted(self, count: int, one: str, many: str, /) -> str:
        """Print a count with its noun in the right plural form, where it stands by itself: 1 promise, 12 promises."""
        return self.line("{count} {things}", count=self.number(count), things=self.plural(count, one, many))

    def typed(self, text: str, /) -> str:
        """Translate a text as a whole, braces and all: a heading that was typed in a notebook, a word of a vocabulary."""
        return self.messages.gettext(text) if text else ""

    def number(self, value: float) -> str:
        """Print a count with the locale's separators: 9,000."""
        return str(format_decimal(round(value), locale=self.region))

    def listed(self, names: Iterable[str]) -> str:
        """Join names: Germany, Norway and the United Kingdom."""
        return str(format_list(list(names), locale=self.region))

    def joined(self, texts: Iterable[Part]) -> Text:
        """Join texts as `listed` does names."""
        parts = {f"text{place}": part for place, part in enumerate(texts)}
        return _text(self.listed(f"{{{name}}}" for name in parts), parts)

    def series(self, texts: Iterable[Part], mark: str = "; ") -> Text:
        """Set texts one after the other, with a mark between them."""
        parts = {f"text{place}": part for place, part in enumerate(texts)}
        return _text(mark.join(f"{{{name}}}" for name in parts), parts)

    def _known(self, message: str, parts: Mapping[str, Part]) -> str:
        """A message in the locale's language, once it is given the fields that it has."""
        if fields(message) != parts.keys():
            raise MessageError(message, fields(message) - parts.keys(), parts.keys() - fields(message))
        return self.typed(message)

    def _form(self, count: int, one: str, many: str, parts: Mapping[str, Part]) -> str:
        known = fields(one) | fields(many) | {COUNT}
        if known != parts.keys():
            raise MessageError(many, known - parts.keys(), parts.keys() - known)
        return self.messages.ngettext(one, many, count)


def filled(template: str, parts: Mapping[str, str]) -> str:
    """Put texts where a message has its fields."""
    return "".join(text + (parts[name] if name else "") for text, name in pieces(template))


def _text(template: str, parts: Mapping[str, Part]) -> Text:
    """Fill a template; neighbouring texts without facts become one span."""
    spans = (span for text, name in pieces(template) for span in (Span(text), *_spans(parts[name] if name else "")) if span != NOTHING)
    runs = groupby(spans, key=lambda span: span == Span(span.text))
    return tuple(span for bare, run in runs for span in ((Span("".join(span.text for span in run)),) if bare else run))


NOTHING = Span("")


def _spans(part: Part) -> Text:
    return (Span(part),) if isinstance(part, str) else (part,) if isinstance(part, Span) else part
