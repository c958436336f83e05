"""Numbers, dates, names and sentences: the one place where words are made, in the language of a locale (Babel formats them)."""

from collections.abc import Mapping
from functools import cache

import pandas as pd
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent, get_decimal_symbol

from udcg.catalogue import catalogue
from udcg.catalogue import message as message  # for those who say a message elsewhere than they write it
from udcg.messages import Messages

LOCALES = {"en": "en_GB"}  # the locale of a language, where it is not the language's own
ARTICLE = {"United Kingdom", "United States", "Netherlands", "European Union"}
BILLION, MILLION = 1e9, 1e6
TENTH = 0.095  # numbers below have two digits behind the point
NAME, QUANTITY, CELL = 60, 60, 80  # characters of a name, of a quantity in a source's words, of a cell in a narrow column
EXACT = 0.005  # ends closer than half a percent print as one number
ORDINALS = {
    "one": message("{number}st"),
    "two": message("{number}nd"),
    "few": message("{number}rd"),
    "other": message("{number}th"),
}
UNCOUNTED = ("tens", "dozens", "hundreds", "thousands", "millions")  # words of no number, which take "of"
UNITS = {"persons": message("{value} persons"), "pct_gdp_per_year": message("{value} % of GDP a year")}


class Words(Messages):
    """Prints numbers, money, dates and names, and says messages, in the language of a locale."""

    def money(self, value: float, currency: str) -> str:
        """Print a sum: EUR 21bn, EUR 519.2m, EUR 40,000."""
        return self.line("{currency} {amount}", currency=currency, amount=self._scaled(value))

    def amount(self, low: float, best: float, high: float, currency: str) -> str:
        """Print an interval: EUR 519.2m; at least EUR 21bn; up to EUR 12bn; EUR 11bn (10.45bn to 11.55bn)."""
        value, spread = self._pieces(low, best, high, currency)
        return self.line("{sum} ({range})", sum=value, range=spread) if spread else value

    def interval(self, ends: Mapping[str, float], currency: str) -> str:
        """Print an interval given as low, best and high."""
        return self.amount(ends["low"], ends["best"], ends["high"], currency)

    def short(self, ends: Mapping[str, float], currency: str) -> tuple[str, str]:
        """Print an interval in two pieces: its best value (or open end) and, where it has one, its range."""
        value, spread = self._pieces(ends["low"], ends["best"], ends["high"], currency)
        return value, self.line("range {range}", range=spread) if spread else ""

    def figure(self, value: float, unit: str) -> str:
        """Print an outside figure in its unit: EUR, EUR_bn, percent of GDP, persons."""
        currency, _, scale = unit.partition("_")
        if len(currency) == 3 and currency.isupper() and scale in ("", "m", "bn"):
            return self.money(value * {"": 1, "m": MILLION, "bn": BILLION}[scale], currency)
        printed = str(format_decimal(value, locale=self.region))
        return self.line(UNITS[unit], value=printed) if unit in UNITS else f"{printed} {self.plain(unit)}"

    def original(self, fact: Mapping[str, object]) -> str:
        """Print a fact's amount as its donor stated it, in the donor's currency."""
        low, best, high = (float(str(fact[f"stated_{end}"])) for end in ("low", "best", "high"))
        return self.amount(low, best, high, str(fact["currency"])) if pd.notna(best) else ""

    def quantity(self, said: str, unit: str) -> str:
        """Print a quantity in the words of its source, with its unit: 1 system, 30 missiles, thousands of drones."""
        plain = self.number(float(said)) if said.isdigit() else said
        if unit and said.endswith(UNCOUNTED):
            return self.cap(self.line("{many} of {things}", many=plain, things=unit), QUANTITY)
        one = said == "1" and unit.endswith("s")
        return self.cap(f"{plain} {unit.removesuffix('s') if one else unit}".strip(), QUANTITY)

    def share(self, low: float, best: float, high: float) -> str:
        """Print what part of a whole is met: 30 %, at least 30 %, 30 % (20 to 40 %), all, more than all."""
        low, best, high = (_rounded(end, 4) for end in (low, best, high))
        if pd.isna(best):
            return self._between(self.percent(low), self.percent(high)) if pd.notna(low) and pd.notna(high) else ""
        all_ = self.line("all") if abs(best - 1) < EXACT else self.line("more than all") if best > 1 else ""
        printed = all_ or self.percent(best)
        if pd.isna(high):
            return self.line("at least {amount}", amount=printed)
        if pd.isna(low):
            return self.line("up to {amount}", amount=printed)
        if high - low < 2 * EXACT:
            return printed
        return self.line("{sum} ({range})", sum=printed, range=self._between(self.percent(low), self.percent(high)))

    def index(self, low: float, best: float, high: float) -> str:
        """Print an index between 0 and 1: 0.45, 0.45 (0.43 to 0.53)."""
        ends = [str(format_decimal(end, format="0.00", locale=self.region)) for end in (low, best, high)]
        return ends[1] if ends[0] == ends[2] else self.line("{sum} ({range})", sum=ends[1], range=self._between(ends[0], ends[2]))

    def percent(self, value: float, signed: bool = False, digits: int = 0) -> str:
        """Print a fraction of 1 in percent: 41 %; signed: +33 %; with digits: 0.25 %."""
        shape = f"#,##0{'.' if digits else ''}{'0' * digits} %"
        return str(format_percent(value, format=f"+{shape};-{shape}" if signed else shape, locale=self.region))

    def tenths(self, value: float) -> str:
        """Print a number to a tenth, one below it to a hundredth: 21.4, 0.04."""
        return str(format_decimal(value, format="#,##0.#" if abs(value) >= TENTH else "0.##", locale=self.region))

    def day(self, date: pd.Timestamp) -> str:
        """Print a day: 11 April 2025."""
        return str(format_date(date, "long", locale=self.region))

    def partial_day(self, text: str) -> str:
        """Print a full or partial date: 11 April 2025, April 2025, 2025; or that there is none."""
        if not text:
            return self.line("a day not known")
        start = pd.Period(text).start_time
        skeleton = {4: "y", 7: "yMMMM"}.get(len(text), "")
        return str(format_skeleton(skeleton, start, locale=self.region)) if skeleton else self.day(start)

    def days(self, start: pd.Timestamp, end: pd.Timestamp) -> str:
        """Print the days of a meeting."""
        return self.day(start) if start == end else self._between(self.day(start), self.day(end))

    def ago(self, span: pd.Timedelta) -> str:
        """Print how long ago a day was: 3 days ago, 11 months ago, 2 years ago."""
        return str(format_timedelta(-span.to_pytimedelta(), granularity="day", threshold=2, add_direction=True, locale=self.locale))

    def years(self, period: str) -> str:
        """Print the year or years for which money is meant: 2025, 2025 to 2029."""
        start, _, end = period.partition("/")
        return self._between(start, end) if end else start

    def name(self, code: str, english: str) -> str:
        """Name a donor: a country as the language does, a fund or group as the table of donors has it."""
        own = english if self.language == "en" else str(self.region.territories.get(code, english))
        return self.cap(own, NAME)

    def the(self, name: str) -> str:
        """Put the article before the names of donors that take one in an English sentence."""
        return self.line("the {name}", name=name) if name in ARTICLE else name

    def ordinal(self, value: int) -> str:
        """Print an ordinal: 1st, 22nd, 33rd."""
        form = self.region.ordinal_form(value)
        return self.line(ORDINALS.get(form, ORDINALS["other"]), number=self.number(value))

    def plain(self, word: str) -> str:
        """Print a word of a vocabulary, without its underscores: air defence."""
        return self.typed(word.replace("_", " "))

    @property
    def decimal(self) -> str:
        """The sign between whole and part of a number."""
        return str(get_decimal_symbol(self.region))

    @staticmethod
    def sentence(clause: str) -> str:
        """Begin with a capital and end with one full stop."""
        return clause[:1].upper() + clause[1:].rstrip(".") + "."

    @staticmethod
    def capital(phrase: str) -> str:
        """Begin with a capital, and end without a full stop."""
        return phrase[:1].upper() + phrase[1:].rstrip(".")

    @staticmethod
    def cap(title: str, most: int = 120) -> str:
        """Shorten a title that would break a table, at a word, with an ellipsis."""
        return title if len(title) <= most else title[: most - 1].rsplit(" ", 1)[0] + "…"

    def _pieces(self, low: float, best: float, high: float, currency: str) -> tuple[str, str]:
        """An interval as its best value, or open end, and its range where it has one."""
        if pd.isna(best):
            return self.line("no amount stated"), ""
        low, best, high = (_rounded(end, 0) for end in (low, best, high))
        if pd.isna(low) and pd.isna(high):
            return self.money(best, currency), self.line("open at both ends")
        if pd.isna(high):
            return self.line("at least {amount}", amount=self.money(low, currency)), ""
        if pd.isna(low) or (high > 0 and low == 0 == best):
            return self.line("up to {amount}", amount=self.money(high, currency)), ""
        if high - low <= EXACT * best or high == low:
            return self.money(best, currency), ""
        return self.money(best, currency), self._between(self._scaled(low), self._scaled(high))

    def _between(self, start: str, end: str) -> str:
        return self.line("{start} to {end}", start=start, end=end)

    def _scaled(self, value: float) -> str:
        value = _rounded(value, 0)
        if abs(value) >= 0.9995 * BILLION:
            return self.line("{number}bn", number=format_decimal(value / BILLION, format="#,##0.##", locale=self.region))
        if abs(value) >= 0.9995 * MILLION:
            return self.line("{number}m", number=format_decimal(value / MILLION, format="#,##0.#", locale=self.region))
        return str(format_decimal(value, format="#,##0", locale=self.region))


@cache
def of(language: str) -> Words:
    """The words of a language, by its code.

    Raises:
        UnknownNameError: there is no catalogue of that language.
    """
    messages = catalogue(language)
    return Words(LOCALES.get(language, language), messages)


ENGLISH = of("en")  # for data and for the terminal, which are the same in every language


def _rounded(value: float, digits: int) -> float:
    """Round as the data of a page does, so that the same data prints the same words."""
    return value if pd.isna(value) else round(float(value), digits)
