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
from score import HEADER, Score, score, table
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
        for name, reader in {"udcg": ours, **readers}.items():
            records, milliseconds = _timed(reader, listed)
            known = {each.name: apart[each.name] for each in listed if each.name in apart} if reader is ours else {}
            scored = score(listed, {**records, **known})
            print(f"{table(name, scored)}; {milliseconds:.1f} ms a passage")
            if reader is ours:
                short[title] = _short(scored)
    print()
    for title, missed in short.items():
        print(f"{title}: {'; '.join(missed) or 'all targets met'}")
    return 1 if short["by the hand that wrote the rules"] else 0


def _timed(reader: Reader, listed: Sequence[Passage]) -> tuple[dict[str, Records], float]:
    begun = time.perf_counter()
    records = {each.name: reader(each) for each in listed}
    return records, 1000 * (time.perf_counter() - begun) / len(listed)


def _short(scored: Score) -> list[str]:
    """The targets that are missed."""
    got = {"money": scored.sums.f1, "quantity": scored.counts.f1, "record": min(scored.sums.record, scored.counts.record)}
    missed = [f"{what} {got[what]:.2f} is below {LEAST[what]}" for what in got if got[what] < LEAST[what]]
    false = scored.false > LEAST["negatives"] * scored.negatives
    return [*missed, f"{scored.false} false claims in {scored.negatives}"] if false else missed


if __name__ == "__main__":
    sys.exit(main())
