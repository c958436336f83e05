"""Golden sums of all meetings, reviewed by eye: what each sum counts and takes out, by donor, in whole euros.

After a change of data or rules that is meant, write them anew with UDCG_WRITE_GOLDEN=1 and review the difference.
"""

import os
from pathlib import Path

import pandas as pd
import pytest

from udcg import views
from udcg.ledger import Ledger
from udcg.money import ENDS

GOLDEN = Path(__file__).parent / "golden"


def _parts(ledger: Ledger, number: int) -> pd.DataFrame:
    sums = views.meeting(number, evidence=ledger).sums
    filled = {name: part.parts for name, part in sums.items() if len(part.parts)}
    parts = pd.concat([parts.assign(sum=name) for name, parts in filled.items()])
    parts[ENDS] = parts[ENDS].round(0)
    ordered = parts.sort_values(["sum", "fact", "donor_or_partner", "role", "whole"], kind="stable")
    return ordered[["sum", "fact", "donor_or_partner", "role", "whole", *ENDS]].reset_index(drop=True)


@pytest.mark.parametrize("number", range(1, 34))
def test_the_sums_of_a_meeting_are_as_reviewed(real, number):
    """The parts of every sum are those of the reviewed file."""
    path = GOLDEN / f"meeting-{number}.csv"
    found = _parts(real, number)
    if os.environ.get("UDCG_WRITE_GOLDEN"):
        found.to_csv(path, index=False, lineterminator="\n")
    expected = pd.read_csv(path, keep_default_na=True, na_values=[""], dtype=dict.fromkeys(ENDS, "float64"))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
