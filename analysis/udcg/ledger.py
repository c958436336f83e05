"""CSV -> checked frames, once, at the door; what was known on a day; a content hash that names the vintage."""

import datetime
import hashlib
import os
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from udcg import cells, links, schema
from udcg.dates import first_day
from udcg.errors import EvidenceError, ParameterError, Problem

HOME = "UDCG_HOME"
TIES = ["part_of", "drawn_from", "restates", "counted_in", "overlaps", "answers", "delivers"]


@dataclass(frozen=True, eq=False)
class Ledger:
    """The evidence as frames, one for each table of data/datapackage.json, where columns, units and meanings are declared.

    Strings are "" where missing, numbers NaN, dates NaT; a cell with several members keeps them apart with ";".
    """

    meetings: pd.DataFrame
    donors: pd.DataFrame
    sources: pd.DataFrame
    facts: pd.DataFrame
    shares: pd.DataFrame
    claims: pd.DataFrame
    rulings: pd.DataFrame
    figures: pd.DataFrame
    rates: pd.DataFrame
    vintage: str

    @cached_property
    def cut_off(self) -> pd.Timestamp:
        """The last day on which a claim became known: the "today" of every page."""
        return pd.Timestamp(self.known_on.max())

    @cached_property
    def known_on(self) -> pd.Series:
        """The day on which each claim became known, by row of claims: its source's date, else the fact's first possible day."""
        published = self.claims["source"].map(self.sources.set_index("source")["date"])
        announced = first_day(self.claims["fact"].map(self.facts.set_index("fact")["announced_on"]))
        return published.fillna(announced)

    @cached_property
    def names(self) -> dict[str, str]:
        """English names of donors by code."""
        return dict(zip(self.donors["donor"], self.donors["name"], strict=True))

    @cached_property
    def origins(self) -> dict[str, str]:
        """Who first reported each source's text, by source."""
        return dict(zip(self.sources["source"], self.sources["origin"], strict=True))

    def as_of(self, date: str) -> "Ledger":
        """Return the ledger as it was known at the end of a day; "" means all of it.

        Facts stay where a claim about them was known; ties to facts not yet known are dropped. Rulings stay where every
        claim that they choose or expect was known.

        Raises:
            ParameterError: the text is no date.
        """
        if not date:
            return self
        try:
            day = pd.Timestamp(datetime.date.fromisoformat(date))
        except ValueError as error:
            raise ParameterError(f"as_of: {date!r} is not a date; write it as 2025-04-11") from error
        claims = self.claims[self.known_on <= day]
        facts = self.facts[self.facts["fact"].isin(claims["fact"])]
        return replace(
            self,
            meetings=self._meetings_known(day, set(facts["fact"])),
            facts=_drop_dangling(facts),
            claims=claims,
            shares=self.shares[self.shares["claim"].isin(claims["claim"]) & self.shares["fact"].isin(facts["fact"])],
            rulings=self.rulings[self.rulings["fact"].isin(facts["fact"]) & _all_known(self.rulings, set(claims["claim"]))],
            figures=self.figures[~(first_day(self.figures["as_of"]) > day)],
        )

    def known_by(self, date: str) -> "Ledger":
        """Return the ledger as of a day on which something was known, as pages need it.

        Raises:
            ParameterError: the text is no date, or nothing was known then.
        """
        known = self.as_of(date)
        if known.claims.empty:
            raise ParameterError(f"as_of: nothing was known on {date}; the evidence begins on {self.known_on.min():%Y-%m-%d}")
        return known

    def _meetings_known(self, day: pd.Timestamp, facts: set[str]) -> pd.DataFrame:
        meetings = self.meetings[self.meetings["start"] <= day].copy()
        for column in ("headline", "participants"):
            meetings[column] = meetings[column].where(meetings[column].isin(facts), "")
        measures = meetings["headline_measures"]
        return meetings.assign(headline_measures=measures.where(meetings["headline"] != "", "none"))


def load(folder: Path | None = None) -> Ledger:
    """Load and check the evidence.

    Args:
        folder: The data folder; the project's own where it is not given.

    Raises:
        EvidenceError: carries every cell, key and tie at fault at once.
    """
    folder = folder or home() / "data"
    tables = schema.read(folder)
    missing = [Problem(schema.PACKAGE, "declares no such table", value=name) for name in TABLES if name not in tables]
    if missing:
        raise EvidenceError(missing)
    read = {name: cells.read(folder, tables[name]) for name in TABLES}
    frames = {name: frame for name, (frame, _) in read.items()}
    problems = [problem for _, found in read.values() for problem in found]
    problems += links.problems(frames, tables)
    if problems:
        raise EvidenceError(problems)
    return Ledger(**frames, vintage=vintage(folder))


def current() -> Ledger:
    """Return the project's own ledger, loaded anew only where a file of data/ was saved since.

    Raises:
        EvidenceError: as `load` does.
    """
    folder = home() / "data"
    files = sorted(folder.iterdir())
    return _loaded(folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size, path.stat().st_ino) for path in files))


@lru_cache(maxsize=2)
def _loaded(folder: Path, saved: tuple[tuple[str, int, int, int], ...]) -> Ledger:  # `saved` is a key
    return load(folder)


def home() -> Path:
    """Return the project folder: UDCG_HOME, else the nearest folder above here that holds data/, else the one of this code.

    Raises:
        EvidenceError: there is none.
    """
    named = os.environ.get(HOME)
    places = [Path(named)] if named else [Path.cwd(), *Path.cwd().parents, *Path(__file__).parents]
    for place in places:
        if (place / "data" / schema.PACKAGE).is_file():
            return place
    raise EvidenceError([Problem(f"data/{schema.PACKAGE}", f"not found; work in the project's folder or set {HOME} to it")])


def vintage(folder: Path) -> str:
    """Return the content hash of a data folder: of its declarations and its declared files.

    Raises:
        EvidenceError: a file is missing.
    """
    tables = schema.read(folder)
    digest = hashlib.sha256((folder / schema.PACKAGE).read_bytes())
    for name in TABLES:
        digest.update(hashlib.sha256((folder / tables[name].path).read_bytes()).digest())
    return digest.hexdigest()[:12]


def _drop_dangling(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.assign(**{tie: facts[tie].where(facts[tie].isin(facts["fact"]), "") for tie in TIES})


def _all_known(rulings: pd.DataFrame, known: set[str]) -> pd.Series:
    named = rulings["expect"].str.findall(r"([\w-]+)\.\w+=") + rulings["claim"].str.findall(r".+")
    return named.map(known.issuperset).astype(bool)


TABLES = tuple(field.name for field in fields(Ledger) if field.name != "vintage")
