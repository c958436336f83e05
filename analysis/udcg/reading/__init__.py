"""From an article to claims: text -> sentences -> mentions -> claims -> what the ledger knows of them."""

from udcg.reading.api import read_text

__all__ = ["read_text"]
