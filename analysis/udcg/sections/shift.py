"""From the United States to Europe: who gives by bloc and year, beside an independent tracker's count."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.blocs import AMERICA, EUROPE, JOINT, OTHERS
from udcg.money import ENDS, EURO
from udcg.sections.printed import bound, name, none, span
from udcg.sums import Sum
from udcg.views import CoalitionView
from udcg.words import message

BLOCS = {AMERICA: message("United States"), EUROPE: message("Europe"), OTHERS: message("Others"), JOINT: message("Shares not known")}
KINDS = {
    "allocations": message("Allocated"),
    "new_commitments": message("Committed"),
    "mixed_new_commitments": message("Mixed scope"),
}
FINDINGS = {
    "allocations": message("In {year} Europe allocated {europe}, the United States {america}"),
    "new_commitments": message("In {year} Europe newly committed {europe}, the United States {america}"),
}
MOST_BESIDE = 4


def allocated(view: CoalitionView) -> Block:
    """Figure of allocations by bloc and year, and how much of each bloc's is on record at all."""
    return _shift(view, "allocations", _seen(view))


def committed(view: CoalitionView) -> Block:
    """Figure of new commitments by bloc and year."""
    return _shift(view, "new_commitments", ())


def by_year(view: CoalitionView) -> Block:
    """Table of allocations, new commitments and mixed sums by year and bloc, with their ranges."""
    line = view.words.line
    rows = tuple(
        (
            text(line("{kind}, {year}", kind=line(label), year=str(year))),
            *(_bloc(view, sums[key], bloc) for bloc in (AMERICA, EUROPE, OTHERS)),
            (bound(view, sums[key]),),
        )
        for key, label in KINDS.items()
        for year, sums in view.by_year.items()
        if sums[key].facts
    )
    if not rows:
        return none(line("No sum with a known amount is on record."))
    labels = [*(line(BLOCS[bloc]) for bloc in (AMERICA, EUROPE, OTHERS)), line("All")]
    columns = (Column(line("What, and when"), 0.18), *(Column(label, 0.205, "end") for label in labels))
    note = line(
        "Europe: the European Union and the members of the Council of Europe. "
        "Committed: first announced in the year. Never add the kinds: commitments, and sums of mixed scope such as the acts of the US "
        "Congress, pay for what is allocated."
    )
    return Table(line("Who gives, by year"), columns, rows, text(note))


def beside(view: CoalitionView) -> Block:
    """Table of our allocations beside an independent tracker's: how much of what others see is on record here."""
    words, line, table = view.words, view.words.line, view.beside
    if table.empty:
        return none(line("No outside figure to set beside these sums is on record."))
    blocs = view.beside_blocs
    shown = [(line(BLOCS[str(bloc)]), row) for bloc, row in blocs.iterrows()]
    shown += [(name(view, row["donor"]), row) for _, row in table[table["donor"] != AMERICA].head(MOST_BESIDE).iterrows()]
    rows = tuple(
        (
            text(label),
            (Span(words.interval(row, EURO), facts=tuple(row["facts"])),),
            (Span(words.money(row["theirs"], EURO), facts=tuple(row["figures"])),),
            (_part(view, row),),
        )
        for label, row in shown
    )
    labels = (line("On record here"), line("Tracker"), line("Part on record"))
    columns = (Column(line("Allocations"), 0.25), *(Column(label, 0.25, "end") for label in labels))
    note = line(
        "Kiel Institute, Ukraine Support Tracker, military allocations to {day} ({vintage}); sums of blocs are ours. It lists all aid, "
        "this page what was announced around meetings, and yearly sums as commitments until packages are named. Where less of a bloc is on "
        "record, its share above is too low.",
        day=words.partial_day(table.iloc[0]["as_of"]),
        vintage=table.iloc[0]["vintage"],
    )
    return Table(line("Beside an independent tracker"), columns, rows, text(note))


def _shift(view: CoalitionView, key: str, seen: Text) -> Block:
    words, line = view.words, view.words.line
    splits = {year: view.blocs(sums[key]) for year, sums in view.by_year.items()}
    found = [bloc for bloc in BLOCS if any(bloc in split.index for split in splits.values())]
    if not found:
        return none(line("No sum with a known amount is on record."))
    rows = pd.DataFrame(
        [{"group": line(BLOCS[bloc]), "label": str(year), **_ends(split, bloc)} for bloc in found for year, split in splits.items()]
    )
    year = (view.full_years or view.years)[-1]
    america, europe = (_given(view, splits[year], bloc) for bloc in (AMERICA, EUROPE))
    finding = line(FINDINGS[key], america=america, europe=europe, year=str(year))
    each = "; ".join(f"{row.group} {row.label} {words.amount(row.low, row.best, row.high, view.currency)}" for row in rows.itertuples())
    caption = words.say(
        "By the year of announcement, best values with ranges; an arrow marks an open end{seen}. Sources: {sources}.",
        seen=seen,
        sources=span(view, "", view.sums[key].named),
    )
    return charts.by_group(rows, view.currency, title=finding, alt=f"{finding}. {each}.", caption=caption, words=words)


def _seen(view: CoalitionView) -> Text:
    """How much of what an independent tracker lists is on record here; nothing where no such figure is known."""
    blocs = view.beside_blocs
    if not {AMERICA, EUROPE} <= set(blocs.index):
        return ()
    return view.words.say(
        "; of what the tracker below lists, {america} of the American and {europe} of the European allocations are on record",
        america=_part(view, blocs.loc[AMERICA]),
        europe=_part(view, blocs.loc[EUROPE]),
    )


def _part(view: CoalitionView, row: pd.Series) -> Span:
    """What part of a tracker's sum is on record here, by best values."""
    printed = view.words.percent(row["best"] / row["theirs"]) if row["theirs"] > 0 else "–"
    return Span(printed, facts=(*row["figures"], *row["facts"]))


def _ends(split: pd.DataFrame, bloc: str) -> dict[str, float]:
    return split.loc[bloc, ENDS].astype(float).round(0).to_dict() if bloc in split.index else dict.fromkeys(ENDS, 0.0)


def _given(view: CoalitionView, split: pd.DataFrame, bloc: str) -> str:
    ends = _ends(split, bloc)
    return view.words.line("nothing") if ends["high"] == 0 else view.words.interval(ends, view.currency)


def _bloc(view: CoalitionView, part: Sum, bloc: str) -> Text:
    split = view.blocs(part)
    if bloc not in split.index:
        return text("–")
    return (Span(view.words.interval(split.loc[bloc], view.currency), facts=tuple(split.at[bloc, "facts"])),)
