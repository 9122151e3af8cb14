"""Hears of every connection, datagram and name that Python asks for, at the moment it does.

A CPython audit hook: it can never be removed, so it does little, and nothing once it is closed. It
duplicates the descriptor: the kernel keeps the counters of a connection until the last one closes.
"""

import os
import socket
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from types import FrameType

from hub.ledger.counters import is_internet, is_stream
from hub.ledger.entries import Way

_MOST = 1_000
"""Announcements that wait for a look; each holds a descriptor."""
_ACCEPT = socket.socket.accept.__code__
_DEPTH = 5
"""How far above the hook's last function `accept` is."""
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SENDING = frozenset({"socket.sendto", "socket.sendmsg"})


@dataclass(frozen=True, slots=True)
class Line:
    """A TCP connection begun or accepted. `copy`: a descriptor of it, the taker's to close;
    `address`, `port`: the other end's.
    """

    copy: int
    address: str
    port: int
    way: Way


@dataclass(frozen=True, slots=True)
class Datagram:
    """A datagram socket was bound, connected or (`sent`) sent through. `inode` names the socket;
    the peer is None where the socket knows it, and while it has none.
    """

    inode: int
    peer: tuple[str, int] | None
    sent: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    name: str


Announcement = Line | Datagram | Lookup


class Announcements:
    """Begins to listen when it is made."""

    def __init__(self) -> None:
        self._missed = 0
        self._open = True
        self._waiting: deque[Announcement] = deque()
        sys.addaudithook(self._hear)

    def take(self) -> Iterator[Announcement]:
        """What came since, oldest first; they are forgotten."""
        while self._waiting:
            yield self._waiting.popleft()

    def take_missed(self) -> int:
        """How many there was no room for since."""
        missed, self._missed = self._missed, 0
        return missed

    def close(self) -> None:
        self._open = False

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if not self._open or not event.startswith("socket."):
            return
        if len(self._waiting) >= _MOST:
            self._missed += 1
            return
        # No descriptor left, or a closed socket: the call itself fails and tells.
        with suppress(OSError):
            self._waiting.extend(_told(event, args))


def _told(event: str, args: tuple[object, ...]) -> Iterator[Announcement]:
    match event, args:
        case "socket.__new__", (_, socket.AF_INET | socket.AF_INET6, *_):
            yield from _accepted()
        case "socket.connect", (socket.socket() as line, (str(host), int(port), *_)):
            yield from _begun(line, (host, port))
        case "socket.bind", (socket.socket() as line, _) if _is_datagram(line):
            yield Datagram(_inode(line), None, sent=False)
        case _, (socket.socket() as line, address) if event in _SENDING:
            yield from _sent(line, address)
        case _, (str() | bytes() as name, *_) if event in _LOOKUPS:
            yield from _asked(name if isinstance(name, str) else name.decode())


def _accepted() -> Iterator[Announcement]:
    """`accept` has the descriptor, of which the event does not tell."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - as collections and logging do
    for _ in range(_DEPTH):
        frame = frame and frame.f_back
        if frame and frame.f_code is _ACCEPT:
            fd, (host, port, *_) = frame.f_locals["fd"], frame.f_locals["addr"]
            yield Line(os.dup(fd), host, port, "from")
            return


def _begun(line: socket.socket, peer: tuple[str, int]) -> Iterator[Announcement]:
    if not is_internet(line):
        return
    if is_stream(line):
        yield Line(os.dup(line.fileno()), *peer, "to")
    else:
        yield Datagram(_inode(line), peer, sent=False)


def _sent(line: socket.socket, address: object) -> Iterator[Announcement]:
    """Also TCP fast open, which connects by sending."""
    match address:
        case (str(host), int(port), *_):
            if _is_datagram(line):
                yield Datagram(_inode(line), (host, port), sent=True)
            else:
                yield from _begun(line, (host, port))
        case None if _is_datagram(line):
            yield Datagram(_inode(line), _connected(line), sent=True)


def _connected(line: socket.socket) -> tuple[str, int]:
    host, port, *_ = line.getpeername()
    return host, port


def _is_datagram(line: socket.socket) -> bool:
    return is_internet(line) and not is_stream(line)


def _inode(line: socket.socket) -> int:
    return os.fstat(line.fileno()).st_ino


def _asked(name: str) -> Iterator[Announcement]:
    """Digits are no question."""
    try:
        ip_address(name)
    except ValueError:
        yield Lookup(name)
