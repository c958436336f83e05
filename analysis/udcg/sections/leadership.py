"""Who leads and who comes: chairs, the US secretary of defense, participants; and which donors promise at which meeting."""

from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Span
from udcg.blocs import AMERICA
from udcg.sections.printed import name, none, span
from udcg.views import CoalitionView
from udcg.views.coalition import LAPSE
from udcg.words import Words, message

CHAIRED, SECRETARY, FORMAT = message("Chaired by"), message("US secretary of defense"), message("Held")
ATTENDANCE = {
    "chair": message("in the chair"),
    "in_person": message("in the room"),
    "virtual": message("by video"),
    "absent": message("absent"),
    "unknown": message("not known"),
}
FORMATS = {"in_person": message("in person"), "virtual": message("online"), "hybrid": message("in both ways")}
HOLLOW = ("absent", "unknown")
UPRIGHT = 16  # characters of a number of countries, in the words of a source
COUNTRIES = "countries"  # the unit of participants that can be compared
STANDINGS = {"": message("{count}"), "new": message("{count}, new"), "lapsed": message("{count}, last in {window}")}


def attendance(view: CoalitionView) -> Block:
    """Figure of who chaired each meeting, how the US secretary of defense took part, how it was held and how many came."""
    words, line = view.words, view.words.line
    rows, present = _marks(view), _present(view)
    finding = _finding(view)
    each = [f"{line(group)} {label}: {_runs(words, rows.columns[marked])}" for (group, label), marked in rows.iterrows() if marked.any()]
    counted = "; ".join(f"{meeting}: {said}" for meeting, said in present.items() if said)
    alt = line(
        "{finding}. {each}. Countries taking part, as stated, by meeting: {counted}.",
        finding=finding,
        each="; ".join(each),
        counted=counted,
    )
    caption = words.say(
        "A hollow mark: absent, or not known. Countries as sources put them, where one with a number was found. Sources: {sources}.",
        sources=span(view, "", view.meetings["participants"][view.meetings["participants"] != ""]),
    )
    return charts.roll(
        rows.rename(index=words.line, level=0),
        list(view.meetings["start"].dt.year),
        hollow={line(ATTENDANCE[kind]) for kind in HOLLOW},
        below=(line("Countries taking part"), list(present)),
        title=finding,
        alt=alt,
        caption=caption,
    )


def promising(view: CoalitionView) -> Block:
    """Figure of the windows in which each donor made a promise, who is new and who has lapsed."""
    words, table = view.words, view.presence
    if table.empty:
        return none(words.line("No promise of a country with a known window is on record."))
    lapsed, new = ([name(view, str(code)) for code in table.index[table["standing"] == standing]] for standing in ("lapsed", "new"))
    promised = words.plural(len(table), "{count} donor has promised military aid", "{count} donors have promised military aid")
    gone = words.line(
        "of {lapsed} no new promise is on record in the last {windows} windows",
        lapsed=words.number(len(lapsed)),
        windows=words.number(LAPSE),
    )
    finding = f"{promised}; {gone}" if lapsed else promised
    each = "; ".join(
        f"{name(view, str(row.Index))} {_span(words, row.first, row.last)} ({words.number(row.promises)})" for row in table.itertuples()
    )
    since = view.book.windows["opens"].iloc[-min(LAPSE, len(view.book.windows))]
    said = words.say(
        "Promises of money or things, alone or with others, by the window of their first saying; {coming} is the time since the last "
        "meeting. At the right their number. Lapsed: none in the last {windows} windows, since {day}: {lapsed}. New: none before: {new}. "
        "No promise on record does not mean none made. Sources: {sources}.",
        coming=str(view.windows.columns[-1]),
        windows=words.number(LAPSE),
        day=words.line("the start") if since == pd.Timestamp.min else words.day(since),
        lapsed=words.listed(lapsed) if lapsed else words.line("nobody"),
        new=words.listed(new) if new else words.line("nobody"),
        sources=span(view, "", view.promising["fact"].unique()),
    )
    marks = (view.windows.loc[table.index] > 0).set_axis(pd.MultiIndex.from_tuples([("", name(view, str(code))) for code in table.index]))
    return charts.roll(
        marks,
        [*view.meetings["start"].dt.year, view.cut_off.year],
        beside=[words.line(STANDINGS[row.standing], **_told(words, row)) for row in table.itertuples()],
        title=finding,
        alt=words.line("{finding}. First and last window, and number of promises: {each}.", finding=finding, each=each),
        caption=said,
    )


