"""Follows every internet socket of this process from its first byte to its last.

Of each connection a descriptor is held, which keeps the kernel's counters until a look has read
them: so a connection that lived for milliseconds is counted too, and a peer learns of its end up to
one look later. Sockets that Python did not announce are found among the open descriptors.
"""

import os
import socket
import stat
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hub.ledger.announced import Announcements, Datagram, Line, Lookup
from hub.ledger.counters import is_internet, is_listening, is_stream, peer, read
from hub.ledger.entries import SOMEWHERE, Destination, Traffic, plain

_PATIENCE = 10
"""Looks that a closed connection may take to send what it still has."""
_OPEN = Path("/proc/self/fd")

Change = tuple[Destination, Traffic]


@dataclass(slots=True)
class _Followed:
    """`copy`: our descriptor of a TCP connection. What was counted so far; `patience`: see above.
    `destination` is what was announced, until the kernel names the peer.
    """

    copy: socket.socket
    destination: Destination
    unannounced: bool
    reached: bool = False
    sent: int = 0
    received: int = 0
    patience: int = _PATIENCE


@dataclass(slots=True)
class Watch:
    """Keyed by inode, which is a socket's own as long as a descriptor of it is open."""

    announcements: Announcements
    _followed: dict[int, _Followed] = field(default_factory=dict)
    _datagrams: set[int] = field(default_factory=set)
    _others: set[int] = field(default_factory=set)
    """Not of the internet."""

    def look(self, *, last: bool = False) -> Iterator[Change]:
        """What has changed since the look before. `last`: nothing is followed any more after it."""
        yield from self._hear()
        theirs = self._sockets()
        yield from self._hear()  # what a thread began meanwhile
        yield from self._find(theirs)
        for inode in tuple(self._followed):
            yield from self._progress(inode, last or inode not in theirs, last=last)
        self._datagrams &= theirs.keys()
        self._others &= theirs.keys()

    def _hear(self) -> Iterator[Change]:
        if missed := self.announcements.take_missed():
            yield _udp((SOMEWHERE, 0)), Traffic(unannounced=missed)
        for told in self.announcements.take():
            match told:
                case Line():
                    copy = socket.socket(fileno=told.copy)
                    port = told.port if told.way == "to" else _own_port(copy)
                    whom = Destination(plain(told.address), port, way=told.way)
                    yield from self._follow(_Followed(copy, whom, unannounced=False))
                case Datagram(inode, whom_udp, sent):
                    self._datagrams.add(inode)
                    if whom_udp is not None:
                        yield _udp(whom_udp), Traffic(messages=int(sent))
                case Lookup(name):
                    yield Destination(name, 0, "lookup"), Traffic(messages=1)

    def _follow(self, new: _Followed) -> Iterator[Change]:
        """Again, where a socket that failed to connect tries another address."""
        inode = os.fstat(new.copy.fileno()).st_ino
        if before := self._followed.get(inode):
            if not before.reached:
                yield before.destination, Traffic()
                before.destination = new.destination
            new.copy.close()
        else:
            self._followed[inode] = new

    def _sockets(self) -> dict[int, int]:
        """Inode -> descriptor, of all sockets that are open but for our copies."""
        ours = {each.copy.fileno() for each in self._followed.values()}
        found = {}
        for fd in {int(name) for name in os.listdir(_OPEN)} - ours:  # noqa: PTH208 - half the time
            with suppress(OSError):  # closed meanwhile, as the listing's own is
                status = os.fstat(fd)
                if stat.S_ISSOCK(status.st_mode):
                    found[status.st_ino] = fd
        return found

    def _find(self, theirs: dict[int, int]) -> Iterator[Change]:
        """Those that nobody announced."""
        unknown = theirs.keys() - self._followed.keys() - self._datagrams - self._others
        copies = [copy for inode in unknown if (copy := _copied(theirs[inode]))]
        listening = {_own_port(each) for each in copies if _is_server(each)}
        for copy in copies:
            inode = os.fstat(copy.fileno()).st_ino
            if line := _connection(copy, listening):
                self._followed.setdefault(inode, line)
                continue
            if not is_internet(copy):
                self._others.add(inode)
            elif not is_stream(copy) and _own_port(copy):
                self._datagrams.add(inode)
                yield _udp(peer(copy) or (SOMEWHERE, 0)), Traffic(unannounced=1)
            copy.close()

    def _progress(self, inode: int, closed: bool, *, last: bool) -> Iterator[Change]:  # noqa: FBT001
        line = self._followed[inode]
        now = read(line.copy, began=line.destination.way == "to" and not line.unannounced)
        _name(line)
        waits = closed and not last and now.unsent > 0 and line.patience > 0
        sent = now.sent + (now.unsent if closed and not waits else 0)
        began = now.reached and not line.reached
        change = Traffic(
            connections=int(began),
            bytes_out=sent - line.sent,
            bytes_in=now.received - line.received,
            unannounced=int(began and line.unannounced),
        )
        line.reached, line.sent, line.received = now.reached or line.reached, sent, now.received
        line.patience -= waits
        if closed and not waits:
            line.copy.close()
            del self._followed[inode]
        if change != Traffic() or (closed and not line.reached):
            yield line.destination, change


def _copied(fd: int) -> socket.socket | None:
    """None where it was closed meanwhile."""
    try:
        return socket.socket(fileno=os.dup(fd))
    except OSError:
        return None


def _connection(copy: socket.socket, listening: Container[int]) -> _Followed | None:
    """None for what is no TCP connection, or none yet."""
    if not (is_internet(copy) and is_stream(copy)) or is_listening(copy):
        return None
    host, port = peer(copy) or (SOMEWHERE, 0)
    if host == SOMEWHERE and not read(copy).sent:
        return None
    own = _own_port(copy)
    if own in listening:
        return _Followed(copy, Destination(plain(host), own, way="from"), unannounced=True)
    return _Followed(copy, Destination(plain(host), port), unannounced=True)


def _name(line: _Followed) -> None:
    """What the kernel says counts: the announcement may be a name."""
    if line.destination.way == "to" and (known := peer(line.copy)):
        line.destination = Destination(plain(known[0]), known[1])


def _udp(whom: tuple[str, int]) -> Destination:
    return Destination(plain(whom[0]), whom[1], "udp")


def _own_port(line: socket.socket) -> int:
    return int(line.getsockname()[1])


def _is_server(line: socket.socket) -> bool:
    return is_internet(line) and is_stream(line) and is_listening(line)
