"""Signs are weighed, weights are fitted: small cases whose answer is known."""

import math

import pytest

import fit
from passages import Passage, claim
from udcg.reading.api import currencies
from udcg.reading.claims import claims
from udcg.reading.judge import AID, GIVER, QUESTIONS, Judge, certainty, fitted

WEIGHTS = {AID: {"always": -1.0, "verb give": 2.5, "text on aid": 0.5}, GIVER: {"rules": 1.0, "far": -2.0}}


def test_weights_add_up():
    """A claim is as sure as the sum of the weights of its signs; a sign counts once, one without a weight not at all."""
    judge = Judge(WEIGHTS)
    shared = (frozenset(["text on aid"]), frozenset())
    for _ in range(2):  # the second time from memory
        sure = judge.aid(None, ["always", "verb give", "verb give", "strange"], shared)
        assert sure == pytest.approx(1 / (1 + math.exp(-2.0)))


def test_certainty_stays_within_nothing_and_all():
    """However large the sum."""
    assert 0 <= certainty(-1e6) < 0.5 < certainty(1e6) <= 1
    assert certainty(0) == 0.5


def test_the_best_proposal_is_chosen():
    """The first where several are equal."""
    judge = Judge(WEIGHTS)
    assert judge.giver({"DK": ["far"], "NO": ["rules"], "SE": []}) == "NO"
    assert judge.giver({"DK": [], "NO": []}) == "DK"


def test_each_question_has_its_weights():
    """The file holds both, and few signs are as strong as all others together."""
    for question in QUESTIONS:
        weights = fitted().weights[question]
        assert len(weights) > 50
        assert max(map(abs, weights.values())) < 10


def test_a_weight_follows_the_answers():
    """A sign that goes with yes is for it, one that goes with no against it, and one that goes with both says little."""
    cases = [(["always", "yes", "both"], True)] * 9 + [(["always", "no", "both"], False)] * 9
    weights = fit._fitted(cases, None)
    assert weights["yes"] > 1
    assert weights["no"] < -1
    assert abs(weights.get("both", 0)) < 0.5


def test_a_choice_is_fitted_against_its_rivals():
    """What the right proposal has and its rivals have not counts; what all have does not."""
    cases = [(["named", "acts"], True), (["named"], False), (["named", "bound"], False)] * 6
    weights = fit._fitted(cases, [3] * 6)
    assert weights["acts"] > 0.3
    assert weights.get("bound", 0) <= 0
    assert abs(weights.get("named", 0)) < 0.1


def test_a_pupil_without_weights_answers_as_the_passage_does():
    """And notes both what is a claim and what is none."""
    text = "Norway will send Ukraine ten tanks. Russia lost 30 tanks."
    passage = Passage("two", "test", "2025-04-11", text, (claim("ten tanks | pledge | NO | 10", text),))
    noted, records = fit.read(passage, None)
    assert [(record["donors"], record["quantity_text"]) for record in records] == [(["NO"], "10")]
    assert [answer for _, answer in noted.aid] == [True, False]
    assert sum(answer for _, answer in noted.giver[0]) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Denmark and Norway will send Ukraine ten tanks.", ("DK", "NO")),
        ("Together with Denmark, Norway will send Ukraine ten tanks.", ("DK", "NO")),
        ("Sweden spoke. The ministry will send Ukraine ten tanks.", ("SE",)),
        ("Ukraine asked for ten tanks.", ("UA",)),
        ("🇩🇰 ten tanks for Ukraine", ("DK",)),
    ],
)
def test_who_gives_is_among_the_proposals(text, wanted):
    """Those whom grammar finds, whom the text names before, who are joined, whose flag is shown, and Ukraine that asks."""
    seen = []

    class Listener(Judge):
        def aid(self, at, signs, shared):
            return 1.0

        def giver(self, proposals):
            seen.extend(proposals)
            return next(iter(proposals))

    claims(text, "2025-04-11", currencies(), judge=Listener(WEIGHTS))
    assert frozenset(wanted) in seen
