"""The data behind every briefing of the real evidence: each id resolves, no euro stands twice in a sum, the ladder adds up."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from udcg import views
from udcg.ledger import TIES, Ledger
from udcg.views.given import FOUR
from udcg.views.open import giving

Json = dict[str, Any]
KEYS = {
    *("id", "as_of", "view", "currency", "window", "headline", "ladder", "totals"),
    *("donors", "facts", "conflicts", "requests", "sources"),
}
TOTALS = [*FOUR, "mixed_new_commitments"]
ENDS = ["low", "best", "high"]
FACTS = ["fact", "facts", "own", "taken_out", "overlaps", "undated", "again", "answers", "deliveries", "payments", "totals", *TIES]
CLAIMS = ["claim", "claims"]


@pytest.fixture(scope="module")
def records(real: Ledger) -> dict[str, Json]:
    """Give the data of every meeting and of every donor, by identifier, each computed once."""
    meetings = [views.meeting(int(number), evidence=real) for number in real.meetings["meeting"]]
    donors = [views.donor(code, evidence=real) for code in giving(real)]
    return {view.id: view.data for view in (*meetings, *donors)}


@pytest.fixture(scope="module")
def above(real: Ledger) -> dict[str, set[str]]:
    """Give everything that each fact is inside of, walked along part_of and drawn_from of all its sayings, one step at a time."""
    rows = {row["fact"]: row for row in real.facts.to_dict("records")}

    def first(fact: str) -> str:
        return first(rows[fact]["restates"]) if rows[fact]["restates"] else fact

    up: dict[str, set[str]] = {}
    for fact, row in rows.items():
        up.setdefault(first(fact), set()).update(first(row[tie]) for tie in ("part_of", "drawn_from") if row[tie])

    def climb(fact: str) -> set[str]:
        found: set[str] = set()
        reach = {fact}
        while reach:
            reach = {whole for here in reach for whole in up[here]} - found
            found |= reach
        return found

    closed = {fact: climb(fact) for fact in up}
    return {fact: {name for name in rows if name != fact and first(name) in closed[first(fact)] | {first(fact)}} for fact in rows}


def _walk(node: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every object of the JSON with its path."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _walk(value, f"{path}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path)


def _named(data: Json, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Yield every id under some keys, wherever it stands, with its path."""
    for path, node in _walk(data):
        for key in keys:
            value = node.get(key)
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str):
                    yield f"{path}/{key}", name


def _sums(data: Json) -> Iterator[tuple[str, Json]]:
    yield from ((path, node) for path, node in _walk(data) if {*ENDS, "facts"} <= node.keys())


def test_every_meeting_and_every_donor_has_a_record(records: dict[str, Json], real: Ledger):
    """All 33 meetings and all donors, under their identifiers."""
    expected = [*(f"meeting-{number}" for number in range(1, 34)), *(f"donor-{code}" for code in giving(real))]
    assert list(records) == expected
    assert [data["id"] for data in records.values()] == expected


def test_a_record_has_the_keys_of_the_contract(records: dict[str, Json]):
    """Identity, window, headline, ladder, totals, donors, facts, conflicts, requests and sources."""
    assert {name: KEYS - data.keys() for name, data in records.items() if KEYS - data.keys()} == {}


def test_a_record_is_strict_json(records: dict[str, Json]):
    """No NaN, no date object and no numpy number: every parser reads it back as it was."""
    assert all(json.loads(json.dumps(data, allow_nan=False)) == data for data in records.values())


def test_a_record_says_its_day_currency_and_window(records: dict[str, Json], real: Ledger):
    """The day of the evidence, euros, and a window that ends with the meeting; windows follow one another without a gap."""
    days = {f"{real.cut_off:%Y-%m-%d}"}
    assert {data["as_of"] for data in records.values()} == days
    assert {data["currency"] for data in records.values()} == {"EUR"}
    assert len({data["view"] for data in records.values()}) == len(records)
    meetings = [records[f"meeting-{number}"]["window"] for number in range(1, 34)]
    assert [window["end"] for window in meetings] == [f"{end:%Y-%m-%d}" for end in real.meetings.sort_values("meeting")["end"]]
    assert all(before["end"] < after["start"] <= after["end"] for before, after in pairwise(meetings))


