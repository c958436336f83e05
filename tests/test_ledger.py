"""The ledger is checked at the door, names its vintage, and can be set back to what was known on a day."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udcg import count, ledger
from udcg.book import Book
from udcg.errors import EvidenceError, ParameterError
from udcg.ledger import TABLES, TIES, Ledger

Make = Callable[..., Ledger]
Folder = Callable[..., Path]

MEETINGS = [
    {"meeting": 26, "start": "2025-02-12", "end": "2025-02-12", "headline": "total", "headline_measures": "announced_here"},
    {"meeting": 27, "start": "2025-04-11", "end": "2025-04-11"},
]
SOURCES = [
    {"source": "early", "date": "2025-02-12"},
    {"source": "late", "date": "2025-04-12"},
    {"source": "undated", "date": ""},
]
FACTS = [
    {"fact": "frame", "announced_on": "2025-02-12"},
    {"fact": "package", "announced_on": "2025-02-12", "drawn_from": "total"},
    {"fact": "total", "announced_on": "2025-04-11"},
]
CLAIMS = [
    {"claim": "c1", "fact": "frame", "source": "early"},
    {"claim": "c2", "fact": "frame", "source": "late"},
    {"claim": "c3", "fact": "package", "source": "undated"},
    {"claim": "c4", "fact": "total", "source": "late"},
]


@pytest.fixture
def dated(make_ledger: Make) -> Ledger:
    """Give a ledger whose third fact became known after the 26th meeting, which it is the headline of."""
    return make_ledger(
        meetings=MEETINGS,
        sources=SOURCES,
        facts=FACTS,
        claims=CLAIMS,
        shares=[{"fact": "frame", "donor": "GB", "amount": 1, "claim": "c2"}],
        rulings=[
            {"ruling": "frame.amount", "fact": "frame", "claim": "c1", "expect": "c1.amount=5"},
            {"ruling": "frame.title", "fact": "frame", "field": "title", "expect": "c1.says=a; c2.says=b"},
            {"ruling": "frame.stage", "fact": "frame", "field": "stage", "claim": "c2"},
        ],
        figures=[
            {"figure": "old", "subject": "GB", "as_of": "2024"},
            {"figure": "new", "subject": "GB", "as_of": "2025-12"},
            {"figure": "undated", "subject": "GB"},
        ],
    )


def test_load_gives_every_declared_table(make_ledger: Make):
    """Each table is a frame, with the rows that were written."""
    result = make_ledger()
    assert {name: len(getattr(result, name)) for name in TABLES} == {
        "meetings": 3,
        "donors": 6,
        "sources": 6,
        "facts": 1,
        "shares": 0,
        "claims": 1,
        "rulings": 0,
        "figures": 0,
        "rates": 2,
    }
    assert result.names["NO"] == "Norway"


def test_the_real_ledger_holds_the_worked_example(real: Ledger):
    """The facts of the 27th meeting that the method is explained with are on the book, tied as explained."""
    facts = real.facts.set_index("fact")
    assert facts.loc["gb-2025-04-uk-share", ["part_of", "drawn_from"]].tolist() == ["gb-2025-04-joint-package", "gb-2025-01-year-2025"]
    assert facts.loc["gb-2025-04-repairs", "part_of"] == "gb-2025-04-uk-share"
    assert facts.loc["gb-2025-04-year-2025", "restates"] == "gb-2025-01-year-2025"
    assert real.meetings.set_index("meeting").loc[27, "headline"] == "udcg-2025-04-headline"


def test_the_vintage_stays_while_the_bytes_stay(tmp_path: Path, evidence_folder: Folder):
    """The same files have the same vintage wherever they lie."""
    here, there = (ledger.load(evidence_folder(tmp_path / name)) for name in ("here", "there"))
    assert here.vintage == there.vintage


@pytest.mark.parametrize("name", [*(f"{table}.csv" for table in TABLES), "datapackage.json"])
def test_the_vintage_changes_with_one_byte(tmp_path: Path, evidence_folder: Folder, name: str):
    """One more line end in any file of the evidence is another vintage."""
    folder = evidence_folder(tmp_path)
    before = ledger.load(folder).vintage
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    assert ledger.load(folder).vintage != before


def test_cut_off_is_the_day_of_the_last_claim(dated: Ledger):
    """Today is the last day on which a claim became known."""
    assert dated.cut_off == pd.Timestamp("2025-04-12")


def test_a_claim_of_an_undated_source_is_known_from_its_facts_first_day(make_ledger: Make):
    """A page without a date counts as known on the first day that its fact may have been announced."""
    result = make_ledger(
        sources=SOURCES, facts=[{"fact": "gift", "announced_on": "2025-03"}], claims=[{"fact": "gift", "source": "undated"}]
    )
    assert result.known_on.tolist() == [pd.Timestamp("2025-03-01")]


def test_as_of_nothing_is_the_whole_ledger(dated: Ledger):
    """The empty date leaves the ledger as it is."""
    assert dated.as_of("") is dated


def test_as_of_drops_later_claims_and_what_rests_on_them(dated: Ledger):
    """Claims, facts, shares, meetings and figures that came later are not there."""
    result = dated.as_of("2025-04-10")
    assert result.claims["claim"].tolist() == ["c1", "c3"]
    assert result.facts["fact"].tolist() == ["frame", "package"]
    assert result.shares.empty
    assert result.meetings["meeting"].tolist() == [26]
    assert result.figures["figure"].tolist() == ["old", "undated"]
    assert result.cut_off == pd.Timestamp("2025-02-12")


def test_as_of_drops_ties_to_facts_not_yet_known(dated: Ledger):
    """A package is not drawn from a fact of which nobody had heard, and a meeting has no such headline."""
    result = dated.as_of("2025-04-10")
    assert result.facts["drawn_from"].tolist() == ["", ""]
    assert result.meetings[["headline", "headline_measures"]].to_numpy().tolist() == [["", "none"]]


def test_as_of_keeps_rulings_whose_claims_were_known(dated: Ledger):
    """A ruling that chooses or expects a later claim is not yet made."""
    assert dated.as_of("2025-04-10").rulings["ruling"].tolist() == ["frame.amount"]


def test_as_of_includes_the_day_itself_and_leaves_the_ledger_alone(dated: Ledger):
    """What became known on the day is there, and the ledger asked is not changed."""
    result = dated.as_of("2025-04-12")
    assert result.facts["drawn_from"].tolist() == ["", "total", ""]
    assert len(result.rulings) == 3
    dated.as_of("2025-02-01")
    assert (len(dated.claims), len(dated.facts)) == (4, 3)


def test_as_of_a_day_before_all_evidence_is_empty(dated: Ledger):
    """Nothing was known before the first claim."""
    result = dated.as_of("2022-01-01")
    assert (len(result.claims), len(result.facts), len(result.meetings), len(result.rulings)) == (0, 0, 0, 0)


@pytest.mark.parametrize("date", ["11/04/2025", "2025-04", "2025-04-31", "yesterday", "2025-04-11T10:00"])
def test_as_of_refuses_what_is_no_date(make_ledger: Make, date: str):
    """A bad date is an error that shows how to write one."""
    with pytest.raises(ParameterError) as error:
        make_ledger().as_of(date)
    assert str(error.value) == f"as_of: {date!r} is not a date; write it as 2025-04-11"


@pytest.mark.parametrize("name", [f"{table}.csv" for table in TABLES])
@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"', b"\x00"])
def test_a_broken_file_is_an_evidence_error(tmp_path: Path, evidence_folder: Folder, name: str, content: bytes):
    """Whatever stands in a file, the answer names the file and is never a traceback of pandas."""
    folder = evidence_folder(tmp_path)
    (folder / name).write_bytes(content)
    with pytest.raises(EvidenceError) as error:
        ledger.load(folder)
    assert name in {problem.file for problem in error.value.problems}


def test_a_missing_file_is_an_evidence_error(tmp_path: Path, evidence_folder: Folder):
    """A declared table whose file is gone is named."""
    folder = evidence_folder(tmp_path)
    (folder / "rulings.csv").unlink()
    with pytest.raises(EvidenceError, match=r"rulings\.csv: cannot be read: No such file"):
        ledger.load(folder)


def test_a_table_that_is_not_declared_is_an_evidence_error(tmp_path: Path, evidence_folder: Folder):
    """A data package without one of the ledger's tables is named before any file is read."""
    package = evidence_folder(tmp_path) / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8").replace('"name": "rulings"', '"name": "rules"'), encoding="utf-8")
    with pytest.raises(EvidenceError, match="'rulings' declares no such table"):
        ledger.load(tmp_path)


