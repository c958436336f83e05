"""Our commitments and allocations beside those of an independent tracker, with the reasons why they differ.

The tracker is the Kiel Institute's Ukraine Support Tracker, in either of two published forms: dated activities (one row each) or the
monthly explorer (billions of euros by donor and month). It lists all aid; we list what is announced around meetings. Nothing of it
enters our sums, and nothing of ours is fitted to it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from udcg import count, words
from udcg.book import Book
from udcg.errors import EvidenceError, Problem, nearest
from udcg.money import ENDS, EURO
from udcg.sums import Sum

ACTIVITIES = ("giver", "dato", "kategori", "maal", "verdi_eur_redistr", "verdi_eur_activity")
EXPLORER = ("country", "year", "month", "military")
KINDS = ["commitments", "allocations"]
CELLS = [*ENDS, "theirs", "difference"]
# names under which the tracker lists a donor that we name otherwise
NAMES = {"Czech Republic": "CZ", "EU (Commission and Council)": "EU", "South Korea": "KR", "Turkey": "TR", "Turkiye": "TR", "Türkiye": "TR"}
AGREEMENT = 0.1  # sums within a tenth of each other need no reason


@dataclass(frozen=True)
class Tracker:
    """A tracker's military sums by donor and month.

    Rows: columns donor (code), month (first day; NaT where the tracker gives no day), commitments and allocations (EUR; NaN where the
    form does not give them). Unknown: names of donors that the ledger does not have.
    """

    form: str
    rows: pd.DataFrame
    unknown: tuple[str, ...]

    def between(self, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
        """Sums by donor from one month to another, rows without a day always in: indexed by donor, commitments and allocations (EUR)."""
        months = self.rows[self.rows["month"].isna() | ((self.rows["month"] >= start) & (self.rows["month"] <= end))]
        return months.groupby("donor")[KINDS].sum(min_count=1)


def read(path: Path, book: Book) -> Tracker:
    """Read a tracker's file in either form.

    Raises:
        EvidenceError: the file cannot be read, has neither form, or a cell is no number or date; carries every problem.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError([Problem(path.name, f"cannot be read as a table: {error}")]) from error
    columns = tuple(table[0]) if table else ()
    for form, needed, reader in (("activities", ACTIVITIES, _activities), ("explorer", EXPLORER, _explorer)):
        if set(needed) <= set(columns):
            return _tracker(form, reader(pd.DataFrame(table), path.name), book)
    missing = [name for name in EXPLORER if name not in columns]
    hint = f"has neither the columns of the activities ({', '.join(ACTIVITIES)}) nor of the explorer ({', '.join(EXPLORER)})"
    raise EvidenceError([Problem(path.name, hint, row=1, column=name, nearest=nearest(name, columns)) for name in missing[:1]])


def compare(book: Book, tracker: Tracker) -> pd.DataFrame:
    """Set our sums beside the tracker's, over the months that both cover.

    Returns:
        Indexed by donor: for commitments and allocations our low, best, high, the tracker's sum and the difference (ours - theirs), all in
        EUR as two-level columns, and reasons (list of sentences that apply to the donor), largest tracker sum first. Donors that only
        one side has are there too.
    """
    theirs = tracker.between(*span(book, tracker))
    ours = {"commitments": count.committed(book), "allocations": count.allocated(book)}
    split = {kind: part.by_donor() for kind, part in ours.items()}
    kinds = book.ledger.donors.set_index("donor")["kind"]
    own = {donor for part in split.values() for donor in part.index if kinds.get(donor) in ("country", "union")}
    rows = {donor: _row(donor, split, theirs) for donor in sorted(own | set(theirs.index))}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=pd.MultiIndex.from_product([KINDS, CELLS]))
    reasons = [_reasons(book, donor, table.loc[donor], tracker, ours) for donor in table.index]
    order = table[[(kind, "theirs") for kind in KINDS]].max(axis=1).sort_values(ascending=False, kind="stable").index
    return table.assign(reasons=reasons).loc[order].rename_axis("donor")


