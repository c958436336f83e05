"""Claims about one fact become one value with its range and the rule that chose it (rules 1, 2 and 9)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from udcg.ledger import Ledger
from udcg.money import ENDS
from udcg.settle import amounts, quantities, witnesses

Make = Callable[..., Ledger]
Claim = tuple[str, str, float]
NAN = float("nan")

SOURCES = [
    {"source": "ministry", "tier": "official"},
    {"source": "wire", "tier": "agency"},
    {"source": "daily", "tier": "press"},
    {"source": "weekly", "tier": "press", "date": "2025-04-12"},
    {"source": "reprint", "tier": "press", "origin": "daily"},
    {"source": "copy", "tier": "press", "origin": "daily"},
    {"source": "blog", "tier": "aggregator"},
    {"source": "echo", "tier": "state_controlled"},
    {"source": "chorus", "tier": "state_controlled"},
    {"source": "choir", "tier": "state_controlled"},
]


def _said(*claims: Claim, currency: str = "EUR") -> list[dict[str, Any]]:
    return [{"fact": "gift", "source": by, "qualifier": how, "amount": sum_, "currency": currency} for by, how, sum_ in claims]


def _settled(make_ledger: Make, claims: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> pd.Series:
    return amounts(make_ledger(sources=SOURCES, claims=claims, **tables)).loc["gift"]


def _ends(settled: pd.Series) -> list[float | None]:
    return [None if pd.isna(settled[end]) else float(settled[end]) for end in ENDS]


@pytest.mark.parametrize(
    ("claims", "claim", "rule"),
    [
        ((("blog", "exact", 90), ("daily", "exact", 100), ("echo", "exact", 110)), "gift-daily", "tier"),
        ((("wire", "exact", 90), ("daily", "exact", 100), ("weekly", "exact", 100)), "gift-daily", "agreement"),
        ((("ministry", "exact", 90), ("daily", "exact", 100), ("weekly", "exact", 100)), "gift-ministry", "official"),
        ((("daily", "about", 100), ("blog", "exact", 90), ("weekly", "exact", 110)), "gift-weekly", "tier"),
        ((("weekly", "exact", 100), ("daily", "exact", 90), ("blog", "exact", 80)), "gift-daily", "tier"),
    ],
)
def test_the_rule_that_chooses(make_ledger: Make, claims: tuple[Claim, ...], claim: str, rule: str):
    """Official goes before agreement, agreement before tier, and of one tier the firmer and then the earlier page is taken."""
    settled = _settled(make_ledger, _said(*claims))
    assert (settled["claim"], settled["rule"]) == (claim, rule)


def test_a_ruling_goes_before_everything(make_ledger: Make):
    """What a person decided is chosen over official text and over agreement."""
    claims = _said(("ministry", "exact", 90), ("daily", "exact", 100), ("weekly", "exact", 100), ("blog", "exact", 95))
    settled = _settled(make_ledger, claims, rulings=[{"fact": "gift", "claim": "gift-blog"}])
    assert (settled["claim"], settled["rule"], settled["best"]) == ("gift-blog", "ruling", 95)


def test_reprints_of_one_text_count_once(make_ledger: Make):
    """Three pages of one origin are one witness and do not outvote two that are independent."""
    claims = _said(
        ("daily", "exact", 100), ("reprint", "exact", 100), ("copy", "exact", 100), ("weekly", "exact", 120), ("blog", "exact", 120)
    )
    settled = _settled(make_ledger, claims)
    assert (settled["best"], settled["rule"], settled["agree"], settled["origins"]) == (120, "agreement", 2, 3)


def test_state_controlled_outlets_never_outvote(make_ledger: Make):
    """Three state-controlled outlets that agree do not beat one aggregator that is free."""
    claims = _said(("echo", "exact", 90), ("chorus", "exact", 90), ("choir", "exact", 90), ("blog", "exact", 100))
    settled = _settled(make_ledger, claims)
    assert (settled["claim"], settled["rule"], settled["agree"], settled["origins"]) == ("gift-blog", "tier", 1, 1)


def test_state_controlled_outlets_add_no_weight_to_others(make_ledger: Make):
    """A value is not agreed on because a state-controlled outlet repeats it."""
    settled = _settled(make_ledger, _said(("daily", "exact", 100), ("echo", "exact", 100), ("wire", "exact", 110)))
    assert (settled["claim"], settled["agree"]) == ("gift-wire", 1)


def test_state_controlled_outlets_speak_where_nobody_else_does(make_ledger: Make):
    """Where only state-controlled outlets report, their agreement is counted."""
    settled = _settled(make_ledger, _said(("echo", "exact", 90), ("chorus", "exact", 90), ("choir", "exact", 80)))
    assert (settled["best"], settled["rule"], settled["agree"], settled["origins"]) == (90, "agreement", 2, 3)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((("ministry", "exact", 100), ("daily", "exact", 100), ("weekly", "about", 100)), [100, 100, 100]),
        ((("ministry", "exact", 100), ("daily", "exact", 80), ("weekly", "exact", 130)), [80, 100, 130]),
        ((("ministry", "about", 100), ("daily", "exact", 104), ("weekly", "exact", 97)), [95, 100, 105]),
        ((("ministry", "exact", 100), ("daily", "over", 100)), [100, 100, 100]),
        ((("ministry", "exact", 100), ("daily", "over", 120)), [100, 100, None]),
        ((("ministry", "over", 100), ("daily", "exact", 130)), [100, 100, 130]),
        ((("ministry", "over", 100), ("daily", "at_least", 90)), [100, 100, None]),
        ((("ministry", "up_to", 100), ("daily", "exact", 130)), [None, 100, 130]),
    ],
)
def test_the_range_is_the_chosen_ones_widened_by_claims_that_exclude_it(
    make_ledger: Make, claims: tuple[Claim, ...], expected: list[float | None]
):
    """Claims that fit change nothing, claims that do not fit widen, and an open high is closed where another claim gives one."""
    assert _ends(_settled(make_ledger, _said(*claims))) == expected


def test_other_currencies_never_widen(make_ledger: Make):
    """A sum printed in a currency that is not the donor's is neither chosen nor part of the range."""
    claims = [*_said(("daily", "exact", 350), currency="GBP"), *_said(("ministry", "exact", 999), ("weekly", "exact", 350))]
    settled = _settled(make_ledger, claims, facts=[{"fact": "gift", "currency": "GBP"}])
    assert (settled["claim"], settled["currency"], settled["origins"], _ends(settled)) == ("gift-daily", "GBP", 1, [350, 350, 350])