def test_totals_are_five_sums(records: dict[str, Json]):
    """New commitments, first said on the day, said again, allocations, and mixed ones apart, each with ends and facts."""
    for name, data in records.items():
        assert sorted(data["totals"]) == sorted(TOTALS), name
        assert all({*ENDS, "facts"} <= total.keys() for total in data["totals"].values()), name


def test_amounts_are_whole_numbers_or_null(records: dict[str, Json]):
    """Amounts are whole units, only an end may be open, and low, best and high are in order."""
    wrong = []
    for name, data in records.items():
        for path, node in _walk(data):
            if not set(ENDS) <= node.keys() or path.endswith(("/met", "/done", "/share")):
                continue
            low, best, high = ends = [node[end] for end in ENDS]
            whole = all(end is None or type(end) is int for end in ends)
            closed = [end for end in (low, best, high) if end is not None]
            if not whole or closed != sorted(closed):
                wrong.append((name, path, ends))
    assert wrong == []


def test_totals_have_a_low_and_a_best(records: dict[str, Json]):
    """Of a total only the high may be open, and nothing is below nought."""
    wrong = [
        (name, kind)
        for name, data in records.items()
        for kind, total in data["totals"].items()
        if total["low"] is None or total["best"] is None or total["low"] < 0
    ]
    assert wrong == []


def test_the_walk_along_ties_finds_the_worked_example(above: dict[str, set[str]]):
    """The repairs are inside the British share, its joint package and the purse of January in each of its sayings."""
    inside = {"gb-2025-04-uk-share", "gb-2025-04-joint-package", "gb-2025-01-year-2025", "gb-2025-04-year-2025"}
    assert inside <= above["gb-2025-04-repairs"]
    assert "gb-2025-04-repairs" not in above["gb-2025-04-joint-package"]


def test_no_sum_holds_a_fact_and_what_it_is_inside_of(records: dict[str, Json], above: dict[str, set[str]]):
    """No total, donor's share, fund or period counts a fact beside its whole, its purse, or another saying of it."""
    twice = [
        (name, path, fact, sorted(above[fact] & set(part["facts"])))
        for name, data in records.items()
        for path, part in _sums(data)
        for fact in part["facts"]
        if above[fact] & set(part["facts"])
    ]
    assert twice == []


def test_no_sum_names_a_fact_twice(records: dict[str, Json]):
    """Facts of a sum are a set, and what is counted is not taken out of the same sum."""
    wrong = [
        (name, path)
        for name, data in records.items()
        for path, part in _sums(data)
        if len(set(part["facts"])) < len(part["facts"]) or set(part["facts"]) & set(part.get("taken_out", []))
    ]
    assert wrong == []


def test_every_fact_named_is_there(records: dict[str, Json]):
    """Totals, ladder, donors, meetings, purses, requests, promises, conflicts, findings, periods, funds, changes, and ties of facts."""
    lost = []
    for name, data in records.items():
        known = {fact["fact"] for fact in data["facts"]}
        lost += [(name, path, fact) for path, fact in _named(data, FACTS) if fact not in known]
    assert lost == []


def test_facts_and_claims_and_sources_stand_once(records: dict[str, Json]):
    """Each row of the three lists has its own id."""
    for name, data in records.items():
        for rows, key in (("facts", "fact"), ("claims", "claim"), ("sources", "source")):
            ids = [row[key] for row in data[rows]]
            assert len(ids) == len(set(ids)), (name, rows)


