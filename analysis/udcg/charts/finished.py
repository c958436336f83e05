"""The last step of every figure: from the canvas to a block with its words."""

from matplotlib.figure import Figure as Canvas

from udcg.blocks import Figure, Text
from udcg.canvas import svg


def figure(canvas: Canvas, title: str, alt: str, caption: Text) -> Figure:
    """Write a canvas as a figure with its finding, its alternative text and its sources."""
    return Figure(svg=svg(canvas), title=title, alt=alt, caption=caption)
