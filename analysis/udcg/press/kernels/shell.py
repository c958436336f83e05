"""What runs cells in a forked child for the press: IPython's own shell, whose outputs go back through a pipe as a notebook stores them.

A kernel speaks to many clients over five sockets and eight threads; a build has one client, which asks for one cell after the other.
Without them a cell costs a tenth of a millisecond beside its own work, in place of five.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]  # as nbformat has it
outputs: list[Output] = []  # of the cell that runs


class Stream(io.TextIOBase):
    """Standard output or error: what is written joins the last output of its kind."""

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        """Record a text."""
        last = outputs[-1] if outputs else {}
        if not text:
            return 0
        if last.get("name") == self.name:
            last["text"] += text
        else:
            outputs.append({"output_type": "stream", "name": self.name, "text": text})
        return len(text)


class Publisher(DisplayPublisher):
    """Records what a cell displays; an update goes to the display of its name, if it is one of the same cell."""

    def publish(self, data: Any, metadata: Any = None, *args: Any, transient: Any = None, update: bool = False, **kwargs: Any) -> None:
        """Record a display."""
        name = (transient or {}).get("display_id")
        shown = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        if not update:
            outputs.append({**shown, "display_id": name} if name else shown)
        for output in outputs:
            if name and output.get("display_id") == name:
                output.update(shown)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has displayed so far."""
        outputs.clear()


class Hook(DisplayHook):
    """Records the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """Print no prompt: the notebook keeps the count."""

    def finish_displayhook(self) -> None:
        """End no line either."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Record a value."""
        count = self.prompt_count
        outputs.append({"output_type": "execute_result", "data": format_dict, "metadata": md_dict or {}, "execution_count": count})


class Shell(InteractiveShell):
    """IPython's shell with its outputs recorded."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    system = InteractiveShell.system_piped  # what a command prints is an output too

    def enable_gui(self, gui: Any = None) -> None:
        """Start no event loop: there is no window."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        outputs.append({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": stb})


def serve(pipe: Connection) -> None:
    """Run the cells that come through a pipe, until it closes."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
    for source in _received(pipe):
        outputs.clear()
        count = shell.execution_count
        shell.run_cell(source, store_history=True)
        pipe.send_bytes(json.dumps({"count": count, "outputs": [_stored(output) for output in outputs]}).encode())


def _received(pipe: Connection) -> Iterator[str]:
    with contextlib.suppress(EOFError):
        while True:
            yield pipe.recv_bytes().decode()


def _stored(output: Output) -> Output:
    """An output as a notebook stores it: pictures in base64, and no name for updates."""
    kept = {name: value for name, value in output.items() if name != "display_id"}
    return {**kept, "data": json_clean(encode_images(kept["data"])), "metadata": json_clean(kept["metadata"])} if "data" in kept else kept
