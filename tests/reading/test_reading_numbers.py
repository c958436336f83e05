"""Numbers, sums and quantities are read from the many ways in which they are printed."""

import pytest

from udcg.reading import amounts, numerals, vocabulary
from udcg.reading.mentioned import mentioned
from udcg.reading.pieces import Piece
from udcg.reading.tokens import tokens


def _sums(text):
    return [(sum_.qualifier, sum_.amount, sum_.high, vocabulary.currencies()[sum_.currency].code) for sum_ in amounts.amounts(text)]


def _quantities(text):
    return [(said.words, said.item) for said in mentioned(text, tokens(text), ()) if isinstance(said, Piece)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20,000", 20_000),
        ("1 500", 1_500),
        ("2,7", 2.7),
        ("1.500", 1_500),
        ("half a million", 500_000),
        ("one and a half billion", 1.5e9),
        ("two dozen", 24),
        ("twenty-five", 25),
        ("two hundred and fifty", 250),
        ("a thousand million", 1e9),
        ("one million eight hundred thousand", 1_800_000),
    ],
)
def test_numbers(text, value):
    """Digits with either sign for thousands and decimals, and words."""
    assert numerals.value(text) == value


def test_a_decimal_before_a_scale():
    """1.250 billion has decimals; 8.3 billion has no dust of binary fractions."""
    assert numerals.value("1.250", scaled=True) == 1.25
    assert _sums("$8.3 billion") == [("exact", 8_300_000_000, None, "USD")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It is worth £450m.", ("exact", 450e6, None, "GBP")),
        ("some 450 million pounds of it", ("about", 450e6, None, "GBP")),
        ("EUR 1,5 milliard", ("exact", 1.5e9, None, "EUR")),
        ("a 21-billion-euro promise", ("exact", 21e9, None, "EUR")),
        ("half a billion dollars", ("exact", 0.5e9, None, "USD")),
        ("NOK 22.5bn", ("exact", 22.5e9, None, "NOK")),
        ("C$500 million", ("exact", 500e6, None, "CAD")),
        ("$500 million AUD", ("exact", 500e6, None, "AUD")),
        ("€11 billion euros", ("exact", 11e9, None, "EUR")),
        ("5 bln. €", ("exact", 5e9, None, "EUR")),
        ("13 Mio. EUR", ("exact", 13e6, None, "EUR")),
        ("6.7 billion Danish crowns", ("exact", 6.7e9, None, "DKK")),
        ("between 90 and 110 million euros", ("between", 90e6, 110e6, "EUR")),
        ("$2-3 billion", ("between", 2e9, 3e9, "USD")),
        ("up to $2.5 billion", ("up_to", 2.5e9, None, "USD")),
        ("nearly $1bn", ("nearly", 1e9, None, "USD")),
        ("no less than EUR 250 million", ("at_least", 250e6, None, "EUR")),
        ("well over €1bn", ("over", 1e9, None, "EUR")),
        ("aid has passed €1bn", ("over", 1e9, None, "EUR")),
        ("it adds up to €1bn", ("exact", 1e9, None, "EUR")),
        ("under a £45m contract", ("exact", 45e6, None, "GBP")),
        ("just under £45m", ("nearly", 45e6, None, "GBP")),
        ("between two and three billion euros", ("between", 2e9, 3e9, "EUR")),
        ("two to three hundred million euros", ("between", 200e6, 300e6, "EUR")),
        ("this billion euros", ("exact", 1e9, None, "EUR")),
        ("5 000 000 (five million) euro", ("exact", 5e6, None, "EUR")),
        ("DKr6.7bn", ("exact", 6.7e9, None, "DKK")),
        ("between $90 and $110 million", ("between", 90e6, 110e6, "USD")),
        ("May 20 - 5 million euros", ("exact", 5e6, None, "EUR")),
    ],
)
def test_sums(text, read):
    """A currency before or behind, doubled, spelled or as a code; ranges and qualifiers."""
    assert _sums(text) == [read]


def test_a_bare_million_has_the_currency_before_it():
    """Oslo the other 100 million: of the same currency, but only where a sum came before."""
    assert _sums("London pays £350 million and Oslo the other 100 million.")[1] == ("exact", 100e6, None, "GBP")
    assert _sums("It reached 100 million.") == []
    assert _sums("DKK 1.4 billion (€188m), of it 690 million for arms")[2] == ("exact", 690e6, None, "DKK")  # not what converts it


def test_and_makes_a_range_only_behind_between():
    """200 million and 300 million are two sums, also where two donors give them respectively."""
    read = _sums("Belgium and Portugal contribute 200 million euros and 300 million euros respectively")
    assert read == [("exact", 200e6, None, "EUR"), ("exact", 300e6, None, "EUR")]


