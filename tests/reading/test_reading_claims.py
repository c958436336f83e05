"""Who gives, how far it has come, whether it is aid, and what is inside what: one sentence for each rule."""

import pytest

from udcg.reading.api import read_text


def _read(text, date="2025-04-11"):
    return [("+".join(record.donors), record.stage, text[record.start : record.end]) for record in read_text(text, date)]


@pytest.mark.parametrize(
    ("text", "donors"),
    [
        ("Pistorius said Berlin would send ten tanks to Ukraine.", ["DE"]),
        ("Ukraine will be given ten tanks by France.", ["FR"]),
        ("Ukraine has received ten tanks from Denmark.", ["DK"]),
        ("Zelensky thanked Belgium for ten tanks.", ["BE"]),
        ("Denmark, Norway and Sweden will give Ukraine ten tanks.", ["DK+NO+SE"]),
        ("A Danish package of ten tanks was announced for Ukraine.", ["DK"]),
        ("Ten German-made tanks will be sent to Ukraine by Spain.", ["ES"]),
        ("After talks with Norway in Oslo, Sweden promised Ukraine ten tanks.", ["SE"]),
        ("Poland's neighbour Lithuania sends Ukraine ten tanks.", ["LT"]),
        ("Spain promised ten tanks to Ukraine and Portugal three.", ["ES", "PT"]),
        ("Finland met Ukraine's minister. It will also send Kyiv ten tanks.", ["FI"]),
        ("Seoul said no, but Tokyo will give Ukraine ten vehicles.", ["JP"]),
        ("Berlin and Oslo buy ten howitzers from Slovakia for Ukraine.", ["DE+NO"]),
        ("Kyiv's partners have pledged ten tanks.", ["UDCG"]),
        ("Norway will train a brigade. Together with Germany it is buying ten tanks for Ukraine.", ["DE+NO"]),
        ("Together with Germany, Norway is buying ten tanks for Ukraine.", ["DE+NO"]),
        ("After talks with Norway and Denmark in Oslo, Sweden promised Ukraine ten tanks.", ["SE"]),
        ("Portugal and Spain announced that ten tanks would be sent to Ukraine.", ["ES+PT"]),
        ("Statement by Denmark, Germany and the Netherlands. The three of us will send Ukraine ten tanks.", ["DE+DK+NL"]),
        ("Zelensky said what Ukraine's army lacks: ten tanks.", ["UA"]),
        ("The package for Ukraine contains ten tanks.", [""]),
        ("Spain: ten tanks for Ukraine\nItaly: two tanks for Ukraine", ["ES", "IT"]),
    ],
)
def test_donors(text, donors):
    """Donors come from the structure of the clause, not from the nearest name."""
    assert ["+".join(sorted(who.split("+"))) for who, _, _ in _read(text)] == donors


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Germany will deliver ten tanks to Ukraine.", "pledge"),
        ("Germany has delivered ten tanks to Ukraine.", "delivery"),
        ("Germany pledged ten tanks to Ukraine.", "pledge"),
        ("Germany's parliament approved one billion euros for arms for Ukraine.", "commitment"),
        ("Germany has decided to give Ukraine ten tanks.", "commitment"),
        ("Germany has allocated one billion euros for Ukraine's army.", "allocation"),
        ("Germany has transferred one billion euros for arms to Kyiv.", "disbursement"),
        ("Ukraine asked Germany for ten tanks.", "request"),
        ("Kyiv needs ten tanks from its allies.", "request"),
        ("Germany has provided 28 billion euros in military aid to Ukraine since 2022.", "statement"),
        ("Germany is to ship ten tanks to Ukraine.", "pledge"),
    ],
)
def test_stages(text, stage):
    """The stage comes from the verb and its tense."""
    assert [found for _, found, _ in _read(text)] == [stage]


