"""The ladder of a meeting: from the headline to what of it is new, step by step."""

import pandas as pd

from udcg import charts
from udcg.blocks import Block, Text
from udcg.money import ENDS
from udcg.sections.printed import none, span
from udcg.views import MeetingView
from udcg.words import message

STEPS = {
    "headline": (message("Announced"), "headline"),
    "new": (message("first said since the meeting before"), "new"),
    "reannounced": (message("said before, said again"), "said_before"),
    "inside_other": (message("paid from or inside older money"), "from_older"),
    "unattributed": (message("no source names a donor"), "unplaced"),
}
ALL = message("All that is new, in this sum or not")


def ladder_figure(view: MeetingView) -> Block:
    """The headline and the steps that it falls into, each beginning where the one before ends; below it all that is new."""
    words, ladder = view.words, view.ladder
    if ladder.empty or not ladder["facts"].iloc[1:].map(bool).any():
        return none(_why_not(view))
    rows = _rows(view)
    finding = words.line(
        "{new} of the {headline} is known to be new",
        new=words.interval(ladder.loc["new"], view.currency),
        headline=words.original(view.fact(view.meeting["headline"])),
    )
    each = "; ".join(
        words.line("{step}: {sum}", step=label, sum=words.amount(low, best, high, view.currency))
        for label, low, best, high in rows[["label", *ENDS]].itertuples(index=False)
    )
    alt = words.line("{finding}. {each}.", finding=finding, each=each)
    return charts.bars(rows, view.currency, title=finding, alt=alt, caption=_caption(view), words=words, legend=False)


def _rows(view: MeetingView) -> pd.DataFrame:
    """Rows to draw: the steps that are not empty, and all new commitments."""
    ladder = view.ladder.round(dict.fromkeys(ENDS, 0))
    shown = ladder.loc[[step for step in STEPS if step == "headline" or ladder.at[step, "high"] != 0]]
    rows = shown[ENDS].assign(
        label=[view.words.line(STEPS[step][0]) for step in shown.index],
        standing=[STEPS[step][1] for step in shown.index],
        depth=[int(step != "headline") for step in shown.index],
    )
    new = {
        **{end: round(view.sums["new_commitments"].ends[end], 0) for end in ENDS},
        "label": view.words.line(ALL),
        "standing": "new",
        "depth": 0,
    }
    whole = pd.concat([rows, pd.DataFrame([new])], ignore_index=True)
    return whole.assign(start=charts.starts(whole["depth"], whole["best"]))


def _caption(view: MeetingView) -> Text:
    facts = [fact for ids in view.ladder["facts"] for fact in ids]
    return view.words.say(
        "Each step begins where the one before ends. The last bar also holds what no source places in the sum. Sources: {cites}.",
        cites=span(view, "", facts),
    )


def _why_not(view: MeetingView) -> str:
    words = view.words
    if view.headline is None:
        return words.line("No sum for the whole group was stated, so there is none to split; the sums above are counted from each promise.")
    if view.meeting["headline_measures"] != "announced_here":
        return words.line("The sum in the news measures something else, so it is not split; the sums above are counted from each promise.")
    return words.line("No source says what the sum in the news holds, so it is not split; the sums above are counted from each promise.")
