"""Writes the template of the catalogues: `python -m udcg.locales`, in the project's folder."""

from pathlib import Path

from udcg.catalogue import LOCALES
from udcg.locales.template import template

(LOCALES / "udcg.pot").write_bytes(template(Path.cwd()))
