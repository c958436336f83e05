"""The sections of a donor's briefing."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, KeyFigure, KeyFigures, Prose, Span, Table, Text, Title, text
from udcg.money import ENDS, EURO
from udcg.sections.printed import amount, key_figure, lead, none, span
from udcg.sums import Sum
from udcg.tracker import KINDS
from udcg.views import DonorView
from udcg.words import ENGLISH as words

MOST_ROWS = 14
DRAWN = ["new_commitments", "allocations"]


def title(view: DonorView) -> Title:
    """Title and the data behind the page."""
    meetings = view.book.ledger.meetings["meeting"]
    held = words.counted(len(meetings), "meeting", "meetings")
    subtitle = f"What was promised to Ukraine around {held} of the Ukraine Defense Contact Group, and what came of it"
    data_line = f"Evidence up to {words.day(view.cut_off)} · amounts in {view.currency} at the ECB rate of the day"
    return Title(
        f"{view.name}: military aid announced",
        subtitle,
        data_line,
        f"{view.cut_off:%Y-%m-%d}",
        ("Ukraine", "military aid", view.name),
    )


def bottom_line(view: DonorView) -> Block:
    """Three sentences: commitments, allocations, and what stands out."""
    committed, allocated = view.sums["new_commitments"], view.sums["allocations"]
    return lead(_committed(view, committed), _allocated(view, allocated), _known(view))


def key_figures(view: DonorView) -> KeyFigures:
    """Commitments, allocations, share of GDP, and how much rests on evidence."""
    share = view.share_of_gdp
    items = [
        key_figure(view, view.sums["new_commitments"], "Commitments", "topmost promises, military scope"),
        key_figure(view, view.sums["allocations"], "Allocations", "packages, never added to commitments"),
    ]
    if view.sums["mixed_new_commitments"].facts:
        note = "military and civilian in one sum, counted apart"
        items.append(key_figure(view, view.sums["mixed_new_commitments"], "Mixed scope", note))
    if share is not None and share["best"] > 0:
        percent = f"{share['best'] * 100:.2f} %" + (" or more" if pd.isna(share["high"]) else "")
        items.append(
            KeyFigure(
                percent,
                f"of one year's GDP ({share['year']})",
                "commitments of all years against one year",
                (share["figure"],),
            )
        )
    return KeyFigures(tuple(items))


def over_time(view: DonorView) -> Block:
    """New commitments and allocations by meeting."""
    four = {meeting: {name: sums[name].ends["best"] for name in DRAWN} for meeting, sums in view.by_meeting.items()}
    best = pd.DataFrame.from_dict(four, orient="index").round(0)
    if best.to_numpy().sum() == 0:
        return none("No sum with a known amount was found, so there is nothing to draw over time.")
    coming = view.book.windows.index[-1]
    key, kind = ("new_commitments", "new commitments") if best["new_commitments"].max() > 0 else ("allocations", "allocations")
    peak = best[key].idxmax()
    value = words.money(best.at[peak, key], view.currency)
    where = "after the last meeting" if peak == coming else f"in the window of meeting {peak}"
    finding = f"The largest {kind}, {value}, came {where}"
    each = "; ".join(
        f"meeting {meeting}: commitments {words.money(row['new_commitments'], view.currency)}, "
        f"allocations {words.money(row['allocations'], view.currency)}"
        for meeting, row in best[best.sum(axis=1) > 0].iterrows()
    )
    facts = [fact for name in DRAWN for fact in view.sums[name].named]
    note = f"By the window in which money was first announced; {coming} is the time after the last meeting. Best values. Sources: "
    return charts.by_meeting(
        best,
        view.currency,
        title=finding,
        alt=f"{finding}. {each}.",
        caption=(Span(note), span(view, "", facts), Span(".")),
    )


def purses(view: DonorView) -> Block:
    """Table of frames and what is known to have been drawn from each."""
    frames = view.purses
    if frames.empty:
        return none("No multi-year or yearly frame with a known sum is on record.")
    rows = tuple(
        (
            (span(view, words.cap(fact["title"]), [fact["fact"]]),),
            text(words.partial_day(fact["announced_on"])),
            text(fact["period"].replace("/", " to ")),
            text(amount(view, fact)),
            (_drawn(view, fact),),
        )
        for fact in frames.tail(MOST_ROWS).to_dict("records")
    )
    columns = (
        Column("Frame", 0.34),
        Column("Announced", 0.15),
        Column("For", 0.12),
        Column("Sum", 0.23),
        Column("Packages found in it", 0.16),
    )
    note = "A frame can be part of another one; these sums are not to be added. What was drawn and never announced is not seen."
    return Table("Frames and what has been drawn from them", columns, rows, text(note))


def outside(view: DonorView) -> Block:
    """Table of outside figures beside ours."""
    figures = view.outside
    if figures.empty:
        return none("No outside figure on this donor's military aid is on record.")
    rows = tuple(
        (
            text(row["measures"]),
            text(words.figure(row["value"], row["unit"])),
            text(words.partial_day(row["as_of"]) if row["as_of"] else row["vintage"]),
            (Span(row["publisher"], facts=(row["figure"],)),),
        )
        for row in figures.head(MOST_ROWS).to_dict("records")
    )
    columns = (
        Column("What it measures", 0.42),
        Column("Value", 0.18),
        Column("As of", 0.16),
        Column("Publisher", 0.24),
    )
    note = "Others list all aid; this briefing lists what was announced around meetings. The figures never enter our sums."
    return Table("Outside figures", columns, rows, text(note))


def tracker(view: DonorView) -> Block:
    """Our sums beside those of a tracker's file, and why they differ; nothing where no file was named."""
    beside = view.beside
    if beside is None:
        return Prose(paragraphs=())
    period = f"{words.partial_day(beside['start'])} to {words.partial_day(beside['end'])}"
    if "donor" not in beside:
        return none(f"The tracker lists no military aid of this donor from {period}.")
    rows = tuple(
        (
            text(words.sentence(kind).rstrip(".")),
            (_ours(view, kind, beside[kind]),),
            *(text("–" if beside[kind][cell] is None else words.money(beside[kind][cell], EURO)) for cell in ("theirs", "difference")),
        )
        for kind in KINDS
    )
    columns = (Column("Military aid", 0.25), *(Column(label, 0.25, "end") for label in ("On record here", "Tracker", "Difference")))
    reasons = "; ".join(beside["reasons"])
    note = f"Kiel Institute, Ukraine Support Tracker, {period}. " + (f"Reasons that apply: {reasons}." if reasons else "The sums agree.")
    return Table("Beside an independent tracker", columns, rows, text(note))


