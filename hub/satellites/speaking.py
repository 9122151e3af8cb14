"""The mouth's end of the pipe to one satellite's outlet."""

import os
from collections import deque

import numpy as np

from audio.convert import converted
from audio.frames import Pcm
from hub.satellites import speech

_PATIENCE = 2.0
"""Seconds that a full pipe is waited for: behind it nobody may be listening any more."""


class SatelliteVoice:
    """Written as fast as the pipe takes it, and never waited for; the outlet keeps the time. Times
    are seconds of time.monotonic().
    """

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self.fd = fd
        self._unwritten: deque[bytes] = deque()
        self._taken_at = 0.0

    @property
    def is_free(self) -> bool:
        return not self._unwritten

    def say(self, number: int, sounds: list[tuple[Pcm, int]], now: float) -> None:
        """`sounds`: each with its rate, one after the other."""
        whole = [converted(pcm, rate, speech.RATE) for pcm, rate in sounds]
        sound = np.concatenate(whole).astype("<i2").tobytes() if whole else b""
        self._unwritten.extend((*speech.pieces(number, sound), speech.end(number)))
        self._taken_at = now
        self.go_on(now)

    def go_on(self, now: float) -> None:
        """Write what the pipe takes; what it has not taken for two seconds is left out."""
        while self._unwritten and self._is_taken(self._unwritten[0]):
            self._unwritten.popleft()
            self._taken_at = now
        if self._unwritten and now - self._taken_at > _PATIENCE:
            self._is_taken(self._unwritten[-1])
            self._unwritten.clear()

    def _is_taken(self, piece: bytes) -> bool:
        """As a whole: it is no longer than what a pipe takes at once."""
        try:
            return os.write(self.fd, piece) == len(piece)
        except BlockingIOError:
            return False