def test_a_fact_stated_only_in_other_currencies_has_no_amount(make_ledger: Make):
    """Without a claim in the donor's own currency nothing is settled."""
    facts = [{"fact": "gift", "currency": "GBP"}]
    assert amounts(make_ledger(facts=facts, claims=_said(("daily", "exact", 5)), sources=SOURCES)).empty


def test_an_overruled_misprint_widens_nothing_and_agrees_with_nobody(make_ledger: Make):
    """A claim that was set aside is not chosen, does not widen, and is no witness, even of an official page."""
    claims = _said(("ministry", "exact", 150), ("daily", "exact", 160), ("blog", "exact", 150))
    ruling = {"fact": "gift", "claim": "gift-daily", "overrules": "gift-ministry;gift-blog"}
    settled = _settled(make_ledger, claims, rulings=[ruling])
    assert (_ends(settled), settled["agree"], settled["origins"]) == ([160, 160, 160], 1, 1)


def test_a_ruling_about_quantity_does_not_choose_the_amount(make_ledger: Make):
    """A ruling speaks of its own field only."""
    claims = [row | {"quantity_text": "5", "unit": "tanks"} for row in _said(("daily", "exact", 100), ("ministry", "exact", 90))]
    rulings = [{"fact": "gift", "field": "quantity", "claim": "gift-daily"}]
    assert _settled(make_ledger, claims, rulings=rulings)["rule"] == "official"


def test_each_fact_is_settled_by_itself(make_ledger: Make):
    """Claims about one fact do not move another."""
    facts = [{"fact": "gift"}, {"fact": "loan"}, {"fact": "silent"}]
    claims = [*_said(("daily", "exact", 100)), {"fact": "loan", "qualifier": "exact", "amount": 7, "currency": "EUR"}, {"fact": "silent"}]
    assert amounts(make_ledger(facts=facts, claims=claims))["best"].to_dict() == {"gift": 100, "loan": 7}


def _counted(*claims: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"fact": "gift", "source": source, "quantity_text": words, "unit": unit} for source, words, unit in claims]


def test_a_quantity_keeps_its_words_and_widens(make_ledger: Make):
    """The chosen words stand beside a range that holds the other counts of the same thing."""
    claims = _counted(("ministry", "30", "missiles"), ("daily", "about 40", "missiles"), ("blog", "2", "launchers"))
    settled = quantities(make_ledger(sources=SOURCES, claims=claims)).loc["gift"]
    assert (settled["words"], settled["unit"], settled["rule"], settled["claim"]) == ("30", "missiles", "official", "gift-ministry")
    assert _ends(settled) == [30, 30, 42]


def test_a_vague_quantity_has_no_best(make_ledger: Make):
    """Dozens stays between 24 and 99."""
    settled = quantities(make_ledger(claims=_counted(("daily", "dozens", "tanks")))).loc["gift"]
    assert _ends(settled) == [24, None, 99]


def test_a_ruling_chooses_the_quantity(make_ledger: Make):
    """What a person decided about a count is chosen, and the count set aside widens nothing."""
    claims = _counted(("ministry", "50", "states"), ("daily", "51", "states"), ("blog", "about 40", "states"))
    rulings = [{"fact": "gift", "field": "quantity", "claim": "gift-daily", "overrules": "gift-blog"}]
    settled = quantities(make_ledger(sources=SOURCES, claims=claims, rulings=rulings)).loc["gift"]
    assert (settled["words"], settled["rule"], _ends(settled)) == ("51", "ruling", [50, 51, 51])


