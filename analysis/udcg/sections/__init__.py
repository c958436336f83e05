"""The sections of a briefing: view -> block. A section without evidence is a sentence that says so."""

from udcg.sections import (
    account,
    asked,
    coalition,
    data,
    donor,
    evidence,
    headline,
    lasting,
    leadership,
    meeting,
    promises,
    reading,
    weights,
)

__all__ = [
    "account",
    "asked",
    "coalition",
    "data",
    "donor",
    "evidence",
    "headline",
    "lasting",
    "leadership",
    "meeting",
    "promises",
    "reading",
    "weights",
]
