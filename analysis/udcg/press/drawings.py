"""What the index draws: new commitments by the window of each meeting, of all donors and of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from udcg import count, words
from udcg.book import Book
from udcg.money import ENDS
from udcg.press.columns import Columns, columns, ticks
from udcg.sums import Sum
from udcg.views import DonorView

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


def overview(book: Book) -> Overview | None:
    """Draw the new commitments of all windows with their ranges; nothing where none is known."""
    sums = {int(meeting): count.new(book, int(meeting)) for meeting in book.windows.index}
    drawn, windows = _drawn(sums, book), list(sums)
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
        finding=f"Most new money came {_when(peak, book)}: {words.interval(sums[peak].ends, book.currency)}",
        amounts=[Label(words.money(amount, book.currency), drawn.columns.up(amount)) for amount in ticks(drawn.columns.top)],
        meetings=[Label(words.number(meeting), across[meeting]) for meeting in numbered],
        years=[Label(str(year), across[int(meeting)]) for year, meeting in held.groupby(held.dt.year).idxmin().items()],
    )


def of_donor(view: DonorView) -> Drawing | None:
    """Draw the new commitments of a donor, on a scale of its own; nothing where none has a sum and a day."""
    return _drawn({meeting: four["new_commitments"] for meeting, four in view.by_meeting.items()}, view.book)


def _drawn(sums: Mapping[int, Sum], book: Book) -> Drawing | None:
    ends = {meeting: dict(zip(ENDS, part.ends.tolist(), strict=True)) for meeting, part in sums.items()}
    drawn = columns([(each["low"], each["best"], each["high"]) for each in ends.values()])
    if drawn.peak is None:
        return None
    peak = list(ends)[drawn.peak]
    known = [meeting for meeting, each in ends.items() if each["best"] > 0 or each["high"] != 0]
    each = "; ".join(f"{_when(meeting, book)} {words.interval(ends[meeting], book.currency)}" for meeting in known)
    label = f"{words.money(ends[peak]['best'], book.currency)}, {_short(peak, book)}"
    return Drawing(drawn, Label(label, drawn.across(drawn.peak)), f"New commitments by window: {each}.")


def _when(meeting: int, book: Book) -> str:
    return f"in the window of the {words.ordinal(meeting)} meeting" if meeting != _coming(book) else _short(meeting, book)


def _short(meeting: int, book: Book) -> str:
    """A window in two or three words."""
    return f"{words.ordinal(meeting)} meeting" if meeting != _coming(book) else f"since the {words.ordinal(meeting - 1)} meeting"


def _coming(book: Book) -> int:
    return int(book.windows.index[-1])
