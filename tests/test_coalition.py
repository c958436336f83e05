"""The coalition's view and sections: all meetings at once, from literal ledgers and on the real evidence."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from udcg import count, views
from udcg.blocks import plain
from udcg.blocs import AMERICA, EUROPE, OTHERS
from udcg.ledger import Ledger
from udcg.money import ENDS
from udcg.sections import coalition, lasting, leadership, shift, weights
from udcg.views import CoalitionView

Make = Callable[..., Ledger]

MEETINGS = [
    {"meeting": 26, "start": "2024-02-12", "end": "2024-02-12", "chairs": "US", "us_attendance": "chair", "participants": "about"},
    {"meeting": 27, "start": "2024-04-11", "end": "2024-04-11", "chairs": "US", "us_attendance": "chair", "format": "virtual"},
    {"meeting": 28, "start": "2025-06-04", "end": "2025-06-05", "chairs": "GB;DE", "us_attendance": "absent", "participants": "exact"},
]
DONORS = [
    {"donor": "US", "name": "United States"},
    {"donor": "GB", "name": "United Kingdom", "groups": "CoE"},
    {"donor": "DE", "name": "Germany", "groups": "EU;CoE"},
    {"donor": "CA", "name": "Canada"},
    {"donor": "MULTI", "name": "Several donors", "kind": "group"},
    {"donor": "UDCG", "name": "Contact Group", "kind": "group"},
]
FACTS = [
    {"fact": "about", "donor": "UDCG", "announced_on": "2024-02-12", "stage": "statement", "level": "", "currency": ""},
    {"fact": "exact", "donor": "UDCG", "announced_on": "2025-06-04", "stage": "statement", "level": "", "currency": ""},
    {"fact": "american", "donor": "US", "announced_on": "2024-02-10"},
    {"fact": "british", "announced_on": "2024-03-01"},
    {"fact": "german", "donor": "DE", "announced_on": "2025-06-04", "due": "2025-06-30"},
    {"fact": "canadian", "donor": "CA", "announced_on": "2025-06-04"},
]
CLAIMS = [
    {"fact": "about", "quantity_text": "about 50", "unit": "countries"},
    {"fact": "exact", "quantity_text": "51", "unit": "countries"},
    *(
        {"fact": fact, "source": source, "qualifier": qualifier, "amount": amount * 1e6, "currency": "EUR"}
        for fact, source, qualifier, amount in (
            ("american", "daily", "exact", 60),
            ("british", "daily", "about", 40),
            ("german", "wire", "exact", 90),
            ("canadian", "wire", "exact", 10),
        )
    ),
]


SOURCES = [{"source": "daily", "date": "2024-03-01"}, {"source": "wire", "date": "2026-01-31"}]


@pytest.fixture(scope="module")
def small(make_ledger: Make) -> CoalitionView:
    """Give the view of three meetings, two of them chaired by the United States, and of a promise of each donor."""
    return views.coalition(evidence=make_ledger(meetings=MEETINGS, donors=DONORS, facts=FACTS, claims=CLAIMS, sources=SOURCES))


@pytest.fixture(scope="module")
def whole(real: Ledger) -> CoalitionView:
    """Give the view of the project's own evidence."""
    return views.coalition(evidence=real)


def test_attendance_is_told_meeting_by_meeting(small: CoalitionView):
    """Who chaired, how the secretary took part, how it was held, and participants in the words of the sources."""
    told = plain(leadership.attendance(small).content())
    assert "The United States chaired 2 of 3 meetings; its secretary of defense came in person to 0 of the 1 others" in told
    assert "Chaired by United States: 26 to 27; Chaired by United Kingdom: 28; Chaired by Germany: 28; " in told
    assert "US secretary of defense in the chair: 26 to 27; US secretary of defense absent: 28; " in told
    assert "Held in person: 26 and 28; Held online: 27." in told
    assert "Countries taking part, as stated, by meeting: 26: about 50; 28: 51." in told


