"""One satellite's sound as senses hears it: memory in, frames out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from audio.frames import RATE, Frame
from audio.sample_clock import SampleClock
from hub.satellites.sound_in import WOKEN
from hub.sound_memory import PIECE, Slot, SoundReader


@dataclass(frozen=True, slots=True)
class Arrived:
    """`woken`: here begins what follows a wake word that the satellite heard by itself."""

    frame: Frame
    woken: bool = False


@dataclass
class SatelliteSound:
    """Samples are counted over all its streams; between two there is a gap."""

    reader: SoundReader
    clock: SampleClock = field(default_factory=SampleClock)
    _end: int = 0
    _next: int = 0
    """The position at which the present stream goes on."""

    @property
    def dropped(self) -> int:
        """Samples that were written over unread."""
        return self.reader.lost * PIECE

    def moment_of(self, sample: int) -> float:
        """When it came, seconds of time.monotonic()."""
        return self.clock.moment_of(sample)

    def new(self) -> Iterator[Arrived]:
        """What has come since; never waits."""
        for slot in self.reader.read():
            yield self._arrived(slot)

    def _arrived(self, slot: Slot) -> Arrived:
        pcm = np.frombuffer(slot.sound, "<i2").astype(np.int16)
        goes_on = slot.position == self._next and self._end > 0
        frame = Frame(pcm, self._end if goes_on else self._end + RATE)
        if not goes_on:
            self.clock = SampleClock()
        self._end, self._next = frame.end, slot.position + len(pcm)
        self.clock.arrived(frame.end, slot.moment)
        return Arrived(frame, woken=slot.position == WOKEN)
