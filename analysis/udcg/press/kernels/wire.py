"""What the template process and its owner say to each other: one JSON object for each message, kept apart by the socket."""

import json
import socket
from typing import Any

LIMIT = 1 << 20  # bytes of one message: an environment fits
Message = dict[str, Any]
CLOSE: Message = {"close": True}  # the owner goes on without the template


def pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected ends that keep messages whole, however many processes write to one of them."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(end: socket.socket, message: Message) -> None:
    """Send a message.

    Raises:
        OSError: the other end is closed, or the message is too long.
    """
    end.sendall(json.dumps(message).encode())


def receive(end: socket.socket) -> Message | None:
    """Wait for a message; None once the other end is closed."""
    try:
        received = end.recv(LIMIT)
    except ConnectionError:
        return None
    return json.loads(received) if received else None
