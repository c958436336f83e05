"""Files of a tracker, for the tests that read or compare one."""

from pathlib import Path

import pytest

KIEL = Path(__file__).parents[2] / "shared" / "kiel"
ACTIVITIES = "giver,dato,kategori,maal,verdi_eur,verdi_eur_redistr,verdi_eur_activity\n"
EXPLORER = "country,iso,year,month,total,military\n"
GIFT = {"fact": "gift", "amount": 100e6}


def activities(*rows: str) -> str:
    """A file of dated activities."""
    return ACTIVITIES + "".join(f"{row}\n" for row in rows)


def explorer(*rows: str) -> str:
    """A file of the monthly explorer."""
    return EXPLORER + "".join(f"{row}\n" for row in rows)


def kiel(name: str) -> Path:
    """A real file; the test is skipped where it is absent."""
    if not KIEL.is_dir():
        pytest.skip("shared/ is absent: the tracker's files are not part of the project")
    return KIEL / name
