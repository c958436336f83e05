"""Singular and plural of nouns, and the forms of verbs: regular ones are made, others stand in the tables."""

from collections.abc import Iterator, Mapping


def numbers(phrase: str) -> list[str]:
    """A noun in singular and plural: the head is the last word, or the one before "of"."""
    head, of, rest = phrase.partition(" of ")
    if head.endswith("s") and not head.endswith(("ss", "us")):
        return [phrase]
    plural = (
        head[:-1] + "ies"
        if head.endswith("y") and head[-2] not in "aeiou"
        else head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")
    )
    return [phrase, plural + of + rest]


def forms(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """All forms of a verb of the table: the words, the name of the form, and the verb with its particle."""
    verb, particle = row["verb"], row["particle"]
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    doubled = row["past"][:-2] if row["past"].endswith(verb[-1] * 2 + "ed") else stem
    soft = verb.endswith("y") and verb[-2] not in "aeiou"
    past = row["past"] or (verb[:-1] + "ied" if soft else stem + "ed")
    third = verb[:-1] + "ies" if soft else verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s")
    forms = {"base": verb, "third": third, "past": past, "participle": row["participle"] or past, "ing": doubled + "ing"}
    if (verb.endswith(("ut", "et", "it")) and len(verb) <= 3) or verb == "commit":
        forms["ing"] = verb + verb[-1] + "ing"
    alike = [("base", verb)] if verb in (forms["participle"], past) else []  # put and come: what stands around says which form it is
    for form, word in [*alike, *reversed(forms.items())]:
        yield f"{word} {particle}".strip(), form, f"{verb} {particle}".strip()
