"""Imports without what costs a second and is of no use here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"


@contextmanager
def imports() -> Iterator[None]:
    """Hide the grammar of international addresses from what is imported meanwhile.

    nbformat imports jsonschema, which imports that grammar where it is installed, as JupyterLab has it, and compiles it each time: 1.1 of
    the 1.6 seconds that importing the press takes. The schema of notebooks asks for no such check, and jsonschema does without.
    """
    hidden = GRAMMAR not in sys.modules
    if hidden:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment] # how Python marks what cannot be imported
    try:
        yield
    finally:
        if hidden:
            del sys.modules[GRAMMAR]
