"""For which years money is meant: this year, in 2026, for 2025 to 2029, until 2027."""

import re

YEAR = r"(20\d\d)"
SPAN = re.compile(rf"(?:from |between |in |for |over )?{YEAR}\s?(?:-|–|/|to|and|until|through)\s?{YEAR}")
UNTIL = re.compile(rf"\b(?:until|through to|up to|by the end of|through)\s{YEAR}")
IN = re.compile(rf"\b(?:in|for|during|throughout)\s(?:the year\s|all of\s)?{YEAR}\b(?! (?:euros|dollars))")
RELATIVE = re.compile(r"\b(this|next|last|the coming) (?:fiscal |calendar )?year\b(?:'s end)?")


def period(sentence: str, date: str) -> str | None:
    """Read the years of a sentence as the ledger writes them: 2025 or 2025/2029; None where it names none.

    Args:
        sentence: The words around the sum.
        date: Day of the text as 2025-04-11; "" where not known: then "this year" says nothing.
    """
    if found := SPAN.search(sentence):
        return f"{found[1]}/{found[2]}" if found[1] < found[2] else None
    if found := UNTIL.search(sentence):
        return f"{date[:4]}/{found[1]}" if date and date[:4] < found[1] else found[1]
    if found := IN.search(sentence):
        return found[1]
    found = RELATIVE.search(sentence)
    if found and date:
        return str(int(date[:4]) + {"this": 0, "last": -1}.get(found[1], 1))
    return None
