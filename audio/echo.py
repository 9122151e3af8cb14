"""Takes the hub's own voice and music out of what the microphone hears. Pure.

A partitioned frequency-domain Kalman filter learns the way from loudspeaker to microphone. How
sure it is of each partition sets how fast it learns: someone speaking over the echo makes it slow
by itself, so no double-talk detector is needed.
After Kuech, Mabande and Enzner, "State-space architecture of the partitioned-block-based acoustic
echo controller", ICASSP 2014.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.frames import Pcm, samples

BLOCK = 256
"""Samples that are cleaned at a time: 16 ms."""
_FULL = 32_768.0
_SILENT = 1e-10
"""Keeps a division finite; far below one step of 16 bit sound."""

Spectra = NDArray[np.complex128]
"""Shape (partitions, BLOCK + 1)."""
Powers = NDArray[np.float64]
Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Options:
    tail: float = 0.4
    """Seconds from a sample's being played until its last echo: buffers and room together."""
    keep: float = 0.999
    """How much of the path stays the same from block to block, 0..1: below 1 it follows changes."""
    doubt: float = 0.1
    """Uncertainty of a new filter, as power of its coefficients (bench/room.py: at 1 it first makes
    the echo louder, at 0.005 it takes seconds to learn)."""


class Canceller:
    def __init__(self, options: Options) -> None:
        partitions = -(-samples(options.tail) // BLOCK)
        shape = (partitions, BLOCK + 1)
        self._options = options
        self._played: Spectra = np.zeros(shape, np.complex128)
        self._path: Spectra = np.zeros(shape, np.complex128)
        self._doubt: Powers = np.full(shape, options.doubt)
        self._last: Samples = np.zeros(BLOCK)

    @property
    def tail(self) -> int:
        """Samples after which nothing is left of what was played."""
        return (len(self._played) + 1) * BLOCK

    def recall(self, played: Pcm) -> None:
        """What was played last, `tail` samples of it; none of it was given to `clean`."""
        for at in range(0, len(played), BLOCK):
            self._shift(played[at : at + BLOCK] / _FULL)

    def clean(self, heard: Pcm, played: Pcm) -> Pcm:
        """`heard` without the echo of `played`: the same moments, whole blocks, equal lengths.

        `played` is zero where nothing was played. An echo that comes before it, or later than the
        tail, stays.
        """
        if len(heard) != len(played) or len(heard) % BLOCK:
            raise ValueError(f"Give equal lengths in whole blocks of {BLOCK} samples.")
        starts = range(0, len(heard), BLOCK)
        cleaned = [self._block(heard[at : at + BLOCK], played[at : at + BLOCK]) for at in starts]
        return np.concatenate(cleaned) if cleaned else heard

    def _block(self, heard: Pcm, played: Pcm) -> Pcm:
        self._shift(played / _FULL)
        if not self._played.any():
            return heard
        echo = np.fft.irfft((self._path * self._played).sum(axis=0))[BLOCK:]
        rest = heard / _FULL - echo
        self._learn(rest)
        cleaned: Pcm = np.clip(np.rint(rest * _FULL), -32_768, 32_767).astype(np.int16)
        return cleaned

    def _shift(self, played: Samples) -> None:
        self._played = np.roll(self._played, 1, axis=0)
        self._played[0] = np.fft.rfft(np.concatenate((self._last, played)))
        self._last = played

    def _learn(self, rest: Samples) -> None:
        """What is left over is echo not yet known, or somebody: doubt decides between them."""
        error = np.fft.rfft(np.concatenate((np.zeros(BLOCK), rest)))
        loudness = np.abs(self._played) ** 2
        unknown = 0.5 * (self._doubt * loudness).sum(axis=0) + np.abs(error) ** 2 + _SILENT
        gain = self._doubt / unknown
        step = np.fft.irfft(gain * self._played.conj() * error)
        step[:, BLOCK:] = 0.0
        self._path += np.fft.rfft(step)
        keep = self._options.keep**2
        known = np.abs(self._path) ** 2
        self._doubt = keep * (1 - 0.5 * gain * loudness) * self._doubt + (1 - keep) * known
