"""The mouth's end of the pipe to one satellite's outlet."""

import os
import select

import numpy as np

from audio.convert import converted
from audio.frames import Pcm
from hub.satellites import speech

_PATIENCE = 2.0
"""Seconds that a full pipe is waited for: behind it nobody may be listening any more."""


class SatelliteVoice:
    """Written as fast as the pipe takes it; the outlet keeps the time."""

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd

    def say(self, number: int, sounds: list[tuple[Pcm, int]]) -> None:
        """`sounds`: each with its rate, one after the other; what does not fit is left out."""
        whole = [converted(pcm, rate, speech.RATE) for pcm, rate in sounds]
        sound = np.concatenate(whole).astype("<i2").tobytes() if whole else b""
        for piece in speech.pieces(number, sound):
            if not self._written(piece):
                break
        self._written(speech.end(number))

    def _written(self, piece: bytes) -> bool:
        _, ready, _ = select.select([], [self._fd], [], _PATIENCE)
        try:
            return bool(ready) and os.write(self._fd, piece) == len(piece)
        except BlockingIOError:
            return False