@pytest.mark.parametrize("text", ["a 500-pound bomb", "They won 3 battles.", "It weighs 40 pounds.", "155 mm", "the 26th meeting"])
def test_no_sums(text):
    """Weights, deeds, calibres and ordinals are no money."""
    assert _sums(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("about 30 Patriot missiles", ("about 30", "Patriot missiles")),
        ("20,000 155mm artillery rounds", ("20,000", "155mm artillery rounds")),
        ("30 battle tanks Leopard 1 A5", ("30", "battle tanks Leopard 1 A5")),
        ("hundreds of thousands of drones", ("hundreds of thousands", "drones")),
        ("between 40 and 50 SCALP missiles", ("40 to 50", "SCALP missiles")),
        ("over a million shells", ("over 1,000,000", "shells")),
        ("two National Advanced Surface-to-Air Missile Systems", ("2", "National Advanced Surface-to-Air Missile Systems")),
        ("49 of its retiring M1A1 tanks", ("49", "retiring M1A1 tanks")),
        ("500+ drones", ("over 500", "drones")),
        ("a Patriot battery", ("1", "Patriot battery")),
        ("1.5m rounds", ("1,500,000", "rounds")),
        ("two to three hundred tanks", ("200 to 300", "tanks")),
        ("July 20 - Four more tanks", ("4", "tanks")),
        ("four fire control centres", ("4", "fire control centres")),
        ("every one of its 19 tanks", ("19", "tanks")),
        ("night-vision goggles: 6,000 night vision goggles", ("6,000", "night vision goggles")),
    ],
)
def test_quantities(text, read):
    """A number, its qualifier, and the run of words up to the last that the gazetteer knows."""
    assert _quantities(text) == [read]


@pytest.mark.parametrize(
    ("text", "amounts_"),
    [
        ("EUR 615 million: 300 for guns, 100 through the scheme", [615e6, 300e6, 100e6]),
        ("EUR 1.4 billion for shells and 1.2 for air defence", [1.4e9, 1.2e9]),
        ("20 tanks worth EUR 5 million, and 8 will follow", [5e6]),  # tanks
        ("EUR 5 million and the other two", [5e6]),
        ("EUR 5 million and 100,000 shells", [5e6]),
        ("EUR 5 million for 3 million households; another 2 million goes to drones", [5e6, 2e6]),
        ("EUR 5 million for AIM-9M missiles", [5e6]),
    ],
)
def test_a_unit_left_out(text, amounts_):
    """A figure alone behind a sum is in the same unit, unless things were counted."""
    assert [said.amount for said in mentioned(text, tokens(text)) if not isinstance(said, Piece)] == amounts_


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Abrams are there: Washington promised 31", [("31", "Abrams")]),
        ("Five drones came, then several thousand of them", [("5", "drones"), ("several thousand", "drones")]),
        ("Drones came on Feb. 12, most of them on 13 February", []),
        ("Drones came with one of the ministers", []),
        ("Drones came in 46 military aid packages", []),
        ("Drones came from hundreds of factories", []),
    ],
)
def test_what_a_number_alone_counts(text, found):
    """What was counted last, or else named last; a date counts nothing."""
    assert _quantities(text) == found


def test_as_many():
    """As many as were counted before; nothing where nothing was."""
    assert _quantities("30 M-84 tanks and as many drones") == [("30", "M-84 tanks"), ("30", "drones")]
    assert _quantities("about 20 tanks and the same number of drones, then a dozen guns") == [
        ("about 20", "tanks"),
        ("about 20", "drones"),
        ("12", "guns"),
    ]
    assert _quantities("as many drones as tanks") == []
    assert _quantities("they sent as many drones") == []


def test_a_noun_left_out():
    """The first three of 24 jets: both numbers count jets."""
    assert [words for words, _ in _quantities("six F-16 jets and the first three of 24 promised")] == ["6", "3", "24"]
    assert [words for words, _ in _quantities("the first two of eight NASAMS")] == ["2", "8"]


@pytest.mark.parametrize(
    "text",
    [
        "the F-16 and the Leopard 2 tank",
        "Mirage 2000 jets",
        "in 2023 tanks came",
        "a gun of 155 mm",
        "it flies 250 kilometres",
        "aged 54",
        "30 percent of the tanks",
        "50 countries sent tanks",
        "a number of systems",
        "six munitions plants",
    ],
)
def test_no_quantities(text):
    """Models, years, calibres, distances, ages, shares, countries, bundles and factories are none."""
    assert _quantities(text) == []


@pytest.mark.parametrize("text", ["835 million covers vehicles", "644 million of it concerns new tanks", "the 100m already set out"])
def test_a_bare_sum_before_a_verb_counts_no_equipment(text):
    """What a sum pays for is not what it counts."""
    assert [mention.amount for mention in mentioned(f"of a billion euros {text}", tokens(f"of a billion euros {text}"), ())][1:] != []
    assert _quantities(f"of a billion euros {text}") == []