def span(book: Book, tracker: Tracker) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last month that both cover."""
    start = max(tracker.rows["month"].min(), book.facts["day"].min().replace(day=1))
    return start, min(tracker.rows["month"].max(), book.ledger.cut_off)


def row_json(donor: str, row: pd.Series) -> dict[str, Any]:
    """One donor's sums beside the tracker's, in whole EUR; None where one side has none or an end is open."""
    cell = {(kind, name): None if pd.isna(row[(kind, name)]) else round(float(row[(kind, name)])) for kind in KINDS for name in CELLS}
    return {"donor": donor, **{kind: {name: cell[(kind, name)] for name in CELLS} for kind in KINDS}, "reasons": row[("reasons", "")]}


def _row(donor: str, split: dict[str, pd.DataFrame], theirs: pd.DataFrame) -> list[float]:
    cells_: list[float] = []
    for kind in KINDS:
        ends = split[kind].loc[donor, ENDS] if donor in split[kind].index else pd.Series(0.0, index=ENDS)
        other = theirs.at[donor, kind] if donor in theirs.index else float("nan")
        cells_ += [*ends, other, ends["best"] - other]
    return cells_


def _reasons(book: Book, donor: str, row: pd.Series, tracker: Tracker, ours: dict[str, Sum]) -> list[str]:
    """The reasons that apply to a donor, each with its own measure from the evidence; none where the sums agree."""
    if all(abs(row[(kind, "difference")]) <= AGREEMENT * row[(kind, "theirs")] for kind in KINDS if pd.notna(row[(kind, "theirs")])):
        return []
    facts = book.facts
    own = facts[(facts["donor"] == donor) & facts["stage"].isin(["pledge", "commitment", "allocation"]) & (facts["restates"] == "")]
    unpriced = own[own["stated_best"].isna() & (own["level"] != "group_total")]
    mixed = count.committed(book, "mixed").of_donor(donor)
    long = own[(own["level"] == "frame") & own["period"].str.contains("/") & own["fact"].isin(ours["commitments"].facts)]
    joint = ours["allocations"].parts
    open_shares = joint[(joint["donor"] == "") & (joint["donor_or_partner"] == donor)]
    months = tracker.rows[(tracker.rows["donor"] == donor) & (tracker.rows[KINDS].fillna(0).max(axis=1) > 0)]["month"].nunique()
    seen = own.loc[own["stated_best"].notna(), "day"].dt.to_period("M").nunique()
    said = [
        (months > seen, f"meetings only: they list sums in {words.counted(months, 'month', 'months')}, we have sums in {seen}"),
        (len(unpriced) > 0, f"valuation in kind: {words.counted(len(unpriced), 'promise', 'promises')} without a sum, which they value"),
        (bool(mixed.facts), f"scope: {words.interval(mixed.ends, EURO)} of mixed scope is kept apart here"),
        (len(long) > 0, f"stage: {words.counted(len(long), 'frame', 'frames')} of several years count here in full when announced"),
        (len(open_shares) > 0, f"shares: {words.counted(len(open_shares), 'joint package', 'joint packages')} without a known share"),
        (pd.isna(row[("commitments", "theirs")]), "the monthly explorer has no military commitments apart, so only allocations compare"),
    ]
    return [reason for applies, reason in said if applies]


def _activities(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Military commitments are the activity values of all rows, allocations the redistributed values of rows so measured."""
    military = table[table["kategori"].str.startswith("Military")]
    day = _dates(military["dato"], name)
    values = {column: _numbers(military[column], name) for column in ACTIVITIES[-2:]}
    allocated = values["verdi_eur_redistr"].where(military["maal"] == "Allocation", 0.0)
    month = day.dt.to_period("M").dt.to_timestamp()
    return pd.DataFrame({"name": military["giver"], "month": month, "commitments": values["verdi_eur_activity"], "allocations": allocated})


def _explorer(table: pd.DataFrame, name: str) -> pd.DataFrame:
    month = _dates(table["year"].str.cat(table["month"].str.zfill(2), sep="-") + "-01", name)
    allocated = _numbers(table["military"], name) * 1e9
    return pd.DataFrame({"name": table["country"], "month": month, "commitments": float("nan"), "allocations": allocated})


def _tracker(form: str, rows: pd.DataFrame, book: Book) -> Tracker:
    codes = {name: code for code, name in book.ledger.names.items()} | NAMES
    known = rows.assign(donor=rows["name"].map(codes))
    unknown = tuple(sorted(set(rows.loc[known["donor"].isna(), "name"])))
    return Tracker(form, known[known["donor"].notna()][["donor", "month", *KINDS]].reset_index(drop=True), unknown)


def _numbers(column: pd.Series, name: str) -> pd.Series:
    values = pd.to_numeric(column.replace("", "0"), errors="coerce")
    _all_read(column[values.isna()], name, "is not a number")
    return values


def _dates(column: pd.Series, name: str) -> pd.Series:
    days = pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
    _all_read(column[days.isna() & (column != "")], name, "is not a date; write it as 2025-04-11")
    return days


def _all_read(wrong: pd.Series, name: str, reason: str) -> None:
    if len(wrong):
        raise EvidenceError(
            [Problem(name, reason, row=int(str(row)) + 2, column=str(wrong.name), value=str(value)) for row, value in wrong.items()]
        )
