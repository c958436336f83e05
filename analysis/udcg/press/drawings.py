"""What the index draws: new commitments by the window of each meeting, of all donors and of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from udcg import count
from udcg.book import Book
from udcg.money import ENDS
from udcg.press.columns import Columns, columns, ticks
from udcg.sums import Sum
from udcg.views import DonorView
from udcg.words import Words

FEW, STEP = 12, 5  # windows up to which each one is numbered; beyond, every fifth


@dataclass(frozen=True)
class Label:
    """A text beside a drawing, at so many percent of its width or height."""

    text: str
    at: float


@dataclass(frozen=True)
class Drawing:
    """Columns, one for each window, the label of the highest one, and the text that stands for them where they are not seen."""

    columns: Columns
    peak: Label
    alt: str


@dataclass(frozen=True)
class Overview(Drawing):
    """The drawing of all meetings, with its finding and scales: amounts upwards, meetings and years across."""

    finding: str
    amounts: list[Label]
    meetings: list[Label]
    years: list[Label]


def overview(book: Book, words: Words) -> Overview | None:
    """Draw the new commitments of all windows with their ranges; nothing where none is known."""
    sums = {int(meeting): count.new(book, int(meeting)) for meeting in book.windows.index}
    drawn, windows = _drawn(sums, book, words), list(sums)
    if drawn is None or drawn.columns.peak is None:
        return None
    peak = windows[drawn.columns.peak]
    across = {meeting: drawn.columns.across(place) for place, meeting in enumerate(windows)}
    step = 1 if len(windows) <= FEW else STEP
    numbered = [meeting for meeting in windows[:-1] if meeting == windows[0] or meeting % step == 0]
    held = book.windows["end"].dropna()
    return Overview(
        drawn.columns,
        drawn.peak,
        drawn.alt,
        finding=_finding(peak, words.interval(sums[peak].ends, book.currency), book, words),
        amounts=[Label(words.money(amount, book.currency), drawn.columns.up(amount)) for amount in ticks(drawn.columns.top)],
        meetings=[Label(words.number(meeting), across[meeting]) for meeting in numbered],
        years=[Label(str(year), across[int(meeting)]) for year, meeting in held.groupby(held.dt.year).idxmin().items()],
    )


def of_donor(view: DonorView) -> Drawing | None:
    """Draw the new commitments of a donor, on a scale of its own; nothing where none has a sum and a day."""
    return _drawn({meeting: four["new_commitments"] for meeting, four in view.by_meeting.items()}, view.book, view.words)


def _drawn(sums: Mapping[int, Sum], book: Book, words: Words) -> Drawing | None:
    ends = {meeting: dict(zip(ENDS, part.ends.tolist(), strict=True)) for meeting, part in sums.items()}
    drawn = columns([(each["low"], each["best"], each["high"]) for each in ends.values()])
    if drawn.peak is None:
        return None
    peak = list(ends)[drawn.peak]
    known = {meeting: words.interval(each, book.currency) for meeting, each in ends.items() if each["best"] > 0 or each["high"] != 0}
    each = "; ".join(words.line("{window} {sum}", window=_window(meeting, book, words), sum=printed) for meeting, printed in known.items())
    label = words.line("{sum}, {window}", sum=words.money(ends[peak]["best"], book.currency), window=_window(peak, book, words))
    alt = words.line("New commitments by window: {sums}.", sums=each)
    return Drawing(drawn, Label(label, drawn.across(drawn.peak)), alt)


def _finding(meeting: int, printed: str, book: Book, words: Words) -> str:
    """The window with most new money, as the title of the overview."""
    if meeting == _coming(book):
        return words.line("Most new money came since the {ordinal} meeting: {sum}", ordinal=words.ordinal(meeting - 1), sum=printed)
    return words.line("Most new money came in the window of the {ordinal} meeting: {sum}", ordinal=words.ordinal(meeting), sum=printed)


def _window(meeting: int, book: Book, words: Words) -> str:
    """A window in few words."""
    if meeting == _coming(book):
        return words.line("since the {ordinal} meeting", ordinal=words.ordinal(meeting - 1))
    return words.line("{ordinal} meeting", ordinal=words.ordinal(meeting))


def _coming(book: Book) -> int:
    return int(book.windows.index[-1])
