"""The one way from an eye to its camera: a socket that listens in the eye's own empty network and
is handed to a relay outside, which alone can accept on it.
"""

import socket
from pathlib import Path

from hub.cage.facts import Surroundings

PORT = 8554
"""Where the camera answers in the eye's own network, whatever its port outside."""
_NETWORK_OF = 71
"""SO_NETNS_COOKIE (asm-generic/socket.h, Linux 5.14): a number for a socket's network."""


class NoGate(Exception):
    """Eye and relay do not stand in two networks."""


def hand_over(relay: int) -> None:
    """In the eye, when it is isolated. `relay`: one end of a pair of streams; it is closed.

    Raises NoGate where the eye has no network of its own: the relay would serve the whole machine.
    """
    with socket.socket(fileno=relay) as line:
        if not Surroundings.of(Path("/proc/thread-self")).network_empty:
            raise NoGate("An eye has no network of its own: allow user namespaces.")
        with socket.create_server(("127.0.0.1", PORT), backlog=1) as gate:
            socket.send_fds(line, [b"."], [gate.fileno()])


def take(eye: int) -> socket.socket:
    """In the relay, the other end; waits for the eye. Raises NoGate, also when the eye has gone."""
    with socket.socket(fileno=eye) as line:
        _, descriptors, _, _ = socket.recv_fds(line, 1, 1)
    if not descriptors:
        raise NoGate("The eye ended before its relay could serve it.")
    gate = socket.socket(fileno=descriptors[0])
    with socket.socket(socket.AF_INET) as own:
        if _network(gate) == _network(own):
            gate.close()
            raise NoGate("The eye is in the machine's network: allow user namespaces.")
    return gate


def _network(line: socket.socket) -> bytes:
    """Raises OSError where the kernel is too old to say."""
    return line.getsockopt(socket.SOL_SOCKET, _NETWORK_OF, 8)
