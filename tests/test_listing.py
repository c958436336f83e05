"""Lines for a terminal: one a change, one a finding, two a donor and its reasons."""

from typing import Any

import pandas as pd

from udcg import arithmetic, changes, listing


def _changes(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    cells = [["gift", "GB", "A gift", change, field, before, after, []] for change, field, before, after in rows]
    return pd.DataFrame(cells, columns=changes.COLUMNS)


def _finding(verdict: str, kind: str, currency: str, stated: float, expected: float) -> pd.DataFrame:
    row = ["gift", "A gift", "gift-daily", kind, currency, stated, expected, stated / expected - 1, verdict]
    return pd.DataFrame([row], columns=arithmetic.COLUMNS)


def _compared(ours: tuple[float | None, ...], theirs: float | None, difference: float | None) -> dict[str, Any]:
    return dict(zip(("low", "best", "high", "theirs", "difference"), (*ours, theirs, difference), strict=True))


def test_changes_are_one_line_each_and_a_count():
    """New and withdrawn with their amount, changed with the field before and after, nothing where there was none."""
    rows = _changes(
        ("new", "", "", "EUR 5m"),
        ("withdrawn", "", "30 tanks", ""),
        ("changed", "amount", "EUR 5m", "EUR 6m"),
        ("changed", "part_of", "", "package"),
        ("changed", "due", "2025", ""),
    )
    assert list(listing.changes(rows)) == [
        "new        gift  A gift  EUR 5m",
        "withdrawn  gift  A gift  30 tanks",
        "changed    gift  A gift  amount: EUR 5m -> EUR 6m",
        "changed    gift  A gift  part_of: nothing -> package",
        "changed    gift  A gift  due: 2025 -> nothing",
        "1 new, 3 changed, 1 withdrawn",
    ]


def test_a_change_without_an_amount_ends_with_its_title():
    """A promise with neither sum nor quantity leaves no blank at the end of the line."""
    assert next(listing.changes(_changes(("new", "", "", "")))) == "new        gift  A gift"


def test_no_changes_are_still_counted():
    """Nothing happened, and the line says so."""
    assert list(listing.changes(_changes())) == ["0 new, 0 changed, 0 withdrawn"]


def test_findings_are_one_line_each_and_a_count():
    """What is printed, what it would be, and by how much it is off, with its sign."""
    rows = pd.concat([_finding("ruled", "conversion", "USD", 47e6, 34e6), _finding("off", "parts", "EUR", 1e9, 1.25e9)])
    assert list(listing.findings(rows)) == [
        "ruled  conversion  gift-daily  gift  printed USD 47m, computed USD 34m (+38 %)",
        "off    parts       gift-daily  gift  printed EUR 1bn, computed EUR 1.25bn (-20 %)",
        "2 findings",
    ]


def test_one_finding_is_in_the_singular():
    """No line says 1 findings."""
    assert list(listing.findings(_finding("off", "members", "EUR", 1e6, 2e6)))[-1] == "1 finding"
    assert list(listing.findings(pd.DataFrame(columns=arithmetic.COLUMNS))) == ["0 findings"]


def test_a_comparison_is_two_lines_a_donor_and_its_reasons():
    """Ours as an interval, theirs and the difference, a dash where the tracker has none, and the reasons below."""
    row = {
        "donor": "NO",
        "commitments": _compared((95e6, 100e6, 105e6), None, None),
        "allocations": _compared((10e6, 10e6, 10e6), 2e9, -1.99e9),
        "reasons": ["scope: one", "stage: two"],
    }
    assert list(listing.comparison([row])) == [
        f"NO     commitments  ours {'EUR 100m (95m to 105m)':40} theirs {'–':14} difference –",
        f"NO     allocations  ours {'EUR 10m':40} theirs {'EUR 2bn':14} difference EUR -1.99bn",
        "       scope: one",
        "       stage: two",
    ]


def test_an_open_end_is_printed_in_words():
    """A sum without a high is at least its low, one without a low up to its high."""
    row = {
        "donor": "NO",
        "commitments": _compared((5e6, 5e6, None), 5e6, 0),
        "allocations": _compared((0, 0, 7e6), 5e6, -5e6),
        "reasons": [],
    }
    open_high, open_low = listing.comparison([row])
    assert "ours at least EUR 5m " in open_high
    assert "difference EUR 0" in open_high
    assert "ours up to EUR 7m " in open_low


def test_no_donors_are_no_lines():
    """A comparison of nothing prints nothing."""
    assert list(listing.comparison([])) == []
