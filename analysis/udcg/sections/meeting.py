"""The sections of a meeting's briefing."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Blocks, Column, KeyFigure, KeyFigures, Span, Table, Title, text
from udcg.money import ENDS
from udcg.sections.headline import MEASURES
from udcg.sections.printed import headed, key_figure, name, none, span
from udcg.shares import GROUP
from udcg.views import MeetingView, given
from udcg.views.window import Window
from udcg.words import message

FORMATS = {"in_person": message("in person"), "virtual": message("held online"), "hybrid": message("in person and online")}
ATTENDANCE = {
    "chair": message("the US secretary of defense in the chair"),
    "in_person": message("the US secretary of defense in the room"),
    "virtual": message("the US secretary of defense by video"),
    "absent": message("without the US secretary of defense"),
    "unknown": message("attendance of the US secretary of defense not known"),
}
MOST_BARS = 12
MOST_ROWS = 18


def title(view: MeetingView) -> Title:
    """Title, place, chairs, attendance and the data behind the page."""
    words, line, row = view.words, view.words.line, view.meeting
    chairs = words.listed(words.the(name(view, code)) for code in row["chairs"].split(";"))
    fields = [
        f"{row['place']}, {words.days(row['start'], row['end'])}",
        line(FORMATS[row["format"]]) if row["format"] != "virtual" else "",
        line("chaired by {chairs}", chairs=chairs),
        line(ATTENDANCE[row["us_attendance"]]),
    ]
    if row["participants"]:
        seen = view.fact(row["participants"])
        fields.insert(3, line("{number} taking part", number=words.quantity(str(seen["q_words"]), str(seen["q_unit"]))))
    return headed(
        view,
        line("{ordinal} meeting of the Ukraine Defense Contact Group", ordinal=words.ordinal(view.number)),
        " · ".join(field for field in fields if field),
        line("Ukraine Defense Contact Group"),
        line("Ramstein"),
        line("military aid"),
        line("meeting {number}", number=str(view.number)),
    )


def key_figures(view: MeetingView) -> KeyFigures:
    """Headline, new commitments, first said on the day, said again, allocations."""
    words, line, sums = view.words, view.words.line, view.sums
    first = view.window["opens"] == pd.Timestamp.min
    since = line("the start") if first else words.day(view.window["opens"])
    items = [
        ("new_commitments", line("New commitments"), line("first announced since {day}, in the headline or not", day=since)),
        ("first_said_on_the_day", line("First said at the meeting"), line("part of the new commitments")),
        ("reannounced", line("Said again"), line("announced before, not new")),
        ("allocations", line("Allocated"), line("packages, whoever pays; never added to commitments")),
    ]
    figures = [key_figure(view, sums[key], label, note) for key, label, note in items]
    if sums["mixed_new_commitments"].ends["best"] > 0:
        note = line("military and civilian in one sum, counted apart")
        figures.append(key_figure(view, sums["mixed_new_commitments"], line("New, of mixed scope"), note))
    if view.headline is not None:
        note = line(MEASURES[view.meeting["headline_measures"]])
        figures.insert(0, KeyFigure(words.original(view.headline), line("Headline"), note, (view.headline["fact"],)))
    return KeyFigures(tuple(figures))


def who_gives(view: MeetingView) -> Blocks:
    """Who gives, as a figure of what is new and as a table of all four sums."""
    return Blocks((donors_figure(view), donors(view)))


def donors_figure(view: Window) -> Block:
    """New commitments by donor, with their ranges."""
    words = view.words
    new = given.by_donor(view.book, view.sums["new_commitments"])
    new = new[(new["best"] > 0) | (new["high"] > 0)].head(MOST_BARS)
    if new.empty:
        return none(words.line("No new commitment with a known sum was found in this window."))
    rows = new.round(dict.fromkeys(ENDS, 0)).assign(label=[name(view, code) for code in new.index], standing="new").reset_index()
    first = rows.iloc[0]
    led = words.line(
        "{donor} leads with {sum} of new commitments", donor=words.the(first["label"]), sum=words.interval(first, view.currency)
    )
    finding = words.capital(led)
    each = "; ".join(f"{row.label} {words.amount(row.low, row.best, row.high, view.currency)}" for row in rows.itertuples())
    facts = [fact for ids in new["facts"] for fact in ids]
    caption = words.say(
        "Commitments first announced in the window, military scope; whiskers show the range. Sources: {sources}.",
        sources=span(view, "", facts),
    )
    return charts.bars(rows, view.currency, title=finding, alt=f"{finding}. {each}.", caption=caption, words=words)


def inside_figure(view: Window) -> Block:
    """What is inside what: the promises that have parts, with those parts."""
    words = view.words
    whole = _families(view.promises.round(dict.fromkeys(ENDS, 0)))
    if whole.empty:
        return none(words.line("None of the promises in this window is known to be part of another one."))
    finding = words.plural(
        int((whole["depth"] > 0).sum()),
        "{count} sum lies inside another one and must not be added to it",
        "{count} sums lie inside another one and must not be added to it",
    )
    older = int((whole["standing"] == "from_older").sum())
    note = words.plural(older, "{count} of them comes from older money.", "{count} of them come from older money.")
    each = "; ".join(_inside(view, whole, row) for row in whole.to_dict("records"))
    return charts.nested(
        whole.assign(donor=whole["donor"].replace(GROUP, words.line("Joint"))),
        view.currency,
        title=finding,
        alt=" ".join([f"{finding}.", *([note] if older else []), f"{each}."]),
        caption=words.say("A part stands below its whole. Sources: {sources}.", sources=span(view, "", whole["fact"])),
        words=words,
    )


def _inside(view: Window, forest: pd.DataFrame, row: dict) -> str:  # type: ignore[type-arg]
    """A promise with its sum, and the whole that holds it."""
    printed = f"{row['title']} {view.words.interval(row, view.currency)}"
    if not row["inside"]:
        return printed
    return view.words.line("{part} inside {whole}", part=printed, whole=str(forest.at[row["inside"], "title"]))


def donors(view: Window) -> Block:
    """Table of donors: new, first said at the meeting, said again, allocated."""
    line, table = view.words.line, view.donors
    if table.empty:
        return none(line("No donor's money promise was found in this window."))
    keys = ["new_commitments", "first_said_on_the_day", "reannounced", "allocations"]
    splits = {key: given.by_donor(view.book, view.sums[key]) for key in keys}
    rows = tuple(
        (
            text(name(view, str(donor))),
            *((_cell(view, table.loc[donor, key], splits[key], str(donor)),) for key in keys),
        )
        for donor in table.index
    )
    labels = (line("New commitments"), line("of these at the meeting"), line("Said again"), line("Allocated"))
    columns = (
        Column(line("Donor"), 0.15),
        *(Column(label, width, "end") for label, width in zip(labels, (0.25, 0.22, 0.17, 0.21), strict=True)),
    )
    note = line("Columns are not to be added: allocations are paid from commitments, old or new. A share not known stays with the group.")
    return Table(line("Who gives, by donor"), columns, rows, text(note))


def capabilities(view: MeetingView) -> Block:
    """How many promises serve which capability, by donor."""
    words, counts = view.words, view.capabilities
    if counts.empty or counts.to_numpy().sum() < 3:
        return none(words.line("Too few promises name a capability to compare donors."))
    busiest = counts.loc[
        counts.sum(axis=1).sort_values(ascending=False, kind="stable").head(MOST_BARS).index,
        counts.sum().sort_values(ascending=False, kind="stable").index,
    ]
    named = words.plural(
        int(busiest.iloc[:, 0].sum()),
        "{capability} is named most often, in {count} promise",
        "{capability} is named most often, in {count} promises",
        capability=words.plain(busiest.columns[0]),
    )
    finding = words.capital(named)
    each = "; ".join(
        f"{name(view, str(donor))}: " + ", ".join(f"{words.plain(str(kind))} {words.number(count)}" for kind, count in row[row > 0].items())
        for donor, row in busiest.iterrows()
    )
    shown = busiest.rename(index=lambda code: name(view, code), columns=words.plain)
    facts = view.facts[(view.facts["capability"].isin(busiest.columns)) & view.facts["donor"].isin(busiest.index)]["fact"]
    caption = words.say("Number of promises, not their value. Sources: {sources}.", sources=span(view, "", facts))
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


def _cell(view: Window, ends: pd.Series, split: pd.DataFrame, donor: str) -> Span:
    if donor not in split.index:
        return Span("–")
    printed = view.words.amount(ends["low"], ends["best"], ends["high"], view.currency) if ends["best"] or ends["high"] else "–"
    return span(view, printed, split.at[donor, "facts"]) if printed != "–" else Span(printed)
