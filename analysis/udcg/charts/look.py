"""The look that all figures share: sizes in points, colours and what they mean."""

ROW = 19.5  # points for one row with its label
LINE = 16  # points for one line of a legend
AXIS = 34  # points for the labels and the unit below an axis
BESIDE = 46  # points for the labels and the unit beside an axis
GAP = 6  # points between a label and what it names
STEP = 9  # points: one step of depth
LABEL, SMALL = 9.0, 8.5  # points: size of the labels of rows, and of values and the labels of columns
LONGEST = 54  # characters of a row label
SLANT = 35  # degrees: labels of columns
NAVY, PALE, GOLD, GREY = "#12355b", "#c9dcec", "#b07d00", "#8a949e"
FILL = {"new": NAVY, "said_before": "#ffffff", "from_older": PALE, "undated": GREY, "mixed": GOLD, "civilian": GREY}
HATCH = {"said_before": "////"}
MEANING = {
    "new": "first announced since the meeting before",
    "said_before": "announced before, said again",
    "from_older": "paid from or inside older money",
    "undated": "day of first announcement not known",
    "mixed": "military and civilian in one sum",
    "civilian": "civilian",
}
SERIES = {"new_commitments": ("new commitments", NAVY), "allocations": ("allocations", GOLD)}
