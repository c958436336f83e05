"""Measures how long reading takes: python tests/benchmarks/reading.py, from the project's folder.

It makes 1,000 articles of some 500 words from the evaluation's passages, and one text of 5 MB, reads them in one process and matches them
against the ledger, and ends with exit code 1 where a limit does not hold.
"""

import itertools
import sys
import time
from pathlib import Path

from udcg import ledger
from udcg.book import Book
from udcg.money import EURO
from udcg.reading.api import read_document
from udcg.reading.documents import Document

ARTICLES, WORDS, SIZE = 1_000, 500, 5_000_000
MOST_SECONDS = 60.0
PASSAGES = Path(__file__).parents[1] / "reading" / "passages"


def articles(count: int) -> list[Document]:
    """Make articles that differ: passages in turn, until each has its words."""
    blocks = [block for path in sorted(PASSAGES.glob("*.txt")) for block in path.read_text(encoding="utf-8").split("=== ")[1:]]
    texts = itertools.cycle(block.split("\n", 1)[1].partition("---\n")[0] for block in blocks)
    return [Document(f"{number}.txt", _filled(texts), "2025-04-11") for number in range(count)]


def _filled(texts: "itertools.cycle[str]") -> str:
    text = ""
    while len(text.split()) < WORDS:
        text += next(texts) + "\n"
    return text


def main() -> int:
    """Read, print how long it took, and say which limit does not hold."""
    book = Book(ledger.load(), EURO)
    listed = articles(ARTICLES)
    large = Document("large.txt", ("\n".join(document.text for document in listed) * 3)[:SIZE], "2025-04-11")
    faults = 0
    for name, documents in ((f"{ARTICLES:,} articles of {WORDS} words", listed), ("one text of 5 MB", [large])):
        begun = time.process_time()
        claims = sum(len(read_document(document, book).records) for document in documents)
        took = time.process_time() - begun
        print(f"{name}: {took:.1f} s of processor time, {claims:,} claims")  # noqa: T201
        faults += took > MOST_SECONDS and documents is listed
    print(f"limit: {MOST_SECONDS:g} s for the articles: {'MISSED' if faults else 'holds'}")  # noqa: T201
    return faults


if __name__ == "__main__":
    sys.exit(main())
