"""Knows when the hub itself says a wake word, so that this wakes nobody. Pure.

What is left of it after echo cancellation still wakes (bench/room.py), but what is played is known
exactly: a second wake engine listens to that.
"""

from dataclasses import dataclass

from audio.engines import Wake
from audio.frames import Pcm, samples


@dataclass(frozen=True, slots=True)
class Options:
    threshold: float = 0.1
    """Score 0..1 of what is played: low, for the room may make of it a clearer word."""
    hold: float = 1.5
    """Seconds from there in which the microphone may hear it: buffers, room, and some to spare."""


class OwnVoice:
    def __init__(self, wake: Wake, options: Options) -> None:
        """`wake`: an engine of its own, with the words the listener wakes for."""
        self.hop = wake.hop
        self._wake = wake
        self._options = options
        self._until: dict[str, int] = {}

    def hear(self, played: Pcm, end: int) -> None:
        """One hop of what is played, zero where nothing is; `end`: sample at which it ends."""
        for word, score in self._wake.scores(played).items():
            if score >= self._options.threshold:
                self._until[word] = end + samples(self._options.hold)

    def said(self, word: str, at: int) -> bool:
        """Whether a `word` heard at sample `at` is the hub's own."""
        return at <= self._until.get(word, -1)
