"""A briefing that failed: what its reader needs to mend it, as data and as a page in the log folder."""

import re
from dataclasses import dataclass

from udcg.errors import BriefingError
from udcg.press.plan import Briefing

LOGS = "log"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Failure:
    """Why a briefing failed: the cell (its number in the stored notebook, None where no cell is at fault), its code, and the trace."""

    cause: str
    cell: int | None = None
    source: str = ""
    trace: str = ""

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.cause}" if self.cell else self.cause


def of(error: BriefingError, source: str = "", trace: str = "") -> Failure:
    """Make a failure of an error."""
    return Failure(error.cause, error.cell, source, COLOURS.sub("", trace))


def name(briefing: str) -> str:
    """The file of a failed briefing's page."""
    return f"{LOGS}/{briefing}.html"


def page(failure: Failure, briefing: Briefing) -> bytes:
    """Render the page of a failure."""
    from udcg.press import furniture
    from udcg.press.html import style, templates
    from udcg.words import ENGLISH

    labels = furniture.failure(ENGLISH, briefing.id, briefing.notebook.path.name, failure.cell)
    template = templates().get_template("failure.html.j2")
    return template.render(failure=failure, briefing=briefing, css=style(), labels=labels, language=ENGLISH.language).encode()
