"""A piece of sound with its place in time. Time is counted in samples, never read from a clock."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples per second of all sound inside Inglenook (mono, 16 bit)."""

Pcm = NDArray[np.int16]
"""Shape (n,), 16 kHz mono, full scale -32768..32767."""

NO_SOUND: Pcm = np.zeros(0, np.int16)


@dataclass(frozen=True, slots=True)
class Frame:
    """Sound of any length; `start` is the index of its first sample since the source opened.

    A gap (`frame.start != last.end`) means that sound was lost.
    """

    pcm: Pcm = field(repr=False)
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.pcm)


def seconds(samples: int) -> float:
    return samples / RATE


def samples(seconds_: float) -> int:
    return round(seconds_ * RATE)
