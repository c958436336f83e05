"""Named errors that carry their data, so that a message can say what is wrong, what is allowed and what is nearest."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_ALLOWED_SHOWN = 40


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name closest to a value, or None where nothing is close."""
    names = {name.casefold(): name for name in allowed}
    found = get_close_matches(value.casefold(), names, n=1, cutoff=0.5)
    return names[found[0]] if found else None


@dataclass(frozen=True)
class Problem:
    """One fault in the evidence: file, row (line number in the file), column, value, what is wrong, allowed values, nearest one."""

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] = ()
    nearest: str | None = None

    def __str__(self) -> str:
        place = self.file
        place += f", row {self.row}" if self.row is not None else ""
        place += f", column {self.column}" if self.column else ""
        said = f": {self.value!r} {self.message}" if self.value is not None else f": {self.message}"
        hint = f"; nearest: {self.nearest}" if self.nearest else ""
        return place + said + hint + self._allowed()

    def _allowed(self) -> str:
        if not self.allowed:
            return ""
        more = len(self.allowed) - MOST_ALLOWED_SHOWN
        return "; allowed: " + ", ".join(self.allowed[:MOST_ALLOWED_SHOWN]) + (f" and {more} more" if more > 0 else "")


class UdcgError(Exception):
    """Base of all errors that this package raises on purpose."""


class EvidenceError(UdcgError):
    """The evidence in data/ breaks its declarations; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' * (count != 1)} in the evidence:\n" + "\n".join(map(str, self.problems)))


class RateError(UdcgError):
    """A currency or day has no reference rate; carries currency and day."""

    def __init__(self, currency: str, day: str, reason: str) -> None:
        self.currency, self.day = currency, day
        super().__init__(f"no ECB reference rate for {currency} on {day}: {reason}")


class UnknownNameError(UdcgError):
    """A name given by a user is not known; carries kind, value, allowed names and the nearest one."""

    def __init__(self, kind: str, value: str, allowed: Iterable[str]) -> None:
        self.kind, self.value, self.allowed = kind, value, tuple(allowed)
        self.nearest = nearest(value, self.allowed)
        hint = f"; did you mean {self.nearest}?" if self.nearest else ""
        super().__init__(f"unknown {kind} {value!r}{hint} Known: {', '.join(self.allowed)}")


class ParameterError(UdcgError):
    """A parameter of a briefing has the wrong name, type or value."""


class BriefingError(UdcgError):
    """A notebook failed or holds what a briefing may not show; carries the briefing, the cell and the cause."""

    def __init__(self, briefing: str, cell: int | None, cause: str) -> None:
        self.briefing, self.cell, self.cause = briefing, cell, cause
        where = f", cell {cell}" if cell is not None else ""
        super().__init__(f"{briefing}{where}: {cause}")


class TemplateError(UdcgError):
    """The process that kernels are forked from is gone, late, or cannot be on this system."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no kernel can be forked: {reason}")


class TargetError(UdcgError):
    """The place where outputs go cannot be opened or written to."""


class ClusterError(UdcgError):
    """The Dask cluster that shall do the work cannot be used."""


class ReadingError(UdcgError):
    """A file cannot be read as an article; carries the file and the reason."""

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class ReviewError(EvidenceError):
    """Reviewed claims cannot be accepted; carries every problem found, and nothing was written."""


class MessageError(UdcgError):
    """A message and what it is given, or its translation, do not have the same fields; carries message, missing and unknown fields."""

    def __init__(self, message: str, missing: Iterable[str], unknown: Iterable[str]) -> None:
        self.message, self.missing, self.unknown = message, tuple(sorted(missing)), tuple(sorted(unknown))
        faults = [f"{kind} {', '.join(names)}" for kind, names in (("missing", self.missing), ("unknown", self.unknown)) if names]
        super().__init__(f"message {message!r}: {'; '.join(faults)}")
