"""Charts: geometry and text of the artists, never pixels."""

import io
import itertools
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from udcg import charts, views
from udcg.blocks import text
from udcg.charts import finished
from udcg.sections import donor as donor_sections
from udcg.sections import lasting, leadership, shift, weights
from udcg.sections import meeting as meeting_sections
from udcg.views.open import giving
from udcg.words import Words

ROWS = pd.DataFrame(
    {
        "label": ["Norway", "A donor with a name that goes on for much longer than any label may", "Iceland"],
        "low": [1e9, 2e8, np.nan],
        "best": [1.1e9, 2e8, 5e6],
        "high": [1.2e9, np.nan, 5e6],
        "standing": ["new", "said_before", "from_older"],
    }
)
RULER = RendererSVG(1, 1, io.StringIO())  # measures a text letter by letter, unlike the one that charts use
ABOUT = {"title": "finding", "alt": "finding with numbers", "caption": text("sources")}


@pytest.fixture
def canvases(monkeypatch) -> list:
    """Collect the canvases that charts draw."""
    seen: list = []
    original = finished.svg
    monkeypatch.setattr(finished, "svg", lambda canvas: seen.append(canvas) or original(canvas))
    return seen


def _texts(canvas) -> list:
    """All texts that are shown: values, labels, ticks, units, legend."""
    axes = canvas.axes[0]
    ticks = [label for axis in (axes.xaxis, axes.yaxis) for label in _drawn(axis)]
    legends = [text for legend in canvas.legends for text in legend.get_texts()]
    shown = [*axes.texts, *ticks, *legends, axes.xaxis.label, axes.yaxis.label]
    return [artist for artist in shown if artist.get_text() and artist.get_visible()]


def _drawn(axis) -> list:
    """Labels of the ticks within the axis; matplotlib keeps others that it does not draw."""
    low, high = sorted(axis.get_view_interval())
    return [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]


def _boxes(canvas) -> list[tuple[str, Bbox]]:
    """Texts and the boxes that matplotlib itself measures, without the font's own room above and below, of upright ones beside them."""
    thin = {90.0: (0.7, 1)}
    return [(text.get_text(), text.get_window_extent(RULER).shrunk(*thin.get(text.get_rotation(), (1, 0.7)))) for text in _texts(canvas)]


def _overlaps(canvas) -> list[tuple[str, str]]:
    """Texts on each other, on a bar or on a whisker; slanted ones have a test of their own."""
    level = [found for found, text in zip(_boxes(canvas), _texts(canvas), strict=True) if text.get_rotation() % 90 == 0]
    marks = [("a mark", box) for box in _marks(canvas.axes[0])]
    pairs = [*itertools.combinations(level, 2), *itertools.product(level, marks)]
    return [(one, other) for (one, a), (other, b) in pairs if a.overlaps(b)]


def _marks(axes) -> list[Bbox]:
    """Boxes of bars, whiskers and arrows; a heat map has none, since its numbers stand in its cells."""
    whiskers = [(each, path) for each in axes.collections for path in each.get_paths()]
    if any(isinstance(each, QuadMesh) for each in axes.collections):
        return []
    arrows = [
        (line, place) for line in axes.lines if line.get_marker() == "^" for place in line.get_transform().transform(line.get_xydata())
    ]
    return [
        *(bar.get_window_extent() for bar in axes.patches),
        *(each.get_transform().transform_path(path).get_extents() for each, path in whiskers),
        *(Bbox.from_extents(*(place - line.get_markersize() / 2), *(place + line.get_markersize() / 2)) for line, place in arrows),
    ]


def _outside(canvas) -> list[str]:
    """Texts that leave the canvas, by more than a tenth of a point."""
    frame = canvas.bbox.padded(0.1)
    return [name for name, box in _boxes(canvas) if not (frame.contains(*box.min) and frame.contains(*box.max))]


def test_every_figure_needs_its_words():
    """Title, alternative text and caption have no default."""
    with pytest.raises(TypeError):
        charts.bars(ROWS, "EUR")


def test_bars_print_their_intervals(canvases):
    """Ranges, open ends and small sums are printed beside their bars; nothing overlaps or leaves the canvas."""
    charts.bars(ROWS, "EUR", **ABOUT)
    printed = [artist.get_text() for artist in canvases[0].axes[0].texts[:3]]
    assert printed == ["EUR 1.1bn (1bn to 1.2bn)", "at least EUR 200m", "up to EUR 5m"]
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


