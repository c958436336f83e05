"""A tracker's file beside our sums: both published forms, what is wrong in a file, the months that both cover, and the reasons."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from udcg import compare, tracker
from udcg.book import Book
from udcg.errors import EvidenceError
from udcg.ledger import Ledger
from udcg.money import ENDS, EURO
from udcg.tracker import Tracker

Make = Callable[..., Book]
KIEL = Path(__file__).parents[2] / "shared" / "kiel"

ACTIVITIES = "giver,dato,kategori,maal,verdi_eur,verdi_eur_redistr,verdi_eur_activity\n"
EXPLORER = "country,iso,year,month,total,military\n"
GIFT = {"fact": "gift", "amount": 100e6}


def _activities(*rows: str) -> str:
    return ACTIVITIES + "".join(f"{row}\n" for row in rows)


def _explorer(*rows: str) -> str:
    return EXPLORER + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def tracked(tmp_path: Path) -> Callable[[Book, str], Tracker]:
    """Give a function that writes a tracker's file and reads it."""

    def read(book: Book, text: str) -> Tracker:
        path = tmp_path / "tracker.csv"
        path.write_text(text, encoding="utf-8")
        return tracker.read(path, book.ledger)

    return read


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
        _activities(
            "Norway,2025-04-11,Military,Allocation,1,20,30",
            "Norway,2025-04-30,Military,Commitment,1,7,8",
            "United Kingdom,2025-05-02,Humanitarian,Allocation,1,900,900",
        ),
    )
    assert (listed.form, listed.unknown) == ("activities", ())
    assert _rows(listed) == [["NO", "2025-04", 30, 20], ["NO", "2025-04", 8, 0]]


def test_the_explorer_is_billions_by_month(make_book: Make, tracked: Tracked):
    """Allocations are the military column in billions; its commitments are of all aid and are left out."""
    listed = tracked(make_book([GIFT]), _explorer("Norway,NOR,2025,4,9,0.25", "Norway,NOR,2025,12,9,1.5"))
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
        make_book([GIFT]), _activities("Norway,2025-04-11,Military,Allocation,,,", "Norway,2025-04-11,Military,Allocation,1,2,3")
    )
    assert listed.rows[["commitments", "allocations"]].sum().tolist() == [3, 2]


