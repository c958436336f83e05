"""The rates that counting needs are the ECB's, of the day or the last before it, and once frozen never change (rule 8)."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from udcg import ledger, rates
from udcg.ledger import Ledger

Make = Callable[..., Ledger]


def _plain(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    days = frame.select_dtypes("datetime").columns
    return list(frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days}).itertuples(index=False, name=None))


def test_needed_are_the_stated_and_displayed_currencies_on_the_days_of_facts(make_ledger: Make):
    """Each currency stated, or asked for by a reader, is needed on each day of an announcement; the euro never is."""
    facts = [{"fact": "a", "currency": "NOK"}, {"fact": "b", "announced_on": "2025-02-12"}, {"fact": "c"}]
    assert _plain(rates.needed(make_ledger(facts=facts))) == [
        (currency, day) for currency in ("GBP", "NOK", "USD") for day in ("2025-02-12", "2025-04-11")
    ]


def test_a_fact_without_a_day_needs_the_day_of_its_first_report(make_ledger: Make):
    """A month becomes the day in it on which a source reports the fact; with no such day no rate is asked for."""
    facts = [{"fact": "reported", "announced_on": "2025-04"}, {"fact": "unreported", "announced_on": "2025-03"}]
    assert _plain(rates.needed(make_ledger(facts=facts))) == [("GBP", "2025-04-11"), ("USD", "2025-04-11")]


def test_missing_rates_are_those_of_the_ecb(make_ledger: Make):
    """A rate that is not frozen yet is looked up: the pound stood at 0.86678 on 11 April 2025."""
    result = rates.frozen(make_ledger(rates=[]))
    assert _plain(result[result["currency"] == "GBP"]) == [("GBP", "2025-04-11", "2025-04-11", 0.86678)]
    assert list(result.columns) == ["currency", "date", "rate_date", "rate"]


def test_a_day_without_a_rate_takes_the_last_one_known(make_ledger: Make):
    """A Sunday carries the rate of the Friday before it, never one of the Monday after."""
    result = rates.frozen(make_ledger(rates=[], facts=[{"fact": "a", "announced_on": "2025-04-13"}]))
    assert _plain(result[result["currency"] == "GBP"]) == [("GBP", "2025-04-13", "2025-04-11", 0.86678)]


def test_a_frozen_rate_is_never_changed(make_ledger: Make):
    """What is frozen stays, even where the ECB's table says otherwise; what is missing is added."""
    kept = {"currency": "GBP", "date": "2025-04-11", "rate_date": "2025-04-11", "rate": 0.5}
    result = rates.frozen(make_ledger(rates=[kept])).set_index("currency")["rate"]
    assert result["GBP"] == 0.5
    assert result["USD"] == pytest.approx(1.1346)


def test_frozen_rates_are_complete_already(make_ledger: Make):
    """Where nothing is missing, freezing gives the rates that there are."""
    complete = make_ledger()
    assert_frame_equal(rates.frozen(complete), complete.rates.reset_index(drop=True), check_dtype=False)


def test_rates_that_nobody_needs_are_dropped(make_ledger: Make):
    """A rate of a day on which nothing was announced is not kept."""
    unneeded = {"currency": "GBP", "date": "2025-01-16", "rate_date": "2025-01-16", "rate": 0.9}
    assert "2025-01-16" not in set(rates.frozen(make_ledger(rates=[unneeded]))["date"].dt.strftime("%Y-%m-%d"))


def test_a_currency_that_is_no_longer_published_has_no_stale_rate(make_ledger: Make):
    """The rouble has had no reference rate since March 2022, so none is frozen for 2025."""
    result = rates.frozen(make_ledger(rates=[], facts=[{"fact": "a", "currency": "RUB"}]))
    assert sorted(result["currency"]) == ["GBP", "USD"]


def test_unpublished_names_facts_that_cannot_be_counted(make_ledger: Make):
    """A sum in hryvnia is a problem at its row; euros, kroner and no currency are none."""
    facts = [{"fact": "a", "currency": "NOK"}, {"fact": "b", "currency": "UAH"}, {"fact": "c", "currency": ""}]
    (problem,) = rates.unpublished(make_ledger(facts=facts))
    assert (problem.file, problem.row, problem.column, problem.value) == ("facts.csv", 3, "currency", "UAH")
    assert {"EUR", "NOK", "USD"} <= set(problem.allowed)
    assert "UAH" not in problem.allowed


def test_write_freezes_what_load_reads_back(tmp_path: Path, evidence_folder: Callable[..., Path]):
    """The file written is valid evidence, is counted, and is the same when written again."""
    folder = evidence_folder(tmp_path, rates=[])
    assert rates.write(ledger.load(folder), folder) == 2
    first = (folder / "rates.csv").read_bytes()
    assert rates.write(ledger.load(folder), folder) == 2
    assert (folder / "rates.csv").read_bytes() == first
    assert first.startswith(b"currency,date,rate_date,rate\nGBP,2025-04-11,2025-04-11,0.8667")