@pytest.mark.parametrize("rows", [ROWS.head(1), ROWS.assign(low=0.0, best=0.0, high=0.0), pd.concat([ROWS] * 6)])
def test_few_many_and_empty_bars(canvases, rows):
    """One bar, bars of nothing, and eighteen bars keep their labels apart."""
    charts.bars(rows.reset_index(drop=True), "EUR", **ABOUT)
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


def test_text_stays_text():
    """The SVG holds its texts letter for letter, whatever they look like."""
    labels = ["Norway", '1.23456  <b>&"', "from $2bn to $3bn"]
    root = ElementTree.fromstring(charts.bars(ROWS.assign(label=labels), "EUR", **ABOUT).svg)  # noqa: S314 - our own file
    assert set(labels) < {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}


FOREST = ROWS.assign(donor="NO", title=["whole", "part", "part of the part"], depth=[0, 1, 2])
COUNTS = pd.DataFrame({"air defence": [9, 0], "drones": [1, 3]}, index=["Norway", "Germany"])
BEST = pd.DataFrame(
    {
        (name, end): values
        for name, values in {"new_commitments": [1e9, 0.0, 3e9], "allocations": [0.0, 2e9, 0.0]}.items()
        for end in ("low", "best", "high")
    },
    index=[7, 8, 9],
)
ENDS = pd.DataFrame({"low": [1e9, 0.0, 2e9], "best": [1.5e9, 0.0, 2e9], "high": [1.6e9, 0.0, np.nan]}, index=[7, 8, 9])
GROUPED = pd.concat([ENDS.assign(group=bloc, label=["2024", "2025", "2026"]) for bloc in ("US", "Europe")], ignore_index=True)
MARKED = pd.DataFrame(
    [[True, True, False], [False, False, True], [True, False, True]],
    index=pd.MultiIndex.from_tuples([("chair", "US"), ("chair", "GB"), ("secretary", "absent")]),
    columns=[7, 8, 9],
)
KINDS = {
    "bars": lambda: charts.bars(ROWS, "EUR", **ABOUT).svg,
    "nested": lambda: charts.nested(FOREST, "EUR", **ABOUT).svg,
    "heat": lambda: charts.heat(COUNTS, **ABOUT).svg,
    "by_meeting": lambda: charts.by_meeting(BEST, "EUR", **ABOUT).svg,
    "by_window": lambda: charts.by_window(ENDS, [2024, 2024, 2025], "EUR", **ABOUT).svg,
    "by_group": lambda: charts.by_group(GROUPED, "EUR", **ABOUT).svg,
    "roll": lambda: charts.roll(MARKED, [2024, 2024, 2025], hollow=["absent"], below=("came", ["50", "", "about 50"]), **ABOUT).svg,
}


def drawn(kinds) -> dict[str, str]:
    """Figures of some kinds, drawn in that order."""
    return {kind: KINDS[kind]() for kind in kinds}


