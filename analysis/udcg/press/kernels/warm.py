"""What the template loads, counts and draws once, so that no kernel has to."""

import contextlib
import importlib

from udcg.errors import UdcgError

MODULES = [  # not matplotlib_inline's backend: it ties itself to the kernel that imports it
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "jedi",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas.io.formats.style",
    "seaborn",
    "sqlite3",
    "tornado.platform.asyncio",
    "udcg.sections",
    "zmq.utils.garbage",
]


def warm(as_of: str, currency: str, vintage: str) -> None:  # another vintage, another template
    """Import what notebooks use, count the book that they share, and draw a page's figures once."""
    for module in MODULES:
        importlib.import_module(module)
    with contextlib.suppress(UdcgError):  # evidence at fault: each kernel meets the error too, and says it
        _count(as_of, currency)


def _count(as_of: str, currency: str) -> None:
    from udcg import sections, views
    from udcg.views.open import book_at, giving

    evidence = book_at(None, as_of, currency).ledger
    meeting = views.meeting(int(evidence.meetings["meeting"].max()), as_of, currency)
    donor = views.donor(giving(evidence)[0], as_of, currency)
    for view in (meeting, donor):
        _ = view.data
    for block in (sections.meeting.donors_figure(meeting), sections.meeting.capabilities(meeting)):
        block._repr_mimebundle_()
