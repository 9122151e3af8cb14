"""The mel spectrogram of openWakeWord's file, by a Fourier transform, for sound that goes on.

The file convolves with windowed cosines and sines: 2.1 million multiplications for eight columns.
Its first cosine, which turns no time, is the window itself.
"""

from collections.abc import Mapping

import numpy as np
from numpy.fft import rfft
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from audio.frames import Pcm

Floats = NDArray[np.float32]

COLUMNS = 8
"""Columns of a call, 10 ms each."""
STEP = 160
HOP = COLUMNS * STEP
"""Samples that a call takes."""
_LONG = 512
_PAST = 3 * STEP
"""Samples of the call before that the first columns reach back to."""
_EARLY = _PAST // STEP
"""Columns of a stream's first call that would reach back before it."""

_LEAST = 1e-10
"""The lowest power of a band, as in the file."""
_RANGE = 80.0
"""dB below the loudest of a call at which all is cut off, as in the file."""
SILENCE = -8.0
"""What every band says of no sound."""
START = 1.0
"""What every band says of the time before a stream, as in the openwakeword library."""


class Mel:
    """Its columns are on the scale that the embedding has learned: dB / 10 + 2."""

    def __init__(self, weights: Mapping[str, Floats], streams: int) -> None:
        """Raises KeyError where these are other weights."""
        self._window = weights["0.stft.conv_real.weight"][0, 0].astype(np.float64)
        bands = weights["1.melW"].astype(np.float64)
        heard = np.flatnonzero(bands.any(axis=1))[-1] + 1
        # One row each for the real and the imaginary part, as they lie in memory.
        self._bands = bands[:heard].repeat(2, axis=0)
        self._sound = np.zeros((streams, _PAST + HOP))
        of_stream, of_sample = self._sound.strides
        self._windows = as_strided(
            self._sound, (streams, COLUMNS, _LONG), (of_stream, STEP * of_sample, of_sample)
        )
        self._fresh = np.ones(streams, np.bool_)

    def __call__(self, pcm: Pcm) -> Floats:
        """(streams, 1280) -> (streams, 8, 32)."""
        self._sound[:, :_PAST] = self._sound[:, HOP:]
        self._sound[:, _PAST:] = pcm
        parts = rfft(self._windows * self._window).view(np.float64)
        power = np.square(parts[..., : len(self._bands)]) @ self._bands
        decibels = 10 * np.log10(np.maximum(power, _LEAST))
        decibels[self._fresh, :_EARLY] = -np.inf
        least = decibels.max(axis=(1, 2), keepdims=True) - _RANGE
        columns: Floats = (np.maximum(decibels, least) / 10 + 2).astype(np.float32)
        columns[self._fresh, :_EARLY] = START
        self._fresh[:] = False
        return columns

    def reset(self, stream: int) -> None:
        self._fresh[stream] = True
