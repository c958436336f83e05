"""Three articles read in full: every claim at its place, what is inside what, and what is no aid. The texts are not part of the project."""

from pathlib import Path

import pytest

from udcg.book import Book
from udcg.ledger import Ledger
from udcg.money import EURO
from udcg.reading import documents
from udcg.reading.api import Read, read_document

SHARED = Path(__file__).parents[2].parent / "shared" / "documents"
BRUSSELS, FIREPOWER, SURGE = "000_d35992102750c026.txt", "001_b62bc86f035eb7e7.txt", "003_97d60f660fcd849a.txt"
DAYS = {BRUSSELS: "2025-04-11", FIREPOWER: "2025-02-12", SURGE: "2025-04-11"}
# place, donors, stage, amount or words, currency, part of, same as
CLAIMS = {
    BRUSSELS: [
        ((39, 55), "UDCG", "pledge", 21e9, "EUR", None, None),
        ((57, 70), "UDCG", "pledge", 18.2e9, "GBP", None, 0),
        ((229, 241), "GB", "pledge", 4.5e9, "GBP", None, None),
        ((1191, 1203), "GB", "pledge", 4.5e9, "GBP", None, 2),
        ((1762, 1793), "GB", "pledge", "hundreds of thousands", None, 5, None),
        ((1845, 1857), "GB", "pledge", 450e6, "GBP", None, None),
        ((3769, 3781), "GB", "pledge", 160e6, "GBP", 5, None),
    ],
    FIREPOWER: [
        ((557, 569), "GB", "pledge", 186e6, "USD", 3, None),
        ((580, 599), "GB", "pledge", "thousands", None, 0, None),
        ((601, 616), "GB", "pledge", "dozens", None, 0, None),
        ((716, 728), "GB", "pledge", 5.6e9, "USD", None, None),
    ],
    SURGE: [
        ((32, 44), "GB;NO", "pledge", 580e6, "USD", None, None),
        ((294, 306), "GB", "pledge", 580e6, "USD", None, None),
        ((757, 797), "GB", "pledge", "hundreds of thousands", None, 1, None),
        ((3101, 3120), "DE", "pledge", "4", None, None, None),
        ((3125, 3155), "DE", "pledge", "30", None, None, None),
        ((3184, 3217), "NL", "pledge", "1", None, None, None),
    ],
}
INDICATORS = {
    BRUSSELS: [((2577, 2595), "over 10,000"), ((2633, 2658), "over 100"), ((2841, 2881), "70 to 80"), ((4238, 4254), "60 to 70")],
    FIREPOWER: [],
    SURGE: [((1702, 1714), "20"), ((1726, 1739), "9")],
}


@pytest.fixture
def read(request: pytest.FixtureRequest, real: Ledger) -> Read:
    """An article, read and matched; the test is skipped where the articles are absent."""
    path = SHARED / request.param
    if not path.is_file():
        pytest.skip("shared/ is absent: the articles are not part of the project")
    return read_document(documents.read(str(path), DAYS[request.param]), Book(real, EURO))


@pytest.mark.parametrize(("read", "name"), [(name, name) for name in CLAIMS], indirect=["read"])
def test_every_claim(read, name):
    """All claims of the article and no other."""
    found = [
        (
            (each.start, each.end),
            ";".join(each.donors),
            each.stage,
            each.amount or each.quantity_text,
            each.currency,
            each.part_of,
            each.same_as,
        )
        for each in read.records
    ]
    assert found == CLAIMS[name]


@pytest.mark.parametrize(("read", "name"), [(name, name) for name in INDICATORS], indirect=["read"])
def test_casualties_and_bombs_are_indicators(read, name):
    """They are listed apart, and none of them is a claim."""
    assert [((each.start, each.end), each.quantity_text) for each in read.indicators] == INDICATORS[name]


@pytest.mark.parametrize(("read", "new"), [(BRUSSELS, 0), (FIREPOWER, 0), (SURGE, 1)], indirect=["read"])
def test_what_the_ledger_knows(read, new):
    """The ledger was made from these articles among others; an aircraft named wrongly is new, missiles already delivered differ."""
    assert sum(record.match.status == "new" for record in read.records) == new
    differing = [(record.match.fact, record.match.difference) for record in read.records if record.match.status == "differs"]
    assert differing in ([], [("de-2025-04-patriot-missiles", "stage: pledge here, delivery in the ledger")])
