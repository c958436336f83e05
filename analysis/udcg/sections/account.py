"""Sections on the account itself: for which years money is meant, pooled funds from both sides, what changed since the meeting before."""

from udcg.blocks import Block, Column, Prose, Span, Table, Text, text
from udcg.ledger import TIES
from udcg.sections.printed import more, name, none, span, title
from udcg.sums import Sum
from udcg.views import DonorView, MeetingView
from udcg.views.page import Page
from udcg.words import ENGLISH as words

MOST_CHANGES, MOST_FUNDS = 6, 8
LEAST = 1e6  # units of currency by which stated parts must exceed their wholes to be mentioned


def years(page: Page) -> Block:
    """One sentence on the years for which the new commitments are meant, as far as sources say."""
    split = page.periods["new_commitments"]
    shown = {period: part for period, part in sorted(split.items()) if part.ends["high"] != 0}
    if not [period for period in shown if period]:
        return none("No source says for which years the new commitments are meant.")
    pieces: list[str | Span] = ["Of the commitments counted as new, "]
    named = [(period, part) for period, part in shown.items() if period]
    for place, (period, part) in enumerate(named):
        joint = "" if place == 0 else " and " if place == len(named) - 1 else ", "
        pieces += [joint, _bound(page, part), f" {'is meant ' if place == 0 else ''}for {period.replace('/', ' to ')}"]
    rest = shown.get("")
    closing: list[str | Span] = ["; for ", _bound(page, rest), " no source names a year"] if rest is not None else []
    excess = sum(part.ends["best"] for part in split.values()) - page.sums["new_commitments"].ends["best"]
    rounded = f" (stated parts exceed their wholes by {words.money(excess, page.currency)})" if excess > LEAST else ""
    return Prose(paragraphs=(text(*pieces, *closing, f"{rounded}."),))


def pooled(view: MeetingView) -> Block:
    """Table of pooled funds in the window, from the donors' side and from the fund's, with the overlap removed."""
    found = [fund for fund in view.funds.values() if fund.once.facts]
    if not found:
        return none("No sum paid into or announced by a pooled fund was found in this window.")
    rows = tuple(
        (
            text(name(view, fund.code)),
            _sum(view, fund.paid_in),
            _sum(view, fund.announced),
            text(words.interval(fund.overlap, view.currency) if fund.overlap["best"] > 0 else "–"),
            _sum(view, fund.once),
        )
        for fund in found[:MOST_FUNDS]
    )
    labels = ("Paid in by donors", "Announced by the fund", "In both", "Each euro once")
    columns = (Column("Fund", 0.28), *(Column(label, 0.18, "end") for label in labels))
    note = "Contributions are in their donors' sums already; the funds' purchases are allocations from them and are never added."
    return Table("Pooled funds, seen from both sides", columns, rows, text(note))


def paid_in(view: DonorView) -> Block:
    """What the donor pays into pooled funds."""
    if not view.funds:
        return none("No sum paid into a pooled fund is on record for this donor.")
    each = [(words.the(name(view, code)), part) for code, part in view.funds.items()]
    pieces = [piece for label, part in each for piece in ("; " if label != each[0][0] else "", f"{label} ", _bound(view, part))]
    return Prose(paragraphs=(text("Through pooled funds, inside the sums above: ", *pieces, "."),))


def since(view: MeetingView) -> Block:
    """Table of what became known of promises made outside the window, between the meeting before and this one."""
    found = view.changes
    if found.empty:
        return none("Nothing on record changed what was known of earlier promises since the meeting before.")
    rows = tuple(
        (
            (span(view, words.cap(f"{name(view, row['donor'])}: {row['title']}"), [row["fact"]]),),
            text({"new": "became known", "withdrawn": "withdrawn"}.get(row["change"], words.plain(row["field"]))),
            text(_value(view, row["field"], row["before"])),
            text(_value(view, row["field"], row["after"])),
        )
        for row in found.head(MOST_CHANGES).to_dict("records")
    )
    columns = (Column("Promise", 0.38), Column("What changed", 0.16), Column("Before", 0.22), Column("After", 0.24))
    note = "As sources of each day had it; new promises of this window stand in the tables above."
    return Table(
        "What changed for earlier promises", columns, rows, text(note + more(len(found) - MOST_CHANGES, "more change", "more changes"))
    )


def _bound(page: Page, part: Sum) -> Span:
    return Span(words.interval(part.ends, page.currency), facts=tuple(part.named))


def _sum(page: Page, part: Sum) -> Text:
    return (span(page, words.interval(part.ends, page.currency), part.named),) if part.facts else text("–")


def _value(page: Page, field: str, value: str) -> str:
    if not value:
        return "–"
    if field in TIES:
        return words.cap(title(page, value), 70)
    return "; ".join(page.book.ledger.names.get(code, words.plain(code)) for code in value.split(";"))
