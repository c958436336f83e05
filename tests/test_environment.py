"""environment.yml holds the same packages and bounds as pyproject.toml."""

import re
import tomllib
from pathlib import Path

import yaml

HOME = Path(__file__).parents[1]


def _split(requirement: str) -> tuple[str, str]:
    found = re.match(r"([A-Za-z0-9_.-]+)(.*)", requirement.replace(" ", ""))
    assert found
    return found[1].lower().replace("_", "-"), found[2]


def test_the_two_files_agree():
    """Every dependency stands in both files with the same bounds, on conda-forge or, where it lacks them, through pip."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = yaml.safe_load((HOME / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [entry for entry in conda if isinstance(entry, str)]
    through_pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    found = dict(_split(entry) for entry in [*plain, *(entry for entry in through_pip if not entry.startswith("--"))])
    assert found.pop("python") == project["requires-python"]
    found.pop("pip")
    assert found == dict(map(_split, project["dependencies"]))
    assert "--editable ." in through_pip
