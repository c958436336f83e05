"""Text is cut into sentences that know their places."""

from udcg.reading.day import day
from udcg.reading.sentences import sentences


def _texts(text):
    return [each.text for each in sentences(text)]


def test_places_are_code_points():
    """Every sentence is found at its place, beyond the first 65,536 characters of Unicode too."""
    text = "Pål said so 🚀. Kyiv gets €5bn.\n\n• 10 tanks\n• 5 guns"
    for each in sentences(text):
        assert text[each.start : each.end] == each.text
    assert _texts(text) == ["Pål said so 🚀.", "Kyiv gets €5bn.", "10 tanks", "5 guns"]


def test_abbreviations_do_not_end_a_sentence():
    """U.S., Feb., No. and decimals run on."""
    assert len(_texts("The U.S. gave $1.5 bn. in aid on Feb. 12, as Gen. Smith said. It was No. 3.")) == 2


def test_wrapped_lines_run_on_and_headlines_do_not():
    """A line broken for width is one sentence with the next; a short line or a label stands alone."""
    wrapped = "The government said on Thursday that it would send ten more tanks\nto Ukraine within weeks."
    assert len(_texts(wrapped)) == 1
    assert _texts("Norway gives more\nThe minister said so.") == ["Norway gives more", "The minister said so."]
    assert len(_texts("Germany: 700 million euros, 25 tanks, 40 vehicles and 20,000 shells\nNorway: 2.5 bn kroner")) == 2


def test_furniture_is_left_out():
    """Lines of the page are no sentences of the article."""
    assert _texts("Kyiv gets ten tanks.\n\nShare.\nSource link\nRead more: another story") == ["Kyiv gets ten tanks."]


def test_points_of_a_list():
    """Bullets, numbers and times open a point."""
    assert [each.bullet for each in sentences("- ten tanks\n2. five guns\n3/ six guns\n14:32 Berlin speaks")] == [True, True, True, False]


def test_the_day_of_a_text():
    """The first full date in the opening; one before the war is history."""
    assert day("Brussels, 11 April 2025. In June 2024 ...") == "2025-04-11"
    assert day("Feb. 12, 2025 (UPI)") == "2025-02-12"
    assert day("Since 24 August 1991 ... on 2025-04-11") == "2025-04-11"
    assert day("On Wednesday") == "" == day("31.02.2025")
