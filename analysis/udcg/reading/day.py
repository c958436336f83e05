"""The day of an article, from the first full date in its opening lines."""

import datetime
import re

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
NAMES = rf"({'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)}|sept)\.?"
OPENING = 1500  # characters in which a dateline or a note of publication stands
FORMS = (
    (re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b"), (0, 1, 2)),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {NAMES},? (20\d\d)\b", re.IGNORECASE), (2, 1, 0)),
    (re.compile(rf"\b{NAMES} (\d{{1,2}})(?:st|nd|rd|th)?,? (20\d\d)\b", re.IGNORECASE), (2, 0, 1)),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b"), (2, 1, 0)),
)
PAST = datetime.date(2022, 2, 24)  # a date before the war is history, not the day of an article on aid


def day(text: str) -> str:
    """Return the day as 2025-04-11; "" where the opening names none."""
    opening = text[:OPENING]
    found = sorted((hit.start(), _day([hit[place + 1] for place in order])) for form, order in FORMS for hit in form.finditer(opening))
    return next((date for _, date in found if date), "")


def _day(parts: list[str]) -> str:
    year, month, number = parts
    try:
        date = datetime.date(int(year), _month(month), int(number))
    except ValueError:
        return ""
    return date.isoformat() if date > PAST else ""


def _month(name: str) -> int:
    return int(name) if name.isdigit() else 1 + next(place for place, month in enumerate(MONTHS) if month.startswith(name.casefold()[:3]))
