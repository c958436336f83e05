"""The command line, as a user or a schedule calls it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]


def _udcg(*words: str, home: Path = HOME) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "udcg", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=home, env={**os.environ, "UDCG_HOME": str(home)})


def test_list_prints_identifiers():
    """One line a briefing; as JSON with kind and parameters."""
    lines = _udcg("list").stdout.split()
    listed = json.loads(_udcg("list", "--json").stdout)
    assert lines == [entry["id"] for entry in listed]
    assert "meeting-27" in lines


def test_check_says_that_all_is_well():
    """The project's own evidence passes, with exit code 0."""
    done = _udcg("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no problems" in done.stdout


def test_check_names_every_problem_at_once(tmp_path):
    """Three faults in three files: three lines with file, row, column and value, exit code 2, no traceback."""
    data = tmp_path / "data"
    shutil.copytree(HOME / "data", data)
    for name, old, new in (
        ("facts.csv", ",GB,", ",QQ,"),
        ("claims.csv", ",exact,", ",sure,"),
        ("meetings.csv", "2022-04-26", "31/02/2022"),
    ):
        text = (data / name).read_text(encoding="utf-8")
        (data / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = _udcg("check", str(data))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for piece in ("facts.csv, row", "'QQ' is not in donors.csv", "'sure' is not allowed", "'31/02/2022' is not a date"):
        assert piece in done.stderr


def test_show_prints_the_data_behind_a_briefing():
    """Sums with their facts, facts with their claims."""
    data = json.loads(_udcg("show", "meeting-27", "--json").stdout)
    assert data["id"] == "meeting-27"
    assert data["totals"]["new_commitments"]["facts"]
    assert all(fact["claims"] for fact in data["facts"])


def test_an_unknown_donor_is_answered_before_a_kernel_starts():
    """The known donors, the nearest one, exit code 3."""
    done = _udcg("build", "donor-NB")
    assert done.returncode == 3
    assert "did you mean donor-N" in done.stderr
    assert "donor-NO" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "meeting-27", "--format", "docx"],
        ["build", "--jobs", "0", "--all"],
        ["build", "--all", "--address", "javascript:x"],
        ["nonsense"],
    ],
)
def test_a_wrong_command_is_explained(words):
    """Exit code 2 and a message, never a traceback."""
    done = _udcg(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_missing_rate_stops_the_build_at_once(tmp_path):
    """The build says which rate is missing and how to freeze it, and starts nothing."""
    for folder in ("data", "notebooks"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    rates = tmp_path / "data" / "rates.csv"
    rates.write_text("".join(line for line in rates.read_text().splitlines(keepends=True) if ",2025-04-11,2025" not in line))
    done = _udcg("build", "meeting-27", home=tmp_path)
    assert done.returncode == 3
    assert "2025-04-11" in done.stderr
    assert "udcg rates" in done.stderr


TRACKER = "country,year,month,military\nNorway,2025,4,0.5\nAtlantis,2025,4,1\n"


def _tracker(folder: Path, text: str = TRACKER) -> str:
    (folder / "tracker.csv").write_text(text, encoding="utf-8")
    return str(folder / "tracker.csv")


def test_changes_between_two_days():
    """As JSON one row a change, the new package of the 27th meeting among them."""
    rows = json.loads(_udcg("changes", "2025-04-10", "2025-04-11", "--json").stdout)
    assert all({"fact", "donor", "title", "change", "field", "before", "after", "claims"} == row.keys() for row in rows)
    assert "gb-2025-04-joint-package" in {row["fact"] for row in rows if row["change"] == "new"}


def test_changes_between_two_folders_that_are_the_same():
    """The project's data against themselves: nothing changed."""
    assert _udcg("changes", "data", str(HOME / "data")).stdout == "0 new, 0 changed, 0 withdrawn\n"


def test_changes_of_a_day_that_is_none_are_refused():
    """A bad date: exit code 3 and what to write."""
    done = _udcg("changes", "2025-04-01", "2025-04-31")
    assert (done.returncode, done.stdout) == (3, "")
    assert "'2025-04-31' is not a date" in done.stderr
    assert "Traceback" not in done.stderr


def test_findings_are_listed():
    """One line a finding, a misprint that a person ruled on among them, and their number."""
    *lines, count = _udcg("findings").stdout.splitlines()
    assert count == f"{len(lines)} findings"
    assert any(line.startswith("ruled  conversion  m27-gb-010  gb-2025-04-year-2025") for line in lines)


def test_compare_sets_a_tracker_beside_our_sums(tmp_path):
    """A heading with the months and the names not known, and two lines for the donor asked for."""
    lines = _udcg("compare", _tracker(tmp_path), "--donor", "NO").stdout.splitlines()
    assert lines[0] == "military aid, EUR, 2025-04 to 2025-04, explorer; not known here: Atlantis"
    assert [line.split()[:2] for line in lines[1:3]] == [["NO", "commitments"], ["NO", "allocations"]]
    assert "theirs EUR 500m" in lines[2]


def test_compare_with_a_tracker_of_unknown_donors(tmp_path):
    """A file that lists none of our donors is no accident of the program."""
    done = _udcg("compare", _tracker(tmp_path, "country,year,month,military\nAtlantis,2025,4,1\n"))
    assert "Traceback" not in done.stderr
    assert "Atlantis" in done.stdout + done.stderr


def test_compare_with_an_unknown_donor(tmp_path):
    """The known donors, exit code 3."""
    done = _udcg("compare", _tracker(tmp_path), "--donor", "NB")
    assert (done.returncode, done.stdout) == (3, "")
    assert "unknown donor 'NB'" in done.stderr


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        (["compare", "TRACKER"], "country,year,month,military\nNorway,2025,4,lots\n", "row 2, column military: 'lots' is not a number"),
        (["show", "donor-NO", "--tracker", "TRACKER"], "", "tracker.csv: cannot be read"),
        (
            ["build", "donor-NO", "--to", "OUT", "--tracker", "TRACKER"],
            "donor,amount\nNO,1\n",
            "tracker.csv: has the columns of neither form",
        ),
    ],
)
def test_a_faulty_tracker_is_explained(tmp_path, words, text, said):
    """A missing file or a bad cell is named with exit code 2, no traceback, and nothing is built."""
    path = _tracker(tmp_path, text) if text else str(tmp_path / "tracker.csv")
    done = _udcg(*({"TRACKER": path, "OUT": str(tmp_path / "out")}.get(word, word) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_readme_names_commands_that_are_there():
    """Every `udcg` command and option of the README exists, and every command is in the README."""
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"udcg (list|check|build|show|rates|\w+)", readme))
    known = set(re.findall(r"│ (\w+) ", _udcg("--help").stdout))
    assert known <= used
    for command, option in re.findall(r"udcg (\w+)[^\n`#]*?(--[a-z-]+)", readme):
        if command in known:
            assert option in _udcg(command, "--help").stdout


def test_the_readmes_make_targets_exist():
    """`make briefings`, `make test` and `make lab` are targets of the Makefile."""
    makefile = (HOME / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", (HOME / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE) or target == "nothing"
