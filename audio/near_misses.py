"""Counts the times that a wake word was nearly heard: scores in reach of the threshold. Pure.

What was nearly a wake word is one passage of two seconds, whatever its scores do in that time, and
none at all if it woke.
"""

from collections import Counter
from dataclasses import dataclass

from audio.frames import samples

REACH = 0.3
"""The score 0..1 at which a passage begins."""
PASSAGE = samples(2.0)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`at`: the sample where it began; `peak`: its highest score, 0..1."""

    word: str
    at: int
    peak: float


class NearMisses:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """How many each word has had."""
        self._passages: dict[str, NearMiss] = {}

    def hear(self, word: str, score: float, threshold: float, at: int) -> NearMiss | None:
        """A score that would have woken from `threshold` on; the near miss that ended before it."""
        passage = self._passages.pop(word, None)
        over = passage is not None and at >= passage.at + PASSAGE
        if passage is None or over:
            if score >= REACH:
                self._passages[word] = NearMiss(word, at, score)
        else:
            self._passages[word] = NearMiss(word, passage.at, max(passage.peak, score))
        if passage is None or not over or passage.peak >= threshold:
            return None
        self.counts[word] += 1
        return passage

    def lose(self) -> None:
        """Sound is missing: what had begun is forgotten."""
        self._passages.clear()
