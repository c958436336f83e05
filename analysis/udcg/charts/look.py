"""The look that all figures share: sizes in points, colours and what they mean."""

from udcg.words import message

ROW = 17.5  # points for one row with its label
LINE = 16  # points for one line of a legend
AXIS = 34  # points for the labels and the unit below an axis
BESIDE = 46  # points for the labels and the unit beside an axis
GAP = 6  # points between a label and what it names
STEP = 9  # points: one step of depth
LABEL, SMALL = 9.0, 8.5  # points: size of the labels of rows, and of values and the labels of columns
LONGEST = 54  # characters of a row label
SLANT = 35  # degrees: labels of columns
NAVY, PALE, GOLD, GREY = "#12355b", "#c9dcec", "#b07d00", "#8a949e"
FILL = {
    "new": NAVY,
    "said_before": "#ffffff",
    "from_older": PALE,
    "undated": GREY,
    "mixed": GOLD,
    "civilian": GREY,
    "headline": "#ffffff",
    "unplaced": "#e9ebee",
}
HATCH = {"said_before": "////", "unplaced": "...."}
MEANING = {
    "new": message("first announced since the meeting before"),
    "said_before": message("announced before, said again"),
    "from_older": message("paid from or inside older money"),
    "undated": message("day of first announcement not known"),
    "mixed": message("military and civilian in one sum"),
    "civilian": message("civilian"),
}
SERIES = {"new_commitments": (message("new commitments"), NAVY), "allocations": (message("allocations"), PALE)}
TILE = 10.6  # points for one row of marks
TINY = 7.5  # points: size of the numbers of meetings, and of words in their columns
