"""Waits for a saved table or notebook."""

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

WAKE = 200  # milliseconds
KINDS = (".csv", ".json", ".ipynb", ".toml")  # of data/ and notebooks/


def saved(*folders: Path) -> Iterator[list[str]]:
    """Yield the names of the files saved, each time some were; first nothing, once a save would be seen. Ends by Ctrl-C."""
    begun = False
    for changes in watch(*folders, watch_filter=_concerns, rust_timeout=WAKE, yield_on_timeout=True, raise_interrupt=True):
        if changes or not begun:
            yield sorted({Path(path).name for _, path in changes})
        begun = True


def _concerns(change: Change, path: str) -> bool:
    name = Path(path).name
    return path.endswith(KINDS) and not name.startswith(".") and ".ipynb_checkpoints" not in path
