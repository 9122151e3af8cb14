"""Passages in which a wake word was heard or nearly heard, and how many were near misses. Pure.

A passage is two seconds, whatever the scores do in that time. It is a near miss where its scores
came in reach of the threshold and never reached it.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from audio.columns import Floats
from audio.frames import samples

REACH = 0.3
"""The score 0..1 at which a passage begins, or the threshold, where that is lower."""
PASSAGE = samples(2.0)
REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Passage:
    """`at`: the sample where it began; `peak`: its highest score, 0..1; `reached`: whether that was
    the threshold; `window`: (16, 96), what the engine saw at the peak, where it can tell.
    """

    word: str
    at: int
    peak: float
    reached: bool = False
    window: Floats | None = field(default=None, repr=False, compare=False)


class NearMisses:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """How many each word has had."""
        self.passages: deque[Passage] = deque(maxlen=REMEMBERED)
        """The last that ended, near misses and others. They die with the process."""
        self._open: dict[str, Passage] = {}

    def hear(
        self,
        word: str,
        score: float,
        threshold: float,
        at: int,
        window: Callable[[], Floats] | None = None,
    ) -> Passage | None:
        """A score that would have woken from `threshold` on; the near miss that ended before it."""
        passage = self._open.pop(word, None)
        over = passage is not None and at >= passage.at + PASSAGE
        if passage is not None and not over:
            self._open[word] = _with(passage, score, threshold, window)
        elif score >= min(REACH, threshold):
            self._open[word] = _with(Passage(word, at, 0.0), score, threshold, window)
        return self._end(passage) if passage is not None and over else None

    def lose(self) -> None:
        """Sound is missing: what had begun is forgotten."""
        self._open.clear()

    def _end(self, passage: Passage) -> Passage | None:
        self.passages.append(passage)
        if passage.reached:
            return None
        self.counts[passage.word] += 1
        return passage


def _with(
    passage: Passage, score: float, threshold: float, window: Callable[[], Floats] | None
) -> Passage:
    """The passage, one score later."""
    reached = passage.reached or score >= threshold
    higher = score > passage.peak
    return Passage(
        word=passage.word,
        at=passage.at,
        peak=score if higher else passage.peak,
        reached=reached,
        window=window() if higher and window else passage.window,
    )
