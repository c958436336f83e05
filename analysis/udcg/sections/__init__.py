"""The sections of a briefing: view -> block. A section without evidence is a sentence that says so."""

from udcg.sections import account, asked, data, donor, evidence, glance, headline, ladder, meeting, promises, ranked, reading

__all__ = ["account", "asked", "data", "donor", "evidence", "glance", "headline", "ladder", "meeting", "promises", "ranked", "reading"]
