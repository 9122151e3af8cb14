"""How speech gets from the mouth to an outlet: pieces in a pipe, each written whole. Pure."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

RATE = 22_050
"""Samples a second, mono, 16 bit: what satellites are set to play, for Home Assistant sends it."""
_HEAD = struct.Struct("<IH")
_MOST = 4_090
"""Bytes of sound in a piece, so that the kernel writes it whole (PIPE_BUF)."""
PIPE_SIZE = 1 << 20
"""Bytes that may wait: 23 seconds of speech."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Of what is said as `id`; without sound: that is its end."""

    id: int
    sound: bytes = field(repr=False)


def pieces(number: int, sound: bytes) -> Iterator[bytes]:
    """Each to be written at once."""
    for at in range(0, len(sound), _MOST):
        part = sound[at : at + _MOST]
        yield _HEAD.pack(number, len(part)) + part


def end(number: int) -> bytes:
    return _HEAD.pack(number, 0)


class Pieces:
    """Bytes in, pieces out, on any cut."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[Piece]:
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            number, size = _HEAD.unpack_from(self._rest)
            if len(self._rest) < _HEAD.size + size:
                return
            yield Piece(number, bytes(self._rest[_HEAD.size : _HEAD.size + size]))
            del self._rest[: _HEAD.size + size]
