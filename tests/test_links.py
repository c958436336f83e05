"""Keys name one row, references name a row that exists, and ties never lead back to where they began."""

from collections.abc import Callable
from typing import Any

import pytest

from udcg.errors import EvidenceError
from udcg.ledger import Ledger

Make = Callable[..., Ledger]


def _problems(make_ledger: Make, **tables: list[dict[str, Any]]) -> list[str]:
    with pytest.raises(EvidenceError) as error:
        make_ledger(**tables)
    return [str(problem) for problem in error.value.problems]


def test_evidence_without_fault_has_no_problem(make_ledger: Make):
    """Three facts tied upwards load."""
    facts = [{"fact": "frame"}, {"fact": "package", "drawn_from": "frame"}, {"fact": "item", "part_of": "package"}]
    assert len(make_ledger(facts=facts).facts) == 3


def test_a_doubled_key_is_named_once_with_its_second_row(make_ledger: Make):
    """Two donors of one code are one problem, at the second of them."""
    facts = [{"fact": "gift"}, {"fact": "gift", "title": "Another"}]
    claims = [{"fact": "gift"}]
    assert _problems(make_ledger, facts=facts, claims=claims) == ["facts.csv, row 3, column fact: 'gift' stands twice; a key names one row"]


def test_a_doubled_key_of_several_columns_is_named_whole(make_ledger: Make):
    """A rate that stands twice is named by currency and day."""
    rate = {"currency": "GBP", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 0.8}
    assert _problems(make_ledger, rates=[rate, rate]) == [
        "rates.csv, row 3, column currency, date: 'GBP / 2025-04-11' stands twice; a key names one row"
    ]


def test_one_column_of_a_key_may_repeat(make_ledger: Make):
    """Two donors of one joint package are two shares."""
    shares = [{"fact": "gift", "donor": donor, "amount": 50, "claim": "gift-daily"} for donor in ("GB", "NO")]
    assert len(make_ledger(shares=shares).shares) == 2


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            [{"fact": "gift", "part_of": "packagge"}, {"fact": "package"}],
            "facts.csv, row 2, column part_of: 'packagge' is not in facts.csv; nearest: package; allowed: gift, package",
        ),
        (
            [{"fact": "gift", "through": "IFUU"}],
            "facts.csv, row 2, column through: 'IFUU' is not in donors.csv; nearest: IFU; allowed: GB, NO, DK, MULTI, UDCG, IFU",
        ),
        (
            [{"fact": "gift", "partners": "NO;DKK"}],
            "facts.csv, row 2, column partners: 'DKK' is not in donors.csv; nearest: DK; allowed: GB, NO, DK, MULTI, UDCG, IFU",
        ),
    ],
)
def test_a_reference_to_nothing_is_named_with_the_nearest(make_ledger: Make, facts: list[dict[str, Any]], expected: str):
    """A key that no row has is a problem with the nearest key, also as one member of a list."""
    assert _problems(make_ledger, facts=facts) == [expected]


def test_references_of_every_table_are_followed(make_ledger: Make):
    """Claims, shares, rulings, figures and meetings may not name what is not there."""
    found = _problems(
        make_ledger,
        meetings=[{"meeting": 27, "start": "2025-04-11", "end": "2025-04-11", "headline": "headline"}],
        claims=[{"fact": "gift", "source": "nobody"}],
        shares=[{"fact": "gift", "donor": "XX", "amount": 1, "claim": "gift-nobody"}],
        rulings=[{"fact": "gift", "overrules": "gift-nobody;other"}],
        figures=[{"figure": "gdp-xx", "subject": "XX"}],
    )
    places = [found_in.split(":")[0] for found_in in found]
    assert sorted(places) == [
        "claims.csv, row 2, column source",
        "figures.csv, row 2, column subject",
        "meetings.csv, row 2, column headline",
        "rulings.csv, row 2, column overrules",
        "shares.csv, row 2, column donor",
    ]


def test_long_lists_of_allowed_keys_are_held_back(make_ledger: Make):
    """Among more than a hundred keys only the nearest is offered."""
    facts = [{"fact": f"gift-{place}"} for place in range(101)] + [{"fact": "last", "part_of": "gift-1000"}]
    (problem,) = _problems(make_ledger, facts=facts)
    assert "nearest: gift-100" in problem
    assert "allowed" not in problem


@pytest.mark.parametrize("tie", ["part_of", "drawn_from", "restates", "counted_in", "answers", "delivers"])
def test_a_cycle_is_named_with_its_whole_way(make_ledger: Make, tie: str):
    """Three facts that are inside one another in a ring are one problem, whichever tie makes the ring."""
    facts = [{"fact": "a", tie: "b"}, {"fact": "b", tie: "c"}, {"fact": "c", tie: "a"}]
    assert _problems(make_ledger, facts=facts) == [
        f"facts.csv, row 2, column {tie}: 'a -> b -> c -> a' is a cycle; a fact cannot be inside itself"
    ]


def test_a_fact_inside_itself_is_a_cycle(make_ledger: Make):
    """The shortest ring has one member."""
    assert _problems(make_ledger, facts=[{"fact": "a", "part_of": "a"}]) == [
        "facts.csv, row 2, column part_of: 'a -> a' is a cycle; a fact cannot be inside itself"
    ]


def test_what_hangs_on_a_cycle_is_no_second_cycle(make_ledger: Make):
    """A fact that leads into a ring is not part of the problem, and the ring is named once."""
    facts = [{"fact": "start", "part_of": "a"}, {"fact": "a", "part_of": "b"}, {"fact": "b", "part_of": "a"}]
    (problem,) = _problems(make_ledger, facts=facts)
    assert "'a -> b -> a'" in problem


def test_a_cycle_across_both_forests_is_found(make_ledger: Make):
    """A package may not be paid by a frame that is itself part of the package."""
    facts = [{"fact": "package", "drawn_from": "frame"}, {"fact": "frame", "part_of": "package"}, {"fact": "other"}]
    assert _problems(make_ledger, facts=facts) == [
        "facts.csv, row 3, column part_of, drawn_from, restates: 'frame -> package -> frame' is a cycle; a fact cannot be inside itself"
    ]


def test_one_package_under_a_whole_and_a_purse_is_no_cycle(make_ledger: Make):
    """The same money may be inside a package and be paid by a frame, and both inside one more frame."""
    facts = [
        {"fact": "frame"},
        {"fact": "joint", "drawn_from": "frame"},
        {"fact": "share", "part_of": "joint", "drawn_from": "frame"},
    ]
    assert len(make_ledger(facts=facts).facts) == 3


def test_a_ring_whose_members_have_both_ties_is_found(make_ledger: Make):
    """Where every member has a whole and a purse, the ring through both is still a cycle."""
    facts = [
        {"fact": "a", "part_of": "b", "drawn_from": "x"},
        {"fact": "b", "part_of": "y", "drawn_from": "a"},
        {"fact": "x"},
        {"fact": "y"},
    ]
    assert len(_problems(make_ledger, facts=facts)) == 1


def test_a_ring_through_a_restatement_is_found(make_ledger: Make):
    """A restatement is its first saying: a says b again, b is part of c, c is part of a."""
    facts = [{"fact": "a", "restates": "b"}, {"fact": "b", "part_of": "c"}, {"fact": "c", "part_of": "a"}]
    assert len(_problems(make_ledger, facts=facts)) == 1
