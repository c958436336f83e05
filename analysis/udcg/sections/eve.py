"""The sections of the briefing on the eve of the coming meeting."""

import pandas as pd

from udcg.blocks import Block, KeyFigure, KeyFigures, Title
from udcg.sections import asked, evidence, promises
from udcg.sections.outlook import since
from udcg.sections.printed import headed, key_figure
from udcg.views import EveView

MOST_PROMISES, MOST_DUE, MOST_EACH, MOST_CONFLICTS = 8, 8, 2, 3  # rows; of promises due: in all, and of each donor


def title(view: EveView) -> Title:
    """Which meeting comes next, which was the last one, and the data behind the page."""
    words, line, last = view.words, view.words.line, view.last
    held = "" if last is None else f" ({last['place']}, {words.days(last['start'], last['end'])})"
    return headed(
        view,
        line("Before the {ordinal} meeting: Ukraine Defense Contact Group", ordinal=words.ordinal(view.number)),
        line(
            "{since}: what was announced, what was asked and is open, what falls due, and what each donor last said",
            since=words.capital(since(view)) + held,
        ),
        line("Ukraine Defense Contact Group"),
        line("Ramstein"),
        line("military aid"),
        line("meeting {number}", number=str(view.number)),
    )


def key_figures(view: EveView) -> KeyFigures:
    """New commitments, those of mixed scope or what was said again, allocated; open requests; promises overdue and falling due."""
    words, line, sums = view.words, view.words.line, view.sums
    silent = words.number(len(view.unanswered))
    return KeyFigures(
        (
            key_figure(view, sums["new_commitments"], line("New commitments"), line("first announced {since}", since=since(view))),
            _beside(view),
            key_figure(view, sums["allocations"], line("Allocated"), line("packages, whoever pays; never added to commitments")),
            _count(
                view, view.requests, line("Open requests"), line("not known to be met in full; {count} without any answer", count=silent)
            ),
            _count(view, view.overdue, line("Overdue"), line("promises past their due day, not reported delivered in full")),
            _count(view, view.due, line("Falling due"), line("promises due by {day}", day=words.day(view.until))),
        )
    )


def _beside(view: EveView) -> KeyFigure:
    """What stands beside new military money: new money of mixed scope, where there is any, else what was said again."""
    line, mixed, again = view.words.line, view.sums["mixed_new_commitments"], view.sums["reannounced"]
    if mixed.facts:
        return key_figure(view, mixed, line("New, of mixed scope"), line("military and civilian in one sum, counted apart"))
    return key_figure(view, again, line("Said again"), line("announced before, not new"))


def announced(view: EveView) -> Block:
    """Table of the promises of money in the window."""
    return promises.promises(view, view.words.line("Promises of money {since}", since=since(view)), MOST_PROMISES)


def things(view: EveView) -> Block:
    """Table of the things promised in the window."""
    return promises.equipment(view, view.words.line("Things promised {since}", since=since(view)))


def due(view: EveView) -> Block:
    """Table of promises that fall due in the months ahead, a few of each donor."""
    return asked.ahead(view, MOST_EACH, MOST_DUE)


def overdue(view: EveView) -> Block:
    """Table of promises past their due day, a few of each donor."""
    return asked.overdue(view, MOST_EACH, MOST_DUE)


def disagreements(view: EveView) -> Block:
    """Table of what sources disagree on in the window."""
    caption = view.words.line("Disagreements on what was announced {since}", since=since(view))
    return evidence.disagreements(view, caption, MOST_CONFLICTS)


def _count(view: EveView, rows: pd.DataFrame, label: str, note: str) -> KeyFigure:
    return KeyFigure(view.words.number(len(rows)), label, note, tuple(rows["fact"]))
