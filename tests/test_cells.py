"""A CSV file becomes a frame of declared types, and every cell that is at fault one problem that says where and why."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from udcg import cells, ledger
from udcg.errors import EvidenceError, Problem
from udcg.schema import Field, Table

GIFTS = Table(
    "gifts",
    "gifts.csv",
    ("gift",),
    (
        Field("gift", "string", "Stable id", required=True, pattern="[a-z]+"),
        Field("day", "date", "Day"),
        Field("said", "string", "When it was said", partial=True, pattern=r"\d{4}(-\d{2}(-\d{2})?)?"),
        Field("amount", "number", "Sum", minimum=0),
        Field("stage", "string", "How far", enum=("pledge", "delivery")),
        Field("groups", "string", "Groups", separator=";", vocabulary=("EU", "NATO")),
        Field("pieces", "integer", "How many"),
    ),
)
HEADER = "gift,day,said,amount,stage,groups,pieces\n"


def _read(folder: Path, text: str) -> tuple[pd.DataFrame, list[Problem]]:
    (folder / "gifts.csv").write_bytes(text.encode("utf-8"))
    return cells.read(folder, GIFTS)


def _problems(folder: Path, row: str) -> list[str]:
    return [str(problem) for problem in _read(folder, HEADER + row)[1]]


def test_cells_get_their_declared_types(tmp_path: Path):
    """Dates, numbers and texts are typed, what is missing is missing, and rows carry their line in the file."""
    frame, problems = _read(tmp_path, HEADER + "a,2025-04-11,2025-04,4.5,pledge,EU;NATO,30\nb,,,,,,\n")
    expected = pd.DataFrame(
        {
            "gift": ["a", "b"],
            "day": pd.to_datetime(["2025-04-11", None]),
            "said": ["2025-04", ""],
            "amount": [4.5, float("nan")],
            "stage": ["pledge", ""],
            "groups": ["EU;NATO", ""],
            "pieces": [30.0, float("nan")],
        },
        index=pd.Index([2, 3], name="row"),
    )
    assert problems == []
    assert_frame_equal(frame, expected, check_dtype=False)
    assert [frame[name].dtype.kind for name in ("day", "amount", "pieces")] == ["M", "f", "f"]


def test_an_empty_table_has_its_columns_and_types(tmp_path: Path):
    """A file with only a header is a frame without rows, typed all the same."""
    frame, problems = _read(tmp_path, HEADER)
    assert (problems, len(frame), tuple(frame.columns)) == ([], 0, GIFTS.columns)
    assert [frame[name].dtype.kind for name in ("day", "amount")] == ["M", "f"]


def test_a_required_integer_is_an_integer(tmp_path: Path):
    """A column of whole numbers that are all needed is a column of integers."""
    (tmp_path / "n.csv").write_text("n\n1\n2\n", encoding="utf-8")
    frame, _ = cells.read(tmp_path, Table("n", "n.csv", ("n",), (Field("n", "integer", "Number", required=True),)))
    assert (frame["n"].tolist(), frame["n"].dtype.kind) == ([1, 2], "i")


def test_order_of_columns_and_a_byte_order_mark_do_not_matter(tmp_path: Path):
    """Columns are found by name, also in a file that a spreadsheet saved with a byte order mark and Windows line ends."""
    frame, problems = _read(tmp_path, "\ufeffday,gift,said,amount,stage,groups,pieces\r\n2025-04-11,a,,,,,\r\n")
    assert (problems, frame.loc[2, "gift"], frame.columns[0]) == ([], "a", "gift")


def test_rows_are_numbered_by_line_also_after_quoted_line_breaks_and_blank_lines(tmp_path: Path):
    """A row's number is the line on which it starts in an editor."""
    frame, problems = _read(tmp_path, HEADER + 'a,,,,"pled\nge",,\n\nb,,,,,,\n')
    assert list(frame.index) == [2, 5]
    assert {problem.row for problem in problems} == {2}


