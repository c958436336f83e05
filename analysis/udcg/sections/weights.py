"""Who pays how much: the blocs by year, new money by meeting, how concentrated it is, and how it compares with another count."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.blocs import AMERICA, EUROPE, JOINT, OTHERS
from udcg.concentration import Concentration, equal_donors
from udcg.money import ENDS, EURO
from udcg.sections.printed import bound, name, none, span
from udcg.sums import Sum
from udcg.views import CoalitionView
from udcg.views.coalition import TOP
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
    """Figure of allocations by bloc and year."""
    return _shift(view, "allocations")


def committed(view: CoalitionView) -> Block:
    """Figure of new commitments by bloc and year."""
    return _shift(view, "new_commitments")


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


def by_window(view: CoalitionView) -> Block:
    """Figure of new commitments by meeting's window, with their ranges."""
    words = view.words
    sums = {meeting: each["new_commitments"] for meeting, each in view.by_meeting.items()}
    rows = pd.DataFrame({meeting: part.ends for meeting, part in sums.items()}).T.round(0)
    if not rows["best"].max() > 0:
        return none(words.line("No new commitment with a known sum is on record."))
    peak = rows["best"].idxmax()
    most = words.interval(rows.loc[peak], view.currency)
    coming = rows.index[-1]
    finding = (
        words.line("Most new money, {sum}, came after the last meeting", sum=most)
        if peak == coming
        else words.line("Most new money, {sum}, came in the window of meeting {meeting}", sum=most, meeting=str(peak))
    )
    each = "; ".join(f"{meeting} {words.interval(row, view.currency)}" for meeting, row in rows[rows["best"] > 0].iterrows())
    caption = words.say(
        "Military commitments by the window of their first announcement, best values with ranges; an arrow marks an open end; {coming} is "
        "the time since the last meeting. Sources: {sources}.",
        coming=str(coming),
        sources=span(view, "", [fact for part in sums.values() for fact in part.named]),
    )
    alt = words.line("{finding}. By window: {each}.", finding=finding, each=each)
    years = [*view.meetings["start"].dt.year, view.cut_off.year]
    return charts.by_window(rows, years, view.currency, title=finding, alt=alt, caption=caption, words=words)


def concentrated(view: CoalitionView) -> Block:
    """Table of the share of the largest donors and of the Herfindahl index, by year."""
    words, line = view.words, view.words.line
    rows = tuple(
        _concentrated(view, key, year, found) for key, rows in view.concentrations.items() for year, found in rows.items() if found.donors
    )
    if not rows:
        return none(line("No sum with a known donor is on record."))
    largest = [words.plural(most, "Largest", "Largest {count}") for most in TOP]
    columns = (
        Column(line("What, and when"), 0.16),
        Column(line("Donors"), 0.07, "end"),
        Column(line("The largest"), 0.2),
        *(Column(label, 0.115, "end") for label in largest),
        Column(line("Index"), 0.155, "end"),
        Column(line("Equals"), 0.07, "end"),
    )
    note = line(
        "The index is Herfindahl and Hirschman's: all shares squared and added, 1 where one donor gives all; it equals that of so many "
        "donors who give alike. Ranges are what the donors' ranges allow; a plus marks rows with an amount that has no upper end: "
        "it stands at its best value, so the ranges can be wider."
    )
    return Table(line("How much hangs on few donors"), columns, rows, text(note))


def beside(view: CoalitionView) -> Block:
    """Table of our allocations beside an independent tracker's: how much of what others see is on record here."""
    words, line, table = view.words, view.words.line, view.beside
    if table.empty or not table["theirs"].sum() > 0:
        return none(line("No outside figure to set beside these sums is on record."))
    blocs = table.groupby("bloc")[[*ENDS, "theirs"]].sum(min_count=1, skipna=False)
    shown = [(line(BLOCS[bloc]), blocs.loc[bloc], table.loc[table["bloc"] == bloc, "figure"]) for bloc in BLOCS if bloc in blocs.index]
    shown += [(name(view, row["donor"]), row, [row["figure"]]) for _, row in table[table["donor"] != AMERICA].head(MOST_BESIDE).iterrows()]
    rows = tuple(
        (
            text(label),
            text(words.interval(row, EURO)),
            (Span(words.money(row["theirs"], EURO), facts=tuple(figures)),),
            text(words.percent(row["best"] / row["theirs"])),
        )
        for label, row, figures in shown
    )
    labels = (line("On record here"), line("Tracker"), line("Part on record"))
    columns = (Column(line("Allocations"), 0.25), *(Column(label, 0.25, "end") for label in labels))
    first = table.iloc[0]
    note = line(
        "Kiel Institute, Ukraine Support Tracker, military allocations to {day} ({vintage}); sums of blocs are ours. It lists all aid, "
        "this page what was announced around meetings, and yearly sums as commitments until packages are named. Where less of a bloc is on "
        "record, its share above is too low.",
        day=words.partial_day(first["as_of"]),
        vintage=first["vintage"],
    )
    return Table(line("Beside an independent tracker"), columns, rows, text(note))


def _shift(view: CoalitionView, key: str) -> Block:
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
        "By the year of announcement, best values with ranges; an arrow marks an open end. Sources: {sources}.",
        sources=span(view, "", view.sums[key].named),
    )
    return charts.by_group(rows, view.currency, title=finding, alt=f"{finding}. {each}.", caption=caption, words=words)


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


def _concentrated(view: CoalitionView, key: str, year: str, found: Concentration) -> tuple[Text, ...]:
    words, line = view.words, view.words.line
    part = view.by_year[int(year)][key] if year else view.sums[key]
    facts = tuple(part.named)
    when = line("{kind}, {year}", kind=line(KINDS[key]), year=year) if year else line("{kind}, all", kind=line(KINDS[key]))
    alike = words.tenths(equal_donors(found.index["best"]))
    return (
        text(f"{when} +" if found.is_open else when),
        (Span(words.number(len(found.donors)), facts=facts),),
        text(words.listed(name(view, code) for code in found.donors[: TOP[1]])),
        *((Span(words.share(*found.share(found.donors[:most])), facts=facts),) for most in TOP),
        (Span(words.index(*found.index), facts=facts),),
        (Span(alike, facts=facts),),
    )