def test_witnesses_carry_their_source_and_whether_they_are_overruled(make_ledger: Make):
    """Every claim stays in the register with tier and origin of its page, those set aside marked."""
    claims = _said(("daily", "exact", 100), ("reprint", "exact", 90), ("echo", "exact", 80))
    rulings = [{"fact": "gift", "claim": "gift-daily", "overrules": "gift-reprint;gift-echo"}]
    result = witnesses(make_ledger(sources=SOURCES, claims=claims, rulings=rulings))
    assert result[["claim", "tier", "origin", "overruled"]].to_numpy().tolist() == [
        ["gift-daily", "press", "daily", False],
        ["gift-reprint", "press", "daily", True],
        ["gift-echo", "state_controlled", "echo", True],
    ]


def test_the_worked_example_is_settled_by_its_rulings(real: Ledger):
    """The headline is EUR 21bn, the joint package GBP 450m, and the repairs GBP 160m, misprints notwithstanding."""
    settled = amounts(real)
    names = ["udcg-2025-04-headline", "gb-2025-04-joint-package", "gb-2025-04-repairs"]
    assert settled.loc[names, "best"].tolist() == [21e9, 450e6, 160e6]
    assert settled.loc[names, "currency"].tolist() == ["EUR", "GBP", "GBP"]
    assert settled.loc["gb-2025-04-repairs", ENDS].tolist() == [160e6] * 3


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from([row["source"] for row in SOURCES]),
        st.sampled_from(["exact", "about", "nearly", "over", "at_least", "up_to"]),
        st.sampled_from([80, 100, 101, 120]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda claim: claim[0],
)


@given(claims=SPOKEN, data=st.data())
def test_order_of_rows_never_matters(make_ledger: Make, claims: list[Claim], data: st.DataObject):
    """Claims and sources in any order settle to the same value, range, rule and witnesses."""
    ledger = make_ledger(sources=SOURCES, claims=_said(*claims))
    shuffled = replace(
        ledger,
        claims=ledger.claims.iloc[data.draw(st.permutations(range(len(claims))))],
        sources=ledger.sources.iloc[data.draw(st.permutations(range(len(SOURCES))))],
    )
    assert_frame_equal(amounts(shuffled), amounts(ledger))


@given(claims=SPOKEN, data=st.data())
def test_adding_a_reprint_changes_nothing(make_ledger: Make, claims: list[Claim], data: st.DataObject):
    """One more page that prints the text of another neither agrees, nor outvotes, nor widens."""
    source, qualifier, amount = data.draw(st.sampled_from(claims))
    printed = next(row for row in SOURCES if row["source"] == source)
    reprint = printed | {"source": "zz", "origin": printed.get("origin", source), "date": "2025-05-01"}
    after = make_ledger(sources=[*SOURCES, reprint], claims=_said(*claims, ("zz", qualifier, amount)))
    before = replace(after, claims=after.claims[after.claims["source"] != "zz"])
    assert_frame_equal(amounts(after), amounts(before))


@given(claims=SPOKEN.map(lambda claims: [claim for claim in claims if claim[1] not in {"over", "at_least"}]).filter(len))
def test_low_best_and_high_are_in_order(make_ledger: Make, claims: list[Claim]):
    """However sources differ, the best lies within the range."""
    settled = _settled(make_ledger, _said(*claims))
    assert not settled["low"] > settled["best"]
    assert settled["best"] <= settled["high"]


def test_an_open_claim_that_excludes_the_value_widens_to_its_stated_end(make_ledger):
    """Exact 100 beside up to 80 reaches down to 80; over 100 beside exact 80 stays open above."""
    stated = {"fact": "gift", "currency": "EUR"}
    low = make_ledger(
        claims=[
            {**stated, "source": "ministry", "qualifier": "exact", "amount": 100},
            {**stated, "source": "daily", "qualifier": "up_to", "amount": 80},
        ]
    )
    high = make_ledger(
        claims=[
            {**stated, "source": "ministry", "qualifier": "over", "amount": 100},
            {**stated, "source": "daily", "qualifier": "exact", "amount": 80},
        ]
    )
    assert amounts(low).loc["gift", ["low", "best", "high"]].to_list() == [80, 100, 100]
    assert amounts(high).loc["gift", ["low", "best"]].to_list() == [80, 100]
    assert pd.isna(amounts(high).at["gift", "high"])


def test_a_ruling_on_another_field_leaves_the_amount_standing(make_ledger):
    """A claim with the wrong year still speaks of the amount."""
    stated = {"fact": "gift", "currency": "EUR", "qualifier": "exact", "amount": 100}
    claims = [{**stated, "source": "daily"}, {**stated, "source": "weekly"}, {**stated, "source": "wire", "amount": 90}]
    ruling = {"fact": "gift", "field": "period", "overrules": "gift-weekly", "expect": "gift-daily.amount=100"}
    assert amounts(make_ledger(claims=claims, rulings=[ruling])).at["gift", "best"] == 100