def test_every_fact_has_claims_and_every_claim_a_source(records: dict[str, Json]):
    """From each fact to its claims and from each claim to its page, with nothing missing and nothing left over."""
    for name, data in records.items():
        claims = {claim["claim"]: claim for claim in data["claims"]}
        sources = {source["source"] for source in data["sources"]}
        assert [fact["fact"] for fact in data["facts"] if not fact["claims"]] == [], name
        assert {claim for fact in data["facts"] for claim in fact["claims"]} == set(claims), name
        assert all(claims[claim]["fact"] == fact["fact"] for fact in data["facts"] for claim in fact["claims"]), name
        assert {claim["source"] for claim in claims.values()} == sources, name


def test_every_claim_named_is_there(records: dict[str, Json]):
    """Claims of facts, conflicts, findings and shares are in the list of claims, so that each number leads to a page."""
    lost = []
    for name, data in records.items():
        known = {claim["claim"] for claim in data["claims"]}
        shown = {key: value for key, value in data.items() if key != "changes"}
        lost += [(name, path, claim) for path, claim in _named(shown, CLAIMS) if claim and claim not in known]
    assert lost == []


def test_the_ladder_is_there_only_for_what_was_announced_here(records: dict[str, Json]):
    """A headline that measures a year, a total so far or a need has no ladder, nor has a page without a headline."""
    for name, data in records.items():
        here = bool(data["headline"]) and data["headline"]["measures"] == "announced_here"
        assert bool(data["ladder"]) == here, name
    assert any(data["ladder"] for data in records.values())


def test_the_steps_of_the_ladder_add_up_to_the_headline(records: dict[str, Json]):
    """New, said again, inside other money and unattributed make the headline, whole unit by whole unit but for rounding."""
    for name, data in records.items():
        if data["ladder"]:
            first, *steps = data["ladder"]
            assert first["best"] == data["headline"]["best"], name
            assert [first["step"], *(step["step"] for step in steps)] == [
                "headline",
                "new",
                "reannounced",
                "inside_other",
                "unattributed",
            ], name
            assert sum(step["best"] for step in steps) == pytest.approx(first["best"], abs=2), name


def test_the_steps_of_the_ladder_share_no_money(records: dict[str, Json], above: dict[str, set[str]]):
    """A fact of one step is not inside a fact of another."""
    for name, data in records.items():
        facts = {fact for step in data["ladder"][1:] for fact in step["facts"]}
        assert [fact for fact in facts if above[fact] & facts] == [], name


def test_donors_add_up_to_the_totals(records: dict[str, Json]):
    """Best values of all donors of a meeting, the group among them, are the total's but for rounding; nobody gives to itself twice."""
    for name, data in records.items():
        codes = [donor["donor"] for donor in data["donors"]]
        assert len(codes) == len(set(codes)), name
        for kind in FOUR:
            total = sum(donor[kind]["best"] for donor in data["donors"])
            assert total == pytest.approx(data["totals"][kind]["best"], abs=len(codes)), (name, kind)


def test_periods_add_up_to_the_totals(records: dict[str, Json]):
    """Split by the years for which money is meant, sums keep their best value, but for lines that sources round up a little."""
    for name, data in records.items():
        for kind, periods in data["periods"].items():
            whole, years = data["totals"][kind]["best"], sum(period["best"] for period in periods)
            assert whole - len(periods) - 1 <= years <= whole * 1.015 + len(periods) + 1, (name, kind)


def test_what_is_new_at_each_meeting_adds_up_to_the_donors_commitments(records: dict[str, Json]):
    """Over all meetings and the coming one, a donor's new commitments are never more than all its commitments."""
    for name, data in records.items():
        if name.startswith("donor"):
            new = sum(meeting["new_commitments"]["best"] for meeting in data["meetings"])
            assert new <= data["totals"]["new_commitments"]["best"] + len(data["meetings"]), name


def test_a_record_is_the_same_again(real: Ledger, records: dict[str, Json]):
    """The same evidence gives the same data and the same name of the view."""
    assert views.meeting(27, evidence=real).data == records["meeting-27"]
