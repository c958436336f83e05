"""Numbers, dates, names and sentences in words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udcg.words import ENGLISH, Words

NAN = float("nan")


@pytest.mark.parametrize(("value", "printed"), [(9_000, "9,000"), (12, "12"), (0, "0"), (1_234_567.4, "1,234,567")])
def test_number(value: float, printed: str):
    """A count is printed whole, with separators."""
    assert ENGLISH.number(value) == printed


def test_number_in_another_locale():
    """The separators are those of the locale."""
    assert Words("de_DE").number(9_000) == "9.000"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (21e9, "EUR 21bn"),
        (8.25e9, "EUR 8.25bn"),
        (5_340.7e6, "EUR 5.34bn"),
        (519.2e6, "EUR 519.2m"),
        (1e6, "EUR 1m"),
        (999.96e6, "EUR 1bn"),
        (999_960, "EUR 1m"),
        (40_000, "EUR 40,000"),
        (0, "EUR 0"),
        (-1.5e9, "EUR -1.5bn"),
    ],
)
def test_money(value: float, printed: str):
    """A sum is printed in billions, millions or in full, never as a thousand millions."""
    assert ENGLISH.money(value, "EUR") == printed


@pytest.mark.parametrize(
    ("low", "best", "high", "printed"),
    [
        (519.2e6, 519.2e6, 519.2e6, "EUR 519.2m"),
        (21e9, 21e9, NAN, "at least EUR 21bn"),
        (NAN, 12e9, 12e9, "up to EUR 12bn"),
        (0, 0, 12e9, "up to EUR 12bn"),
        (10.45e9, 11e9, 11.55e9, "EUR 11bn (10.45bn to 11.55bn)"),
        (999e6, 1e9, 1.003e9, "EUR 1bn"),
        (900e6, 1e9, 1.1e9, "EUR 1bn (900m to 1.1bn)"),
        (0, 0, 0, "EUR 0"),
        (NAN, NAN, NAN, "no amount stated"),
    ],
)
def test_amount(low: float, best: float, high: float, printed: str):
    """An interval prints its open ends in words, its closed ends in brackets, and a narrow one as one number."""
    assert ENGLISH.amount(low, best, high, "EUR") == printed


def test_original_is_in_the_donors_currency():
    """A fact's amount as its donor stated it, and nothing where none was stated."""
    fact = {"stated_low": 450e6, "stated_best": 450e6, "stated_high": NAN, "currency": "GBP", "low": 1.0, "best": 1.0, "high": 1.0}
    assert ENGLISH.original(fact) == "at least GBP 450m"
    assert ENGLISH.original(fact | {"stated_low": NAN, "stated_best": NAN}) == ""


@pytest.mark.parametrize(
    ("said", "unit", "printed"),
    [
        ("30", "missiles", "30 missiles"),
        ("1500", "rounds", "1,500 rounds"),
        ("dozens", "tanks", "dozens of tanks"),
        ("hundreds of thousands", "drones", "hundreds of thousands of drones"),
        ("thousands", "", "thousands"),
        ("about 50", "", "about 50"),
    ],
)
def test_quantity(said: str, unit: str, printed: str):
    """A quantity keeps the words of its source; a bare number gets its separators."""
    assert ENGLISH.quantity(said, unit) == printed


def test_day():
    """A day is printed with the month's name, in the language of the locale."""
    assert ENGLISH.day(pd.Timestamp("2025-04-11")) == "11 April 2025"
    assert Words("fr_FR").day(pd.Timestamp("2025-05-01")) == "1 mai 2025"


@pytest.mark.parametrize(("text", "printed"), [("2025-04-11", "11 April 2025"), ("2025-04", "April 2025"), ("2025", "2025")])
def test_partial_day(text: str, printed: str):
    """A partial date prints only what is known of it."""
    assert ENGLISH.partial_day(text) == printed


