"""What is played, for senses to know its echo by: a ring in memory that only the mouth can write.

Not a pipe: its writer can tell how late its reader is, so that senses could have told the mouth
something. A reader of this leaves no trace. Old sound is written over; the reader counts what it
missed.
"""

import fcntl
import math
import mmap
import os
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from audio.frames import Pcm, samples

PIECE = samples(0.02)
_HEAD = struct.Struct("<QdII")
"""Number of the piece, from 1; when its sound began; samples of that before it; checksum."""
_SLOT = _HEAD.size + 2 * PIECE
_SLOTS = 128
SIZE = _SLOTS * _SLOT


@dataclass(frozen=True, slots=True)
class Piece:
    """`begun`: when the sound it belongs to began, seconds of time.monotonic(); `position`: samples
    of it before this one.
    """

    pcm: Pcm = field(repr=False)
    begun: float
    position: int


@dataclass(frozen=True, slots=True)
class Ring:
    """Two descriptors of the same memory, whose size is fixed: to write, and only to read."""

    write: int
    read: int


def ring() -> Ring:
    write = os.memfd_create("inglenook-reference", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(write, SIZE)
    fcntl.fcntl(
        write, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
    )
    return Ring(write, os.open(f"/proc/self/fd/{write}", os.O_RDONLY | os.O_CLOEXEC))


class ReferenceWriter:
    """The mouth's end; it goes on where a predecessor stopped."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE)
        self._number = _newest(self._memory)

    def tell(self, piece: Piece) -> None:
        """At most PIECE samples."""
        self._number += 1
        at = self._number % _SLOTS * _SLOT
        body = piece.pcm.astype("<i2").tobytes().ljust(2 * PIECE, b"\0")
        head = _HEAD.pack(self._number, piece.begun, piece.position, crc32(body))
        self._memory[at + _HEAD.size : at + _SLOT] = body
        self._memory[at : at + _HEAD.size] = head


class Telling:
    """One sound at 16 kHz, told as it is played."""

    def __init__(self, writer: ReferenceWriter, pcm: Pcm) -> None:
        self._writer = writer
        self._pcm = pcm
        self._begun = 0.0
        self._told = 0

    def until(self, seconds: float) -> None:
        """All that is played in its first so many seconds; they begin with the first call."""
        self._begun = self._begun or time.monotonic()
        end = min(len(self._pcm), samples(seconds))
        while self._told < end:
            piece = self._pcm[self._told : self._told + PIECE]
            self._writer.tell(Piece(piece, self._begun, self._told))
            self._told += len(piece)


class ReferenceReader:
    """The end of senses, which hears nothing of what was before it. `lost`: pieces missed."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE, prot=mmap.PROT_READ)
        self._number = _newest(self._memory)
        self.lost = 0

    def read(self) -> Iterator[Piece]:
        """What is new; ends after as many as there is room for, whatever the other end does."""
        for _ in range(_SLOTS):
            number, piece = self._at(self._number + 1)
            if number > self._number + 1:
                self.lost += number - self._number - 1
                self._number = number - 1
            if number <= self._number or piece is None:
                return
            self._number = number
            yield piece

    def _at(self, wanted: int) -> tuple[int, Piece | None]:
        """The piece in the place of number `wanted`; None while it is being written."""
        at = wanted % _SLOTS * _SLOT
        number, begun, position, checksum = _HEAD.unpack_from(self._memory, at)
        if number < wanted:
            return number, None
        body = self._memory[at + _HEAD.size : at + _SLOT]
        whole = crc32(body) == checksum and math.isfinite(begun)
        piece = Piece(np.frombuffer(body, "<i2").astype(np.int16), begun, position)
        return number, piece if whole else None


def _newest(memory: mmap.mmap) -> int:
    return max(int(_HEAD.unpack_from(memory, slot * _SLOT)[0]) for slot in range(_SLOTS))