@pytest.mark.parametrize(
    "text",
    [
        "Russia lost ten tanks in Ukraine on Monday.",
        "Russia attacked Ukraine with 100 drones and ten missiles.",
        "Ukraine shot down 50 drones.",
        "Germany spends 62 billion euros on its own army while the war in Ukraine goes on.",
        "Poland buys ten tanks for its army; Ukraine's war is near.",
        "Rheinmetall's sales rose to two billion euros, also thanks to Ukraine.",
        "Norway gives Ukraine one billion kroner for its power grid.",
        "The EU pays Ukraine two billion euros of budget support.",
        "The United States sent Israel 100 bombs; Ukraine waits.",
        "North Korea gave Russia one million shells for the war in Ukraine.",
        "Ukraine made two million drones last year.",
        "Berlin denied that ten tanks are for Ukraine.",
        "Switzerland refused to give Ukraine 96 tanks.",
        "Britain froze ten billion pounds of Russian money over Ukraine.",
        "In a poll 2,000 Germans spoke of tanks for Ukraine.",
        "A tank costs ten million euros, Ukraine says.",
    ],
)
def test_no_aid(text):
    """Losses, attacks, budgets, firms, relief, other wars, refusals and sanctions are no claims."""
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("Canberra will give Ukraine $110 million in military aid.", ["AUD"]),
        ("Ottawa will give Ukraine $110 million in military aid.", ["CAD"]),
        ("Washington will give Ukraine $110 million in military aid.", ["USD"]),
        ("Denmark gives Ukraine two billion kroner for arms.", ["DKK"]),
        ("Prague gives Ukraine two billion crowns for arms.", ["CZK"]),
        ("Sweden gives Ukraine two billion crowns for arms.", ["SEK"]),
        ("Canada gives Ukraine C$500 million ($365 million) in military aid.", ["CAD", "USD"]),
        ("Germany gives Ukraine $500 million for arms and Canada $200 million.", ["USD", "USD"]),
        ("Germany gives Ukraine US$500 million for arms. Canada gives Ukraine $200 million for arms.", ["USD", "CAD"]),
    ],
)
def test_currencies(text, currencies):
    """A bare sign means the money of who gives."""
    assert [record.currency for record in read_text(text)] == currencies


def test_a_conversion_is_one_claim():
    """EUR 21bn (GBP 18.2bn) are two records of one claim; two sums of unlike worth are two claims."""
    first, second = read_text("Ukraine's allies agreed 21 billion euros (£18.2 billion) of military aid.")
    assert (first.same_as, second.same_as, second.donors) == (None, 0, first.donors)
    apart = read_text("Germany gives Ukraine five billion euros, $500 million of it for drones.")
    assert [record.same_as for record in apart] == [None, None]


def test_a_conversion_is_no_firmer_than_what_it_converts():
    """Up to 1.6bn kroner (€140m): both are upper limits."""
    records = read_text("Norway will give Ukraine up to 1.6bn kroner (€140m) for shells.")
    assert [record.qualifier for record in records] == ["up_to", "up_to"]


def test_what_is_inside_what():
    """Contents are inside their package, a package inside the year's sum that it lifts."""
    text = "Britain unveiled a £150 million package for Ukraine. It includes 50 tanks, lifting this year's commitment to £4.5 billion."
    package, tanks, year = read_text(text, "2025-02-12")
    assert (package.part_of, tanks.part_of, year.part_of) == (2, 0, None)
    assert year.period == "2025"


def test_what_is_said_again():
    """A text that says a claim twice has two records, the second the same as the first."""
    assert [record.same_as for record in read_text("Spain gives Ukraine ten tanks. Yes, Spain gives Ukraine ten tanks.")] == [None, 0]


def test_vague_words_are_intervals():
    """Thousands of drones never become a point."""
    (record,) = read_text("Britain will send Ukraine thousands of drones.")
    assert (record.quantity_low, record.quantity_high, record.quantity_text, record.capability) == (2_000, 9_999, "thousands", "drones")


def test_open_ends():
    """Over is at least, up to at most, about 5 % either side."""
    ends = [
        (record.amount_low, record.amount_high)
        for record in read_text("Spain promised Ukraine over €1bn, up to €2bn and about €3bn for arms.")
    ]
    assert ends == [(1e9, None), (None, 2e9), (2.85e9, 3.15e9)]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("this year", "2025"),
        ("next year", "2026"),
        ("in 2026", "2026"),
        ("for 2025 to 2029", "2025/2029"),
        ("until 2027", "2025/2027"),
        ("soon", None),
    ],
)
def test_periods(words, period):
    """The years for which money is meant."""
    (record,) = read_text(f"Germany will give Ukraine one billion euros for arms {words}.", "2025-04-11")
    assert record.period == period


def test_nothing_is_found_in_nothing():
    """Empty, foreign and meaningless texts give no claims and no error."""
    for text in (
        "",
        " \n ",
        "…" * 500,
        "1 2 3 4 5 $ € 6bn",
        "Der Kanzler sagte zehn Panzer zu.",
        "$" * 50 + "5" * 400,
        "a million of of of",
    ):
        assert read_text(text) == []