def test_home_is_the_folder_above_that_holds_data(tmp_path: Path, evidence_folder: Folder, monkeypatch: pytest.MonkeyPatch):
    """The project is found from any folder within it, and its data are loaded where no folder is given."""
    evidence_folder(tmp_path / "data")
    deep = tmp_path / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.delenv(ledger.HOME, raising=False)
    monkeypatch.chdir(deep)
    assert ledger.home() == tmp_path
    assert ledger.load().facts["fact"].tolist() == ["gift"]


def test_home_follows_the_environment(tmp_path: Path, evidence_folder: Folder, monkeypatch: pytest.MonkeyPatch):
    """UDCG_HOME names the project, and a name without data is an error that says so."""
    evidence_folder(tmp_path / "data")
    monkeypatch.setenv(ledger.HOME, str(tmp_path))
    assert ledger.home() == tmp_path
    monkeypatch.setenv(ledger.HOME, str(tmp_path / "data"))
    with pytest.raises(EvidenceError, match="UDCG_HOME"):
        ledger.home()


def test_a_day_before_all_evidence_is_refused(real: Ledger):
    """Nothing was known in 2020, and the message says since when something is."""
    with pytest.raises(ParameterError, match="the evidence begins on 20"):
        real.known_by("2020-01-01")


DAYS = st.dates(datetime.date(2022, 4, 1), datetime.date(2026, 7, 1)).map(datetime.date.isoformat)


