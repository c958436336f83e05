"""The sections of a donor's briefing."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, KeyFigures, Prose, Span, Table, Text, Title, text
from udcg.money import ENDS, EURO
from udcg.sections import ranked
from udcg.sections.printed import amount, bound, headed, key_figure, lead, name, none, notes, rest, span
from udcg.sums import Sum
from udcg.tracker import KINDS
from udcg.views import DonorView
from udcg.words import CELL, NAME, message

MOST_ROWS = 14
CITED = 4  # facts whose sources a sum cites
MEASURES = 200  # characters on what a figure measures
DRAWN = ["new_commitments", "allocations"]
LARGEST = {
    "new_commitments": message("The largest new commitments, {sum}, came in the window of meeting {meeting}"),
    "allocations": message("The largest allocations, {sum}, came in the window of meeting {meeting}"),
}
COMING = {
    "new_commitments": message("The largest new commitments, {sum}, came after the last meeting"),
    "allocations": message("The largest allocations, {sum}, came after the last meeting"),
}
LISTED = {"commitments": message("Commitments"), "allocations": message("Allocations")}


def title(view: DonorView) -> Title:
    """Title and the data behind the page."""
    words, line = view.words, view.words.line
    subtitle = words.plural(
        len(view.book.ledger.meetings),
        "What was promised to Ukraine around {count} meeting of the Ukraine Defense Contact Group, and what came of it",
        "What was promised to Ukraine around {count} meetings of the Ukraine Defense Contact Group, and what came of it",
    )
    return headed(
        view,
        line("{donor}: military aid announced", donor=name(view, view.code)),
        subtitle,
        line("Ukraine"),
        line("military aid"),
        name(view, view.code),
    )


def bottom_line(view: DonorView) -> Block:
    """Three sentences: commitments, allocations, and what stands out."""
    committed, allocated = view.sums["new_commitments"], view.sums["allocations"]
    return lead(_committed(view, committed), _allocated(view, allocated), _known(view))


def key_figures(view: DonorView) -> KeyFigures:
    """Commitments, allocations, share of GDP, and how much rests on evidence."""
    line, sums = view.words.line, view.sums
    items = [
        key_figure(view, sums["new_commitments"], line("Commitments"), line("topmost promises, military scope")),
        key_figure(view, sums["allocations"], line("Allocations"), line("packages, never added to commitments")),
    ]
    if sums["mixed_new_commitments"].facts:
        note = line("military and civilian in one sum, counted apart")
        items.append(key_figure(view, sums["mixed_new_commitments"], line("Mixed scope"), note))
    return KeyFigures((*items, *ranked.key_figure(view)))


def over_time(view: DonorView) -> Block:
    """New commitments and allocations by meeting."""
    words = view.words
    sums = {meeting: pd.concat({key: four[key].ends[ENDS] for key in DRAWN}) for meeting, four in view.by_meeting.items()}
    rows = pd.DataFrame.from_dict(sums, orient="index").round(0)
    best = rows.xs("best", axis=1, level=1)
    if best.to_numpy().sum() == 0:
        return none(words.line("No sum with a known amount was found, so there is nothing to draw over time."))
    coming = str(view.book.windows.index[-1])
    key = "new_commitments" if best["new_commitments"].max() > 0 else "allocations"
    peak = best[key].idxmax()
    most = words.money(best.at[peak, key], view.currency)
    after = words.line(COMING[key], sum=most) if str(peak) == coming else words.line(LARGEST[key], sum=most, meeting=str(peak))
    each = "; ".join(_at(view, meeting, row) for meeting, row in rows[best.sum(axis=1) > 0].iterrows())
    facts = [fact for drawn in DRAWN for fact in view.sums[drawn].named]
    caption = words.say(
        "By the window in which money was first announced; {meeting} is the time after the last meeting. Columns are best values, lines "
        "the range; an arrow marks an open end. Sources: {sources}.",
        meeting=coming,
        sources=span(view, "", facts),
    )
    return charts.by_meeting(rows, view.currency, title=after, alt=f"{after}. {each}.", caption=caption, words=words)


def _at(view: DonorView, meeting: object, sums: pd.Series) -> str:
    committed, allocated = (view.words.interval(sums[drawn], view.currency) for drawn in DRAWN)
    return view.words.line(
        "meeting {meeting}: commitments {committed}, allocations {allocated}",
        meeting=str(meeting),
        committed=committed,
        allocated=allocated,
    )


def purses(view: DonorView) -> Block:
    """Table of frames and what is known to have been drawn from each."""
    words, line, frames = view.words, view.words.line, view.purses
    if frames.empty:
        return none(line("No multi-year or yearly frame with a known sum is on record."))
    rows = tuple(
        (
            (span(view, words.cap(fact["title"]), [fact["fact"]]),),
            text(words.partial_day(fact["announced_on"])),
            text(words.years(fact["period"])),
            text(amount(view, fact)),
            (_drawn(view, fact),),
        )
        for fact in frames.tail(MOST_ROWS).to_dict("records")
    )
    columns = (
        Column(line("Frame"), 0.34),
        Column(line("Announced"), 0.15),
        Column(line("For"), 0.12),
        Column(line("Sum"), 0.23),
        Column(line("Packages found in it"), 0.16),
    )
    note = line("A frame can be part of another one; these sums are not to be added. What was drawn and never announced is not seen.")
    return Table(line("Frames and what has been drawn from them"), columns, rows, text(note))


def outside(view: DonorView) -> Block:
    """Table of outside figures beside ours."""
    words, line, figures = view.words, view.words.line, view.outside
    if figures.empty:
        return none(line("No outside figure on this donor's military aid is on record."))
    rows = tuple(
        (
            text(words.cap(row["measures"], MEASURES)),
            text(words.figure(row["value"], row["unit"])),
            text(words.partial_day(row["as_of"]) if row["as_of"] else words.cap(row["vintage"], CELL)),
            (Span(words.cap(row["publisher"], NAME), facts=(row["figure"],)),),
        )
        for row in figures.head(MOST_ROWS).to_dict("records")
    )
    columns = (
        Column(line("What it measures"), 0.42),
        Column(line("Value"), 0.18),
        Column(line("As of"), 0.16),
        Column(line("Publisher"), 0.24),
    )
    note = line("Others list all aid; this briefing lists what was announced around meetings. The figures never enter our sums.")
    return Table(line("Outside figures"), columns, rows, text(note))


def tracker(view: DonorView) -> Block:
    """Our sums beside those of a tracker's file, and why they differ; nothing where no file was named."""
    words, line, beside = view.words, view.words.line, view.beside
    if beside is None:
        return Prose(paragraphs=())
    start, end = words.partial_day(beside["start"]), words.partial_day(beside["end"])
    if "donor" not in beside:
        return none(line("The tracker lists no military aid of this donor from {start} to {end}.", start=start, end=end))
    rows = tuple(
        (
            text(line(LISTED[kind])),
            (_ours(view, kind, beside[kind]),),
            *(text("–" if beside[kind][cell] is None else words.money(beside[kind][cell], EURO)) for cell in ("theirs", "difference")),
        )
        for kind in KINDS
    )
    labels = (line("On record here"), line("Tracker"), line("Difference"))
    columns = (Column(line("Military aid"), 0.25), *(Column(label, 0.25, "end") for label in labels))
    reasons = "; ".join(beside["reasons"])
    apply = line("Reasons that apply: {reasons}.", reasons=reasons) if reasons else line("The sums agree.")
    note = line("Kiel Institute, Ukraine Support Tracker, {start} to {end}.", start=start, end=end)
    return Table(line("Beside an independent tracker"), columns, rows, notes(note, apply))


