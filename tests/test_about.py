"""What a page says of itself."""

from udcg.blocks import Prose, Span, Title, text
from udcg.press.about import About

TITLE = Title("T", "S", "D", "2026-01-01", ("k",)).content()


def test_a_page_is_listed_under_its_title_and_bottom_line():
    """Title, subtitle, the evidence's last day, and the text of the first prose that leads, its spans joined."""
    plain = Prose((text("Not this."),))
    lead = Prose((text("New is ", Span("EUR 1bn", facts=("a",), cites=(1,)), ". "), text("The rest is old.")), lead=True)
    blocks = [block.content() for block in (plain, lead, Prose((text("Nor this."),), lead=True))]
    assert About.of({**TITLE, "blocks": blocks}) == About("T", "S", "2026-01-01", "New is EUR 1bn.\n\nThe rest is old.")


def test_a_page_without_a_bottom_line_has_none():
    """Prose that does not lead is not taken for it."""
    assert About.of({**TITLE, "blocks": [Prose((text("x"),)).content()]}).bottom_line == ""
