"""`make eval`: the reader beside two peers on the same passages, on those that its rules were written on and on those held out."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import passages
from peers import quantulum, spacy_matcher
from score import FIELDS, Tally, false_in_negatives, tally
from udcg.reading.api import read_text

Reader = Callable[[passages.Passage], Sequence[Mapping[str, Any]]]
OPENED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")  # those not held out
LEAST = {"money": 0.95, "quantity": 0.88, "record": 0.85, "negatives": 0.1}
HEADER = f"{'':24} {'P':>5} {'R':>5} {'F1':>5}  {'value':>5} {'curr.':>5} {'donor':>5} {'stage':>5}  {'record F1':>9}"


def ours(passage: passages.Passage) -> Sequence[Mapping[str, Any]]:
    """The reader under test."""
    return [record.json() for record in read_text(passage.text, passage.date)]


def line(name: str, total: Tally) -> str:
    """One row of the table."""
    fields = " ".join(f"{total.accuracy(each):5.2f}" for each in FIELDS)
    return f"{name:24} {total.precision:5.2f} {total.recall:5.2f} {total.f1:5.2f}  {fields}  {total.record:9.2f}"


def main() -> int:
    """Print the table; exit code 1 where the reader misses a target on the opened passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-peers", action="store_true", help="the reader alone")
    options = parser.parse_args()
    halves = {"opened": [passage for name in OPENED for passage in passages.read(name)], "held out": passages.read("heldout")}
    peers = {} if options.no_peers else {"quantulum3": quantulum, "spaCy matcher": spacy_matcher}
    short = {}
    for name, listed in halves.items():
        print(f"\n{name}: {len(listed)} passages, {sum(each.negative for each in listed)} without a claim\n{HEADER}")
        short[name] = _compared(name, listed, peers)
    print("\n" + ("; ".join(short["opened"] + short["held out"]) or "all targets met"))
    return 1 if short["opened"] else 0


def _compared(name: str, listed: list[passages.Passage], others: Mapping[str, Reader]) -> list[str]:
    short: list[str] = []
    for who, reader in {"udcg": ours, **others}.items():
        begun = time.perf_counter()
        records = {each.name: reader(each) for each in listed}
        took = time.perf_counter() - begun
        sums, counts = (tally(listed, records, money) for money in (True, False))
        false, negatives = false_in_negatives(listed, records)
        print(line(f"{who} money", sums), line(f"{who} quantities", counts), sep="\n")
        print(f"{'':24} {false} false in {negatives} without a claim; {1000 * took / len(listed):.1f} ms a passage")
        if who == "udcg":
            got = {"money": sums.f1, "quantity": counts.f1, "record": min(sums.record, counts.record)}
            short += [f"{name}: {what} {got[what]:.2f} is below {LEAST[what]}" for what in got if got[what] < LEAST[what]]
            short += [f"{name}: {false} false claims in {negatives}"] if false > LEAST["negatives"] * negatives else []
    return short


if __name__ == "__main__":
    sys.exit(main())