def _ours(view: DonorView, kind: str, row: dict) -> Span:  # type: ignore[type-arg]
    ends = {end: float("nan") if row[end] is None else row[end] for end in ENDS}
    facts = view.sums["new_commitments" if kind == "commitments" else kind].named
    return Span(view.words.interval(ends, EURO), facts=tuple(facts))


def _committed(view: DonorView, part: Sum) -> Text:
    words, facts, donor = view.words, part.facts, view.words.the(name(view, view.code))
    if not facts:
        return words.say("No military commitment of {donor} with a known sum is on record.", donor=donor)
    top = view.book.facts.loc[facts].sort_values("best", ascending=False).iloc[0]
    return words.say(
        "{donor} has commitments of {sum} on record, each euro once; the largest is: {largest} ({amount}).",
        donor=words.capital(donor),
        sum=bound(view, part, facts[:CITED], strong=True),
        largest=top["title"],
        amount=span(view, amount(view, top), [top["fact"]]),
    )


def _allocated(view: DonorView, part: Sum) -> Text:
    words, facts = view.words, part.facts
    if not facts:
        return words.say("No package with a known sum was found.")
    return words.many(
        len(facts),
        "Packages and items worth {sum} were announced in {count} package.",
        "Packages and items worth {sum} were announced in {count} packages.",
        sum=bound(view, part, facts[:CITED]),
    )


def _known(view: DonorView) -> Text:
    words, claims = view.words, view.evidence.claims
    delivered = len(view.deliveries)
    reported = words.plural(delivered, "; {count} delivery is reported", "; {count} deliveries are reported")
    return words.say(
        "This rests on {claims} from {pages}{delivered}{disputed}.",
        claims=words.counted(len(claims), "claim", "claims"),
        pages=words.counted(claims["source"].nunique(), "page", "pages"),
        delivered=reported if delivered else words.line("; no delivery is reported"),
        disputed=rest(view, len(view.conflicts), " and sources disagree on {count} point", " and sources disagree on {count} points"),
    )


def _drawn(view: DonorView, fact: dict) -> Span:  # type: ignore[type-arg]
    if not fact["payments"]:
        return Span(view.words.line("none found"))
    printed = view.words.amount(fact["drawn_low"], fact["drawn_best"], fact["drawn_high"], view.currency)
    return Span(printed, facts=tuple(fact["payments"]))
