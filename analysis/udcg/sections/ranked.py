"""The section on what a donor gives against the size of its economy, and where that places it."""

import pandas as pd

from udcg.blocks import Block, Column, KeyFigure, Span, Table, text
from udcg.sections.printed import none
from udcg.views import DonorView
from udcg.words import message

DEFINITIONS = {
    "commitments": message("Commitments, military scope"),
    "with_mixed": message("Commitments, with sums of mixed scope"),
    "allocations": message("Allocations, whoever announced the purse"),
}
SUMS = {
    "commitments": ("new_commitments",),
    "with_mixed": ("new_commitments", "mixed_new_commitments"),
    "allocations": ("allocations",),
}


def ranks(view: DonorView) -> Block:
    """Table of the share of one year's GDP and the rank among countries, under three definitions of what was given."""
    line, placed = view.words.line, view.ranks
    if placed.empty:
        return none(line("Without a known sum and a known GDP, no share of GDP and no rank can be given."))
    rows = tuple(
        (
            text(line(DEFINITIONS[name])),
            (Span(_share(view, row), facts=(row["figure"], *_facts(view, name))),),
            (Span(_place(view, row), facts=_facts(view, name)),),
            text(view.words.number(row["of"])),
        )
        for name, row in zip(placed.index, placed.to_dict("records"), strict=True)
    )
    columns = (
        Column(line("What is counted"), 0.4),
        Column(line("Share of one year's GDP"), 0.26, "end"),
        Column(line("Rank by share"), 0.18, "end"),
        Column(line("Countries"), 0.16, "end"),
    )
    note = line(
        "Sums of all years against the GDP of {year}. Ranks go by best values; in brackets, how far ranges could move them. "
        "Unions and funds are not ranked.",
        year=str(placed["year"].iloc[0]),
    )
    return Table(line("Share of GDP and rank under three definitions"), columns, rows, text(note))


def key_figure(view: DonorView) -> list[KeyFigure]:
    """The share of GDP under the first definition, with its rank; none where it is not known."""
    if "commitments" not in view.ranks.index:
        return []
    line, row = view.words.line, view.ranks.loc["commitments"]
    label = line("of one year's GDP ({year})", year=str(row["year"]))
    note = line(
        "commitments of all years against one year; rank {rank} of {count} countries",
        rank=_place(view, row.to_dict()),
        count=view.words.number(row["of"]),
    )
    return [KeyFigure(_best(view, row.to_dict()), label, note, (row["figure"], *_facts(view, "commitments")))]


def _best(view: DonorView, row: dict) -> str:  # type: ignore[type-arg]
    percent = view.words.percent(row["share_best"], digits=2)
    return view.words.line("{percent} or more", percent=percent) if pd.isna(row["share_high"]) else percent


def _share(view: DonorView, row: dict) -> str:  # type: ignore[type-arg]
    words = view.words
    low, high = (words.percent(row[f"share_{end}"], digits=2) if pd.notna(row[f"share_{end}"]) else "" for end in ("low", "high"))
    if not low or not high or low == high:
        return _best(view, row)
    return words.line("{percent} ({low} to {high})", percent=_best(view, row), low=low, high=high)


def _place(view: DonorView, row: dict) -> str:  # type: ignore[type-arg]
    first, rank, last = (view.words.number(row[name]) for name in ("rank_first", "rank", "rank_last"))
    return rank if first == last else view.words.line("{rank} ({first} to {last})", rank=rank, first=first, last=last)


def _facts(view: DonorView, definition: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for name in SUMS[definition] for fact in view.sums[name].named))
