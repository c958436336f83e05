"""Writes a made-up ledger of any size, shaped like the real one: the same bytes for the same number of claims.

Facts come one for about two claims, in the order of their days; a tie leads to an earlier fact, so that nothing is inside itself. Rates
of ties, stages, qualifiers, tiers and partial dates are about those of data/.
"""

import csv
import math
import random
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
START, CADENCE = date(2022, 4, 26), timedelta(days=42)
RATES = {"USD": 1.08, "GBP": 0.85, "NOK": 11.6, "SEK": 11.2, "DKK": 7.46, "CAD": 1.48}  # units for one euro
HOME = {"US": "USD", "GB": "GBP", "NO": "NOK", "SE": "SEK", "DK": "DKK", "CA": "CAD"}
DONORS = [*HOME, "DE", "FR", "NL", "BE", "FI", "EE", "LV", "LT", "PL", "CZ", "ES", "IT", "PT", "IE"]
GROUPS = {"MULTI": "group", "UDCG": "group", "IFU": "fund", "PURL": "fund"}
TIERS = {"press": 57, "aggregator": 25, "agency": 9, "state_controlled": 6, "official": 3}
STAGES = {"pledge": 35, "statement": 25, "allocation": 20, "commitment": 8, "delivery": 7, "request": 3, "indicator": 2}
LEVELS = {"item": 36, "package": 34, "frame": 14, "group_total": 16}
SCOPES = {"military": 96, "mixed": 3, "civilian": 1}
QUALIFIERS = {"exact": 76, "about": 12, "over": 7, "up_to": 2, "nearly": 2, "at_least": 1}
QUANTITIES = ["30", "about 50", "over 20", "up to 150,000", "300 to 400", "dozens", "thousands", "12"]
SIZES = {"group_total": 9e9, "frame": 2e9, "package": 8e7, "item": 5e6}  # usual amount, in euros
CLAIMS = {1: 43, 2: 28, 3: 15, 4: 8, 5: 3, 6: 2, 7: 1}  # on one fact
PROMISES = ("pledge", "commitment", "allocation")
NEAR = 60  # a tie leads to one of the last facts of its kind
Row = dict[str, object]