def test_rows_without_a_day_are_in_every_span(make_book: Make, tracked: Tracked):
    """Money of an unknown day is counted whatever months are asked for, and dates nothing."""
    book = make_book([GIFT])
    listed = tracked(
        book,
        _activities(
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
        make_book([GIFT]), _activities(*rows, "Norway,2025-04-11,Military,Allocation,1,2,3", "Atlantis,,Military,Allocation,1,2,3")
    )
    assert listed.unknown == ("Atlantis", "Ruritania")
    assert listed.rows["donor"].tolist() == ["NO"]


def test_a_donor_that_the_tracker_names_otherwise_is_known(make_book: Make, tracked: Tracked):
    """Turkey in three spellings is one donor."""
    turkey = {"donor": "TR", "name": "Türkiye", "currency": "TRY"}
    britain = {"donor": "GB", "name": "United Kingdom", "currency": "GBP"}
    rows = [f"{name},TUR,2025,4,1,0.5" for name in ("Turkey", "Turkiye", "Türkiye")]
    listed = tracked(make_book([GIFT], donors=[britain, turkey]), _explorer(*rows))
    assert (listed.unknown, listed.rows["donor"].tolist()) == ((), ["TR"] * 3)


def test_another_name_of_a_donor_that_the_ledger_lacks_is_unknown(make_book: Make, tracked: Tracked):
    """A tracker's name for a donor that is not on the ledger is unknown too."""
    listed = tracked(make_book([GIFT]), _explorer("Czech Republic,CZE,2025,4,1,0.5", "Norway,NOR,2025,4,1,0.5"))
    assert (listed.unknown, listed.rows["donor"].tolist()) == (("Czech Republic",), ["NO"])


GOOD = "Norway,2025-04-11,Military,Allocation,1,2,3"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (_activities(GOOD, "Norway,2025-04-11,Military,Allocation,1,2,many"), [(3, "verdi_eur_activity", "many")]),
        (_activities(GOOD, "Norway,2025-04-11,Military,Allocation,1,2 000,3"), [(3, "verdi_eur_redistr", "2 000")]),
        (_activities("Norway,2025-04-11,Military,Allocation,1,inf,3"), [(2, "verdi_eur_redistr", "inf")]),
        (_activities("Norway,2025-04-11,Military,Allocation,1,nan,3"), [(2, "verdi_eur_redistr", "nan")]),
        (_activities("Norway,11/04/2025,Military,Allocation,1,2,3", GOOD), [(2, "dato", "11/04/2025")]),
        (_activities("Norway,2025-02-30,Military,Allocation,1,2,3", GOOD), [(2, "dato", "2025-02-30")]),
        (_activities("Norway,x,Military,Allocation,1,2,3", "Norway,y,Military,Allocation,1,2,3"), [(2, "dato", "x"), (3, "dato", "y")]),
        (_explorer("Norway,NOR,2025,4,1,0.5", "Norway,NOR,2025,5,1,half"), [(3, "military", "half")]),
        (_explorer("Norway,NOR,2025,13,1,0.5"), [(2, "month", "13")]),
        (_explorer("Norway,NOR,2025,,1,0.5"), [(2, "month", "")]),
        (_explorer("Norway,NOR,MMXXV,4,1,0.5"), [(2, "year", "MMXXV")]),
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
    path.write_text(_activities("Norway,soon,Military,Allocation,1,2,3", "Norway,2025-04-11,Military,Allocation,1,x,y"), encoding="utf-8")
    found = {problem[1:] for problem in _problems(path, make_book([GIFT]))}
    assert found == {(2, "dato", "soon"), (3, "verdi_eur_redistr", "x"), (3, "verdi_eur_activity", "y")}


def test_the_row_is_the_line_of_the_file(make_book: Make, tmp_path: Path):
    """Blank lines above a bad cell are counted, so that an editor finds it."""
    path = tmp_path / "tracker.csv"
    path.write_text(_activities("", "", GOOD, "Norway,2025-04-11,Military,Allocation,1,x,3"), encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", 5, "verdi_eur_redistr", "x")]


@pytest.mark.parametrize("row", ["Norway,2025-04-11,Military", "Norway"])
def test_a_row_that_is_cut_off_is_an_error(make_book: Make, tmp_path: Path, row: str):
    """A file that ends in the middle of a row is not read as if the rest were nothing."""
    path = tmp_path / "tracker.csv"
    path.write_text(_activities(GOOD, row), encoding="utf-8")
    assert {problem[:2] for problem in _problems(path, make_book([GIFT]))} == {("tracker.csv", 3)}


@pytest.mark.parametrize("column", ["giver", "dato", "kategori", "maal", "verdi_eur_redistr", "verdi_eur_activity"])
def test_a_column_missing_from_the_activities_is_named(make_book: Make, tmp_path: Path, column: str):
    """The form that comes nearest is the one meant, and its missing column is named."""
    path = tmp_path / "tracker.csv"
    path.write_text(_activities(GOOD).replace(f"{column},", "other,", 1).replace(f",{column}\n", ",other\n", 1), encoding="utf-8")
    assert _problems(path, make_book([GIFT])) == [("tracker.csv", 1, column, None)]


@pytest.mark.parametrize("column", ["country", "year", "month", "military"])
def test_a_column_missing_from_the_explorer_is_named(make_book: Make, tmp_path: Path, column: str):
    """A renamed column is missing, and the nearest name is shown."""
    path = tmp_path / "tracker.csv"
    path.write_text(_explorer("Norway,NOR,2025,4,1,0.5").replace(column, f"{column}s", 1), encoding="utf-8")
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


def test_the_span_is_what_both_cover(make_book: Make, tracked: Tracked):
    """From the later beginning to the earlier end."""
    book = make_book([GIFT | {"announced_on": "2025-02-20"}, {"fact": "late", "amount": 1, "announced_on": "2025-03-01"}])
    early = tracked(book, _explorer("Norway,NOR,2022,1,1,1", "Norway,NOR,2025,3,1,1"))
    late = tracked(book, _explorer("Norway,NOR,2025,3,1,1", "Norway,NOR,2026,3,1,1"))
    assert compare.span(book, early) == (pd.Timestamp("2025-02-01"), pd.Timestamp("2025-03-01"))
    assert compare.span(book, late) == (pd.Timestamp("2025-03-01"), book.ledger.cut_off)


def test_their_sums_are_of_the_months_that_both_cover(make_book: Make, tracked: Tracked):
    """What the tracker lists before our first month or after our last day is not set against us."""
    book = make_book([GIFT | {"donor": "NO"}])
    listed = tracked(book, _explorer("Norway,NOR,2024,1,1,5", "Norway,NOR,2025,4,1,0.1", "Norway,NOR,2025,5,1,7"))
    assert compare.compare(book, listed).loc["NO", ("allocations", "theirs")] == 0.1e9


def test_our_sums_are_of_the_months_that_both_cover(make_book: Make, tracked: Tracked):
    """What we list after the tracker's last month is not set against it."""
    book = make_book([GIFT | {"announced_on": "2025-02-12"}, {"fact": "late", "amount": 50e6, "announced_on": "2025-04-11"}])
    listed = tracked(book, _explorer("United Kingdom,GBR,2025,2,1,0.1"))
    row = compare.compare(book, listed).loc["GB"]
    assert row["allocations"].tolist() == [100e6, 100e6, 100e6, 100e6, 0]


def test_our_sums_stand_beside_theirs(make_book: Make, tracked: Tracked):
    """Low, best, high, theirs and the difference, for commitments and allocations, donors with the largest tracker sum first."""
    rows = [
        {"fact": "frame", "level": "frame", "amount": 1000, "donor": "NO"},
        {"fact": "package", "amount": 400, "qualifier": "about", "donor": "NO", "drawn_from": "frame"},
        {"fact": "own", "amount": 7, "donor": "GB"},
    ]
    book = make_book(rows)
    listed = tracked(book, _activities("Denmark,2025-04-11,Military,Allocation,1,1,2", "Norway,2025-04-01,Military,Allocation,1,300,1200"))
    table = compare.compare(book, listed)
    assert table.loc["NO", "commitments"].tolist() == [1000, 1000, 1000, 1200, -200]
    assert table.loc["NO", "allocations"].tolist() == [380, 400, 420, 300, 100]
    assert table.loc["DK", "commitments"].tolist() == [0, 0, 0, 2, -2]
    assert table.loc["GB", "allocations"].tolist()[:3] == [7, 7, 7]
    assert table.loc["GB"].isna()[[("allocations", "theirs"), ("allocations", "difference")]].all()
    assert list(table.index) == ["NO", "DK", "GB"]


def test_groups_and_funds_are_not_donors_to_compare(make_book: Make, tracked: Tracked):
    """Money of a group or fund is nobody's that the tracker lists."""
    book = make_book([GIFT, {"fact": "pool", "amount": 5, "donor": "IFU"}, {"fact": "joint", "amount": 5, "donor": "MULTI"}])
    assert list(compare.compare(book, tracked(book, _activities(GOOD))).index) == ["NO", "GB"]


@pytest.mark.parametrize("theirs", [0.1, 0.095, 0.108])
def test_sums_that_agree_need_no_reason(make_book: Make, tracked: Tracked, theirs: float):
    """Within a tenth of theirs there is nothing to explain."""
    book = make_book([GIFT, {"fact": "tanks"}])
    assert compare.compare(book, tracked(book, _explorer(f"United Kingdom,GBR,2025,4,1,{theirs}"))).loc["GB", ("reasons", "")] == []


def _reasons(book: Book, listed: Tracker, donor: str = "GB") -> list[str]:
    return list(compare.compare(book, listed).loc[donor, ("reasons", "")])


FAR = _activities("United Kingdom,2025-04-01,Military,Allocation,1,9e9,9e9")
EXPLAINED = [
    ([{"fact": "tanks"}], "valuation in kind: 1 promise without a sum, which they value"),
    ([{"fact": "aid", "scope": "mixed", "amount": 5e6}], "scope: EUR 5m of mixed scope is kept apart here"),
    (
        [{"fact": "years", "level": "frame", "period": "2025/2029", "amount": 5e6}],
        "stage: 1 frame of several years count here in full when announced",
    ),
    ([{"fact": "joint", "partners": "NO", "amount": 5e6}], "shares: 1 joint package without a known share"),
    (
        [{"fact": "year", "amount": 5e6, "overlaps": "gift"}],
        "overlap: up to EUR 5m here may repeat older promises; the best value keeps it, the low end not",
    ),
]


@pytest.mark.parametrize(("rows", "reason"), EXPLAINED)
def test_each_reason_has_its_own_measure(make_book: Make, tracked: Tracked, rows: list[dict[str, Any]], reason: str):
    """Things without a price, mixed scope, frames of several years and joint packages are each counted."""
    book = make_book([GIFT, *rows])
    assert _reasons(book, tracked(book, FAR)) == [reason]
    assert _reasons(make_book([GIFT]), tracked(book, FAR)) == []


def test_months_without_a_meeting_are_a_reason(make_book: Make, tracked: Tracked):
    """They list sums in two months, we in one."""
    book = make_book(
        [GIFT, {"fact": "late", "amount": 1, "announced_on": "2025-04-30"}], sources=[{"source": "daily", "date": "2025-05-31"}]
    )
    listed = tracked(book, _explorer(*(f"United Kingdom,GBR,2025,{month},1,9" for month in (4, 5)), "United Kingdom,GBR,2025,3,1,0"))
    assert _reasons(book, listed) == [
        "meetings only: they list sums in 2 months, we have sums in 1",
        "the monthly explorer has no military commitments apart, so only allocations compare",
    ]


def test_months_that_only_they_cover_are_no_reason(make_book: Make, tracked: Tracked):
    """Sums outside the months compared are in neither sum, so they explain nothing."""
    book = make_book([GIFT])
    listed = tracked(book, _explorer(*(f"United Kingdom,GBR,2024,{month},1,9" for month in (1, 2, 3)), "United Kingdom,GBR,2025,4,1,9"))
    assert not [reason for reason in _reasons(book, listed) if reason.startswith("meetings only")]


def test_civilian_promises_explain_no_military_difference(make_book: Make, tracked: Tracked):
    """Generators without a price are in no military sum of anybody."""
    book = make_book([GIFT, {"fact": "generators", "scope": "civilian"}])
    assert _reasons(book, tracked(book, FAR)) == []


def test_promises_said_again_are_one_reason(make_book: Make, tracked: Tracked):
    """Tanks promised and promised again are one promise without a sum."""
    book = make_book([GIFT, {"fact": "tanks"}, {"fact": "again", "restates": "tanks"}])
    assert _reasons(book, tracked(book, FAR)) == ["valuation in kind: 1 promise without a sum, which they value"]


def test_a_row_as_json_is_whole_euros_or_null(make_book: Make, tracked: Tracked):
    """An open end and a sum that the tracker does not give are null."""
    book = make_book([{"fact": "gift", "amount": 100.4, "qualifier": "over", "donor": "NO"}])
    table = compare.compare(book, tracked(book, _explorer("Norway,NOR,2025,4,1,0.0000001")))
    row = compare.row_json("NO", table.loc["NO"])
    assert row["commitments"] == {"low": 100, "best": 100, "high": None, "theirs": None, "difference": None}
    assert row["allocations"] == {"low": 100, "best": 100, "high": None, "theirs": 100, "difference": 0}
    assert (row["donor"], type(row["reasons"])) == ("NO", list)


def test_a_file_of_unknown_donors_leaves_ours_alone(make_book: Make, tracked: Tracked):
    """Where the tracker lists none of our donors, ours stand without theirs."""
    book = make_book([GIFT])
    table = compare.compare(book, tracked(book, _explorer("Atlantis,ATL,2025,4,1,0.5")))
    assert table.loc["GB", "allocations"].tolist()[:3] == [100e6] * 3
    assert table["allocations"]["theirs"].isna().all()


@pytest.fixture(scope="module")
def book(real: Ledger) -> Book:
    """Give the project's own book in euros."""
    return Book(real, EURO)


def _kiel(name: str) -> Path:
    if not KIEL.is_dir():
        pytest.skip("shared/ is absent: the tracker's files are not part of the project")
    return KIEL / name


def _unknown(path: Path, listed: Tracker) -> pd.DataFrame:
    rows = pd.read_csv(path)
    return rows[rows[rows.columns[0]].isin(listed.unknown)]


def test_the_real_files_add_up_to_the_published_totals(book: Book):
    """Military allocations are EUR 166.46bn and commitments EUR 226.98bn, but for donors that are not known here."""
    path = _kiel("bilateral_activities.csv")
    listed = tracker.read(path, book.ledger)
    rest = _unknown(path, listed)
    rest = rest[rest["kategori"].str.startswith("Military")]
    allocated, committed = (listed.rows[kind].sum() for kind in ("allocations", "commitments"))
    assert allocated + rest.loc[rest["maal"] == "Allocation", "verdi_eur_redistr"].sum() == pytest.approx(166.46e9, abs=0.005e9)
    assert committed + rest["verdi_eur_activity"].sum() == pytest.approx(226.98e9, abs=0.005e9)
    assert listed.rows["month"].max() == pd.Timestamp("2026-02-01")


def test_the_real_explorer_adds_up_to_its_own_column(book: Book):
    """Every euro of the military column is some donor's, but for donors that are not known here; all our large donors are there."""
    path = _kiel("data_explorer.csv")
    listed = tracker.read(path, book.ledger)
    expected = (pd.read_csv(path)["military"].sum() - _unknown(path, listed)["military"].sum()) * 1e9
    assert listed.rows["allocations"].sum() == pytest.approx(expected)
    assert {"US", "DE", "GB", "NO", "CZ", "EU", "KR", "TR"} <= set(listed.rows["donor"])
    assert listed.rows["month"].max() == pd.Timestamp("2026-04-01")


@pytest.mark.parametrize("name", ["bilateral_activities.csv", "data_explorer.csv"])
def test_the_real_comparison_has_ends_in_order(book: Book, name: str):
    """Low, best and high travel together for every donor, and every row can be written as JSON."""
    table = compare.compare(book, tracker.read(_kiel(name), book.ledger))
    for kind in compare.KINDS:
        ends = table[kind][ENDS].astype("float64")
        assert (ends["low"] <= ends["best"]).all()
        assert not (ends["best"] > ends["high"]).any()
    assert [compare.row_json(str(donor), row)["donor"] for donor, row in table.iterrows()] == list(table.index)
