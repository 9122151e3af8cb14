"""Sound from one process to another through memory that only the first can write.

Not a pipe: its writer can tell how late its reader is, so that the reader could tell it something.
A reader of this leaves no trace. Old sound is written over; the reader counts what it missed.
"""

import fcntl
import math
import mmap
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from zlib import crc32

PIECE = 320
"""Samples in a piece at most: 0.02 s."""
BYTES = 2 * PIECE
_HEAD = struct.Struct("<QdIHI")
"""Number of the piece, from 1; its moment; its position; its bytes; checksum of its sound."""
_SLOT = _HEAD.size + BYTES
_SLOTS = 512
SIZE = _SLOTS * _SLOT


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of 16 kHz mono, 16 bit, little end first. `moment`: seconds of time.monotonic(); what
    that and `position` are of is the writer's word.
    """

    moment: float
    position: int
    sound: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ends:
    """Two descriptors of the same memory, whose size is fixed: to write, and only to read."""

    write: int
    read: int


def sound_memory() -> Ends:
    write = os.memfd_create("inglenook-sound", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(write, SIZE)
    fcntl.fcntl(
        write, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
    )
    return Ends(write, os.open(f"/proc/self/fd/{write}", os.O_RDONLY | os.O_CLOEXEC))


class SoundWriter:
    """Goes on where a predecessor stopped."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE)
        self._number = _newest(self._memory)

    def tell(self, moment: float, position: int, sound: bytes) -> None:
        """At most BYTES of sound."""
        self._number += 1
        at = self._number % _SLOTS * _SLOT
        head = _HEAD.pack(self._number, moment, position, len(sound), crc32(sound))
        self._memory[at + _HEAD.size : at + _HEAD.size + len(sound)] = sound
        self._memory[at : at + _HEAD.size] = head


class SoundReader:
    """Hears nothing of what was before it. `lost`: pieces missed."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE, prot=mmap.PROT_READ)
        self._number = _newest(self._memory)
        self.lost = 0

    def skip(self) -> None:
        """What is there already is not read."""
        self._number = _newest(self._memory)

    def read(self) -> Iterator[Slot]:
        """What is new; ends after as many as there is room for, whatever the other end does."""
        for _ in range(_SLOTS):
            number, slot = self._at(self._number + 1)
            if number > self._number + 1:
                self.lost += number - self._number - 1
                self._number = number - 1
            if number <= self._number or slot is None:
                return
            self._number = number
            yield slot

    def _at(self, wanted: int) -> tuple[int, Slot | None]:
        """The piece in the place of number `wanted`; None while it is being written."""
        at = wanted % _SLOTS * _SLOT
        number, moment, position, size, checksum = _HEAD.unpack_from(self._memory, at)
        if number < wanted:
            return number, None
        body = self._memory[at + _HEAD.size : at + _HEAD.size + min(size, BYTES)]
        whole = crc32(body) == checksum and math.isfinite(moment) and size % 2 == 0
        return number, Slot(moment, position, body) if whole else None


def _newest(memory: mmap.mmap) -> int:
    return max(int(_HEAD.unpack_from(memory, slot * _SLOT)[0]) for slot in range(_SLOTS))
