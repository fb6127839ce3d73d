"""A place on the loopback for the servers that tests start."""

import secrets
import socket

_FIRST, _LAST = 15_000, 32_000
"""Below the ports from which the kernel takes one for each connection that goes out: it would take ours meanwhile."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    while True:
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
