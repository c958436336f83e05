"""`make eval`: the reader beside two peers on the same passages.

Passages to which weights are fitted are read with weights fitted to the others (see fit.py); those held out, with the weights in use.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import fit
from passages import FIRST, HELD_OUT, OTHERS, Passage, all_of
from peers import quantulum, spacy_matcher
from score import HEADER, Tally, false_in_negatives, line, tally
from udcg.reading.api import read_text

Records = Sequence[Mapping[str, Any]]
Reader = Callable[[Passage], Records]
LEAST = {"money": 0.95, "quantity": 0.88, "record": 0.85, "negatives": 0.1}


def ours(passage: Passage) -> Records:
    """The reader under test, with the weights in use."""
    return [record.json() for record in read_text(passage.text, passage.date)]


def main() -> int:
    """Print the tables; exit code 1 where the reader misses a target on the passages of the first hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-peers", action="store_true", help="the reader alone")
    options = parser.parse_args()
    apart = fit.passes(all_of((*FIRST, *OTHERS)))[1]
    readers: dict[str, Reader] = {} if options.no_peers else {"quantulum3": quantulum, "spaCy matcher": spacy_matcher}
    short: dict[str, list[str]] = {}
    for title, names in {"by the hand that wrote the rules": FIRST, "by other hands": OTHERS, "held out": HELD_OUT}.items():
        listed = all_of(names)
        print(f"\n{title}: {len(listed)} passages, {sum(each.negative for each in listed)} without a claim\n{HEADER}")
        timed = {name: _timed(reader, listed) for name, reader in {"udcg": ours, **readers}.items()}
        for name, (records, milliseconds) in timed.items():
            found = {each.name: apart.get(each.name, records[each.name]) for each in listed} if name == "udcg" else records
            _print(name, listed, found, milliseconds)
            short.setdefault(title, _short(listed, found))
    print()
    for title, missed in short.items():
        print(f"{title}: {'; '.join(missed) or 'all targets met'}")
    return 1 if short["by the hand that wrote the rules"] else 0


def _timed(reader: Reader, listed: Sequence[Passage]) -> tuple[dict[str, Records], float]:
    begun = time.perf_counter()
    records = {each.name: reader(each) for each in listed}
    return records, 1000 * (time.perf_counter() - begun) / len(listed)


def _tallies(listed: Sequence[Passage], records: Mapping[str, Records]) -> tuple[Tally, Tally]:
    return tally(listed, records, True), tally(listed, records, False)


def _print(name: str, listed: Sequence[Passage], records: Mapping[str, Records], milliseconds: float) -> None:
    sums, counts = _tallies(listed, records)
    false, negatives = false_in_negatives(listed, records)
    print(line(f"{name} money", sums), line(f"{name} quantities", counts), sep="\n")
    print(f"{'':24} {false} false in {negatives} without a claim; {milliseconds:.1f} ms a passage")


def _short(listed: Sequence[Passage], records: Mapping[str, Records]) -> list[str]:
    sums, counts = _tallies(listed, records)
    false, negatives = false_in_negatives(listed, records)
    got = {"money": sums.f1, "quantity": counts.f1, "record": min(sums.record, counts.record)}
    missed = [f"{what} {got[what]:.2f} is below {LEAST[what]}" for what in got if got[what] < LEAST[what]]
    return missed + ([f"{false} false claims in {negatives}"] if false > LEAST["negatives"] * negatives else [])


if __name__ == "__main__":
    sys.exit(main())