@settings(max_examples=25)
@given(days=st.tuples(DAYS, DAYS).map(sorted))
def test_what_was_known_earlier_is_known_later(real: Ledger, days: list[str]):
    """Claims, facts, shares, meetings and figures of an earlier day are all there on a later one, and none from after the day."""
    earlier, later = (real.as_of(day) for day in days)
    for table, key in (("claims", "claim"), ("facts", "fact"), ("meetings", "meeting"), ("rulings", "ruling"), ("figures", "figure")):
        assert set(getattr(earlier, table)[key]) <= set(getattr(later, table)[key]), table
    assert set(earlier.shares.index) <= set(later.shares.index)
    assert not (later.known_on > pd.Timestamp(days[1])).any()


@settings(max_examples=25)
@given(days=st.tuples(DAYS, DAYS))
def test_as_of_twice_is_as_of_the_earlier_day(real: Ledger, days: tuple[str, str]):
    """Looking back from a day that was itself looked back to forgets no more and no less, down to the ties."""
    twice, once = real.as_of(days[0]).as_of(days[1]), real.as_of(min(days))
    for table in ("claims", "facts", "shares", "rulings", "meetings", "figures"):
        pd.testing.assert_frame_equal(getattr(twice, table), getattr(once, table))


@settings(max_examples=25)
@given(day=DAYS)
def test_everything_that_was_known_on_a_day_resolves(real: Ledger, day: str):
    """Ties, claims, shares, rulings and headlines name what was known on the day, and every fact has a claim."""
    known = real.as_of(day)
    facts, claims = set(known.facts["fact"]), set(known.claims["claim"])
    for tie in TIES:
        assert set(known.facts[tie]) <= {"", *facts}, tie
    assert set(known.claims["fact"]) == facts
    assert set(known.shares["fact"]) <= facts
    assert set(known.shares["claim"]) <= claims
    assert set(known.rulings["fact"]) <= facts
    assert set(known.rulings["claim"]) <= {"", *claims}
    assert set(known.meetings["headline"]) | set(known.meetings["participants"]) <= {"", *facts}


@settings(max_examples=25)
@given(day=DAYS)
def test_a_book_of_any_day_can_be_computed(real: Ledger, day: str):
    """Settled values, windows and sums exist for every day, the days before the first meeting among them."""
    book = Book(real.as_of(day), "EUR")
    assert list(book.facts.index) == book.ledger.facts["fact"].tolist()
    assert count.committed(book).ends["low"] <= count.committed(book).ends["best"]
    assert book.windows["end"].isna().sum() == 1


@pytest.mark.parametrize("day", ["2022-04-10", "2022-04-25", "2022-04-26", "2025-04-11"])
def test_sums_of_the_days_of_meetings_exist_before_the_first_one(real: Ledger, day: str):
    """Before anybody met nothing was said on a meeting's day, which is a sum of nothing and no error."""
    known = real.as_of(day)
    said = count.said_on_the_days(Book(known, "EUR"))
    assert set(said.facts) <= set(known.facts["fact"])
    assert bool(said.facts) <= bool(len(known.meetings))
