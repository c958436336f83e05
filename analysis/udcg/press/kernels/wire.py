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


def send(end: socket.socket, message: Message, *descriptors: int) -> None:
    """Send a message, with a file descriptor for the other process if need be.

    Raises:
        OSError: the other end is closed, or the message is too long.
    """
    socket.send_fds(end, [json.dumps(message).encode()], descriptors)


def receive(end: socket.socket) -> Message | None:
    """Wait for a message, with its file descriptor as `pipe`, if it has one; None once the other end is closed."""
    try:
        received, descriptors, _, _ = socket.recv_fds(end, LIMIT, 1)
    except ConnectionError:
        return None
    return json.loads(received) | ({"pipe": descriptors[0]} if descriptors else {}) if received else None
