"""Weighs signs: whether a mention is military aid, and who gives. The weights are fitted to passages with answers."""

import csv
import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import TypeVar

from udcg.reading.spot import Spot
from udcg.reading.vocabulary import FOLDER

T = TypeVar("T")
AID, GIVER = QUESTIONS = "aid", "giver"
LEAST = 0.55  # from here on it is a claim: F1 is as high as from 0.5 on, and a fifth fewer claims are false


class Judge:
    """Answers by adding the weights of the signs that are there."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.weights = weights
        self.shared = lru_cache(maxsize=16)(partial(self._sum, AID))  # what a text's mentions share is added once

    def aid(self, at: Spot, signs: Iterable[str], shared: Iterable[frozenset[str]]) -> float:
        """How sure it is that a mention is military aid, from 0 to 1 (logistic regression).

        Args:
            at: Where it stands.
            signs: Its own.
            shared: Those of its sentence, of the sentences beside it and of the text, which many mentions have in common.
        """
        return certainty(self._sum(AID, signs) + sum(map(self.shared, shared)))

    def giver(self, proposals: Mapping[T, Iterable[str]]) -> T:
        """The proposal for which most speaks (conditional logit); the first of them where several are equal."""
        return max(proposals, key=lambda proposal: self._sum(GIVER, proposals[proposal]))

    def _sum(self, question: str, signs: Iterable[str]) -> float:
        weights = self.weights[question]
        return math.fsum(weights.get(sign, 0.0) for sign in set(signs))  # the same in any order


def certainty(weight: float) -> float:
    """The share of cases with such a sum of weights that are aid (the logistic function)."""
    return 1.0 / (1.0 + math.exp(-max(min(weight, 30.0), -30.0)))


@cache
def fitted() -> Judge:
    """The judge with the weights of weights.csv, as `make weights` fits them."""
    weights: dict[str, dict[str, float]] = {question: {} for question in QUESTIONS}
    with (FOLDER / "weights.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weights[row["question"]][row["sign"]] = float(row["weight"])
    return Judge(weights)
