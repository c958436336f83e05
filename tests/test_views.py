"""Views: the frames of a meeting and of a donor on the real evidence."""

import json

import pytest

from udcg import views
from udcg.blocks import plain
from udcg.errors import ParameterError, UnknownNameError
from udcg.sections import promises
from udcg.views import DonorView
from udcg.views.open import giving


@pytest.fixture(scope="module")
def brussels(real):
    """Give the view of the 27th meeting."""
    return views.meeting(27, evidence=real)


def test_the_joint_package_is_one_sum_with_two_shares(brussels):
    """GBP 450m is EUR 519.2m at the rate of the day, GBP 350m of it from the UK and GBP 100m from Norway."""
    package = next(fact for fact in brussels.data["facts"] if fact["fact"] == "gb-2025-04-joint-package")
    assert package["best"] == 519_162_879
    assert {share["donor"]: share["original"]["amount"] for share in package["shares"]} == {"GB": 350e6, "NO": 100e6}
    assert {share["donor"]: share["best"] for share in package["shares"]} == {"GB": 403_793_350, "NO": 115_369_529}


def test_the_repairs_are_inside_the_uk_share(brussels):
    """GBP 160m of repairs stands below the UK's GBP 350m, which stands below the joint package."""
    promises = brussels.promises
    assert promises.at["gb-2025-04-repairs", "inside"] == "gb-2025-04-uk-share"
    assert promises.at["gb-2025-04-uk-share", "inside"] == "gb-2025-04-joint-package"
    assert promises.at["gb-2025-04-repairs", "depth"] == 2


def test_the_yearly_sum_was_said_before(brussels):
    """GBP 4.5bn was announced on 16 January 2025, so the 27th meeting only says it again."""
    again = brussels.promises.loc["gb-2025-04-year-2025"]
    assert again["standing"] == "said_before"
    assert f"{again['first_from']:%Y-%m-%d}" == "2025-01-16"
    assert "gb-2025-04-year-2025" in brussels.sums["reannounced"].facts
    assert "gb-2025-04-year-2025" not in brussels.sums["new_commitments"].facts


def test_the_headline_is_one_sum_in_three_currencies(brussels):
    """EUR 21bn, GBP 18.2bn and about USD 24bn are one sum."""
    assert brussels.data["headline"]["original"] == {"amount": 21e9, "currency": "EUR", "low": 21e9, "best": 21e9, "high": 21e9}
    forms = dict(zip(brussels.headline_forms["currency"], brussels.headline_forms["amount"], strict=True))
    assert forms["GBP"] == 18.2e9
    assert 23.8e9 <= forms["USD"] <= 24e9


def test_the_ladder_adds_up_to_the_headline(brussels):
    """New, said again, inside older money and unattributed are the EUR 21bn, of which at most 4.7bn has no donor."""
    best = brussels.ladder["best"]
    assert best[["new", "reannounced", "inside_other", "unattributed"]].sum() == pytest.approx(best["headline"]) == 21e9
    assert brussels.ladder.at["reannounced", "facts"] == ["gb-2025-04-year-2025"]
    assert 4e9 < best["unattributed"] <= 4.7e9


@pytest.mark.parametrize("number", [1, 2, 32, 33])
def test_a_headline_of_another_kind_has_no_ladder(real, number):
    """Where the headline measures a year, all support so far, or is not known, nothing is split."""
    assert views.meeting(number, evidence=real).data["ladder"] == []


@pytest.mark.parametrize("number", range(1, 34))
def test_no_whole_is_called_new_that_the_new_money_does_not_hold(real, number):
    """What the table of promises calls new is in the sum of new commitments, so figure and table agree."""
    view = views.meeting(number, evidence=real)
    wholes = view.promises[(view.promises["depth"] == 0) & (view.promises["standing"] == "new")]
    assert set(wholes["fact"]) <= set(view.sums["new_commitments"].named)


