"""The one way on which senses keeps anything: a pipe, opened before the seal; the launcher appends.

A pipe, not a file opened with O_APPEND: whoever holds such a file can take O_APPEND off with fcntl,
overwrite and cut it (tried), and the seal would need an exception for it. A pipe can only be added
to, at the pace and up to the amount that its reader allows. Pieces of at most PIPE_BUF bytes are
written whole or not at all, so a record that broke off harms none that follows. Records come
encrypted; the launcher holds no key that opens them.
"""

import os
import select
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from hub.keep.errors import Garbled

RECORD_LIMIT = 1_000_000
"""Bytes: 30 s of sound, encrypted, are 960,600."""
_PIECE = select.PIPE_BUF
_HEAD = struct.Struct("!HB")
"""Bytes that follow; whether they begin (1) or end (2) a record."""
_BEGINS, _ENDS = 1, 2
_PATIENCE = 0.25
"""Seconds that a record may wait for the launcher; then it is lost, for hearing must go on."""


def pieces(record: bytes) -> Iterator[bytes]:
    room = _PIECE - _HEAD.size
    for at in range(0, max(1, len(record)), room):
        part = record[at : at + room]
        marks = (_BEGINS if at == 0 else 0) | (_ENDS if at + room >= len(record) else 0)
        yield _HEAD.pack(len(part), marks) + part


@dataclass(slots=True)
class Records:
    """Pieces in, whole records out; works on any cut of the stream."""

    _rest: bytearray = field(default_factory=bytearray)
    _record: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Raises Garbled, and then nothing that follows can be trusted."""
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            size, marks = _HEAD.unpack_from(self._rest)
            if size > _PIECE - _HEAD.size or marks > _BEGINS | _ENDS:
                raise Garbled("Senses has sent something else than records: nothing more is kept.")
            end = _HEAD.size + size
            if len(self._rest) < end:
                return
            yield from self._take(bytes(self._rest[_HEAD.size : end]), marks)
            del self._rest[:end]

    def _take(self, part: bytes, marks: int) -> Iterator[bytes]:
        if marks & _BEGINS:
            self._record.clear()
        self._record += part
        if len(self._record) > RECORD_LIMIT:
            raise Garbled("Senses has sent a record without end: nothing more is kept.")
        if marks & _ENDS:
            yield bytes(self._record)
            self._record.clear()


@dataclass(slots=True)
class Budget:
    """So many bytes an hour, saved up for an hour at most. `at`: seconds, of any clock."""

    per_hour: int
    at: float
    left: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.per_hour

    def allows(self, size: int, now: float) -> bool:
        """Whether so many bytes may be kept now; then they are taken off."""
        gained = max(0.0, now - self.at) * self.per_hour / 3_600
        self.left, self.at = min(self.per_hour, self.left + gained), now
        if size > self.left:
            return False
        self.left -= size
        return True


class Journal:
    """The end that senses writes to. `lost`: records that did not get through."""

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd
        self.lost = 0
        self.closed = False
        """The launcher takes nothing any more: recording is over."""

    def keep(self, record: bytes) -> None:
        """Waits a quarter of a second at most."""
        if self.closed:
            return
        deadline = time.monotonic() + _PATIENCE
        fits = len(record) <= RECORD_LIMIT
        self.lost += not (fits and all(self._sent(piece, deadline) for piece in pieces(record)))

    def _sent(self, piece: bytes, deadline: float) -> bool:
        try:
            select.select((), (self._fd,), (), max(0.0, deadline - time.monotonic()))
            os.write(self._fd, piece)
        except BlockingIOError:
            return False
        except BrokenPipeError:
            self.closed = True
            return False
        return True