def held(view: CoalitionView, meetings: Iterable[int]) -> Span:
    """The number of some meetings, bound to the facts that tell of them."""
    listed = list(meetings)
    return Span(view.words.number(len(listed)), facts=told(view, listed))


def told(view: CoalitionView, meetings: list[int]) -> tuple[str, ...]:
    """The facts that tell of some meetings: how many took part, and the headline."""
    rows = view.meetings.loc[meetings]
    return tuple(fact for facts in zip(rows["participants"], rows["headline"], strict=True) for fact in facts if fact)


def _marks(view: CoalitionView) -> pd.DataFrame:
    """Who or what is marked at which meeting: index group and label, a column for each meeting."""
    line, meetings = view.words.line, view.meetings
    chairs = {code: meetings["chairs"].str.split(";").map(lambda listed, code=code: code in listed) for code in _chairs(view)}
    rows = {(CHAIRED, name(view, code)): marked for code, marked in chairs.items()}
    rows |= {(SECRETARY, line(label)): meetings["us_attendance"] == kind for kind, label in ATTENDANCE.items()}
    rows |= {(FORMAT, line(label)): meetings["format"] == kind for kind, label in FORMATS.items()}
    return pd.DataFrame(rows).T


def _chairs(view: CoalitionView) -> list[str]:
    return list(dict.fromkeys(code for chairs in view.meetings["chairs"] for code in chairs.split(";")))


def _present(view: CoalitionView) -> pd.Series:
    """How many countries took part in each meeting, in the words of the sources; "" where none with a number was found."""
    facts = view.book.facts.reindex(view.meetings["participants"])
    said = facts["q_words"].where(facts["q_unit"] == COUNTRIES).fillna("")
    return pd.Series([view.words.cap(text, UPRIGHT) for text in said], index=view.meetings.index)


def _finding(view: CoalitionView) -> str:
    """How many meetings the United States chaired, and how its secretary of defense took part in the others."""
    words, meetings = view.words, view.meetings
    led = meetings["chairs"].str.split(";").map(lambda codes: AMERICA in codes)
    came = meetings.loc[~led, "us_attendance"].value_counts()
    if led.all():
        return words.line("The United States chaired all {count} meetings", count=words.number(len(meetings)))
    return words.line(
        "The United States chaired {led} of {all} meetings; its secretary of defense came in person to {room} of the {others} others",
        led=words.number(int(led.sum())),
        all=words.number(len(meetings)),
        others=words.number(int((~led).sum())),
        room=words.number(int(came.get("in_person", 0))),
    )


def _runs(words: Words, meetings: Iterable[int]) -> str:
    """Meetings as text, those in a row together: 1 to 25, 27."""
    places = list(enumerate(meetings))
    runs = [[meeting for _, meeting in run] for _, run in groupby(places, key=lambda pair: pair[1] - pair[0])]
    return words.listed(_span(words, run[0], run[-1]) for run in runs)


def _span(words: Words, first: int, last: int) -> str:
    return str(first) if first == last else words.line("{start} to {end}", start=str(first), end=str(last))


def _told(words: Words, row: object) -> Mapping[str, str]:
    """The fields that the standing of a donor has."""
    count = {"count": words.number(row.promises)}  # type: ignore[attr-defined] # a row of a frame
    return count | ({"window": str(row.last)} if row.standing == "lapsed" else {})  # type: ignore[attr-defined]
