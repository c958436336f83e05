"""Messages: named fields, plural forms and catalogues."""

from collections.abc import Callable
from io import BytesIO

import pandas as pd
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from pypdf import PdfReader

from udcg import catalogue, views
from udcg.blocks import Data, Span, Title
from udcg.errors import MessageError, UnknownNameError
from udcg.press.pdf import typeset
from udcg.words import ENGLISH, Words

SUM = Span("EUR 5m", facts=("gift",), cites=(1,))
Speak = Callable[[dict[str | tuple[str, str], str | tuple[str, ...]]], Words]


@pytest.fixture
def speak(language) -> Speak:
    """Give a function that makes Ukrainian of literal translations and returns its words."""

    def of(said: dict[str | tuple[str, str], str | tuple[str, ...]]) -> Words:
        made = Catalog(locale="uk")
        for message, translation in said.items():
            made.add(message, translation)
        return language(_written(made))

    return of


def _written(made: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, made)
    return buffer.getvalue()


def test_a_text_keeps_the_facts_of_its_parts():
    """Fields take text, spans and texts; what stands between them is plain."""
    assert ENGLISH.say("{sum} of {donor}.", sum=SUM, donor="Norway") == (SUM, Span(" of Norway."))
    assert ENGLISH.say("In all {whole}", whole=ENGLISH.say("{sum}!", sum=SUM)) == (Span("In all "), SUM, Span("!"))


def test_a_part_is_never_read_as_a_message():
    """Braces in data stay text."""
    assert ENGLISH.line("{title}", title="{donor} {0} {{") == "{donor} {0} {{"
    assert ENGLISH.joined(["{a}", SUM]) == (Span("{a} and "), SUM)


@pytest.mark.parametrize(
    ("parts", "missing", "unknown"), [({}, ("sum",), ()), ({"sum": "1", "day": "2"}, (), ("day",)), ({"s": "1"}, ("sum",), ("s",))]
)
def test_fields_that_do_not_match_are_named(parts, missing, unknown):
    """A field that was not given, and one that the message does not have, are errors in any language."""
    for say in (ENGLISH.say, ENGLISH.line):
        with pytest.raises(MessageError) as error:
            say("{sum} is new", **parts)
        assert (error.value.missing, error.value.unknown) == (missing, unknown)


@pytest.mark.parametrize("message", ["{}", "{0}", "{sum:>9}", "{sum!r}", "{sum.real}"])
def test_fields_have_names_and_nothing_else(message):
    """A message cannot format, number or look into what it is given."""
    with pytest.raises(MessageError):
        ENGLISH.line(message, sum="1")


def test_a_translator_can_reorder(speak):
    """The parts keep their facts wherever the language puts them."""
    ukrainian = speak({"{sum} comes from {donor}": "{donor}: {sum}"})
    assert ukrainian.say("{sum} comes from {donor}", sum=SUM, donor="Норвегія") == (Span("Норвегія: "), SUM)


@pytest.mark.parametrize(("count", "said"), [(1, "1 обіцянка"), (3, "3 обіцянки"), (5, "5 обіцянок"), (21, "21 обіцянка")])
def test_plural_forms_are_those_of_the_language(speak, count, said):
    """Ukrainian has three, and the number chooses among them."""
    forms = ("{count} promise", "{count} promises")
    ukrainian = speak({forms: ("{count} обіцянка", "{count} обіцянки", "{count} обіцянок")})
    assert ukrainian.plural(count, *forms) == said
    assert ukrainian.many(count, *forms) == (Span(said),)


def test_what_is_not_translated_stays_english(speak):
    """In English plural forms too; numbers, days and countries are the language's all the same."""
    ukrainian = speak({"new": "нове"})
    assert [ukrainian.line("new"), ukrainian.line("old"), ukrainian.counted(21, "fact", "facts")] == ["нове", "old", "21 facts"]
    assert ukrainian.day(pd.Timestamp("2025-04-11")) == "11 квітня 2025\u202fр."
    assert [ukrainian.name("NO", "Norway"), ukrainian.name("IFU", "International Fund")] == ["Норвегія", "International Fund"]
    assert ukrainian.number(1234.0) == "1\u00a0234"


def test_a_translation_has_the_fields_of_its_message(speak):
    """A field that the translator lost or misspelled is named when the catalogue is read."""
    with pytest.raises(MessageError, match="missing sum; unknown suma"):
        speak({"{sum} is new": "{suma} нове"})


def test_languages_are_those_with_a_catalogue(speak):
    """English is always there; another one once it has a file; any other name is refused with those that are known."""
    speak({"new": "нове"})
    assert catalogue.languages() == ["en", "uk"]
    with pytest.raises(UnknownNameError, match=r"unknown language '\.\./uk'"):
        views.meeting(27, language="../uk")


def test_names_of_donors_are_as_the_table_has_them(real):
    """In English all names stay as they are; in other languages countries have the language's own."""
    names = real.names
    assert {code: ENGLISH.name(code, name) for code, name in names.items()} == names
    assert (Words("de").name("GB", names["GB"]), Words("de").name("IFU", names["IFU"])) == ("Vereinigtes Königreich", names["IFU"])


def test_data_does_not_depend_on_the_language(real, speak):
    """A page in another language is of the same data, under another name."""
    speak({"new": "нове"})
    english, ukrainian = (views.meeting(27, evidence=real, language=code).data for code in ("en", "uk"))
    assert "language" not in english
    assert ukrainian == english | {"language": "uk", "view": ukrainian["view"]}
    assert ukrainian["view"] != english["view"]


def test_a_pdf_speaks_its_language(speak):
    """Its text, its metadata and what stands round its blocks."""
    speak({"UDCG briefings": "Довідки", "Attached to this file: {files}.": "Додано: {files}."})
    shown = Data({"a.csv": "a\n"}, "Дані.").content()
    title = Title("Т", "П", "Д", "2026-01-01", ("к",), "uk").content()
    reader = PdfReader(BytesIO(typeset({**title, "files": shown["files"], "blocks": [shown]}, "n")))
    assert (reader.trailer["/Root"]["/Lang"], reader.metadata.author) == ("uk", "Довідки")
    assert "Дані. Додано: a.csv." in reader.pages[0].extract_text()