def test_a_missing_column_is_named_with_the_nearest_one(tmp_path: Path):
    """A misspelled header is reported as missing and as not declared, and the file is read on."""
    frame, problems = _read(tmp_path, HEADER.replace("amount", "ammount") + "a,,,5,,,\n")
    assert [str(problem) for problem in problems] == [
        "gifts.csv, column amount: this column is missing; nearest: ammount",
        "gifts.csv, row 1: 'ammount' is not a declared column; nearest: amount; allowed: gift, day, said, amount, stage, groups, pieces",
    ]
    assert frame["amount"].isna().all()


def test_a_doubled_header_is_named_once(tmp_path: Path):
    """A column that stands twice is one problem, and its first cells are read."""
    frame, problems = _read(tmp_path, HEADER.replace("\n", ",gift\n") + "a,,,,,,,b\n")
    assert [str(problem) for problem in problems] == ["gifts.csv, row 1: 'gift' stands twice in the header"]
    assert frame["gift"].tolist() == ["a"]


def test_an_empty_file_misses_all_columns(tmp_path: Path):
    """A file without a header misses each declared column."""
    assert [problem.column for problem in _read(tmp_path, "")[1]] == list(GIFTS.columns)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a,31/02/2025,,,,,", "column day: '31/02/2025' is not a date; write it as 2025-04-11"),
        ("a,2025-02-31,,,,,", "column day: '2025-02-31' is not a date; write it as 2025-04-11"),
        ("a,2025-4-1,,,,,", "column day: '2025-4-1' is not a date; write it as 2025-04-11"),
        (
            "a,,2025-13,,,,",
            "column said: '2025-13' is not a date; write it as 2025-04-11, or 2025-04 or 2025 where the day is not known",
        ),
        ("a,,,-5,,,", "column amount: '-5' is below 0"),
        ("a,,,4.5bn,,,", "column amount: '4.5bn' is not a number; write it in full without separators, as 450000000"),
        ('a,,,"4,500",,,', "column amount: '4,500' is not a number; write it in full without separators, as 450000000"),
        ("a,,,inf,,,", "column amount: 'inf' is not a number; write it in full without separators, as 450000000"),
        ("a,,,nan,,,", "column amount: 'nan' is not a number; write it in full without separators, as 450000000"),
        ("a,,,,,,1.5", "column pieces: '1.5' is not a whole number"),
        ("a,,,,plegde,,", "column stage: 'plegde' is not allowed; nearest: pledge; allowed: pledge, delivery"),
        ("a,,,,,EU;NAT0,", "column groups: 'NAT0' is not allowed; nearest: NATO; allowed: EU, NATO"),
        ("A1,,,,,,", "column gift: 'A1' does not have the form [a-z]+ (Stable id)"),
        (",,,5,,,", "column gift: is needed here (Stable id)"),
    ],
)
def test_a_cell_at_fault_is_one_problem(tmp_path: Path, row: str, expected: str):
    """The problem names file, row, column, value, what is allowed and the nearest."""
    assert _problems(tmp_path, row + "\n") == [f"gifts.csv, row 2, {expected}"]


def test_a_cell_at_fault_becomes_missing(tmp_path: Path):
    """A wrong date or number stays in the frame as missing, so that other faults are found too."""
    frame, _ = _read(tmp_path, HEADER + "a,31/02/2025,,4.5bn,,,\n")
    assert [pd.isna(frame.loc[2, name]) for name in ("gift", "day", "amount")] == [False, True, True]


def test_a_ragged_row_is_named_and_left_out(tmp_path: Path):
    """Rows with too few or too many cells are problems with their line, and the others are read."""
    frame, problems = _read(tmp_path, HEADER + "a,,\nb,,,,,,\nc,,,,,,,,\n")
    assert [str(problem) for problem in problems] == [
        "gifts.csv, row 2: has 3 cells, the header has 7",
        "gifts.csv, row 4: has 9 cells, the header has 7",
    ]
    assert frame["gift"].tolist() == ["b"]


