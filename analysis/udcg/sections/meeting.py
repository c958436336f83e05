"""The sections of a meeting's briefing."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, KeyFigure, KeyFigures, Span, Table, Title, text
from udcg.money import ENDS
from udcg.sections.headline import MEASURES
from udcg.sections.printed import key_figure, name, none, span
from udcg.shares import GROUP
from udcg.views import MeetingView, given
from udcg.words import ENGLISH as words

FORMATS = {"in_person": "in person", "virtual": "held online", "hybrid": "in person and online"}
ATTENDANCE = {
    "chair": "the US secretary of defense in the chair",
    "in_person": "the US secretary of defense in the room",
    "virtual": "the US secretary of defense by video",
    "absent": "without the US secretary of defense",
    "unknown": "attendance of the US secretary of defense not known",
}
MOST_BARS = 12
MOST_ROWS = 18


def title(view: MeetingView) -> Title:
    """Title, place, chairs, attendance and the data behind the page."""
    row = view.meeting
    chairs = words.listed(words.the(name(view, code)) for code in row["chairs"].split(";"))
    place = f"{row['place']}, {words.days(row['start'], row['end'])}"
    fields = [
        place,
        FORMATS[row["format"]] if row["format"] != "virtual" else "",
        f"chaired by {chairs}",
        ATTENDANCE[row["us_attendance"]],
    ]
    if row["participants"]:
        seen = view.fact(row["participants"])
        fields.insert(3, f"{words.quantity(str(seen['q_words']), str(seen['q_unit']))} taking part")
    number = f"{words.ordinal(view.number)} meeting of the Ukraine Defense Contact Group"
    data_line = f"Evidence up to {words.day(view.cut_off)} · amounts in {view.currency} at the ECB rate of the day"
    keywords = ("Ukraine Defense Contact Group", "Ramstein", "military aid", f"meeting {view.number}")
    return Title(number, " · ".join(field for field in fields if field), data_line, f"{view.cut_off:%Y-%m-%d}", keywords)


def key_figures(view: MeetingView) -> KeyFigures:
    """Headline, new commitments, first said on the day, said again, allocations."""
    sums = view.sums
    opens = "the start" if view.window["opens"] == pd.Timestamp.min else words.day(view.window["opens"])
    items = [
        ("new_commitments", "New commitments", f"first announced since {opens}, in the headline or not"),
        ("first_said_on_the_day", "First said at the meeting", "part of the new commitments"),
        ("reannounced", "Said again", "announced before, not new"),
        ("allocations", "Allocated", "packages, whoever pays; never added to commitments"),
    ]
    figures = [key_figure(view, sums[key], label, note) for key, label, note in items]
    if sums["mixed_new_commitments"].ends["best"] > 0:
        figures.append(
            key_figure(view, sums["mixed_new_commitments"], "New, of mixed scope", "military and civilian in one sum, counted apart")
        )
    if view.headline is not None:
        note = MEASURES[view.meeting["headline_measures"]]
        figures.insert(0, KeyFigure(words.original(view.headline), "Headline", note, (view.headline["fact"],)))
    return KeyFigures(tuple(figures))


def donors_figure(view: MeetingView) -> Block:
    """New commitments by donor, with their ranges."""
    new = given.by_donor(view.book, view.sums["new_commitments"])
    new = new[(new["best"] > 0) | (new["high"] > 0)].head(MOST_BARS)
    if new.empty:
        return none("No new commitment with a known sum was found for this meeting's window.")
    rows = new.round(dict.fromkeys(ENDS, 0)).assign(label=[name(view, code) for code in new.index], standing="new").reset_index()
    first = rows.iloc[0]
    leader = words.sentence(words.the(first["label"])).rstrip(".")
    finding = f"{leader} leads with {words.interval(first, view.currency)} of new commitments"
    each = "; ".join(f"{row.label} {words.amount(row.low, row.best, row.high, view.currency)}" for row in rows.itertuples())
    facts = [fact for ids in new["facts"] for fact in ids]
    caption = (
        Span("Commitments first announced in the window, military scope; whiskers show the range. Sources: "),
        span(view, "", facts),
        Span("."),
    )
    return charts.bars(rows, view.currency, title=finding, alt=f"{finding}. {each}.", caption=caption)


def inside_figure(view: MeetingView) -> Block:
    """What is inside what: the promises that have parts, with those parts."""
    whole = _families(view.promises.round(dict.fromkeys(ENDS, 0)))
    if whole.empty:
        return none("None of the promises in this window is known to be part of another one.")
    older = int((whole["standing"] == "from_older").sum())
    finding = f"{words.counted(int((whole['depth'] > 0).sum()), 'sum lies', 'sums lie')} inside another one and must not be added to it"
    each = "; ".join(
        f"{row.title} {words.amount(row.low, row.best, row.high, view.currency)}"
        + (f" inside {whole.at[row.inside, 'title']}" if row.inside else "")
        for row in whole.itertuples()
    )
    note = f" {words.counted(older, 'of them comes', 'of them come')} from older money." if older else ""
    caption = (Span("A part stands below its whole. Sources: "), span(view, "", whole["fact"]), Span("."))
    return charts.nested(
        whole.assign(donor=whole["donor"].replace(GROUP, "Joint")),
        view.currency,
        title=finding,
        alt=f"{finding}.{note} {each}.",
        caption=caption,
    )


def donors(view: MeetingView) -> Block:
    """Table of donors: new, first said at the meeting, said again, allocated."""
    table = view.donors
    if table.empty:
        return none("No donor's money promise was found in this window.")
    keys = ["new_commitments", "first_said_on_the_day", "reannounced", "allocations"]
    splits = {key: given.by_donor(view.book, view.sums[key]) for key in keys}
    rows = tuple(
        (
            text(name(view, str(donor))),
            *((_cell(view, table.loc[donor, key], splits[key], str(donor)),) for key in keys),
        )
        for donor in table.index
    )
    labels = ("New commitments", "of these at the meeting", "Said again", "Allocated")
    columns = (Column("Donor", 0.2), *(Column(label, 0.2, "end") for label in labels))
    note = "Columns are not to be added: allocations are paid from commitments, old or new. A share not known stays with the group."
    return Table("Who gives, by donor", columns, rows, text(note))


def capabilities(view: MeetingView) -> Block:
    """How many promises serve which capability, by donor."""
    counts = view.capabilities
    if counts.empty or counts.to_numpy().sum() < 3:
        return none("Too few promises name a capability to compare donors.")
    busiest = counts.loc[
        counts.sum(axis=1).sort_values(ascending=False, kind="stable").head(MOST_BARS).index,
        counts.sum().sort_values(ascending=False, kind="stable").index,
    ]
    top = words.plain(busiest.columns[0])
    finding = (
        f"{words.sentence(top).rstrip('.')} is named most often, in {words.counted(int(busiest.iloc[:, 0].sum()), 'promise', 'promises')}"
    )
    each = "; ".join(
        f"{name(view, str(donor))}: " + ", ".join(f"{words.plain(str(kind))} {count}" for kind, count in row[row > 0].items())
        for donor, row in busiest.iterrows()
    )
    shown = busiest.rename(index=lambda code: name(view, code), columns=words.plain)
    facts = view.facts[(view.facts["capability"].isin(busiest.columns)) & view.facts["donor"].isin(busiest.index)]["fact"]
    caption = (Span("Number of promises, not their value. Sources: "), span(view, "", facts), Span("."))
    return charts.heat(shown, title=finding, alt=f"{finding}. {each}.", caption=caption)


def _families(forest: pd.DataFrame) -> pd.DataFrame:
    """Promises that have parts, with all of them: first the families with older money in them, then by size, as many as fit."""
    family = forest["depth"].eq(0).cumsum()
    members = family.map(family.value_counts())
    trap = forest["standing"].isin(["from_older", "said_before"]).groupby(family).transform("any")
    order = pd.DataFrame({"family": family, "trap": ~trap, "size": -forest["best"].groupby(family).transform("max")})[members > 1]
    ranked = order.drop_duplicates("family").sort_values(["trap", "size"], kind="stable")["family"]
    fits = [number for number, rows in zip(ranked, ranked.map(family.value_counts()).cumsum(), strict=True) if rows <= MOST_ROWS]
    fits = fits or list(ranked[:1])
    place = family.map({number: place for place, number in enumerate(fits)})
    return forest.assign(place=place)[place.notna()].sort_values("place", kind="stable").head(MOST_ROWS)


def _cell(view: MeetingView, ends: pd.Series, split: pd.DataFrame, donor: str) -> Span:
    if donor not in split.index:
        return Span("–")
    printed = words.amount(ends["low"], ends["best"], ends["high"], view.currency) if ends["best"] or ends["high"] else "–"
    return span(view, printed, split.at[donor, "facts"]) if printed != "–" else Span(printed)