def test_a_payment_from_a_total_that_somebody_stated_is_not_new(make_book):
    """The total is nobody's promise, but holds the money: the payment comes from it with its parts, and says so with the total's day."""
    rows = [
        {"fact": "total", "announced_on": "2025-03-01", "level": "group_total", "stage": "statement", "amount": 100},
        {"fact": "paid", "drawn_from": "total", "amount": 40},
        {"fact": "part", "part_of": "paid", "amount": 10},
        {"fact": "fresh", "amount": 5},
    ]
    view = views.meeting(27, evidence=make_book(rows).ledger)
    assert view.promises["standing"].to_dict() == {"paid": "from_older", "part": "from_older", "fresh": "new"}
    assert view.sums["new_commitments"].facts == ["fresh"]
    table = plain(promises.promises(view, "c").content())
    assert "paid from or inside: total (1 March 2025)" in table


@pytest.mark.parametrize("number", range(1, 34))
def test_no_sum_holds_a_whole_and_its_part(real, number):
    """Of everything that a sum adds, nothing is inside another thing that it adds."""
    view = views.meeting(number, evidence=real)
    for name, part in view.sums.items():
        added = set(view.book.facts["saying"].reindex(part.facts))
        inside = view.book.wholes
        both = inside[inside["fact"].isin(added) & inside["whole"].isin(added)]
        assert both.empty, name


def test_donors_add_up_to_the_sum(brussels):
    """The donors' best values and the shares not known are the whole sum."""
    for part in brussels.sums.values():
        assert part.by_donor()["best"].sum() == pytest.approx(part.ends["best"])


def test_every_donor_and_meeting_has_data_as_json(real):
    """The data of each page is JSON without NaN and the same each time."""
    for code in giving(real):
        json.dumps(views.donor(code, evidence=real).data, allow_nan=False)
    first, second = (json.dumps(views.meeting(31, evidence=real).data, allow_nan=False) for _ in range(2))
    assert first == second


def test_an_unknown_name_is_answered_with_the_known_ones(real):
    """A meeting, donor or currency that is not known is refused with the names that are."""
    with pytest.raises(UnknownNameError, match="meeting '99'"):
        views.meeting(99, evidence=real)
    with pytest.raises(UnknownNameError, match="did you mean"):
        views.donor("NOR", evidence=real)
    with pytest.raises(UnknownNameError, match="UAH"):
        views.donor("NO", currency="UAH", evidence=real)


def test_as_of_shows_what_was_known(real):
    """On the day of the 27th meeting nothing of the next one is known."""
    view = views.meeting(27, as_of="2025-04-11", evidence=real)
    assert view.book.ledger.meetings["meeting"].max() == 27
    assert view.book.ledger.known_on.max() <= view.cut_off
    with pytest.raises(ParameterError, match="2025-04-11"):
        views.meeting(27, as_of="11/04/2025", evidence=real)


def test_another_currency_scales_every_sum(real, brussels):
    """In dollars the joint package is its pounds at the two rates of the day."""
    dollars = views.meeting(27, currency="USD", evidence=real)
    rates = real.rates.set_index(["currency", "date"])["rate"]
    day = brussels.book.facts.at["gb-2025-04-joint-package", "rate_day"]
    expected = 450e6 / rates[("GBP", day)] * rates[("USD", day)]
    assert dollars.book.facts.at["gb-2025-04-joint-package", "best"] == pytest.approx(expected)