def test_a_torn_quote_is_a_problem(tmp_path: Path):
    """Text that is no CSV is a problem with the line on which the row begins."""
    problems = _problems(tmp_path, 'a,,,,,,\n"b,,,,,,\n')
    assert [problem.startswith("gifts.csv, row 3: cannot be read as CSV") for problem in problems] == [True]


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path):
    """A file in another encoding is named with the place of the first bad byte."""
    (tmp_path / "gifts.csv").write_bytes(b"gift\nM\xfcnchen\n")
    frame, problems = cells.read(tmp_path, GIFTS)
    assert [str(problem) for problem in problems] == ["gifts.csv: is not UTF-8 text (byte 6); save it as UTF-8"]
    assert tuple(frame.columns) == GIFTS.columns


def test_a_missing_file_is_a_problem(tmp_path: Path):
    """A declared file that is not there is a problem and an empty frame."""
    frame, problems = cells.read(tmp_path, GIFTS)
    assert [str(problem) for problem in problems] == ["gifts.csv: cannot be read: No such file or directory"]
    assert len(frame) == 0


@pytest.mark.parametrize("sign", ["\n", "\x00", "\x1b", "\x7f", "\t", "\x85", "\u2028", "\u202e", "\u2067", "\uffff"])
def test_a_control_character_is_a_problem(tmp_path: Path, sign: str):
    """What breaks a line, turns the direction of the text round it or is no letter is named with its row and column."""
    table = Table("t", "t.csv", ("note",), (Field("note", "string", "Note"),))
    (tmp_path / "t.csv").write_bytes(f'note\n"a{sign}b"\n'.encode())
    _, problems = cells.read(tmp_path, table)
    assert problems == [Problem("t.csv", "has a line break or control character", row=2, column="note", value=f"a{sign}b")]


def test_everything_is_reported_at_once(tmp_path: Path, evidence_folder: Callable[..., Path]):
    """One load names each fault of every file, with file, row, column, value, allowed values and the nearest one."""
    folder = evidence_folder(
        tmp_path,
        meetings=[{"meeting": 27, "start": "31/02/2025", "end": "2025-04-11"}],
        facts=[{"fact": "gift", "donor": "GBR"}, {"fact": "loan", "stage": "pledged"}],
        claims=[{"fact": "gift", "qualifier": "exact", "amount": -5, "currency": "EUR"}],
    )
    with pytest.raises(EvidenceError) as error:
        ledger.load(folder)
    found = {(p.file, p.row, p.column, p.value, p.nearest) for p in error.value.problems}
    assert found == {
        ("meetings.csv", 2, "start", "31/02/2025", None),
        ("facts.csv", 2, "donor", "GBR", "GB"),
        ("facts.csv", 3, "stage", "pledged", "pledge"),
        ("claims.csv", 2, "amount", "-5", None),
    }
    allowed = {problem.column: problem.allowed for problem in error.value.problems}
    assert allowed["donor"] == ("GB", "NO", "DK", "MULTI", "UDCG", "IFU")
    assert allowed["stage"][:2] == ("request", "pledge")
    assert str(error.value).startswith("4 problems in the evidence:\n")


@given(
    st.lists(
        st.tuples(
            st.from_regex("[a-z]{1,8}", fullmatch=True), st.floats(0, 1e13), st.text(st.characters(codec="utf-8", exclude_categories=["C"]))
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, float, str]]):
    """Any texts and amounts that are saved as CSV come back as they were."""
    table = Table("t", "t.csv", ("a",), (Field("a", "string", "Id"), Field("b", "number", "Sum", minimum=0), Field("c", "string", "Note")))
    folder = tmp_path_factory.mktemp("cells")
    pd.DataFrame(rows, columns=["a", "b", "c"]).to_csv(folder / "t.csv", index=False)
    frame, problems = cells.read(folder, table)
    assert problems == []
    assert list(frame.itertuples(index=False, name=None)) == rows