def test_the_shift_is_counted_by_year_and_bloc(small: CoalitionView):
    """60 of the United States and about 40 of Britain in 2024; 90 of Germany and 10 of Canada in 2025."""
    found = {
        year: {bloc: [round(end / 1e6) for end in row[ENDS]] for bloc, row in small.blocs(sums["allocations"]).iterrows()}
        for year, sums in small.by_year.items()
    }
    assert found == {
        2024: {AMERICA: [60, 60, 60], EUROPE: [38, 40, 42]},
        2025: {EUROPE: [90, 90, 90], OTHERS: [10, 10, 10]},
        2026: {},
    }
    shares = small.shares(small.by_year[2024]["allocations"])
    assert shares.loc[AMERICA].tolist() == pytest.approx([60 / 102, 0.6, 60 / 98])
    assert shares["best"].sum() == pytest.approx(1)


def test_the_bottom_line_has_three_sentences(small: CoalitionView):
    """What was announced, who led and who pays, on how few it hangs and what became of it."""
    assert plain(coalition.bottom_line(small).content()).strip() == (
        "Around 3 meetings military commitments of EUR 200m (198m to 202m) were announced, each euro once; packages worth "
        "EUR 200m (198m to 202m) were allocated, from these or from older money. "
        "The United States chaired the first 2, the United Kingdom and Germany the 1 since; of the allocations on record the United States "
        "gave 60 % (59 % to 61 %) in 2024 and 0 % in 2025, Europe 40 % (39 % to 41 %) and 90 %. "
        "Germany, the United States and the United Kingdom stand for 95 % of all allocations; "
        "1 promise is past its due day without a report of full delivery, of 2 others nobody has spoken for a year."
    )


def test_every_number_of_the_bottom_line_has_its_facts(whole: CoalitionView):
    """Each run of text with a number, years and names of meetings aside, is bound to facts of the page."""
    known = {fact["fact"] for fact in whole.data["facts"]}
    for part in coalition.bottom_line(whole).paragraphs[0]:
        years = " ".join(str(year) for year in whole.years)
        assert not part.facts or set(part.facts) <= known
        assert part.facts or not any(word.strip("%;,.") not in years and word[0].isdigit() for word in part.text.split())


def test_a_year_begins_and_ends_with_the_evidence(small: CoalitionView):
    """From the first promise to the last day of the evidence, of which 2026 is not covered to its end."""
    assert (small.years, small.full_years) == ([2024, 2025, 2026], [2024, 2025])


def test_promises_are_counted_by_what_is_known_of_them(small: CoalitionView):
    """One is past its due day; of two of 2024 nobody has spoken for a year; the fourth has no due day and is young."""
    assert small.ages.to_dict("index") == {"open": {0: 1, 1: 0}, "overdue": {0: 1, 1: 0}, "silent": {0: 0, 1: 2}}
    table = lasting.ages(small)
    assert [[cell[0].text for cell in row][-1] for row in table.rows] == ["1", "2", "1"]


def test_a_changed_claim_changes_what_is_printed(make_ledger: Make):
    """The sum, the share and the figure follow the claim."""
    lines = []
    for amount in (90e6, 190e6):
        claims = [row if row["fact"] != "german" else row | {"amount": amount} for row in CLAIMS]
        view = views.coalition(evidence=make_ledger(meetings=MEETINGS, donors=DONORS, facts=FACTS, claims=claims, sources=SOURCES))
        lines.append([plain(section(view).content()) for section in (coalition.bottom_line, shift.allocated, weights.concentrated)])
    assert all(one != other for one, other in zip(*lines, strict=True))


def test_sums_of_donors_of_years_and_of_blocs_are_the_whole(whole: CoalitionView):
    """Three independent ways to cut each sum on the project's own evidence."""
    for key in ("new_commitments", "allocations", "mixed_new_commitments"):
        best = whole.sums[key].ends["best"]
        assert whole.sums[key].by_donor()["best"].sum() == pytest.approx(best)
        assert whole.blocs(whole.sums[key])["best"].sum() == pytest.approx(best)
        by_year = sum(sums[key].ends["best"] for sums in whole.by_year.values())
        assert by_year == pytest.approx(best, rel=1e-3 if key.startswith("mixed") else 1e-9)  # slices that leave a rounding leave nothing


