"""A tracker's file: both published forms, and what can be wrong in a file, each fault with its line, column and value."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tracked_files import EXPLORER, GIFT, activities, explorer, kiel
from udcg import compare, tracker
from udcg.book import Book
from udcg.errors import EvidenceError
from udcg.tracker import Tracker

Make = Callable[..., Book]
Tracked = Callable[[Book, str], Tracker]


def _rows(listed: Tracker) -> list[list[Any]]:
    rows = listed.rows.assign(month=listed.rows["month"].dt.strftime("%Y-%m").fillna(""))
    return rows[["donor", "month", "commitments", "allocations"]].to_numpy().tolist()


def _problems(path: Path, book: Book) -> list[tuple[str, int | None, str | None, str | None]]:
    with pytest.raises(EvidenceError) as error:
        tracker.read(path, book.ledger)
    return [(problem.file, problem.row, problem.column, problem.value) for problem in error.value.problems]


def test_activities_are_military_rows_by_day(make_book: Make, tracked: Tracked):
    """Commitments are activity values of all military rows, allocations the redistributed values of rows so measured."""
    listed = tracked(
        make_book([GIFT]),
        activities(
            "Norway,2025-04-11,Military,Allocation,1,20,30",
            "Norway,2025-04-30,Military,Commitment,1,7,8",
            "United Kingdom,2025-05-02,Humanitarian,Allocation,1,900,900",
        ),
    )
    assert (listed.form, listed.unknown) == ("activities", ())
    assert _rows(listed) == [["NO", "2025-04", 30, 20], ["NO", "2025-04", 8, 0]]


def test_the_explorer_is_billions_by_month(make_book: Make, tracked: Tracked):
    """Allocations are the military column in billions; its commitments are of all aid and are left out."""
    listed = tracked(make_book([GIFT]), explorer("Norway,NOR,2025,4,9,0.25", "Norway,NOR,2025,12,9,1.5"))
    assert listed.form == "explorer"
    assert listed.rows["allocations"].tolist() == [0.25e9, 1.5e9]
    assert listed.rows["month"].dt.strftime("%Y-%m-%d").tolist() == ["2025-04-01", "2025-12-01"]
    assert listed.rows["commitments"].isna().all()


def test_a_file_with_a_byte_order_mark_or_other_order_is_read(make_book: Make, tracked: Tracked):
    """Spreadsheets write a mark before the first name, and the order of columns is theirs."""
    listed = tracked(make_book([GIFT]), "\ufeffmilitary,month,year,country\n0.5,4,2025,Norway\n")
    assert listed.rows["allocations"].tolist() == [0.5e9]


def test_an_empty_value_is_nothing(make_book: Make, tracked: Tracked):
    """A row without a value adds nothing."""
    listed = tracked(
        make_book([GIFT]), activities("Norway,2025-04-11,Military,Allocation,,,", "Norway,2025-04-11,Military,Allocation,1,2,3")
    )
    assert listed.rows[["commitments", "allocations"]].sum().tolist() == [3, 2]


def test_rows_without_a_day_are_in_every_span(make_book: Make, tracked: Tracked):
    """Money of an unknown day is counted whatever months are asked for, and dates nothing."""
    book = make_book([GIFT])
    listed = tracked(
        book,
        activities(
            "Norway,,Military,Allocation,1,20,30",
            "Norway,2025-04-11,Military,Allocation,1,2,3",
            "Norway,2025-06-11,Military,Allocation,1,5,7",
        ),
    )
    april, june = pd.Timestamp("2025-04-01"), pd.Timestamp("2025-06-01")
    sums = [listed.between(*months).loc["NO"].tolist() for months in ((april, april), (april, june), (june, june))]
    assert sums == [[33, 22], [40, 27], [37, 25]]
    assert compare.span(book, listed)[0] == april


def test_unknown_donors_are_named_and_left_out(make_book: Make, tracked: Tracked):
    """Names that the ledger does not have are listed once, in order."""
    rows = ["Ruritania,2025-04-11,Military,Allocation,1,2,3"] * 2
    listed = tracked(
        make_book([GIFT]), activities(*rows, "Norway,2025-04-11,Military,Allocation,1,2,3", "Atlantis,,Military,Allocation,1,2,3")
    )
    assert listed.unknown == ("Atlantis", "Ruritania")
    assert listed.rows["donor"].tolist() == ["NO"]


def test_a_donor_that_the_tracker_names_otherwise_is_known(make_book: Make, tracked: Tracked):
    """Turkey in three spellings is one donor."""
    turkey = {"donor": "TR", "name": "Türkiye", "currency": "TRY"}
    britain = {"donor": "GB", "name": "United Kingdom", "currency": "GBP"}
    rows = [f"{name},TUR,2025,4,1,0.5" for name in ("Turkey", "Turkiye", "Türkiye")]
    listed = tracked(make_book([GIFT], donors=[britain, turkey]), explorer(*rows))
    assert (listed.unknown, listed.rows["donor"].tolist()) == ((), ["TR"] * 3)


def test_another_name_of_a_donor_that_the_ledger_lacks_is_unknown(make_book: Make, tracked: Tracked):
    """A tracker's name for a donor that is not on the ledger is unknown too."""
    listed = tracked(make_book([GIFT]), explorer("Czech Republic,CZE,2025,4,1,0.5", "Norway,NOR,2025,4,1,0.5"))
    assert (listed.unknown, listed.rows["donor"].tolist()) == (("Czech Republic",), ["NO"])


