"""Imports that leave out what costs time."""

import subprocess
import sys

import pytest

from udcg.press import lean


def test_the_press_does_without_the_grammar():
    """Neither is it imported with the press, nor is it lost to whoever wants it afterwards."""
    pytest.importorskip(lean.GRAMMAR)
    said = """
import sys
from udcg.press import lean
with lean.imports():
    import udcg.press.run
print(lean.GRAMMAR in sys.modules)
import rfc3987_syntax
print(lean.GRAMMAR in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.split() == ["False", "True"]


def test_what_is_imported_already_stays(monkeypatch):
    """A grammar that somebody uses is not taken away."""
    monkeypatch.setitem(sys.modules, lean.GRAMMAR, sys)
    with lean.imports():
        assert sys.modules[lean.GRAMMAR] is sys
    assert sys.modules[lean.GRAMMAR] is sys
