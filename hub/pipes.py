"""One typed message a line through an os.pipe: encoding, decoding, refusing and counting."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from hub.fields import DOWN_LIMIT, UP_LIMIT
from hub.messages import Message

M = TypeVar("M")
_CHUNK = 65_536


class LineTooLong(Exception):
    """A message does not fit its pipe; it is our own mistake, or a home that is too big."""


def encode(message: Message, limit: int = UP_LIMIT) -> bytes:
    """One line, newline included, of at most `limit` bytes; raises LineTooLong."""
    line = msgspec.json.encode(message) + b"\n"
    if len(line) > limit:
        raise LineTooLong(f"A {type(message).__name__} of {len(line)} bytes; {limit} are allowed.")
    return line


@dataclass
class Writer:
    """The writing end. Lines of at most PIPE_BUF never mix with those of a predecessor.

    A full pipe (nobody reads) loses the line and counts it: a process that hears must not wait.
    So does a line that is too long, which is our own mistake but no reason to fall silent.
    """

    fd: int
    limit: int = UP_LIMIT
    dropped: int = 0

    def __post_init__(self) -> None:
        os.set_blocking(self.fd, False)

    def send(self, message: Message) -> None:
        try:
            os.write(self.fd, encode(message, self.limit))
        except (BlockingIOError, BrokenPipeError, LineTooLong):
            self.dropped += 1


class Decoder(Generic[M]):
    """Bytes in, messages out. What is not in the vocabulary is refused and counted.

    Works on any cut of the stream: a line may arrive in pieces, and the tail of a line whose
    reader died is refused like any other bad line.
    """

    def __init__(self, vocabulary: msgspec.json.Decoder[M], limit: int) -> None:
        self._json = vocabulary
        self._limit = limit
        self._rest = bytearray()
        self.refused = 0

    def feed(self, data: bytes) -> Iterator[M]:
        self._rest += data
        while (end := self._rest.find(b"\n")) >= 0:
            line = bytes(self._rest[:end])
            del self._rest[: end + 1]
            message = self._decode(line) if line else None
            if message is not None:
                yield message
        if len(self._rest) > self._limit:
            self._rest.clear()
            self.refused += 1

    def _decode(self, line: bytes) -> M | None:
        try:
            if len(line) < self._limit:
                return self._json.decode(line)
        except msgspec.MsgspecError:
            pass
        self.refused += 1
        return None


@dataclass
class Reader(Generic[M]):
    """The reading end for a synchronous process: `poll` never waits."""

    fd: int
    vocabulary: msgspec.json.Decoder[M]
    decoder: Decoder[M] = field(init=False)
    closed: bool = False

    def __post_init__(self) -> None:
        os.set_blocking(self.fd, False)
        self.decoder = Decoder(self.vocabulary, DOWN_LIMIT)

    def poll(self) -> Iterator[M]:
        """Every message that has arrived; sets `closed` when the other side is gone."""
        while not self.closed:
            try:
                data = os.read(self.fd, _CHUNK)
            except BlockingIOError:
                return
            self.closed = not data
            yield from self.decoder.feed(data)
