"""What is played, for senses to know its echo by, through memory that only the mouth can write."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from audio.frames import Pcm, samples
from hub.sound_memory import PIECE, SoundReader, SoundWriter


@dataclass(frozen=True, slots=True)
class Piece:
    """`begun`: when the sound it belongs to began, seconds of time.monotonic(); `position`: samples
    of it before this one.
    """

    pcm: Pcm = field(repr=False)
    begun: float
    position: int


class ReferenceWriter:
    """The mouth's end."""

    def __init__(self, fd: int) -> None:
        self._memory = SoundWriter(fd)

    def tell(self, piece: Piece) -> None:
        """At most PIECE samples."""
        self._memory.tell(piece.begun, piece.position, piece.pcm.astype("<i2").tobytes())


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
    """The end of senses."""

    def __init__(self, fd: int) -> None:
        self._memory = SoundReader(fd)

    @property
    def lost(self) -> int:
        """Pieces missed."""
        return self._memory.lost

    def read(self) -> Iterator[Piece]:
        """What is new."""
        for slot in self._memory.read():
            pcm = np.frombuffer(slot.sound, "<i2").astype(np.int16)
            yield Piece(pcm, slot.moment, slot.position)
