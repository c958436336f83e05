"""How much there is, and on how few it hangs: new money by meeting, and concentration."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Column, Span, Table, Text, text
from udcg.concentration import Concentration, equal_donors
from udcg.sections.printed import name, none, span
from udcg.sections.shift import KINDS
from udcg.views import CoalitionView
from udcg.views.coalition import TOP


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
