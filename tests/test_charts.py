"""Charts: geometry and text of the artists, never pixels."""

import itertools

import numpy as np
import pandas as pd
import pytest

from udcg import charts, views
from udcg.blocks import text
from udcg.sections import donor as donor_sections
from udcg.sections import meeting as meeting_sections
from udcg.views.open import giving

ROWS = pd.DataFrame(
    {
        "label": ["Norway", "A donor with a name that goes on for much longer than any label may", "Iceland"],
        "low": [1e9, 2e8, np.nan],
        "best": [1.1e9, 2e8, 5e6],
        "high": [1.2e9, np.nan, 5e6],
        "standing": ["new", "said_before", "from_older"],
    }
)
ABOUT = {"title": "finding", "alt": "finding with numbers", "caption": text("sources")}


@pytest.fixture
def canvases(monkeypatch) -> list:
    """Collect the canvases that charts draw."""
    seen: list = []
    original = charts._svg
    monkeypatch.setattr(charts, "_svg", lambda canvas: seen.append(canvas) or original(canvas))
    return seen


def _texts(canvas) -> list:
    canvas.canvas.draw()
    axes = canvas.axes[0]
    ticks = [label for axis in (axes.xaxis, axes.yaxis) for label in _drawn(axis)]
    shown = [*axes.texts, *ticks]
    return [artist for artist in shown if artist.get_text() and artist.get_visible()]


def _drawn(axis) -> list:
    """Labels of the ticks within the axis; matplotlib keeps others that it does not draw."""
    low, high = sorted(axis.get_view_interval())
    return [
        tick.label1 if axis.get_ticks_position() != "top" else tick.label2
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high
    ]


def _overlaps(canvas) -> list[tuple[str, str]]:
    boxes = [
        (artist.get_text(), artist.get_window_extent().shrunk(0.98, 0.8)) for artist in _texts(canvas) if not artist.get_rotation() % 90
    ]
    return [(one, other) for (one, a), (other, b) in itertools.combinations(boxes, 2) if a.overlaps(b)]


def _outside(canvas) -> list[str]:
    frame = canvas.bbox
    boxes = [(artist.get_text(), artist.get_window_extent()) for artist in _texts(canvas)]
    return [name for name, box in boxes if box.x0 < frame.x0 - 1 or box.x1 > frame.x1 + 1 or box.y0 < frame.y0 - 1 or box.y1 > frame.y1 + 1]


def test_every_figure_needs_its_words():
    """Title, alternative text and caption have no default."""
    with pytest.raises(TypeError):
        charts.bars(ROWS, "EUR")


def test_bars_print_their_intervals(canvases):
    """Ranges, open ends and small sums are printed beside their bars; nothing overlaps or leaves the canvas."""
    charts.bars(ROWS, "EUR", **ABOUT)
    printed = [artist.get_text() for artist in canvases[0].axes[0].texts]
    assert printed == ["EUR 1.1bn (1bn to 1.2bn)", "at least EUR 200m", "up to EUR 5m"]
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


@pytest.mark.parametrize("rows", [ROWS.head(1), ROWS.assign(low=0.0, best=0.0, high=0.0), pd.concat([ROWS] * 6)])
def test_few_many_and_empty_bars(canvases, rows):
    """One bar, bars of nothing, and eighteen bars keep their labels apart."""
    charts.bars(rows.reset_index(drop=True), "EUR", **ABOUT)
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


def test_text_stays_text_and_bytes_stay_the_same():
    """The SVG holds letters, and drawing twice gives the same file."""
    first, second = (charts.bars(ROWS, "EUR", **ABOUT).svg for _ in range(2))
    assert first == second
    assert ">Norway</text>" in first.replace("\n", "")


def test_a_part_is_indented_below_its_whole(canvases):
    """The label of a part begins with an indent and a dash."""
    forest = ROWS.assign(donor="NO", title=["whole", "part", "part of the part"], depth=[0, 1, 2])
    charts.nested(forest, "EUR", **ABOUT)
    labels = [label.get_text() for label in canvases[0].axes[0].get_yticklabels()]
    assert labels == ["NO · whole", "\u2003– part", "\u2003\u2003– part of the part"]


@pytest.mark.parametrize("number", range(1, 34))
def test_no_label_of_a_meeting_overlaps(canvases, real, number):
    """In all figures of a meeting's briefing."""
    view = views.meeting(number, evidence=real)
    for section in (meeting_sections.donors_figure, meeting_sections.inside_figure, meeting_sections.capabilities):
        section(view)
    assert [found for canvas in canvases for found in (*_overlaps(canvas), *_outside(canvas))] == []


def test_no_label_of_a_donor_overlaps(canvases, real):
    """In the figure of every donor's briefing."""
    for code in giving(real):
        donor_sections.over_time(views.donor(code, evidence=real))
    assert len(canvases) > 20
    assert [found for canvas in canvases for found in (*_overlaps(canvas), *_outside(canvas))] == []
