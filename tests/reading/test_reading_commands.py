"""`udcg read` and `udcg accept` on the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
TEXT = "Brussels, 11 April 2025. Germany will send Ukraine ten Leopard tanks.\n"


def _udcg(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": str(HOME / "analysis"), "UDCG_HOME": str(HOME), "COLUMNS": "120"}
    command = [sys.executable, "-m", "udcg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=HOME, check=False, **more)


def test_json_of_standard_input():
    """One line a claim, places in the text as given."""
    done = _udcg("read", "-", "--format", "jsonl", input=TEXT)
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert (done.returncode, TEXT[record["start"] : record["end"]], record["donors"]) == (0, "ten Leopard tanks", ["DE"])


def test_files_that_cannot_be_read_leave_the_others(tmp_path):
    """Each gets its line, the rest is read, the exit code is 1, and there is no traceback."""
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "garbage.bin").write_bytes(bytes(range(256)) * 10)
    done = _udcg("read", *sorted(tmp_path.iterdir()), "--format", "csv")
    assert done.returncode == 1
    assert "ten Leopard tanks" in done.stdout
    assert "empty.txt: is empty" in done.stderr
    assert "garbage.bin: is not text" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_table():
    """What is printed where nothing else is asked for."""
    done = _udcg("read", "-", input=TEXT)
    assert "-, 2025-04-11: 1 claim" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "answer"),
    [
        (["read", "-", "--date", "yesterday"], 3, "date: 'yesterday' is not a date"),
        (["read", "-", "--format", "xml"], 2, "Invalid value for '--format'"),
        (["accept", "none.csv"], 3, "none.csv: cannot be read"),
    ],
)
def test_wrong_arguments(arguments, code, answer):
    """A wrong day, form or file."""
    done = _udcg(*arguments, input=TEXT)
    assert done.returncode == code
    assert answer in done.stderr


def test_other_commands_do_not_load_it():
    """Reading costs nothing where it is not asked for."""
    heavy = ("udcg.reading.claims", "trafilatura", "pypdf", "spacy")
    code = f"import sys, udcg.commands; print([name for name in sys.modules if name.startswith({heavy})])"
    environment = {**os.environ, "PYTHONPATH": str(HOME / "analysis")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
