"""How loud a room is, in a few steps, for as long as somebody asks. Pure; time is samples."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

import numpy as np

from audio.frames import Pcm, samples
from hub.messages import Loud

_FULL = 32_768.0
_LEAST = -55.0
_STEP = 8.0
"""Decibels of full scale at which the first step begins, and from one to the next: a quiet room
lies below, speech across it at the third to the fifth."""
_LENGTH = samples(0.25)
"""Measured at once."""


@dataclass
class Loudness:
    """Of one microphone."""

    _left: int = 0
    """Samples for which it is still wanted."""
    _count: int = 0
    _power: float = 0.0

    def want(self, seconds: float) -> None:
        """Say it for so many seconds from now."""
        self._left = samples(seconds)

    def feed(self, pcm: Pcm) -> Iterator[Loud]:
        """What it comes to, at most four times a second; does nothing while nobody asks."""
        if self._left <= 0:
            return
        self._left -= len(pcm)
        self._count += len(pcm)
        self._power += float(np.square(pcm, dtype=np.float64).sum())
        if self._count >= _LENGTH:
            yield Loud(source="senses", step=step(self._power / self._count))
            self._count, self._power = 0, 0.0


def step(power: float) -> int:
    """0 to 5, of a mean square of samples."""
    level = 10 * log10(power / _FULL**2) if power else -120.0
    return int(min(5.0, max(0.0, (level - _LEAST) // _STEP + 1)))
