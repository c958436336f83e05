"""Waits for a saved table or notebook."""

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

KINDS = (".csv", ".json", ".ipynb", ".toml")  # of data/ and notebooks/


def saved(*folders: Path) -> Iterator[list[str]]:
    """Yield the names of the files saved, each time some were; ends by Ctrl-C."""
    for changes in watch(*folders, watch_filter=_concerns, raise_interrupt=True):
        yield sorted({Path(path).name for _, path in changes})


def _concerns(change: Change, path: str) -> bool:
    name = Path(path).name
    return path.endswith(KINDS) and not name.startswith(".") and ".ipynb_checkpoints" not in path
