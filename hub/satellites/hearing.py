"""One satellite's sound as senses hears it: memory in, frames out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from audio.frames import RATE, Frame, samples
from audio.sample_clock import SampleClock
from hub.door.budget import Budget
from hub.satellites.sound_in import WOKEN
from hub.sound_memory import PIECE, Slot, SoundReader

_QUIET, _MOST_SILENCE = 0.3, 1.0
_AT_ONCE, _FASTER = 12.0, 1.1
"""Seconds of sound that may come at once: more than waits in the memory while senses is busy; and
how many a second, for no two clocks agree.
"""
_LEAST = 0.005
"""Seconds that the shortest piece counts as."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """`woken`: here begins what follows a wake word that the satellite heard by itself, or what is
    heard of it: it sends sound until somebody says that the turn is over.
    """

    frame: Frame
    woken: bool = False


@dataclass
class SatelliteSound:
    """Samples are counted over all its streams; between two there is a gap."""

    reader: SoundReader
    clock: SampleClock = field(default_factory=SampleClock)
    heard_at: float = 0.0
    """When something was last heard, or silence taken for it: seconds of time.monotonic()."""
    _allowance: Budget = field(default_factory=lambda: Budget(_AT_ONCE, _FASTER))
    """Seconds of sound: hearing costs computing, which one satellite must not take from all."""
    _too_fast: int = 0
    """Pieces that came faster than time."""
    _is_filled: bool = False
    """Silence was put where nothing came: what comes now follows it without a gap."""
    _end: int = 0
    _next: int = 0
    """The position at which the present stream goes on."""

    @property
    def dropped(self) -> int:
        """Samples that were written over unread, or came faster than anybody can speak."""
        return (self.reader.lost + self._too_fast) * PIECE

    def moment_of(self, sample: int) -> float:
        """When it came, seconds of time.monotonic()."""
        return self.clock.moment_of(sample)

    def new(self, now: float) -> Iterator[Arrived]:
        """What has come since; never waits. `now`: seconds of time.monotonic()."""
        for slot in self.reader.read():
            if self._allowance.pay(max(_LEAST, len(slot.sound) / 2 / RATE), now):
                yield self._arrived(slot, min(slot.moment, now))
            else:
                self._too_fast += 1

    def _arrived(self, slot: Slot, moment: float) -> Arrived:
        pcm = np.frombuffer(slot.sound, "<i2").astype(np.int16)
        follows = slot.position == self._next and self._end > 0
        woken = slot.position >= WOKEN and not follows
        goes_on = follows or (self._is_filled and not woken)
        frame = Frame(pcm, self._end if goes_on else self._end + RATE)
        if not goes_on:
            self.clock = SampleClock()
        self._end, self._next = frame.end, slot.position + len(pcm)
        self.heard_at, self._is_filled = moment, False
        self.clock.arrived(frame.end, moment)
        return Arrived(frame, woken=woken)

    def silence(self, now: float) -> Frame | None:
        """What to hear where nothing has come for a while, so that a turn still ends."""
        if not self._is_filled and now - self.heard_at < _QUIET:
            return None
        length = samples(min(now - self.heard_at, _MOST_SILENCE))
        frame = Frame(np.zeros(length, np.int16), self._end)
        self._end, self.heard_at, self._is_filled = frame.end, now, True
        return frame
