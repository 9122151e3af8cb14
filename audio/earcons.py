"""Short soft tones: "I am listening" and "I did not understand". Pure."""

from collections.abc import Callable

import numpy as np

from audio.frames import RATE, Pcm

_LOUDNESS = 0.12
"""Of full scale: below speech, so that it does not startle."""


Earcon = Callable[[int], Pcm]
"""Samples per second -> mono sound at that rate."""


def wake(rate: int = RATE) -> Pcm:
    """Two rising notes, 0.16 s."""
    return _notes((659.3, 880.0), 0.08, rate)


def not_understood(rate: int = RATE) -> Pcm:
    """Two falling notes, 0.28 s."""
    return _notes((523.3, 392.0), 0.14, rate)


def attention(rate: int = RATE) -> Pcm:
    """Three notes up and down, 0.42 s: an announcement follows, or a timer rings."""
    return _notes((659.3, 880.0, 659.3), 0.14, rate)


def _notes(pitches: tuple[float, ...], length: float, rate: int) -> Pcm:
    """`pitches` in Hz, each `length` seconds, joined without a click."""
    sound = np.concatenate([_note(pitch, length, rate) for pitch in pitches])
    return (sound * _LOUDNESS * 32767).astype(np.int16)


def _note(pitch: float, length: float, rate: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    time = np.arange(round(length * rate)) / rate
    rise_and_fall = np.sin(np.pi * time / length) ** 2
    octave = 0.2 * np.sin(4 * np.pi * pitch * time)
    return rise_and_fall * (np.sin(2 * np.pi * pitch * time) + octave) / 1.2