def _ours(view: DonorView, kind: str, row: dict) -> Span:  # type: ignore[type-arg]
    ends = {end: float("nan") if row[end] is None else row[end] for end in ENDS}
    facts = view.sums["new_commitments" if kind == "commitments" else kind].named
    return Span(words.interval(ends, EURO), facts=tuple(facts))


def _committed(view: DonorView, part: Sum) -> Text:
    facts = part.facts
    if not facts:
        return text(f"No military commitment of {words.the(view.name)} with a known sum is on record.")
    top = view.book.facts.loc[facts].sort_values("best", ascending=False).iloc[0]
    total = Span(_sum(view, "new_commitments"), facts=tuple(part.named), cites=view.evidence.cites(facts[:4]), strong=True)
    return text(
        f"{words.sentence(words.the(view.name)).rstrip('.')} has commitments of ",
        total,
        f" on record, each euro once; the largest is: {top['title']} (",
        span(view, amount(view, top), [top["fact"]]),
        ").",
    )


def _allocated(view: DonorView, part: Sum) -> Text:
    facts = part.facts
    if not facts:
        return text("No package with a known sum was found.")
    count = words.counted(len(facts), "package", "packages")
    return text(
        "Packages and items worth ",
        Span(_sum(view, "allocations"), facts=tuple(part.named), cites=view.evidence.cites(facts[:4])),
        f" were announced in {count}.",
    )


def _known(view: DonorView) -> Text:
    claims, sources = len(view.evidence.claims), view.evidence.claims["source"].nunique()
    delivered, disputes = len(view.deliveries), len(view.conflicts)
    line = f"This rests on {words.counted(claims, 'claim', 'claims')} from {words.counted(sources, 'page', 'pages')}"
    line += f"; {words.counted(delivered, 'delivery is', 'deliveries are')} reported" if delivered else "; no delivery is reported"
    return text(line + (f" and sources disagree on {words.counted(disputes, 'point', 'points')}." if disputes else "."))


def _sum(view: DonorView, key: str) -> str:
    part = view.sums[key]
    return words.interval(part.ends, view.currency) if part.facts else "none found"


def _drawn(view: DonorView, fact: dict) -> Span:  # type: ignore[type-arg]
    if not fact["payments"]:
        return Span("none found")
    printed = words.amount(fact["drawn_low"], fact["drawn_best"], fact["drawn_high"], view.currency)
    return Span(printed, facts=tuple(fact["payments"]))
