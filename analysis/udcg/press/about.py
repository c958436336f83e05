"""What a briefing says of itself: the words under which index and feed list it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class About:
    """Title and subtitle of a page, the last day of the evidence that it shows (ISO) and its bottom line; "" where it has none."""

    title: str = ""
    subtitle: str = ""
    day: str = ""
    bottom_line: str = ""

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Take them from a document, so that what is listed is what the page says."""
        leads = [block["paragraphs"] for block in content["blocks"] if block["kind"] == "prose" and block["lead"]]
        paragraphs = ["".join(span["text"] for span in paragraph).strip() for paragraph in (leads[0] if leads else ())]
        return cls(content["title"], content["subtitle"], content["date"], "\n\n".join(paragraphs))
