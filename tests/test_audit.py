"""What `udcg check` finds beyond single cells."""

import pytest

from udcg import audit
from udcg.audit import problems

WHOLE = [{"fact": "whole"}, {"fact": "part", "part_of": "whole"}]


def _claims(whole: float, part: float) -> list[dict]:
    stated = {"qualifier": "exact", "currency": "EUR"}
    return [{"fact": "whole", "amount": whole, **stated}, {"fact": "part", "amount": part, **stated}]


def _messages(ledger) -> list[tuple[str, str | None]]:
    return [(problem.file, problem.column) for problem in problems(ledger)]


def test_the_projects_own_evidence_has_no_problem(real):
    """The evidence that the briefings rest on passes its own check."""
    assert problems(real) == []


def test_parts_above_their_whole_are_a_problem(make_ledger):
    """A part of 120 in a whole of 100 needs a ruling."""
    found = problems(make_ledger(facts=WHOLE, claims=_claims(100, 120)))
    assert [(problem.column, problem.value) for problem in found] == [("part_of", "whole")]


def test_parts_within_the_rounding_of_rates_are_no_problem(make_ledger):
    """A part of 101 in a whole of 100 is rounding."""
    assert problems(make_ledger(facts=WHOLE, claims=_claims(100, 101))) == []


def test_a_ruling_on_parts_settles_them(make_ledger):
    """A ruling with the field parts accepts parts above their whole, for its reason."""
    ruling = {"fact": "whole", "field": "parts", "expect": "whole-daily.amount=100"}
    assert problems(make_ledger(facts=WHOLE, claims=_claims(100, 120), rulings=[ruling])) == []


@pytest.mark.parametrize("expect", ["gift-daily.amount=101", "gift-daily.colour=red", "nonsense", "other.amount=100"])
def test_a_guard_that_does_not_hold_is_a_problem(make_ledger, expect):
    """A ruling is looked at again once the sources no longer say what it assumed."""
    ruling = {"fact": "gift", "claim": "gift-daily", "expect": expect}
    assert _messages(make_ledger(rulings=[ruling])) == [("rulings.csv", "expect")]


def test_a_ruling_on_an_amount_needs_a_claim_of_its_fact(make_ledger):
    """The claim chosen must exist and speak of the fact ruled on."""
    facts = [{"fact": "gift"}, {"fact": "other"}]
    without = make_ledger(facts=facts, rulings=[{"fact": "gift", "expect": "gift-daily.amount=100"}])
    foreign = make_ledger(facts=facts, rulings=[{"fact": "gift", "claim": "other-daily", "expect": "gift-daily.amount=100"}])
    assert _messages(without) == _messages(foreign) == [("rulings.csv", "claim")]


def test_an_amount_needs_qualifier_and_currency(make_ledger):
    """A bare number is no claim of money."""
    found = _messages(make_ledger(claims=[{"fact": "gift", "amount": 5}]))
    assert ("claims.csv", "qualifier") in found
    assert ("claims.csv", "currency") in found


def test_a_fact_needs_a_claim(make_ledger):
    """A fact that no source states cannot be shown."""
    facts = [{"fact": "gift"}, {"fact": "rumour", "currency": ""}]
    claims = [{"fact": "gift", "qualifier": "exact", "amount": 1, "currency": "EUR"}]
    assert _messages(make_ledger(facts=facts, claims=claims)) == [("facts.csv", "fact")]


def test_words_that_cannot_be_read_are_a_problem(make_ledger):
    """A quantity in words that no interval follows from is said, with what can be read."""
    claims = [{"fact": "gift", "qualifier": "exact", "amount": 1, "currency": "EUR", "quantity_text": "quite a few"}]
    found = problems(make_ledger(claims=claims))
    assert [(problem.column, problem.value) for problem in found] == [("quantity_text", "quite a few")]
    assert "up to 150,000" in found[0].message


def test_a_currency_without_reference_rate_is_said(make_ledger):
    """The hryvnia has no ECB reference rate, and none is guessed."""
    facts = [{"fact": "gift", "currency": "UAH"}]
    claims = [{"fact": "gift", "qualifier": "exact", "amount": 1, "currency": "UAH"}]
    found = problems(make_ledger(facts=facts, claims=claims))
    assert [(problem.column, problem.value) for problem in found] == [("currency", "UAH")]
    assert "no ECB reference rate" in found[0].message


def test_a_missing_rate_is_said_with_its_day(make_ledger):
    """A day for which no rate is frozen is named."""
    found = problems(make_ledger(facts=[{"fact": "gift", "announced_on": "2025-04-10"}]))
    assert {problem.file for problem in found} == {"rates.csv"}
    assert all("2025-04-10" in problem.message for problem in found)


def test_tolerance_is_two_percent():
    """The tolerance is the two percent of rule 8."""
    assert audit.TOLERANCE == 0.02


def test_ties_join_what_they_may_join(make_ledger):
    """An answer needs a request, a delivery a promise, an overlap a fact that no other tie names, and a due day comes after."""
    facts = [
        {"fact": "ask", "stage": "request"},
        {"fact": "gift", "answers": "other", "overlaps": "whole", "part_of": "whole", "due": "2025-03"},
        {"fact": "other", "stage": "delivery", "delivers": "ask"},
        {"fact": "whole"},
    ]
    found = audit.problems(make_ledger(facts=facts))
    named = {(problem.column, problem.value, problem.message) for problem in found}
    assert named >= {
        ("answers", "other", "is no request"),
        ("delivers", "ask", "is no promise"),
        ("overlaps", "whole", "is named in another tie too"),
        ("due", "2025-03", "is before the day of announcement"),
    }