def test_bytes_stay_the_same_in_another_process():
    """No clock, no counter and no random name enters a figure."""
    there = [sys.executable, "-c", "import test_charts as own; print(ascii(own.drawn(own.KINDS)))"]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    run = subprocess.run(there, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": path})
    assert run.stdout.strip() == ascii(drawn(KINDS))


def test_bytes_do_not_depend_on_what_was_drawn_before():
    """The same figures in the other order, and between figures that others draw."""
    first = drawn(KINDS)
    Figure(figsize=(3, 2), layout="tight").subplots().figure.savefig(io.BytesIO(), format="svg")
    assert drawn(reversed(KINDS)) == first


def test_settings_of_the_session_neither_count_nor_change():
    """Whatever a notebook has set for its own figures is still set, and ours do not show it."""
    first = drawn(KINDS)
    own = {"font.size": 20, "axes.grid": True, "svg.fonttype": "path", "figure.constrained_layout.use": True, "legend.frameon": True}
    with mpl.rc_context(own):
        settings = dict(mpl.rcParams)
        assert drawn(KINDS) == first
        assert dict(mpl.rcParams) == settings


def test_an_error_leaves_the_settings_as_they_were():
    """A kind of standing that does not exist stops the drawing."""
    settings = dict(mpl.rcParams)
    with pytest.raises(KeyError):
        charts.bars(ROWS.assign(standing="unheard of"), "EUR", **ABOUT)
    assert dict(mpl.rcParams) == settings


def test_a_part_is_indented_below_its_whole(canvases):
    """The label of a part begins further right, with a dash."""
    charts.nested(FOREST, "EUR", **ABOUT)
    placed = [(text.get_text(), text.get_position()[0]) for text in canvases[0].axes[0].texts[3:]]
    assert placed == [("NO · whole", 5), ("– part", 14), ("– part of the part", 23)]


def test_axes_speak_the_language_of_the_page(canvases):
    """Numbers have its decimal sign."""
    charts.by_meeting(BEST / 2, "EUR", **ABOUT, words=Words("de"))
    canvases[0].canvas.draw()
    assert "0,5" in [label.get_text() for label in canvases[0].axes[0].get_yticklabels()]


def test_legends_tell_kinds_apart(canvases):
    """A legend names each kind of bar once, in the order drawn; a single kind needs none."""
    charts.bars(ROWS, "EUR", **ABOUT)
    charts.bars(ROWS.assign(standing="new"), "EUR", **ABOUT)
    (legend,) = canvases[0].legends
    assert [text.get_text() for text in legend.get_texts()] == [charts.MEANING[kind] for kind in ROWS["standing"]]
    assert canvases[1].legends == []


def test_bars_of_donors_stand_where_their_amounts_say(canvases):
    """A meeting without money has no bar; the others stand beside each other over its number."""
    charts.by_meeting(BEST, "EUR", **ABOUT)
    axes = canvases[0].axes[0]
    middles = [(round(bar.get_x() + bar.get_width() / 2, 6), bar.get_height()) for bar in axes.patches]
    assert middles == [(-0.2, 1), (1.8, 3), (1.2, 2)]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["7", "8", "9"]


@pytest.mark.parametrize("largest", [1.25e4, 9.9e8, 9.9e11])
def test_the_unit_stands_clear_of_the_amounts(canvases, largest):
    """From thousands to hundreds of billions, the labels of the axis leave room for its unit."""
    charts.by_meeting(BEST * largest / 3e9, "EUR", **ABOUT)
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


def test_cells_print_their_counts(canvases):
    """A count stands in its cell, no count of nothing; light and dark cells have dark and light numbers."""
    charts.heat(COUNTS, **ABOUT)
    texts = [(text.get_text(), text.get_position()) for text in canvases[0].axes[0].texts]
    assert texts[:3] == [("9", (0.5, 0.5)), ("1", (1.5, 0.5)), ("3", (1.5, 1.5))]
    assert [text.get_color() for text in canvases[0].axes[0].texts[:2]] == ["w", ".15"]
    assert [text for text, _ in texts[3:]] == ["Norway", "Germany", "air defence", "drones"]


@pytest.mark.parametrize("number", range(1, 34))
def test_no_label_of_a_meeting_overlaps(canvases, real, number):
    """In all figures of a meeting's briefing."""
    view = views.meeting(number, evidence=real)
    for section in (meeting_sections.donors_figure, meeting_sections.inside_figure, meeting_sections.capabilities):
        section(view)
    assert [found for canvas in canvases for found in (*_overlaps(canvas), *_outside(canvas))] == []
    assert min([_clear(canvas) for canvas in canvases], default=9.0) >= charts.SMALL


def _clear(canvas) -> float:
    """Points between the baselines of neighbouring slanted labels, which are parallel; many where there are no two of them."""
    starts = [text.get_transform().transform(text.get_position())[0] for text in canvas.axes[0].texts if text.get_rotation() % 90]
    return min((np.diff(starts) * np.sin(np.deg2rad(charts.SLANT))).tolist(), default=9.0)


def test_no_label_of_a_donor_overlaps(canvases, real):
    """In the figure of every donor's briefing."""
    for code in giving(real):
        donor_sections.over_time(views.donor(code, evidence=real))
    assert len(canvases) > 20
    assert [found for canvas in canvases for found in (*_overlaps(canvas), *_outside(canvas))] == []


def test_upright_bars_stand_with_their_ranges(canvases):
    """A bar reaches its best value, a whisker from low to high; an arrow stands over an open end, and a sum of nothing has no number."""
    charts.by_window(ENDS, [2024, 2024, 2025], "EUR", **ABOUT)
    axes = canvases[0].axes[0]
    assert [bar.get_height() for bar in axes.patches] == [1.5, 0, 2]
    assert [path.vertices[:, 1].tolist() for each in axes.collections for path in each.get_paths()] == [[1.0, 1.6]]
    assert [line.get_xydata().tolist() for line in axes.lines if line.get_marker() == "^"] == [[[2, 2]]]
    assert [text.get_text() for text in axes.texts] == ["2024", "2025", "2", "1.5"]


def test_groups_are_told_apart_without_colour(canvases):
    """Dark, pale and hatched bars, each group named below the names of its bars."""
    charts.by_group(pd.concat([GROUPED, GROUPED.head(3).assign(group="Others")], ignore_index=True), "EUR", **ABOUT)
    axes = canvases[0].axes[0]
    looks = [(bar.get_facecolor(), bar.get_hatch()) for bar in axes.patches]
    assert len({looks[0], looks[3], looks[6]}) == 3
    assert looks[0] == looks[1] == looks[2]
    assert [text.get_text() for text in axes.texts][:3] == ["US", "Europe", "Others"]


def test_marks_beside_each_other_join_to_a_bar(canvases):
    """Two meetings in a row are one bar, a gap parts two; a hollow row is not filled, and words stand upright in their columns."""
    charts.roll(MARKED, [2024, 2024, 2025], hollow=["absent"], below=("came", ["50", "", "about 50"]), **ABOUT)
    axes = canvases[0].axes[0]
    spans = [(round(mark.get_x() + 0.5), round(mark.get_width()), mark.get_facecolor()[:3]) for mark in axes.patches]
    assert [(start, wide) for start, wide, _ in spans] == [(0, 2), (2, 1), (0, 1), (2, 1)]
    assert [fill == (1, 1, 1) for *_, fill in spans] == [False, False, True, True]
    labels = [(text.get_text(), text.get_rotation()) for text in axes.texts]
    assert [label for label, slant in labels if slant] == ["50", "about 50"]
    assert {"chair", "US", "GB", "secretary", "absent", "came", "2024"} <= {label for label, _ in labels}


@pytest.mark.parametrize("kind", ["by_window", "by_group", "roll"])
def test_nothing_overlaps_in_small_figures(canvases, kind):
    """Three meetings or years are as legible as thirty."""
    KINDS[kind]()
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


@pytest.mark.parametrize("largest", [1.25e4, 9.9e8, 9.9e11])
@pytest.mark.parametrize("count", [1, 2, 12, 34, 60])
def test_numbers_over_bars_keep_clear(canvases, largest, count):
    """From one window to sixty and from thousands to hundreds of billions, a number that would touch another mark is left out."""
    rows = pd.DataFrame({"best": [largest * (1 + place % 7) / 7 for place in range(count)]}, index=range(1, count + 1))
    rows = rows.assign(low=rows["best"] / 2, high=(rows["best"] * 1.3).where(rows.index % 3 > 0))
    charts.by_window(rows, [2022 + place // 8 for place in range(count)], "EUR", **ABOUT)
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])


@pytest.mark.parametrize("as_of", ["", "2022-05-01", "2023-07-01", "2025-03-01"])
def test_no_label_of_the_coalition_overlaps(canvases, real, as_of):
    """In all figures of the coalition's briefing, with one meeting known as with all of them."""
    view = views.coalition(as_of=as_of, evidence=real)
    figures = [leadership.attendance, leadership.promising, shift.allocated, shift.committed, weights.by_window, lasting.capabilities]
    for section in figures:
        section(view)
    assert len(canvases) >= 5
    assert [found for canvas in canvases for found in (*_overlaps(canvas), *_outside(canvas))] == []


def test_parts_lie_within_their_wholes():
    """A part begins after the parts before it, within its whole; the next whole begins at zero."""
    assert charts.starts([0, 1, 2, 2, 1, 0, 1], [10.0, 6.0, 2.0, 3.0, 4.0, 5.0, 5.0]) == [0, 0, 0, 2, 6, 0, 0]


def test_a_bar_begins_where_it_is_told(canvases):
    """The bar, its whisker and its value all move with the start."""
    charts.bars(ROWS.assign(start=[0.0, 5e8, 1e9]), "EUR", **ABOUT)
    axes = canvases[0].axes[0]
    assert [bar.get_x() for bar in axes.patches] == [0, 0.5, 1.0]
    assert axes.texts[2].get_position()[0] == pytest.approx(1.005)


def test_ranges_of_donors_are_drawn(canvases):
    """A whisker for a range, an arrow for an open end."""
    ranged = BEST.copy()
    ranged.loc[7, ("new_commitments", "low")] = 5e8
    ranged.loc[8, ("allocations", "high")] = np.nan
    charts.by_meeting(ranged, "EUR", **ABOUT)
    axes = canvases[0].axes[0]
    assert len(axes.containers[0]) == 3
    assert len(axes.collections) == 1
    assert any(line.get_marker() == "^" and list(line.get_xdata()) == [1.2] for line in axes.lines)
    assert (_overlaps(canvases[0]), _outside(canvases[0])) == ([], [])
