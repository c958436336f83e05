"""The first page of the coalition's briefing: title, bottom line, key figures."""

from itertools import groupby

from udcg.blocks import Block, KeyFigure, KeyFigures, Span, Text, Title
from udcg.blocs import AMERICA, EUROPE
from udcg.sections.leadership import held, told
from udcg.sections.printed import bound, headed, key_figure, lead, name
from udcg.views import CoalitionView

LEADERS = 3


def title(view: CoalitionView) -> Title:
    """Title, the days of the meetings and the data behind the page."""
    words, line, meetings = view.words, view.words.line, view.meetings
    return headed(
        view,
        line("The Ukraine Defense Contact Group: all meetings"),
        line(
            "Who leads and who comes, who pays how much, and what became of promises, {start} to {end}",
            start=words.day(meetings["start"].min()),
            end=words.day(meetings["end"].max()),
        ),
        line("Ukraine Defense Contact Group"),
        line("Ramstein"),
        line("military aid"),
        line("Ukraine"),
    )


def bottom_line(view: CoalitionView) -> Block:
    """Three sentences: what was announced in all, who leads and who pays, on how few it hangs and what became of it."""
    return lead(_announced(view), _led(view), _hangs(view))


def key_figures(view: CoalitionView) -> KeyFigures:
    """Commitments, allocations, mixed scope, meetings, donors, and the share of the largest ones."""
    line, sums = view.words.line, view.sums
    return KeyFigures(
        (
            key_figure(view, sums["new_commitments"], line("Commitments"), line("military, topmost promises, each euro once")),
            key_figure(view, sums["allocations"], line("Allocations"), line("packages, whoever pays; never added to commitments")),
            key_figure(view, sums["mixed_new_commitments"], line("Mixed scope"), line("military and civilian in one sum, counted apart")),
            _meetings(view),
            _donors(view),
            *_largest(view),
        )
    )


def _announced(view: CoalitionView) -> Text:
    words, committed, mixed = view.words, view.sums["new_commitments"], view.sums["mixed_new_commitments"]
    total = bound(view, committed, committed.named, strong=True)
    also = words.say(", beside {sum} in sums that mix military and civilian aid", sum=bound(view, mixed)) if mixed.facts else ()
    return words.many(
        len(view.meetings),
        "Around {count} meeting military commitments of {sum} were announced, each euro once{also}; packages worth {allocated} were "
        "allocated, from these or from older money.",
        "Around {count} meetings military commitments of {sum} were announced, each euro once{also}; packages worth {allocated} were "
        "allocated, from these or from older money.",
        count=held(view, view.meetings.index),
        sum=total,
        also=also,
        allocated=bound(view, view.sums["allocations"]),
    )


def _led(view: CoalitionView) -> Text:
    """Who chaired first and who since; and what the United States and Europe gave of two years' allocations."""
    return view.words.say("{chaired}{paid}.", chaired=_chaired(view), paid=_paid(view))


def _chaired(view: CoalitionView) -> Text:
    words = view.words
    runs = [(codes, [*run]) for codes, run in groupby(view.meetings.index, key=view.meetings["chairs"].get)]
    first, early = runs[0]
    later = [meeting for _, run in runs[1:] for meeting in run]
    if not later:
        return words.say("{chair} chaired all of them", chair=words.capital(_names(view, [first])))
    return words.say(
        "{chair} chaired the first {early}, {others} the {later} since",
        chair=words.capital(_names(view, [first])),
        early=held(view, early),
        others=_names(view, [codes for codes, _ in runs[1:]]),
        later=held(view, later),
    )


def _paid(view: CoalitionView) -> Text:
    years = [year for year in view.full_years[-2:] if view.by_year[year]["allocations"].facts]
    if len(years) < 2:
        return ()
    return view.words.say(
        "; of the allocations on record the United States gave {before} in {year} and {after} in {next}, Europe {earlier} and {later}",
        year=str(years[0]),
        next=str(years[1]),
        before=_share(view, years[0], AMERICA),
        after=_share(view, years[1], AMERICA),
        earlier=_share(view, years[0], EUROPE),
        later=_share(view, years[1], EUROPE),
    )


def _share(view: CoalitionView, year: int, bloc: str) -> Span:
    part = view.by_year[year]["allocations"]
    return Span(view.words.share(*view.shares(part).loc[bloc]), facts=tuple(part.named))


def _hangs(view: CoalitionView) -> Text:
    """How much the largest donors stand for, and how many promises are late or were not heard of again."""
    words, late, silent = view.words, view.overdue, view.silent
    found = view.concentrations["allocations"][""]
    leaders = found.donors[:LEADERS]
    share = words.say(
        "{donors} stand for {share} of all allocations; ",
        donors=words.capital(_names(view, leaders)),
        share=Span(words.share(*found.share(leaders)), facts=tuple(view.sums["allocations"].named), strong=True),
    )
    told = words.many(
        len(late),
        "{count} promise is past its due day without a report of full delivery, of {silent} others nobody has spoken for a year.",
        "{count} promises are past their due day without a report of full delivery, of {silent} others nobody has spoken for a year.",
        count=Span(words.number(len(late)), facts=tuple(late["fact"])),
        silent=Span(words.number(len(silent)), facts=tuple(silent["fact"])),
    )
    return (*(share if leaders else ()), *told)


def _meetings(view: CoalitionView) -> KeyFigure:
    words = view.words
    often = view.meetings["chairs"].str.split(";").explode().value_counts()
    note = words.line(
        "{count} chaired by {chair}", count=words.number(int(often.iloc[0])), chair=words.the(name(view, str(often.index[0])))
    )
    return KeyFigure(words.number(len(view.meetings)), words.line("Meetings"), note, told(view, list(view.meetings.index)))


def _donors(view: CoalitionView) -> KeyFigure:
    """How many donors have a sum, of commitments or of allocations, and how many promised anything."""
    words, sums = view.words, [view.sums[key] for key in view.concentrations]
    giving = {donor for rows in view.concentrations.values() for donor in rows[""].donors}
    note = words.line("{count} promised money or things", count=words.number(len(view.presence)))
    facts = tuple(dict.fromkeys(fact for part in sums for fact in part.named))
    return KeyFigure(words.number(len(giving)), words.line("Donors with a sum"), note, facts)


def _largest(view: CoalitionView) -> list[KeyFigure]:
    """The share of the largest donors in all allocations; nothing where there are none."""
    words, found = view.words, view.concentrations["allocations"][""]
    leaders = found.donors[:LEADERS]
    if not leaders:
        return []
    low, best, high = (words.percent(end) for end in found.share(leaders))
    label = words.line("From the largest {count} donors", count=words.number(len(leaders)))
    note = words.line(
        "range {low} to {high}; of allocations: {donors}", low=low, high=high, donors=words.listed(name(view, code) for code in leaders)
    )
    return [KeyFigure(best, label, note, tuple(view.sums["allocations"].named))]


def _names(view: CoalitionView, codes: list[str]) -> str:
    """Names of donors, each once; those who act together stand in one code with a semicolon."""
    each = dict.fromkeys(code for together in codes for code in together.split(";"))
    return view.words.listed(view.words.the(name(view, code)) for code in each)
