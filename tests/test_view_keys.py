"""A page follows from its data: where the data stays as it was the page does too, so a build may leave it alone."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from udcg import charts, sections, views
from udcg.blocks import Figure, Text
from udcg.ledger import Ledger

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PAGES = {
    "meeting-3": [3],
    "meeting-27": [27],
    "donor-GB": ["GB"],
    "donor-NO": ["NO"],
    "coalition": [],
    "eve-of-27": ["2025-04-10"],
    "eve-of-34": [],
}
Pages = dict[str, tuple[Any, Any]]  # data and blocks of each page
Edit = tuple[str, str, str, Any]

# table, key of a row, column and its new value, and a page on which this must show
EDITS: list[tuple[Edit, str]] = [
    (("claims", "m27-gb-011", "amount", 460e6), "meeting-27"),
    (("claims", "m27-gb-013", "note", "AP"), "donor-GB"),
    (("facts", "gb-2025-04-joint-package", "title", "A package of two"), "donor-NO"),
    (("facts", "gb-2025-04-joint-package", "announced_on", "2025-04-10"), "meeting-27"),
    (("facts", "gb-2025-04-uk-share", "drawn_from", ""), "donor-GB"),
    (("donors", "NO", "name", "Kingdom of Norway"), "meeting-27"),
    (("sources", "upday-2025-04-1", "publisher", "Upday for Samsung"), "meeting-27"),
    (("rulings", "de-2025-04-patriot-missiles.stage", "reason", "Because."), "meeting-27"),
    (("figures", "gdp-no-2024", "value", 5e11), "donor-NO"),
    (("meetings", 27, "place", "Brussels, NATO headquarters"), "meeting-27"),
    (("shares", "gb-2025-04-joint-package", "amount", 345e6), "donor-GB"),
    (("rates", "GBP", "rate", 0.87), "meeting-27"),
    (("donors", "NO", "groups", "NATO;JEF;NB8"), "coalition"),
    (("meetings", 30, "us_attendance", "virtual"), "coalition"),
    (("figures", "kiel-r29-military-allocations-gb", "value", 20.0), "coalition"),
    (("facts", "be-2026-04-purl-contribution", "title", "Belgian money"), "eve-of-34"),
    (("facts", "gr-2022-11-155mm", "title", "Greek shells"), "eve-of-34"),
    (("facts", "gb-2025-09-long-range-drones", "due", "2026-10-09"), "eve-of-34"),
    (("claims", "m27-ua-006", "note", "AP"), "eve-of-27"),
]


def _edited(ledger: Ledger, table: str, key: str | int, column: str, value: object) -> Ledger:
    """The ledger with another value in the first row of a key; of rates, in that of the 27th meeting's day."""
    frame: pd.DataFrame = getattr(ledger, table)
    row = (frame.iloc[:, 0] == key) & (frame["date"] == "2025-04-11" if table == "rates" else True)
    cells = frame[column].where(frame.index != row.idxmax(), value)
    return replace(ledger, **{table: frame.assign(**{column: cells})})


def _without(ledger: Ledger, claim: str) -> Ledger:
    return replace(ledger, claims=ledger.claims[ledger.claims["claim"] != claim])


def _swapped(ledger: Ledger, one: str, other: str) -> Ledger:
    ids = ledger.facts["fact"].replace({one: other, other: one})
    return replace(ledger, facts=ledger.facts.set_index("fact", drop=False).loc[ids].set_index(ledger.facts.index))


def _cells(kind: str) -> list[str]:
    """What the cells of a kind of notebook show, as expressions on a view."""
    cells = json.loads((NOTEBOOKS / f"{kind}.ipynb").read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells if cell["cell_type"] == "code" for line in "".join(cell["source"]).splitlines()]
    return [line for line in lines if line.startswith("sections.")]


def _opened(ledger: Ledger) -> Pages:
    pages: Pages = {}
    for name, value in PAGES.items():
        kind = name.split("-")[0]
        view = getattr(views, kind)(*value, evidence=ledger)
        shown = [eval(cell, {"sections": sections, "view": view}) for cell in _cells(kind)]  # noqa: S307 - the project's own notebooks
        pages[name] = (view.data, [block.content() for block in shown])
    return pages


@pytest.fixture(scope="module")
def undrawn() -> Any:
    """Let a figure show the very numbers that it is given instead of drawing them: stricter, and quick."""

    def given(rows: pd.DataFrame, *more: Any, title: str, alt: str, caption: Text, words: Any = None, **marks: Any) -> Figure:
        drawn = rows.drop(columns=rows.columns.difference(["label", "title", "depth", "standing", "start", "low", "best", "high"]))
        shown = (rows if drawn.empty else drawn).reset_index().to_json(double_precision=15)
        return Figure(svg=f"{shown} {more} {marks}", title=title, alt=alt, caption=caption)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("bars", "nested", "by_meeting", "heat", "by_window", "by_group", "roll"):
            patch.setattr(charts, name, given)
        yield


@pytest.fixture(scope="module")
def before(undrawn: None, real: Ledger) -> Pages:
    """Give the pages of the evidence as it is."""
    return _opened(real)


@pytest.fixture(scope="module")
def follows(before: Pages) -> Callable[[Ledger, str], None]:
    """Give the check that an edit shows on one page, leaves another alone, and that pages of equal data are equal."""

    def check(edited: Ledger, shows: str) -> None:
        after = _opened(edited)
        same = [name for name in PAGES if after[name][0] == before[name][0]]
        assert shows not in same
        assert same
        assert [name for name in same if after[name][1] != before[name][1]] == []

    return check


@pytest.mark.parametrize(("edit", "shows"), EDITS, ids=lambda value: ".".join(map(str, value[:3:2])) if isinstance(value, tuple) else value)
def test_an_edit_changes_the_data_of_the_pages_that_it_changes(
    real: Ledger, follows: Callable[[Ledger, str], None], edit: Edit, shows: str
):
    """An edit of one cell is in the data where it shows, and only there; a page whose data it leaves alone shows what it showed."""
    follows(_edited(real, *edit), shows)


def test_a_claim_less_changes_the_data_of_its_pages_only(real: Ledger, follows: Callable[[Ledger, str], None]):
    """A page without a claim's fact stays as it was when the claim is withdrawn."""
    follows(_without(real, "m27-gb-015"), "meeting-27")


def test_the_order_of_facts_is_in_the_data(real: Ledger, follows: Callable[[Ledger, str], None]):
    """Two facts of a window that change places are told in another order, and only on their own pages."""
    follows(_swapped(real, "gb-2025-04-repairs", "gb-2025-04-joint-package"), "meeting-27")


def test_a_page_prints_the_name_of_its_data(before: Pages):
    """The name of the view and the last day of the evidence stand on the page; the ledger's own would change every page."""
    for data, blocks in before.values():
        printed = json.dumps(blocks[-2]["items"][0]["paragraphs"])
        assert f"page data {data['view']}" in printed
        assert data["as_of"] == blocks[0]["date"]
