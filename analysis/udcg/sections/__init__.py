"""The sections of a briefing: view -> block. A section without evidence is a sentence that says so."""

from udcg.sections import (
    account,
    asked,
    coalition,
    data,
    donor,
    evidence,
    glance,
    headline,
    ladder,
    lasting,
    leadership,
    meeting,
    promises,
    ranked,
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
    "glance",
    "headline",
    "ladder",
    "lasting",
    "leadership",
    "meeting",
    "promises",
    "ranked",
    "reading",
    "weights",
]
