"""Sound laid out in time, known before its moment and for a second after it; else silence. Pure."""

import numpy as np

from audio.frames import NO_SOUND, Pcm, samples

_PAST = samples(1.0)
_FUTURE = samples(5.0)
"""What is placed later than this cannot be right, and is left out."""


class Timeline:
    def __init__(self) -> None:
        self._start = self._now = 0
        self._pcm: Pcm = NO_SOUND

    def put(self, pcm: Pcm, at: int) -> bool:
        """`pcm` belongs at sample `at`, or False: there is no room for it."""
        begin, end = at - self._start, at + len(pcm) - self._start
        if begin < 0 or end + self._start > self._now + _FUTURE:
            return False
        self._grow(end)
        self._pcm[begin:end] = pcm
        return True

    def move(self, by: int) -> None:
        """All of it comes so many samples later, or sooner."""
        self._start += by

    def between(self, start: int, end: int) -> Pcm:
        known = self._pcm[max(0, start - self._start) : max(0, end - self._start)]
        before = np.zeros(min(end - start, max(0, self._start - start)), np.int16)
        after = np.zeros(end - start - len(before) - len(known), np.int16)
        return np.concatenate((before, known, after))

    def go_to(self, now: int) -> None:
        """Time is at sample `now`; where it goes back all is forgotten."""
        if now < self._now:
            self._start, self._pcm = now, NO_SOUND
        past = max(0, now - _PAST - self._start)
        self._start, self._pcm = self._start + past, self._pcm[past:]
        self._now = now

    def _grow(self, length: int) -> None:
        missing = np.zeros(max(0, length - len(self._pcm)), np.int16)
        self._pcm = np.concatenate((self._pcm, missing))