def test_days():
    """A meeting of one day prints one, a longer one its first and last."""
    first, last = pd.Timestamp("2025-06-04"), pd.Timestamp("2025-06-05")
    assert [ENGLISH.days(first, first), ENGLISH.days(first, last)] == ["4 June 2025", "4 June 2025 to 5 June 2025"]


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        (["Germany", "Norway", "the United Kingdom"], "Germany, Norway and the United Kingdom"),
        (["Germany", "Norway"], "Germany and Norway"),
        (["Germany"], "Germany"),
        ([], ""),
    ],
)
def test_listed(names: list[str], printed: str):
    """Names are joined with commas and an and."""
    assert ENGLISH.listed(iter(names)) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd"), (33, "33rd"), (111, "111th")],
)
def test_ordinal(value: int, printed: str):
    """Ordinals end as they are spoken, the teens in th."""
    assert ENGLISH.ordinal(value) == printed


@pytest.mark.parametrize(("value", "printed"), [(0, "0 promises"), (1, "1 promise"), (1_200, "1,200 promises")])
def test_counted(value: int, printed: str):
    """The noun has the plural form of its count."""
    assert ENGLISH.counted(value, "promise", "promises") == printed


def test_plain():
    """A word of a vocabulary is printed without underscores."""
    assert ENGLISH.plain("long_range_strike") == "long range strike"


@pytest.mark.parametrize("clause", ["the UK gave 5m", "the UK gave 5m.", "The UK gave 5m..."])
def test_sentence(clause: str):
    """A sentence begins with a capital and ends with one full stop; capitals within it stay."""
    assert ENGLISH.sentence(clause) == "The UK gave 5m."


def test_cap():
    """A long title is cut at a word and marked; a short one stays."""
    assert ENGLISH.cap("one two three", most=9) == "one two…"
    assert ENGLISH.cap("one two", most=7) == "one two"


@given(title=st.text("ab ", min_size=1, max_size=200), most=st.integers(2, 150))
def test_cap_never_exceeds_its_length(title: str, most: int):
    """Whatever the title, the result fits."""
    assert len(ENGLISH.cap(title, most)) <= most


@given(value=st.floats(0, 1e13))
def test_money_never_prints_a_thousand_of_a_unit(value: float):
    """No sum below a thousand billion prints as 1,000m or as 1,000,000."""
    printed = ENGLISH.money(value, "EUR")
    assert "1,000m" not in printed
    assert printed != "EUR 1,000,000"


def test_interval_and_short_print_an_interval_whole_and_in_two_pieces():
    """The pieces are the best value, or the open end, and the range where there is one."""
    about = {"low": 10.45e9, "best": 11e9, "high": 11.55e9}
    assert ENGLISH.interval(about, "EUR") == "EUR 11bn (10.45bn to 11.55bn)"
    assert ENGLISH.short(about, "EUR") == ("EUR 11bn", "range 10.45bn to 11.55bn")
    assert ENGLISH.short({"low": 21e9, "best": 21e9, "high": NAN}, "EUR") == ("at least EUR 21bn", "")


def test_one_thing_stands_in_the_singular():
    """Units are kept in the plural; one of them is one."""
    assert [ENGLISH.quantity("1", "systems"), ENGLISH.quantity("2", "systems"), ENGLISH.quantity("1", "aircraft")] == [
        "1 system",
        "2 systems",
        "1 aircraft",
    ]


def test_amounts_of_the_same_whole_units_print_the_same():
    """Pages carry whole units, so what is printed may not hang on a fraction of one."""
    assert ENGLISH.money(1_249_999.6, "EUR") == ENGLISH.money(1_250_000.4, "EUR") == ENGLISH.money(1_250_000, "EUR")
    assert ENGLISH.amount(0.2, 0.2, 1e6, "EUR") == ENGLISH.amount(0, 0, 1e6, "EUR") == "up to EUR 1m"
    assert ENGLISH.share(0.49996, 0.49996, float("nan")) == ENGLISH.share(0.5, 0.5, float("nan"))


def test_numbers_over_bars_are_short():
    """To a tenth, and below it to a hundredth."""
    assert [ENGLISH.tenths(value) for value in (21.44, 0.5, 0.04, 1234.0)] == ["21.4", "0.5", "0.04", "1,234"]


def test_an_index_has_two_digits_and_its_range():
    """No range where its ends print the same."""
    assert [ENGLISH.index(0.43, 0.45, 0.53), ENGLISH.index(0.916, 0.917, 0.918)] == ["0.45 (0.43 to 0.53)", "0.92"]
