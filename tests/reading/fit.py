"""`make weights`: fits the weights of signs to the passages, and says how well they read passages that they were not fitted to.

Reading goes on from what was read before, so signs depend on earlier answers. A first pass answers as the passages do; two further
passes answer with weights fitted to the other passages (five parts, a passage whole in one). What the last of them gets right is what
to expect on new text.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize

from passages import FIRST, OTHERS, Claim, Passage, all_of
from score import HEADER, score, table
from udcg.reading.api import currencies, last_rates
from udcg.reading.claims import claims
from udcg.reading.judge import AID, GIVER, QUESTIONS, Judge
from udcg.reading.spot import Spot
from udcg.reading.vocabulary import FOLDER

PARTS, PASSES = 5, 3
SEEN = 2  # a sign counts that is there so often
GIVER_RIDGE = 3.0
RIDGE = {"text ": 4.0, "beside ": 4.0, "sentence has": 2.0, "clause has": 2.0, "near ": 2.0, "before ": 2.0, "after ": 2.0, "lemma ": 2.0}
EXACT = {"maxiter": 5_000, "maxfun": 10_000, "maxcor": 20, "ftol": 0.0, "gtol": 1e-6}  # beyond the third decimal, on any machine
LEAST = 0.02  # weights nearer to nothing are left out
Weights = dict[str, dict[str, float]]
Cases = list[tuple[list[str], bool]]  # signs and whether it is so


@dataclass
class Examples:
    """What a passage teaches: for each mention its signs and whether it is aid; for each claim its proposals and which is right."""

    aid: Cases = field(default_factory=list)
    giver: list[Cases] = field(default_factory=list)


class Pupil(Judge):
    """Reads a passage and notes its signs beside the right answers; answers with weights where it has some, else rightly."""

    def __init__(self, passage: Passage, weights: Weights | None) -> None:
        super().__init__(weights or {question: {} for question in QUESTIONS})
        self.left, self.knows, self.noted = list(passage.claims), weights is None, Examples()
        self.claim: Claim | None = None

    def aid(self, at: Spot, signs: Iterable[str], shared: Iterable[frozenset[str]]) -> float:
        """Note whether a mention is a claim."""
        signs, shared = list(signs), list(shared)
        self.claim = self._claim(at)
        if self.claim is None or not self.claim.optional:
            self.noted.aid.append((sorted({*signs, *frozenset().union(*shared)}), self.claim is not None))
        return float(self.claim is not None) if self.knows else super().aid(at, signs, shared)

    def giver(self, proposals: Mapping[Any, Iterable[str]]) -> Any:
        """Note which proposal is right."""
        listed = {proposal: sorted(set(signs)) for proposal, signs in proposals.items()}
        right = self.claim.donors if self.claim else None
        if self.claim and not self.claim.optional and right in listed:
            self.noted.giver.append([(signs, proposal == right) for proposal, signs in listed.items()])
        return right if self.knows and right in listed else super().giver(listed)

    def _claim(self, at: Spot) -> Claim | None:
        start, said = at.each.sentence.start, at.mention.said
        for claim in self.left:
            if claim.money == at.mention.money and start + said.start < claim.end and claim.start < start + said.end:
                self.left.remove(claim)
                return claim
        return None


def learned(noted: Sequence[Examples]) -> Weights:
    """Fit both questions: a logistic regression for each mention, a choice among proposals (conditional logit) for each claim."""
    aid = [case for each in noted for case in each.aid]
    choices = [choice for each in noted for choice in each.giver]
    return {AID: _fitted(aid, None), GIVER: _fitted([case for choice in choices for case in choice], [len(choice) for choice in choices])}


def _fitted(cases: Cases, sizes: list[int] | None) -> dict[str, float]:
    """The weights with the highest likelihood less a ridge; sizes are those of the choices, None where each case stands alone."""
    counts = Counter(sign for signs, _ in cases for sign in signs)
    names = sorted(sign for sign, count in counts.items() if count >= SEEN)
    column = {name: place for place, name in enumerate(names)}
    inside = [[column[sign] for sign in signs if sign in column] for signs, _ in cases]
    rows = np.repeat(np.arange(len(cases)), [len(each) for each in inside])
    columns = np.concatenate([np.array(each, int) for each in inside])
    so = np.array([answer for _, answer in cases], float)
    ridge = np.array([0.0 if name == "always" else GIVER_RIDGE if sizes else _ridge(name) for name in names])
    choice = np.repeat(np.arange(len(sizes)), sizes) if sizes else None

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log likelihood with the ridge, and its gradient."""
        sums = np.bincount(rows, weights[columns], len(cases))
        shares, cost = _likelihood(sums, so, choice)
        gradient = np.bincount(columns, (shares - so)[rows], len(names)) + ridge * weights
        return cost + float(np.sum(ridge * weights**2)) / 2, gradient

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options=EXACT).x
    return {name: round(float(weight), 3) for name, weight in zip(names, best, strict=True) if abs(weight) >= LEAST}


def _likelihood(sums: np.ndarray, so: np.ndarray, choice: np.ndarray | None) -> tuple[np.ndarray, float]:
    if choice is None:
        return 1 / (1 + np.exp(-sums)), float(np.sum(np.logaddexp(0, sums) - so * sums))
    powers = np.exp(sums - sums.max())
    shares = powers / np.bincount(choice, powers)[choice]
    return shares, float(-np.sum(np.log(shares[so > 0])))


def _ridge(sign: str) -> float:
    return next((ridge for begins, ridge in RIDGE.items() if sign.startswith(begins)), 1.0)


def read(passage: Passage, weights: Weights | None) -> tuple[Examples, list[dict[str, Any]]]:
    """Read a passage: what it teaches, and the records found."""
    pupil = Pupil(passage, weights)
    records = claims(passage.text, passage.date, currencies(), last_rates(), pupil)[0]
    return pupil.noted, [record.json() for record in records]


def passes(listed: Sequence[Passage]) -> tuple[Weights, dict[str, list[dict[str, Any]]]]:
    """Fit in several passes; return the weights, and the records of each passage by weights that were fitted without it."""
    noted, records = {each.name: read(each, None)[0] for each in listed}, {}
    for _ in range(PASSES - 1):
        answers = dict(_apart(listed, noted))
        noted = {name: examples for name, (examples, _) in answers.items()}
        records = {name: found for name, (_, found) in answers.items()}
    return learned(list(noted.values())), records


def _apart(listed: Sequence[Passage], noted: Mapping[str, Examples]) -> Iterator[tuple[str, tuple[Examples, list[dict[str, Any]]]]]:
    for part in range(PARTS):
        weights = learned([noted[each.name] for place, each in enumerate(listed) if place % PARTS != part])
        yield from ((each.name, read(each, weights)) for each in listed[part::PARTS])


def write(weights: Weights) -> None:
    """Write the weights where the reader looks for them."""
    with (FOLDER / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["question", "sign", "weight"])
        table.writerows([question, sign, f"{weight:g}"] for question in QUESTIONS for sign, weight in sorted(weights[question].items()))


def main() -> int:
    """Fit, write, and print what to expect."""
    weights, records = passes(all_of((*FIRST, *OTHERS)))
    write(weights)
    for title, names in {"the hand that wrote the rules": FIRST, "other hands": OTHERS}.items():
        listed = all_of(names)
        sys.stdout.write(f"{title}: {len(listed)} passages, each read with weights fitted to the others\n{HEADER}\n")
        sys.stdout.write(f"{table('udcg', score(listed, records))}\n\n")
    sys.stdout.write(f"{sum(map(len, weights.values()))} weights written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
