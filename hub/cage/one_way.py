"""What an inlet and an outlet must not be able to do, tried by themselves: the way not theirs.

A pair of streams stands for the connection to the satellite: their filters tell descriptors by
number, and let them use none but their pipes.
"""

import os
import socket
from collections.abc import Callable, Mapping
from types import MappingProxyType

from hub.cage.kernel import call


def _send_on_a_line() -> None:
    """As to a satellite: a pair of streams stands for the connection."""
    near, far = socket.socketpair()
    with near, far:
        near.send(b".")


def _write_on_a_line() -> None:
    near, far = socket.socketpair()
    with near, far:
        os.write(near.fileno(), b".")


def _hear_on_a_line() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(0)
        near.recv(1)


def _read_on_a_line() -> None:
    near, far = socket.socketpair()
    with near, far:
        os.set_blocking(near.fileno(), False)
        os.read(near.fileno(), 1)


ONE_WAY: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "another name for a descriptor": lambda: os.close(os.dup(1)),
        "moving between descriptors": lambda: call("splice", -1, None, -1, None, 0, 0),
    }
)

SENDING: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "sending to its satellite": _send_on_a_line,
        "writing to its satellite": _write_on_a_line,
    }
)

HEARING: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "hearing its satellite": _hear_on_a_line,
        "reading from its satellite": _read_on_a_line,
    }
)
