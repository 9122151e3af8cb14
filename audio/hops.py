"""Gathers pieces of any length into the hops that an engine takes. Pure."""

import numpy as np

from audio.frames import Pcm


class Hops:
    def __init__(self, size: int) -> None:
        self._hop: Pcm = np.zeros(size, np.int16)
        self._used = 0

    @property
    def room(self) -> int:
        """The longest piece that `add` takes next; at least 1."""
        return len(self._hop) - self._used

    def add(self, piece: Pcm) -> Pcm | None:
        """The hop that this piece completes, if it does."""
        self._hop[self._used : self._used + len(piece)] = piece
        self._used += len(piece)
        if self.room:
            return None
        self._used = 0
        return self._hop.copy()

    def clear(self) -> None:
        self._used = 0