def test_windows_hold_the_allocations_once(whole: CoalitionView):
    """Allocations by window add up to all; commitments by window to no more, since some have no window."""
    of = {key: sum(sums[key].ends["best"] for sums in whole.by_meeting.values()) for key in ("new_commitments", "allocations")}
    assert of["allocations"] == pytest.approx(whole.sums["allocations"].ends["best"])
    assert 0.9 * whole.sums["new_commitments"].ends["best"] < of["new_commitments"] <= whole.sums["new_commitments"].ends["best"]


def test_counts_are_those_of_the_facts(whole: CoalitionView):
    """Capabilities, ages and promises count each promise once."""
    assert whole.capabilities.to_numpy().sum() == len(whole.serving)
    assert whole.ages.to_numpy().sum() == len(whole.promised) == whole.promised["fact"].nunique()
    assert whole.presence["promises"].sum() == len(whole.promising)


def test_the_largest_allocations_are_near_an_independent_trackers(whole: CoalitionView):
    """Of the United States and Germany, whose packages are all public, what is on record is within a tenth of what the tracker lists."""
    beside = whole.beside.set_index("donor")
    assert (beside.loc[["US", "DE"], "best"] / beside.loc[["US", "DE"], "theirs"]).between(0.9, 1.1).all()


def test_concentration_is_bounded_and_falls_with_more_donors(whole: CoalitionView):
    """Shares grow with the number of donors, ranges hold their best value, and the index is no smaller than that of equal donors."""
    for rows in whole.concentrations.values():
        for found in rows.values():
            shares = pd.DataFrame([found.share(found.donors[:most]) for most in (1, 3, 5)])
            assert shares["best"].is_monotonic_increasing
            assert ((shares["low"] <= shares["best"] + 1e-9) & (shares["best"] <= shares["high"] + 1e-9)).all()
            assert 1 / len(found.donors) <= found.index["best"] + 1e-9


@pytest.mark.parametrize("as_of", ["2022-05-01", "2024-06-30", "2025-03-01"])
def test_an_earlier_day_shows_what_was_known(real: Ledger, as_of: str):
    """Before 2025 the United States has chaired all meetings; the data is JSON without infinities."""
    view = views.coalition(as_of=as_of, evidence=real)
    json.dumps(view.data, allow_nan=False)
    assert ("chaired all" in plain(coalition.bottom_line(view).content())) == (as_of < "2025")
    assert view.years[-1] == int(as_of[:4])


def test_another_currency_scales_every_sum(real: Ledger, whole: CoalitionView):
    """Shares of the blocs are much the same in dollars."""
    dollars = views.coalition(currency="USD", evidence=real)
    one, other = (view.shares(view.sums["allocations"])["best"] for view in (whole, dollars))
    assert one.tolist() == pytest.approx(other.tolist(), abs=0.02)
    assert count.allocated(dollars.book).ends["best"] > whole.sums["allocations"].ends["best"]


def test_a_ledger_without_meetings_past_has_a_page(make_ledger: Make):
    """One promise without a sum: every section says what is not known, and the data is there."""
    view = views.coalition(evidence=make_ledger(facts=[{"fact": "gift", "currency": ""}], claims=[{"fact": "gift"}]))
    every: list[Any] = [coalition.title, coalition.bottom_line, coalition.key_figures, leadership.attendance, leadership.promising]
    every += [shift.allocated, shift.committed, shift.by_year, weights.by_window, weights.concentrated, shift.beside]
    every += [lasting.capabilities, lasting.ages]
    assert all(plain(section(view).content()) for section in every)
    json.dumps(view.data, allow_nan=False)