def generate(folder: Path, claims: int) -> Path:
    """Write a data folder with so many claims."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(DATA / "datapackage.json", folder)
    chance = random.Random(claims)  # noqa: S311 - the same ledger each time is what is wanted
    meetings = [START + CADENCE * number for number in range(meetings_of(claims))]
    made = _Ledger(chance, meetings, claims)
    for name, rows in made.tables().items():
        _write(folder / f"{name}.csv", rows)
    return folder


def meetings_of(claims: int) -> int:
    """How many meetings a ledger has: 33 at 10,000 claims, then fewer than the claims grow, 200 at most."""
    return max(3, min(200, math.isqrt(claims) // 3))


class _Ledger:
    """The rows of all tables, made in the order of the facts' days."""

    def __init__(self, chance: random.Random, meetings: list[date], claims: int) -> None:
        self.chance, self.meetings = chance, meetings
        self.facts: list[Row] = []
        self.claims: list[Row] = []
        self.shares: list[Row] = []
        self.rulings: list[Row] = []
        self.last: dict[str, list[Row]] = {}  # the last facts of each level, and of requests
        self.most, self.days = claims, (meetings[-1] - START).days
        self.sources = list(self._sources(max(3, claims * 55 // 100)))
        while len(self.claims) < claims:
            self._fact(START + timedelta(days=self._so_far(self.days)))

    def tables(self) -> dict[str, Iterable[Row]]:
        """The rows by table."""
        first, last = self.meetings[0], self.meetings[-1]
        days = [first + timedelta(days=number) for number in range((last - first).days + 400)]
        return {
            "meetings": [_meeting(number, day) for number, day in enumerate(self.meetings, 1)],
            "donors": [
                *({"donor": code, "name": code, "kind": "country", "currency": HOME.get(code, "EUR")} for code in DONORS),
                *({"donor": code, "name": code, "kind": kind} for code, kind in GROUPS.items()),
            ],
            "sources": self.sources,
            "facts": self.facts,
            "shares": self.shares,
            "claims": self.claims,
            "rulings": self.rulings,
            "figures": [],
            "rates": [{"currency": code, "date": day, "rate_date": day, "rate": rate} for day in days for code, rate in RATES.items()],
        }

    def _sources(self, count: int) -> Iterator[Row]:
        for number in range(count):
            tier, origin = self._one(TIERS), self.chance.randrange(max(1, count // 3))
            day = START + timedelta(days=self.days * number // count) if self.chance.random() < 0.6 else ""
            row = {"source": f"page-{number}", "publisher": f"Outlet {origin}", "url": f"https://example.org/{number}"}
            yield {**row, "date": day, "tier": tier, "origin": f"outlet-{origin}"}

    def _so_far(self, whole: int) -> int:
        """How far along we are in something that lasts as long as the claims."""
        return whole * len(self.claims) // self.most

    def _fact(self, day: date) -> None:
        chance, level, stage = self.chance, self._one(LEVELS), self._one(STAGES)
        donor = "UDCG" if level == "group_total" else "MULTI" if chance.random() < 0.03 else chance.choice(DONORS)
        fact: Row = {
            "fact": f"{donor.lower()}-{day:%Y-%m}-{len(self.facts)}",
            "announced_on": f"{day:%Y-%m}" if chance.random() < 0.03 else day,
            "donor": donor,
            "stage": stage,
            "level": level,
            "scope": self._one(SCOPES),
            "currency": HOME.get(donor, "EUR") if chance.random() < 0.65 else "",
            "title": f"{level} of {donor}",
            "amount": round(SIZES[level] * math.exp(chance.gauss(0, 1)), -5),
        }
        self._tie(fact)
        self._remember(fact)
        self._speak(fact, day, min(self._one(CLAIMS), self.most - len(self.claims)))

    def _tie(self, fact: Row) -> None:
        """Tie a fact to earlier ones at about the rates of the real ledger; a part is a tenth of its whole or less."""
        chance, level = self.chance, fact["level"]
        ties = {"restates": 0.065, "overlaps": 0.04, "counted_in": 0.07, "answers": 0.08}
        whole = {"item": [("part_of", "package", 0.4)], "package": [("drawn_from", "frame", 0.5), ("part_of", "package", 0.1)]}
        for tie, above, rate in whole.get(str(level), []):
            if chance.random() < rate and (found := self._earlier(above)):
                fact[tie] = found["fact"]
                fact["amount"] = round(float(str(found["amount"])) * chance.uniform(0.01, 0.1), -4)
        kinds = {"restates": str(level), "overlaps": str(level), "counted_in": "group_total", "answers": "request"}
        for tie, rate in ties.items():
            if chance.random() < rate and level != "group_total" and (found := self._earlier(kinds[tie])):
                fact.setdefault(tie, found["fact"])
                if tie == "restates":
                    fact.update({name: found[name] for name in ("donor", "currency", "amount", "scope")})
                    return
        if fact["stage"] == "delivery" and (found := self._earlier("item")):
            fact["delivers"] = found["fact"] if found["stage"] in PROMISES else ""
        if fact["donor"] == "MULTI" or chance.random() < 0.05:
            fact["partners"] = ";".join(sorted(chance.sample(DONORS, 3)))
        if chance.random() < 0.1:
            fact["through"] = chance.choice(["IFU", "PURL"])

    def _earlier(self, kind: str) -> Row | None:
        known = self.last.get(kind)
        return self.chance.choice(known) if known else None

    def _remember(self, fact: Row) -> None:
        for kind in (fact["level"], *(["request"] if fact["stage"] == "request" else [])):
            last = self.last.setdefault(str(kind), [])
            last.append(fact)
            del last[:-NEAR]

    def _speak(self, fact: Row, day: date, count: int) -> None:
        spoken = [self._claim(fact, number) for number in range(count)]
        self.facts.append({name: value for name, value in fact.items() if name != "amount"})
        self.claims += spoken
        if fact.get("partners") and fact["currency"] and self.chance.random() < 0.4:
            for donor in str(fact["partners"]).split(";")[:2]:
                amount = round(float(str(fact["amount"])) / 4)
                self.shares.append({**{name: fact[name] for name in ("fact", "currency")}, "donor": donor, "amount": amount})
                self.shares[-1]["claim"] = spoken[0]["claim"]
        if count > 1 and fact["currency"] and self.chance.random() < 0.04:
            self.rulings.append(_ruling(fact, spoken, day))

    def _claim(self, fact: Row, number: int) -> Row:
        chance, own = self.chance, str(fact["currency"])
        row: Row = {"claim": f"c-{len(self.claims) + number}", "fact": fact["fact"]}
        row["source"] = self.sources[min(self._so_far(len(self.sources)) + chance.randrange(20), len(self.sources) - 1)]["source"]
        if own:
            code = own if number == 0 or chance.random() < 0.9 else chance.choice(list(RATES))
            amount = float(str(fact["amount"])) / RATES.get(own, 1.0) * RATES.get(code, 1.0)
            amount *= chance.uniform(0.9, 1.1) if chance.random() < 0.1 else 1.0
            row |= {"qualifier": self._one(QUALIFIERS), "amount": round(amount, -3), "currency": code}
        if fact["level"] == "item" and chance.random() < 0.7:
            row |= {"quantity_text": chance.choice(QUANTITIES), "unit": "pieces"}
        return row

    def _one(self, weights: dict) -> str:  # type: ignore[type-arg]
        return self.chance.choices(list(weights), list(weights.values()))[0]  # type: ignore[no-any-return]


def _ruling(fact: Row, spoken: list[Row], day: date) -> Row:
    chosen, other = spoken[0], spoken[1]
    row: Row = {"ruling": f"{fact['fact']}.amount", "fact": fact["fact"], "field": "amount", "claim": chosen["claim"], "value": "as stated"}
    guard = f"{chosen['claim']}.amount={chosen['amount']}"
    said = {"overrules": other["claim"], "reason": "The other is a misprint.", "decided_on": day, "status": "settled", "expect": guard}
    return row | said


def _meeting(number: int, day: date) -> Row:
    place = {"place": "Brussels", "country": "BE", "format": "in_person", "chairs": "GB", "us_attendance": "chair"}
    return {"meeting": number, "start": day, "end": day, **place, "headline_measures": "none"}


def _write(path: Path, rows: Iterable[Row]) -> None:
    with (DATA / path.name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
