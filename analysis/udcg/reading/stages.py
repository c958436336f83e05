"""How far it has come: from the sense and tense of the verb that governs a mention (the stages of the ledger)."""

import re
from collections.abc import Sequence

from udcg.reading import vocabulary
from udcg.reading.verbs import Act

SO_FAR = re.compile(
    r"\b(?:so far|to date|by now|in total|altogether|in all(?=,)|now worth|over the past|cumulative\w*|total(?:s|led|ling)|"
    r"overall|since (?:the|russia|february|2\d{3}|its|moscow|then|it|war|january)|the total (?:value )?to|has (?:now )?reached|"
    r"now (?:exceeds|stands)|"
    r"(?:the|a|its|their|whose) total (?!of\b)(?:\w+ ){0,4}(?:aid|support|assistance|contribution|help|value of (?:the|its|all)))\b",
    re.IGNORECASE,
)
LARGEST = re.compile(r"\b(?:largest|biggest|most|greatest|first)\b[^.;:]{0,40}\b(?:so far|to date)\b", re.IGNORECASE)


def stage(act: Act | None, chain: Sequence[Act], money: bool, sentence: str, inherited: str, leads: bool = False) -> str:
    """Say the stage of what a verb governs.

    Args:
        act: The governing verb; None where the sentence has none.
        chain: The verbs before it in its clause, such as decided in "decided to free up".
        money: Whether a sum is governed.
        sentence: The words around, for totals up to now.
        inherited: The stage of what the sentence goes on about; "" where there is nothing.
        leads: Whether the mention stands before the verb: what brings a total somewhere is not the total.
    """
    total = money and SO_FAR.search(LARGEST.sub("", sentence)) is not None
    if act is None:
        given = not money and (SO_FAR.search(sentence) or re.search(r"\bdeliveries\b", sentence))
        return "statement" if total else "delivery" if given else inherited or "pledge"
    if (
        any(before.sense == "commit" and before.done for before in chain)
        and act.sense in ("give", "allocate", "pay", "train", "commit")
        and not act.done
    ):
        return "commitment"
    if act.sense == "reach" and leads and not act.passive and act.verb in ("bring", "lift", "take"):
        return "pledge"
    if act.sense == "reach":
        return "statement" if total else "pledge" if money else "pledge" if act.tense == "future" else "delivery"
    if total and act.done and act.sense in ("give", "promise", "commit", "allocate", "pay"):
        return "statement"
    return _of_sense(act, money, inherited)


def _of_sense(act: Act, money: bool, inherited: str) -> str:
    settled = act.tense != "future"
    match act.sense:
        case "ask":
            return "request"
        case "give":
            return _given(act, money)
        case "receive" | "train":
            return "delivery" if act.done else "pledge"
        case "commit":
            return "commitment" if settled else "pledge"
        case "allocate":
            return "allocation" if act.done or (settled and act.verb not in vocabulary.grammar()["coming"]) else "pledge"
        case "pay":
            return "pledge" if not act.done else "disbursement" if money else "allocation"
        case "contain" | "say" | "thank":
            return inherited or "pledge"
    return "pledge"


def _given(act: Act, money: bool) -> str:
    if not act.done:
        return "pledge"
    if money and act.verb in vocabulary.grammar()["paid"]:
        return "disbursement"
    if act.verb in vocabulary.grammar()["spent"]:
        return "allocation" if money else "delivery"
    return "delivery"
