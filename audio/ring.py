"""The last seconds of a stream, so that a command can begin before it was noticed."""

import numpy as np

from audio.frames import Pcm
from audio.memory import sound_memory


class Ring:
    """Holds the newest `size` samples, in memory for sound. Nothing older is in it."""

    def __init__(self, size: int) -> None:
        memory = sound_memory(size)
        self._size = size
        self._store: Pcm = memory.pcm
        self._used = 0
        self.locked = memory.locked
        """Whether the kernel keeps it out of swap."""
        self.end = 0
        """Index of the sample after the newest; it lies in the store at the same index, wrapped."""

    def add(self, pcm: Pcm) -> None:
        newest = pcm[-self._size :]
        self.end += len(pcm)
        at = (self.end - len(newest)) % self._size
        first = newest[: self._size - at]
        self._store[at : at + len(first)] = first
        self._store[: len(newest) - len(first)] = newest[len(first) :]
        self._used = min(self._used + len(newest), self._size)

    def since(self, start: int) -> Pcm:
        """A copy of everything from sample `start` on, or from the oldest sample kept."""
        wanted = max(0, min(self.end - start, self._used))
        at = (self.end - wanted) % self._size
        first = self._store[at : at + wanted]
        return np.concatenate((first, self._store[: wanted - len(first)]))

    def restart(self, at: int) -> None:
        """Forget all; the next sample is number `at`."""
        self._store[:] = 0
        self._used = 0
        self.end = at
