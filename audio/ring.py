"""The last seconds of a stream, so that a command can begin before it was noticed."""

import numpy as np

from audio.frames import Pcm


class Ring:
    """Holds the newest `size` samples. Nothing older exists anywhere."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._store: Pcm = np.zeros(2 * size, np.int16)
        self._used = 0
        self.end = 0
        """Index of the sample after the newest."""

    def add(self, pcm: Pcm) -> None:
        self.end += len(pcm)
        newest = pcm[-self._size :]
        if self._used + len(newest) > len(self._store):
            # Slide only when the store is full: twice the size makes that rare.
            kept = self._store[self._used - self._size : self._used].copy()
            self._store[: self._size] = kept
            self._used = self._size
        self._store[self._used : self._used + len(newest)] = newest
        self._used += len(newest)

    def since(self, start: int) -> Pcm:
        """A copy of everything from sample `start` on, or from the oldest sample kept."""
        wanted = min(self.end - start, self._size, self._used)
        return self._store[self._used - max(wanted, 0) : self._used].copy()

    def restart(self, at: int) -> None:
        """Forget all; the next sample is number `at`."""
        self._store[:] = 0
        self._used = 0
        self.end = at
