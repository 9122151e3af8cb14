"""How loud it is, as senses may tell it: only to who looks at the page, and only in its time.

One of a few steps to a tick of the clock, shown from the next tick on, until there is another: so
neither when something was said nor how often can tell more than what stands there.
"""

from dataclasses import dataclass
from math import log2

from hub.door.refusals import Refused
from hub.fields import LOUDNESS

TICK = 0.25
"""Seconds."""
STALE = 1.0
"""After so many seconds without another it is no longer shown."""
LOUDNESS_RATE = log2(LOUDNESS + 1) / TICK
"""Bits a second while somebody looks: a step, or none."""
_GRACE = 1.0
"""Seconds that what was asked for may still be under way."""


@dataclass
class LoudnessDoor:
    """`now` is always seconds of one monotonic clock."""

    _until: float = 0.0
    _shown: int | None = None
    _next: int | None = None
    _at: int = 0
    """The tick in which `_next` was said."""

    def expect(self, now: float, seconds: float) -> None:
        """The house has asked for it, for so many seconds."""
        self._until = now + seconds + _GRACE

    def take(self, step: int, now: float) -> tuple[()] | Refused:
        if now > self._until:
            return Refused("out_of_order")
        self._settle(now)
        self._next, self._at = step, _tick(now)
        return ()

    def step(self, now: float) -> int | None:
        """None where nothing was said of late."""
        self._settle(now)
        return self._shown

    def _settle(self, now: float) -> None:
        if _tick(now) > self._at:
            is_stale = _tick(now) - self._at > STALE / TICK
            self._shown = None if is_stale else self._next


def _tick(now: float) -> int:
    return int(now / TICK)
