"""Sound from one process to another through memory that only the first can write.

Not a pipe: its writer can tell how late its reader is, so that the reader could tell it something.
A reader of this leaves no trace. Old sound is written over; the reader counts what it missed. It
believes nothing that it reads: a writer that was taken over can write anything, and whoever writes
after it is heard again within a round.
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
_FRONT = struct.Struct("<QdIH")
"""Number of the piece, from 1; its moment; its position; its bytes."""
_HEAD = struct.Struct("<QdIHI")
"""The same, and a checksum of all."""
_NUMBER = struct.Struct("<Q")
_SLOT = _HEAD.size + BYTES
_SLOTS = 512
SIZE = _SLOTS * _SLOT
_LAST = 1 << 62
"""No honest writer gets there."""
_LONGEST = 1 << 24
"""Pieces that may be missed at once, four days; who claims more is not counting."""


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
    """Goes on where a predecessor stopped, with small numbers where that had none."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE)
        newest = _newest(self._memory)
        self._number = newest if newest < _LAST // 2 else newest % _SLOTS

    def tell(self, moment: float, position: int, sound: bytes) -> None:
        """At most BYTES of sound."""
        self._number += 1
        at = self._number % _SLOTS * _SLOT
        front = _FRONT.pack(self._number, moment, position, len(sound))
        checksum = crc32(sound, crc32(front)).to_bytes(4, "little")
        self._memory[at + _HEAD.size : at + _HEAD.size + len(sound)] = sound
        self._memory[at : at + _HEAD.size] = front + checksum


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
            wanted = self._number + 1
            number = _number(self._memory, wanted % _SLOTS)
            slot = self._at(wanted % _SLOTS) if number not in (0, wanted - _SLOTS) else None
            if slot is None:
                return
            missed = number - wanted
            self.lost += missed if 0 <= missed < _LONGEST else _SLOTS
            self._number = number
            yield slot

    def _at(self, place: int) -> Slot | None:
        """The piece there; None while it is being written."""
        at = place * _SLOT
        number, moment, position, size, checksum = _HEAD.unpack_from(self._memory, at)
        front = self._memory[at : at + _FRONT.size]
        body = self._memory[at + _HEAD.size : at + _HEAD.size + min(size, BYTES)]
        whole = crc32(body, crc32(front)) == checksum and number % _SLOTS == place
        sound = math.isfinite(moment) and size % 2 == 0
        return Slot(moment, position, body) if whole and sound else None


def _number(memory: mmap.mmap, place: int) -> int:
    """0 where there is none that an honest writer could have put there."""
    [number] = _NUMBER.unpack_from(memory, place * _SLOT)
    return int(number) if number < _LAST and number % _SLOTS == place else 0


def _newest(memory: mmap.mmap) -> int:
    return max(_number(memory, place) for place in range(_SLOTS))
