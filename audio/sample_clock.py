"""Which sample of a stream belongs to a moment. Pure.

Known from when blocks of sound arrived: late, for buffers, but never early. So of the last ten
seconds the promptest counts; older ones do not, for no sound card keeps time exactly.
"""

from collections import deque

from audio.frames import RATE, seconds

_BLOCKS = 125
"""Ten seconds of 80 ms."""


class SampleClock:
    def __init__(self) -> None:
        self._began: deque[float] = deque(maxlen=_BLOCKS)

    def arrived(self, end: int, now: float) -> None:
        """The sample before number `end` was there at `now`: seconds of any clock."""
        self._began.append(now - seconds(end))

    def sample_at(self, moment: float) -> int:
        """0 before anything has arrived."""
        return round((moment - min(self._began)) * RATE) if self._began else 0

    def moment_of(self, sample: int) -> float:
        """When it was there at the earliest; what `arrived` was told in."""
        return min(self._began, default=0.0) + seconds(sample)