GOOD = "Norway,2025-04-11,Military,Allocation,1,2,3"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (activities(GOOD, "Norway,2025-04-11,Military,Allocation,1,2,many"), [(3, "verdi_eur_activity", "many")]),
        (activities(GOOD, "Norway,2025-04-11,Military,Allocation,1,2 000,3"), [(3, "verdi_eur_redistr", "2 000")]),
        (activities("Norway,2025-04-11,Military,Allocation,1,inf,3"), [(2, "verdi_eur_redistr", "inf")]),
        (activities("Norway,2025-04-11,Military,Allocation,1,nan,3"), [(2, "verdi_eur_redistr", "nan")]),
        (activities("Norway,11/04/2025,Military,Allocation,1,2,3", GOOD), [(2, "dato", "11/04/2025")]),
        (activities("Norway,2025-02-30,Military,Allocation,1,2,3", GOOD), [(2, "dato", "2025-02-30")]),
        (activities("Norway,x,Military,Allocation,1,2,3", "Norway,y,Military,Allocation,1,2,3"), [(2, "dato", "x"), (3, "dato", "y")]),
        (explorer("Norway,NOR,2025,4,1,0.5", "Norway,NOR,2025,5,1,half"), [(3, "military", "half")]),
        (explorer("Norway,NOR,2025,13,1,0.5"), [(2, "month", "13")]),
        (explorer("Norway,NOR,2025,,1,0.5"), [(2, "month", "")]),
        (explorer("Norway,NOR,MMXXV,4,1,0.5"), [(2, "year", "MMXXV")]),
    ],
)
def test_a_bad_cell_is_named(make_book: Make, tmp_path: Path, text: str, problems: list[tuple[int, str, str]]):
    """The error says file, line, column and value, for every bad cell of a column."""
    path = tmp_path / "tracker.csv"
    path.write_text(text, encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", *problem) for problem in problems]


def test_every_problem_is_named_at_once(make_book: Make, tmp_path: Path):
    """A bad date and two bad numbers in two rows are three problems."""
    path = tmp_path / "tracker.csv"
    path.write_text(activities("Norway,soon,Military,Allocation,1,2,3", "Norway,2025-04-11,Military,Allocation,1,x,y"), encoding="utf-8")
    found = {problem[1:] for problem in _problems(path, make_book([GIFT]))}
    assert found == {(2, "dato", "soon"), (3, "verdi_eur_redistr", "x"), (3, "verdi_eur_activity", "y")}


def test_the_row_is_the_line_of_the_file(make_book: Make, tmp_path: Path):
    """Blank lines above a bad cell are counted, so that an editor finds it."""
    path = tmp_path / "tracker.csv"
    path.write_text(activities("", "", GOOD, "Norway,2025-04-11,Military,Allocation,1,x,3"), encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", 5, "verdi_eur_redistr", "x")]


@pytest.mark.parametrize("row", ["Norway,2025-04-11,Military", "Norway"])
def test_a_row_that_is_cut_off_is_an_error(make_book: Make, tmp_path: Path, row: str):
    """A file that ends in the middle of a row is not read as if the rest were nothing."""
    path = tmp_path / "tracker.csv"
    path.write_text(activities(GOOD, row), encoding="utf-8")
    assert {problem[:2] for problem in _problems(path, make_book([GIFT]))} == {("tracker.csv", 3)}


@pytest.mark.parametrize("column", ["giver", "dato", "kategori", "maal", "verdi_eur_redistr", "verdi_eur_activity"])
def test_a_column_missing_from_the_activities_is_named(make_book: Make, tmp_path: Path, column: str):
    """The form that comes nearest is the one meant, and its missing column is named."""
    path = tmp_path / "tracker.csv"
    path.write_text(activities(GOOD).replace(f"{column},", "other,", 1).replace(f",{column}\n", ",other\n", 1), encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", 1, column, None)]


@pytest.mark.parametrize("column", ["country", "year", "month", "military"])
def test_a_column_missing_from_the_explorer_is_named(make_book: Make, tmp_path: Path, column: str):
    """A renamed column is missing, and the nearest name is shown."""
    path = tmp_path / "tracker.csv"
    path.write_text(explorer("Norway,NOR,2025,4,1,0.5").replace(column, f"{column}s", 1), encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", 1, column, None)]
    with pytest.raises(EvidenceError, match=f"nearest: {column}s"):
        tracker.read(path, make_book([GIFT]).ledger)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"just a line of prose\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe",
        b"PK\x03\x04\x00\x00",
        b'"no end\n',
        b"\x00" * 300,
        b"<html>\n<body>",
    ],
)
def test_what_is_no_table_is_an_error_that_names_the_file(make_book: Make, tmp_path: Path, content: bytes):
    """An empty file, prose, a picture, a spreadsheet, a web page: always an error of ours, never one of pandas."""
    path = tmp_path / "tracker.csv"
    path.write_bytes(content)
    assert {problem[0] for problem in _problems(path, make_book([GIFT]))} == {"tracker.csv"}


@pytest.mark.parametrize("name", ["gone.csv", "."])
def test_a_missing_file_or_a_folder_is_an_error(make_book: Make, tmp_path: Path, name: str):
    """What cannot be opened is said with its name."""
    assert len(_problems(tmp_path / name, make_book([GIFT]))) == 1


def test_a_header_without_rows_lacks_no_column(make_book: Make, tmp_path: Path):
    """A file of the right form that holds no rows is not said to lack a column that it has."""
    path = tmp_path / "tracker.csv"
    path.write_text(EXPLORER, encoding="utf-8")
    with pytest.raises(EvidenceError) as error:
        tracker.read(path, make_book([GIFT]).ledger)
    assert error.value.problems[0].column is None


def _unknown(path: Path, listed: Tracker) -> pd.DataFrame:
    rows = pd.read_csv(path)
    return rows[rows[rows.columns[0]].isin(listed.unknown)]


def test_the_real_files_add_up_to_the_published_totals(book: Book):
    """Military allocations are EUR 166.46bn and commitments EUR 226.98bn, but for donors that are not known here."""
    path = kiel("bilateral_activities.csv")
    listed = tracker.read(path, book.ledger)
    rest = _unknown(path, listed)
    rest = rest[rest["kategori"].str.startswith("Military")]
    allocated, committed = (listed.rows[kind].sum() for kind in ("allocations", "commitments"))
    assert allocated + rest.loc[rest["maal"] == "Allocation", "verdi_eur_redistr"].sum() == pytest.approx(166.46e9, abs=0.005e9)
    assert committed + rest["verdi_eur_activity"].sum() == pytest.approx(226.98e9, abs=0.005e9)
    assert listed.rows["month"].max() == pd.Timestamp("2026-02-01")


def test_the_real_explorer_adds_up_to_its_own_column(book: Book):
    """Every euro of the military column is some donor's, but for donors that are not known here; all our large donors are there."""
    path = kiel("data_explorer.csv")
    listed = tracker.read(path, book.ledger)
    expected = (pd.read_csv(path)["military"].sum() - _unknown(path, listed)["military"].sum()) * 1e9
    assert listed.rows["allocations"].sum() == pytest.approx(expected)
    assert {"US", "DE", "GB", "NO", "CZ", "EU", "KR", "TR"} <= set(listed.rows["donor"])
    assert listed.rows["month"].max() == pd.Timestamp("2026-04-01")
