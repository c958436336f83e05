"""What is new, changed or withdrawn between two states of the evidence (rule 10 of counting)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from udcg import ledger
from udcg.book import Book
from udcg.changes import COLUMNS, changes
from udcg.ledger import Ledger
from udcg.settle import witnesses

Make = Callable[..., Ledger]
Rows = list[dict[str, Any]]

SPOKEN = ("amount", "qualifier", "quantity_text", "unit", "source")
GIFT = {"fact": "gift", "amount": 100}
OTHER = {"fact": "other", "amount": 7}
TANKS = {"fact": "tanks", "quantity_text": "30", "unit": "tanks"}
PAGES = [{"source": "early", "date": "2025-02-12"}, {"source": "late", "date": "2025-04-12"}]


def _tables(*rows: dict[str, Any]) -> dict[str, Rows]:
    """Give tables of facts that carry their own amount and quantity in one claim."""
    firm = {"qualifier": "exact", "currency": "EUR"}
    claims = [(firm if "amount" in row else {}) | {cell: row[cell] for cell in ("fact", *SPOKEN) if cell in row} for row in rows]
    return {"facts": [{cell: row[cell] for cell in row if cell not in SPOKEN} for row in rows], "claims": claims}


def _changed(make_ledger: Make, before: Rows, after: Rows) -> list[list[Any]]:
    """List the changes between two ledgers without donor and title."""
    found = changes(*(Book(make_ledger(**_tables(*rows)), "EUR") for rows in (before, after)))
    return found.drop(columns=["donor", "title"]).to_numpy().tolist()


def test_the_same_book_changes_nothing(make_ledger: Make):
    """Against itself, and against its like, a book has no changes but all their columns."""
    book, like = (Book(make_ledger(**_tables(GIFT, TANKS)), "EUR") for _ in range(2))
    for after in (book, like):
        found = changes(book, after)
        assert (found.empty, list(found.columns)) == (True, COLUMNS)


@pytest.mark.parametrize(
    ("row", "printed"),
    [(OTHER, "EUR 7"), (TANKS, "30 tanks"), (TANKS | {"amount": 5}, "EUR 5"), ({"fact": "talk", "stage": "statement"}, "")],
)
def test_a_fact_that_was_not_known_is_new(make_ledger: Make, row: dict[str, Any], printed: str):
    """A new fact is shown with its amount, else its quantity, and with the claims that brought it; the others are not."""
    name = row["fact"]
    assert _changed(make_ledger, [GIFT], [GIFT, row]) == [[name, "new", "", "", printed, [f"{name}-daily"]]]


def test_a_fact_that_is_gone_is_withdrawn(make_ledger: Make):
    """A withdrawn fact is shown with what it was."""
    assert _changed(make_ledger, [GIFT, TANKS], [GIFT]) == [["tanks", "withdrawn", "", "30 tanks", "", []]]


DIFFERENT = [
    ({"amount": 120}, "amount", "EUR 100", "EUR 120"),
    ({"qualifier": "about"}, "amount", "EUR 100", "EUR 100 (95 to 105)"),
    ({"qualifier": "over"}, "amount", "EUR 100", "at least EUR 100"),
    ({"quantity_text": "12", "unit": "tanks"}, "quantity", "", "12 tanks"),
    ({"part_of": "other"}, "part_of", "", "other"),
    ({"delivers": "other"}, "delivers", "", "other"),
    ({"overlaps": "other"}, "overlaps", "", "other"),
    ({"stage": "allocation"}, "stage", "pledge", "allocation"),
    ({"level": "frame"}, "level", "package", "frame"),
    ({"donor": "NO"}, "donor", "GB", "NO"),
    ({"announced_on": "2025-04-10"}, "announced_on", "2025-04-11", "2025-04-10"),
    ({"period": "2025/2029"}, "period", "", "2025/2029"),
    ({"due": "2025-12"}, "due", "", "2025-12"),
    ({"through": "IFU"}, "through", "", "IFU"),
]


def test_a_fact_that_differs_is_changed(make_ledger: Make):
    """What differs is named with both values; a claim that stands as it stood is no new one."""
    gifts = [GIFT | {"fact": f"gift-{place}"} for place in range(len(DIFFERENT))]
    changed = [gift | row for gift, (row, *_) in zip(gifts, DIFFERENT, strict=True)]
    expected = [[f"gift-{place}", "changed", *rest, []] for place, (_, *rest) in enumerate(DIFFERENT)]
    assert sorted(_changed(make_ledger, [*gifts, OTHER], [*changed, OTHER])) == sorted(expected)


def test_a_quantity_and_a_tie_that_are_gone_are_changes_to_nothing(make_ledger: Make):
    """What is no longer said is empty afterwards, and an amount that is no longer said too."""
    before = [GIFT | {"quantity_text": "30", "unit": "tanks", "part_of": "other"}, OTHER]
    assert _changed(make_ledger, before, [{"fact": "gift"}, OTHER]) == [
        ["gift", "changed", "amount", "EUR 100", "", []],
        ["gift", "changed", "part_of", "other", "", []],
        ["gift", "changed", "quantity", "30 tanks", "", []],
    ]


def test_changes_come_by_day_fact_and_field(make_ledger: Make):
    """The oldest promise comes first, whatever happened to it, a month counts from its first day, and names settle the rest."""
    before = [OTHER | {"announced_on": "2025-03-21"}, GIFT, TANKS | {"announced_on": "2025-04"}]
    after = [
        GIFT | {"stage": "allocation", "amount": 90},
        TANKS | {"announced_on": "2025-04", "quantity_text": "20"},
        *({"fact": name, "announced_on": day} for name, day in (("b", "2025-04-11"), ("a", "2025-06-04"), ("z", "2025-01-16"))),
    ]
    found = [row[:3] for row in _changed(make_ledger, before, after)]
    assert found == [
        ["z", "new", ""],
        ["other", "withdrawn", ""],
        ["tanks", "changed", "quantity"],
        ["b", "new", ""],
        ["gift", "changed", "amount"],
        ["gift", "changed", "stage"],
        ["a", "new", ""],
    ]


def test_the_way_back_mirrors_the_way_there(make_ledger: Make):
    """New is withdrawn the other way round, and before is after."""
    one, other = [GIFT, TANKS], [GIFT | {"amount": 90, "part_of": "other"}, OTHER]
    there, back = _changed(make_ledger, one, other), _changed(make_ledger, other, one)
    mirror = {"new": "withdrawn", "withdrawn": "new", "changed": "changed"}
    assert [[fact, mirror[change], field, now, was] for fact, change, field, was, now, _ in there] == [row[:5] for row in back]


def test_order_of_rows_never_matters(make_ledger: Make):
    """Facts and claims in any order give the same changes."""
    rows = [GIFT, TANKS, OTHER]
    before, after = (make_ledger(**_tables(*some)) for some in (rows[:2], [GIFT | {"amount": 90}, OTHER]))
    turned = replace(after, facts=after.facts.iloc[::-1], claims=after.claims.iloc[::-1])
    one, same = (changes(Book(before, "EUR"), Book(each, "EUR")) for each in (after, turned))
    pd.testing.assert_frame_equal(one, same)


def _known_twice(make_ledger: Make) -> Ledger:
    facts = [{"fact": "gift", "part_of": "whole"}, {"fact": "whole"}, {"fact": "quiet"}]
    said = {"qualifier": "exact", "currency": "EUR"}
    claims = [
        said | {"fact": "gift", "source": "early", "amount": 100},
        said | {"fact": "gift", "source": "late", "amount": 120},
        {"fact": "quiet", "source": "early"},
        {"fact": "quiet", "source": "late"},
        said | {"fact": "whole", "source": "late", "amount": 500},
    ]
    return make_ledger(facts=facts, claims=claims, sources=PAGES)


def test_what_became_known_between_two_days(make_ledger: Make):
    """A second page widens a sum, makes a whole known and ties the gift to it; a claim that changes nothing makes no row."""
    known = _known_twice(make_ledger)
    before, after = (Book(known.as_of(day), "EUR") for day in ("2025-02-12", "2025-04-12"))
    assert changes(before, after).drop(columns=["donor", "title"]).to_numpy().tolist() == [
        ["gift", "changed", "amount", "EUR 100", "EUR 100 (100 to 120)", ["gift-late"]],
        ["gift", "changed", "part_of", "", "whole", ["gift-late"]],
        ["whole", "new", "", "", "EUR 500", ["whole-late"]],
    ]
    assert changes(after, Book(known, "EUR")).empty


def test_two_data_folders(evidence_folder: Callable[..., Path], tmp_path: Path):
    """Two versions of the data are compared by their content, with donor and title as they are now."""
    firm = {"qualifier": "exact", "amount": 80, "currency": "EUR"}
    first = evidence_folder(tmp_path / "first", facts=[{"fact": "gift", "title": "Tanks"}])
    second = evidence_folder(
        tmp_path / "second",
        facts=[{"fact": "gift", "title": "Old tanks", "donor": "NO"}],
        claims=[firm | {"fact": "gift", "source": "ministry"}],
    )
    one, other = (Book(ledger.load(folder), "EUR") for folder in (first, second))
    assert changes(one, other).to_numpy().tolist() == [
        ["gift", "NO", "Old tanks", "changed", "amount", "EUR 100", "EUR 80", ["gift-ministry"]],
        ["gift", "NO", "Old tanks", "changed", "donor", "GB", "NO", ["gift-ministry"]],
    ]


def test_the_inputs_are_not_changed(make_ledger: Make):
    """Comparing two books leaves both as they were."""
    one, other = (Book(make_ledger(**_tables(*rows)), "EUR") for rows in ([GIFT], [GIFT | {"amount": 5}, TANKS]))
    kept = [one.facts.copy(), other.facts.copy()]
    changes(one, other)
    for book, facts in zip((one, other), kept, strict=True):
        pd.testing.assert_frame_equal(book.facts, facts)


@pytest.fixture(scope="module")
def known(real: Ledger) -> tuple[Book, Book, pd.DataFrame]:
    """Give the real book of two days, and what changed between them."""
    before, after = (Book(real.as_of(day), "EUR") for day in ("2025-02-12", "2025-04-11"))
    return before, after, changes(before, after)


def test_real_books_grow(known: tuple[Book, Book, pd.DataFrame]):
    """Between two days nothing is withdrawn, and what is new is what was not known."""
    before, after, found = known
    assert set(found["change"]) == {"new", "changed"}
    assert set(found.loc[found["change"] == "new", "fact"]) == set(after.facts.index) - set(before.facts.index)
    assert set(found.loc[found["change"] == "changed", "fact"]) <= set(before.facts.index)
    assert not found.duplicated(["fact", "field"]).any()


def test_real_changes_differ_and_stand_by_day(known: tuple[Book, Book, pd.DataFrame]):
    """Every change prints two different values, new ones have no field, and the frame has no gaps."""
    _, after, found = known
    changed = found["change"] == "changed"
    assert (found.loc[changed, "before"] != found.loc[changed, "after"]).all()
    assert ((found["field"] != "") == changed).all()
    assert found["fact"].map(after.facts["day"]).is_monotonic_increasing
    assert found.notna().all(axis=None)


def test_real_new_claims_were_not_known_before(known: tuple[Book, Book, pd.DataFrame]):
    """The claims listed are on the fact, became known since, and stand behind everything that is new."""
    before, after, found = known
    listed = found.explode("claims").dropna(subset="claims")
    claims = witnesses(after.ledger).set_index("claim").loc[listed["claims"]]
    assert (claims["fact"].to_numpy() == listed["fact"].to_numpy()).all()
    assert not claims.index.isin(before.ledger.claims["claim"]).any()
    assert (found.loc[found["change"] == "new", "claims"].str.len() > 0).all()


def test_real_evidence_does_not_differ_from_itself(real: Ledger, known: tuple[Book, Book, pd.DataFrame]):
    """The ledger against itself, and against itself as of its last day, has no changes."""
    book = Book(real, "EUR")
    assert changes(book, book).empty
    assert changes(book, Book(real.as_of(f"{real.cut_off:%Y-%m-%d}"), "EUR")).empty
