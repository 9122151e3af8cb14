"""How much later a sound is heard than it was played. Pure.

By cross-correlation in which every frequency counts alike (GCC-PHAT; Knapp and Carter, 1976): a
peak so sharp that somebody speaking besides does not hide it.
"""

from dataclasses import dataclass

import numpy as np

from audio.frames import Pcm

_FLOOR = 1e-3
"""Frequencies this much weaker than the strongest say nothing."""


@dataclass(frozen=True, slots=True)
class Delay:
    """`clarity`: how far it stands out, as a multiple of the root mean square of all others.

    Half a second of the hub's own voice, simulated rooms of .05 to .4 s: 45 to 14, always right.
    Unrelated speech of the same voice: up to 14, each time somewhere else.
    """

    samples: int
    clarity: float


def delay(played: Pcm, heard: Pcm, longest: int) -> Delay | None:
    """0 to `longest` samples; both begin at the same moment. None where one of them is silent."""
    size = 1 << (len(played) + len(heard) - 1).bit_length()
    both = np.fft.rfft(heard, size) * np.fft.rfft(played, size).conj()
    loudness = np.abs(both)
    if not loudness.any():
        return None
    likeness = np.abs(np.fft.irfft(both / (loudness + _FLOOR * loudness.max())))[:longest]
    at = int(likeness.argmax())
    return Delay(at, float(likeness[at] / np.sqrt(np.mean(likeness**2))))
