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


@pytest.mark.parametrize("words", [["build"], ["build", "meeting-27", "--format", "docx"], ["build", "--jobs", "0", "--all"], ["nonsense"]])
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
