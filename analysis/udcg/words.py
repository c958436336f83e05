"""Numbers, dates, names and sentences: the one place where words are made (Babel formats them for a locale)."""

from collections.abc import Iterable, Mapping

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

LOCALE = "en_GB"
ARTICLE = {"United Kingdom", "United States", "Netherlands", "European Union"}
BILLION, MILLION = 1e9, 1e6
EXACT = 0.005  # ends closer than half a percent print as one number


def number(value: float, locale: str = LOCALE) -> str:
    """Print a count with the locale's separators: 9,000."""
    return format_decimal(round(value), locale=locale)


def money(value: float, currency: str, locale: str = LOCALE) -> str:
    """Print a sum: EUR 21bn, EUR 519.2m, EUR 40,000."""
    return f"{currency} {_scaled(value, locale)}"


def amount(low: float, best: float, high: float, currency: str, locale: str = LOCALE) -> str:
    """Print an interval: EUR 519.2m; at least EUR 21bn; up to EUR 12bn; EUR 11bn (10.45bn to 11.55bn)."""
    if pd.isna(best):
        return "no amount stated"
    low, best, high = (_rounded(end, 0) for end in (low, best, high))
    if pd.isna(low) and pd.isna(high):
        return f"{money(best, currency, locale)} (open at both ends)"
    if pd.isna(high) or (high > 0 and low == 0 == best):
        return f"at least {money(low, currency, locale)}" if pd.isna(high) else f"up to {money(high, currency, locale)}"
    if pd.isna(low):
        return f"up to {money(high, currency, locale)}"
    if high - low <= EXACT * best or high == low:
        return money(best, currency, locale)
    return f"{money(best, currency, locale)} ({_scaled(low, locale)} to {_scaled(high, locale)})"


def interval(ends: Mapping[str, float], currency: str, locale: str = LOCALE) -> str:
    """Print an interval given as low, best and high."""
    return amount(ends["low"], ends["best"], ends["high"], currency, locale)


def short(ends: Mapping[str, float], currency: str, locale: str = LOCALE) -> tuple[str, str]:
    """Print an interval in two pieces: its best value (or open end) and, where it has one, its range."""
    printed = interval(ends, currency, locale)
    value, _, spread = printed.partition(" (")
    return value, f"range {spread.rstrip(')')}" if spread else ""


def figure(value: float, unit: str, locale: str = LOCALE) -> str:
    """Print an outside figure in its unit: EUR, EUR_bn, percent of GDP, persons."""
    currency, _, scale = unit.partition("_")
    if len(currency) == 3 and currency.isupper() and scale in ("", "m", "bn"):
        return money(value * {"": 1, "m": MILLION, "bn": BILLION}[scale], currency, locale)
    return f"{format_decimal(value, locale=locale)} {plain(unit)}"


def original(fact: Mapping[str, object]) -> str:
    """Print a fact's amount as its donor stated it, in the donor's currency."""
    low, best, high = (float(str(fact[f"stated_{end}"])) for end in ("low", "best", "high"))
    return amount(low, best, high, str(fact["currency"])) if pd.notna(best) else ""


def quantity(words: str, unit: str) -> str:
    """Print a quantity in the words of its source, with its unit, which stands in the plural: 1 system, 30 missiles."""
    plain = number(float(words)) if words.isdigit() else words
    one = words == "1" and unit.endswith("s")
    return f"{plain} {unit.removesuffix('s') if one else unit}".strip()


def share(low: float, best: float, high: float, locale: str = LOCALE) -> str:
    """Print what part of a whole is met: 30 %, at least 30 %, 30 % (20 to 40 %), all, more than all."""
    low, best, high = (_rounded(end, 4) for end in (low, best, high))
    if pd.isna(best):
        return f"{percent(low, locale)} to {percent(high, locale)}" if pd.notna(low) and pd.notna(high) else ""
    printed = "all" if abs(best - 1) < EXACT else "more than all" if best > 1 else percent(best, locale)
    if pd.isna(high):
        return f"at least {printed}"
    if pd.isna(low):
        return f"up to {printed}"
    return printed if high - low < 2 * EXACT else f"{printed} ({percent(low, locale)} to {percent(high, locale)})"


def percent(value: float, locale: str = LOCALE, signed: bool = False) -> str:
    """Print a fraction of 1 in percent: 41 %; signed: +33 %."""
    return format_percent(value, format="+#,##0 %;-#,##0 %" if signed else "#,##0 %", locale=locale)


def day(date: pd.Timestamp, locale: str = LOCALE) -> str:
    """Print a day: 11 April 2025."""
    return format_date(date, "d MMMM y", locale=locale)


def partial_day(text: str, locale: str = LOCALE) -> str:
    """Print a full or partial date: 11 April 2025, April 2025, 2025."""
    pattern = {4: "y", 7: "MMMM y"}.get(len(text), "d MMMM y")
    return format_date(pd.Period(text).start_time, pattern, locale=locale)


def days(start: pd.Timestamp, end: pd.Timestamp, locale: str = LOCALE) -> str:
    """Print the days of a meeting."""
    return day(start, locale) if start == end else f"{day(start, locale)} to {day(end, locale)}"


def listed(names: Iterable[str], locale: str = LOCALE) -> str:
    """Join names: Germany, Norway and the United Kingdom."""
    return format_list(list(names), locale=locale)


def the(name: str) -> str:
    """Put the article before the names of donors that take one in a sentence."""
    return f"the {name}" if name in ARTICLE else name


def ordinal(value: int) -> str:
    """Print an ordinal: 1st, 22nd, 33rd."""
    last = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{last}"


def counted(value: int, one: str, many: str, locale: str = LOCALE) -> str:
    """Print a count with its noun in the right plural form: 1 promise, 12 promises."""
    return f"{number(value, locale)} {plural(value, one, many, locale)}"


def plural(value: int, one: str, many: str, locale: str = LOCALE) -> str:
    """Choose the form of a verb or noun that goes with a count: is, are."""
    return one if Locale.parse(locale).plural_form(value) == "one" else many


def plain(word: str) -> str:
    """Print a word of a vocabulary without its underscores: air defence."""
    return word.replace("_", " ")


def sentence(clause: str) -> str:
    """Begin with a capital and end with one full stop."""
    return clause[:1].upper() + clause[1:].rstrip(".") + "."


def cap(title: str, most: int = 120) -> str:
    """Shorten a title that would break a table, at a word, with an ellipsis."""
    return title if len(title) <= most else title[: most - 1].rsplit(" ", 1)[0] + "…"


def _rounded(value: float, digits: int) -> float:
    """Round as the data of a page does, so that the same data prints the same words."""
    return value if pd.isna(value) else round(float(value), digits)


def _scaled(value: float, locale: str) -> str:
    value = _rounded(value, 0)
    if abs(value) >= 0.9995 * BILLION:
        return format_decimal(value / BILLION, format="#,##0.##", locale=locale) + "bn"
    if abs(value) >= 0.9995 * MILLION:
        return format_decimal(value / MILLION, format="#,##0.#", locale=locale) + "m"
    return format_decimal(value, format="#,##0", locale=locale)