def test_the_ladder_puts_older_parts_of_a_new_package_into_older_money(make_book):
    """Of a headline of 100 with a new package of 40, of which a frame of January pays 30, only 10 is new and 60 has no donor."""
    rows = [
        {"fact": "headline", "level": "group_total", "stage": "statement", "amount": 100},
        {"fact": "frame", "announced_on": "2025-01-16", "level": "frame", "amount": 500},
        {"fact": "package", "amount": 40, "counted_in": "headline"},
        {"fact": "share", "amount": 30, "part_of": "package", "drawn_from": "frame"},
    ]
    meetings = [
        {"meeting": 26, "start": "2025-02-12", "end": "2025-02-12"},
        {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11", "headline": "headline", "headline_measures": "announced_here"},
    ]
    ladder = views.meeting(27, evidence=make_book(rows, meetings=meetings).ledger).ladder
    assert ladder["best"].to_dict() == {"headline": 100, "new": 10, "reannounced": 0, "inside_other": 30, "unattributed": 60}
    assert [ladder.at["new", "facts"], ladder.at["inside_other", "facts"]] == [["package"], ["share"]]


@pytest.mark.parametrize(
    ("number", "fact", "field"),
    [
        (26, "gb-2025-02-year-2025-restated", "restates"),
        (26, "gb-2025-02-firepower-package", "drawn_from"),
        (27, "udcg-2025-04-participants", "quantity"),
        (27, "de-2025-04-patriot-missiles", "stage"),
        (27, "nl-2025-04-i-hawk", "item"),
        (27, "gb-2025-04-prime-minister-named", "item"),
        (27, "de-2025-03-frame-to-2029", "amount"),
        (27, "de-2025-03-frame-to-2029", "parts"),
        (33, "udcg-2026-02-headline", "amount"),
    ],
)
def test_what_sources_dispute_is_ruled_in_the_register(real, number, fact, field):
    """The disputes that readers ask about first are in the register, each with a ruling and its reason."""
    register = views.meeting(number, evidence=real).conflicts.set_index(["fact", "field"])
    assert register.loc[(fact, field), "rule"] == "ruling"
    assert register.loc[(fact, field), "reason"]


def test_the_package_of_the_26th_meeting_is_paid_from_the_yearly_sum(real):
    """GBP 150m is EUR 180.0m, the same sum as USD 186m, and drawn from the GBP 4.5bn that was new at this meeting."""
    view = views.meeting(26, evidence=real)
    facts = {fact["fact"]: fact for fact in view.data["facts"]}
    package = facts["gb-2025-02-firepower-package"]
    assert (package["best"], package["drawn_from"]) == (179_989_921, "gb-2025-01-year-2025")
    assert {(claim["amount"], claim["currency"]) for claim in view.data["claims"] if claim["fact"] == package["fact"]} >= {(186e6, "USD")}
    assert "gb-2025-01-year-2025" in view.data["totals"]["new_commitments"]["facts"]
    assert facts["gb-2025-01-year-2025"]["best"] == 5_340_739_158


def test_the_loan_of_the_european_union_stays_out_of_military_totals(real):
    """EUR 90bn is a loan of the EU for two years, military and civilian in one sum, shown apart and in nobody's military total."""
    data = views.meeting(33, evidence=real).data
    loan = next(fact for fact in data["facts"] if fact["fact"] == "eu-2025-12-loan-2026-2027")
    assert [loan[key] for key in ("donor", "instrument", "scope", "period", "best")] == ["EU", "loan", "mixed", "2026/2027", 90_000_000_000]
    within = {name for name, part in data["totals"].items() if loan["fact"] in part["facts"]}
    assert within == {"mixed_new_commitments"}
    total = next(fact for fact in data["facts"] if fact["fact"] == "udcg-2026-02-headline")
    assert total["counted_in"] == "udcg-2026-02-minister-total"


def test_the_last_promise_is_a_new_one_of_military_aid(make_book):
    """Neither what is said again, nor a request or a group's sum, nor civilian aid; a month where no day is stated; shares count."""
    later = [
        {"fact": "again", "restates": "gift", "announced_on": "2025-05-01"},
        {"fact": "asked", "stage": "request", "announced_on": "2025-05-02"},
        {"fact": "sum", "level": "group_total", "announced_on": "2025-05-03"},
        {"fact": "houses", "scope": "civilian", "announced_on": "2025-05-04"},
    ]
    facts = [{"fact": "gift", "announced_on": "2025-03"}, {"fact": "joint", "donor": "MULTI", "partners": "NO;DK"}, *later]
    book = make_book([{"amount": 5, **fact} for fact in facts])
    found = {code: DonorView(book, "", code).last_promise for code in ("GB", "NO", "DK", "IFU")}
    assert found == {"GB": "2025-03", "NO": "2025-04-11", "DK": "2025-04-11", "IFU": ""}
