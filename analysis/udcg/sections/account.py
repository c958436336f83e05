"""Sections on the account itself: for which years money is meant, pooled funds from both sides, what changed since the meeting before."""

from udcg import changes
from udcg.blocks import Block, Column, Prose, Table, Text, text
from udcg.ledger import TIES
from udcg.sections.printed import bound, name, none, notes, rest, span, title
from udcg.sums import Sum
from udcg.views import CoalitionView, DonorView
from udcg.views.page import Page
from udcg.views.window import Window
from udcg.words import message

MOST_CHANGES, MOST_FUNDS = 6, 8
LEAST = 1e6  # units of currency by which stated parts must exceed their wholes to be mentioned
CHANGES = {"new": message("became known"), "withdrawn": message("withdrawn")}


def years(page: Page) -> Block:
    """One sentence on the years for which the new commitments are meant, as far as sources say."""
    words, split = page.words, page.periods["new_commitments"]
    shown = {period: part for period, part in sorted(split.items()) if part.ends["high"] != 0}
    named = [(period, part) for period, part in shown.items() if period]
    if not named:
        return none(words.line("No source says for which years the new commitments are meant."))
    first = [words.say("{sum} is meant for {years}", sum=bound(page, part), years=words.years(period)) for period, part in named[:1]]
    further = [words.say("{sum} for {years}", sum=bound(page, part), years=words.years(period)) for period, part in named[1:]]
    unnamed = shown.get("")
    excess = sum(part.ends["best"] for part in split.values()) - page.sums["new_commitments"].ends["best"]
    said = words.say(
        "Of the commitments counted as new, {split}{unnamed}{excess}.",
        split=words.joined([*first, *further]),
        unnamed=words.say("; for {sum} no source names a year", sum=bound(page, unnamed)) if unnamed is not None else "",
        excess=words.line(" (stated parts exceed their wholes by {sum})", sum=words.money(excess, page.currency)) if excess > LEAST else "",
    )
    return Prose(paragraphs=(said,))


def pooled(view: Window | CoalitionView) -> Block:
    """Table of pooled funds, from the donors' side and from the fund's, with the overlap removed."""
    words, line = view.words, view.words.line
    found = [fund for fund in view.funds.values() if fund.once.facts]
    if not found:
        return none(line("No sum paid into or announced by a pooled fund was found."))
    rows = tuple(
        (
            text(name(view, fund.code)),
            _sum(view, fund.paid_in),
            _sum(view, fund.announced),
            text(words.interval(fund.overlap, view.currency) if fund.overlap["best"] > 0 else "–"),
            (bound(view, fund.once),),
        )
        for fund in found[:MOST_FUNDS]
    )
    labels = (line("Paid in by donors"), line("Announced by the fund"), line("In both"), line("Each euro once"))
    columns = (Column(line("Fund"), 0.28), *(Column(label, 0.18, "end") for label in labels))
    note = line("Contributions are in their donors' sums already; the funds' purchases are allocations from them and are never added.")
    return Table(line("Pooled funds, seen from both sides"), columns, rows, text(note))


def paid_in(view: DonorView) -> Block:
    """What the donor pays into pooled funds."""
    words = view.words
    if not view.funds:
        return none(words.line("No sum paid into a pooled fund is on record for this donor."))
    each = [words.say("{fund} {sum}", fund=words.the(name(view, code)), sum=bound(view, part)) for code, part in view.funds.items()]
    return Prose(paragraphs=(words.say("Through pooled funds, inside the sums above: {each}.", each=words.series(each)),))


def since(view: Window) -> Block:
    """Table of what became known of promises made outside the window, between the meeting before and this one."""
    words, line = view.words, view.words.line
    found = changes.of_window(view.book, view.number, words)
    if found.empty:
        return none(line("Nothing on record changed what was known of earlier promises since the meeting before."))
    rows = tuple(
        (
            (span(view, words.cap(f"{name(view, row['donor'])}: {row['title']}"), [row["fact"]]),),
            text(line(CHANGES[row["change"]]) if row["change"] in CHANGES else words.plain(row["field"])),
            text(_value(view, row["field"], row["before"])),
            text(_value(view, row["field"], row["after"])),
        )
        for row in found.head(MOST_CHANGES).to_dict("records")
    )
    columns = (
        Column(line("Promise"), 0.38),
        Column(line("What changed"), 0.16),
        Column(line("Before"), 0.22),
        Column(line("After"), 0.24),
    )
    note = line("As sources of each day had it; new promises of this window stand in the tables above.")
    left = rest(view, len(found) - MOST_CHANGES, "{count} more change in the attached data.", "{count} more changes in the attached data.")
    return Table(line("What changed for earlier promises"), columns, rows, notes(note, left))


def _sum(page: Page, part: Sum) -> Text:
    return (span(page, page.words.interval(part.ends, page.currency), part.named),) if part.facts else text("–")


def _value(page: Page, field: str, value: str) -> str:
    if not value:
        return "–"
    if field in TIES:
        return page.words.cap(title(page, value), 70)
    known = page.book.ledger.names
    return "; ".join(name(page, code) if code in known else page.words.plain(code) for code in value.split(";"))
