"""How much was lent: deeds as they are done, bytes as the kernel has counted them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hub.ledger.counters import read
from hub.lending.messages import Lent


@dataclass
class Tally:
    written: int = 0
    spoken: int = 0
    woken: int = 0
    _ended: tuple[int, int, int] = (0, 0, 0)
    """Connections that are over, their bytes in and out."""
    _open: set[socket.socket] = field(default_factory=set)

    @contextmanager
    def count(self, line: socket.socket) -> Iterator[None]:
        """A descriptor of our own keeps the kernel's counters until they have been read."""
        with line.dup() as own:
            self._open.add(own)
            try:
                yield
            finally:
                self._open.remove(own)
                self._ended = _added(self._ended, own, closed=True)

    @property
    def lent(self) -> Lent:
        sums = self._ended
        for line in self._open:
            sums = _added(sums, line)
        connections, bytes_in, bytes_out = sums
        return Lent(
            connections=connections,
            written=self.written,
            spoken=self.spoken,
            woken=self.woken,
            bytes_in=bytes_in,
            bytes_out=bytes_out,
        )


def _added(
    sums: tuple[int, int, int], line: socket.socket, *, closed: bool = False
) -> tuple[int, int, int]:
    """What is unsent at a close goes out all the same."""
    connections, bytes_in, bytes_out = sums
    now = read(line)
    out = bytes_out + now.sent + (now.unsent if closed else 0)
    return connections + 1, bytes_in + now.received, out
