"""Errors carry their data and say what is wrong, what is allowed and what is nearest."""

import pytest

from udcg.errors import (
    MOST_ALLOWED_SHOWN,
    BriefingError,
    EvidenceError,
    ParameterError,
    Problem,
    RateError,
    UdcgError,
    UnknownNameError,
    nearest,
)


def test_nearest_ignores_case_and_returns_the_name_as_declared():
    """The nearest name is found whatever its case and is spelled as it is allowed."""
    assert nearest("norwey", ["Denmark", "Norway", "Sweden"]) == "Norway"


def test_nearest_is_none_where_nothing_is_close():
    """A value like no allowed name has no nearest one, and neither has any value among no names."""
    assert [nearest("zzz", ["Denmark", "Norway"]), nearest("Norway", [])] == [None, None]


def test_problem_names_file_row_column_value_nearest_and_allowed():
    """A problem prints everything that it knows, in one line."""
    problem = Problem("facts.csv", "is not allowed", row=7, column="stage", value="plegde", allowed=("pledge", "request"), nearest="pledge")
    assert str(problem) == "facts.csv, row 7, column stage: 'plegde' is not allowed; nearest: pledge; allowed: pledge, request"


def test_problem_leaves_out_what_it_does_not_know():
    """A problem of a whole file prints no row, column or value."""
    assert str(Problem("facts.csv", "cannot be read")) == "facts.csv: cannot be read"


def test_problem_shows_row_nought_and_the_empty_value():
    """Row 0 and the empty value are known things and are printed."""
    assert str(Problem("facts.csv", "is wrong", row=0, value="")) == "facts.csv, row 0: '' is wrong"


def test_problem_says_how_many_allowed_values_it_holds_back():
    """Of a long list of allowed values the first forty are shown and the others counted."""
    allowed = tuple(f"n{place}" for place in range(MOST_ALLOWED_SHOWN + 3))
    assert str(Problem("facts.csv", "is wrong", allowed=allowed)).endswith(f"n{MOST_ALLOWED_SHOWN - 1} and 3 more")
    assert str(Problem("facts.csv", "is wrong", allowed=allowed[:-3])).endswith(f"n{MOST_ALLOWED_SHOWN - 1}")


def test_evidence_error_carries_and_prints_every_problem():
    """All problems stand in the error, and the message counts them."""
    problems = [Problem("a.csv", "is torn"), Problem("b.csv", "is wet", row=2)]
    error = EvidenceError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "2 problems in the evidence:\na.csv: is torn\nb.csv, row 2: is wet"


def test_evidence_error_counts_one_problem_in_the_singular():
    """One problem is not printed as problems."""
    assert str(EvidenceError([Problem("a.csv", "is torn")])).startswith("1 problem in")


def test_rate_error_carries_currency_and_day():
    """The currency and day without a rate are attributes and stand in the message."""
    error = RateError("UAH", "2025-04-11", "the ECB publishes none")
    assert (error.currency, error.day) == ("UAH", "2025-04-11")
    assert str(error) == "no ECB reference rate for UAH on 2025-04-11: the ECB publishes none"


def test_unknown_name_offers_the_nearest_and_lists_all():
    """A name that is not known is answered with the nearest one and all known ones."""
    error = UnknownNameError("briefing", "meting-27", ["meeting-26", "meeting-27"])
    assert (error.kind, error.value, error.nearest, error.allowed) == ("briefing", "meting-27", "meeting-27", ("meeting-26", "meeting-27"))
    assert "unknown briefing 'meting-27'; did you mean meeting-27?" in str(error)
    assert str(error).endswith("Known: meeting-26, meeting-27")


def test_unknown_name_without_a_near_one_guesses_nothing():
    """Where nothing is close, no name is suggested."""
    error = UnknownNameError("donor", "zzz", ["GB", "NO"])
    assert error.nearest is None
    assert "did you mean" not in str(error)


@pytest.mark.parametrize(("cell", "printed"), [(3, "meeting-27, cell 3: no such column"), (None, "meeting-27: no such column")])
def test_briefing_error_names_the_cell_where_there_is_one(cell: int | None, printed: str):
    """The briefing, the cell and the cause stand in the message and on the error."""
    error = BriefingError("meeting-27", cell, "no such column")
    assert (str(error), error.briefing, error.cell, error.cause) == (printed, "meeting-27", cell, "no such column")


@pytest.mark.parametrize("kind", [EvidenceError, RateError, UnknownNameError, ParameterError, BriefingError])
def test_every_error_can_be_caught_as_one(kind: type[Exception]):
    """All errors raised on purpose share one base."""
    assert issubclass(kind, UdcgError)
