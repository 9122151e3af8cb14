"""How much of its work an eye gets done, told in steps: the ladder by which it sheds. Pure."""

from dataclasses import dataclass

from hub.eyes.messages import Pace

_MOST, _HALF = 0.7, 0.35
"""Shares of the pictures that should be looked at."""


@dataclass
class Pacing:
    """`gap`: seconds between two pictures that are looked at; `asked`: the pace that the house
    wants.
    """

    gap: float
    asked: Pace = 0
    _late: Pace = 0
    _before: tuple[float, int, int] | None = None

    @property
    def pace(self) -> Pace:
        return max(self.asked, self._late)

    def look(self, now: float, decoded: int, looked: int) -> None:
        """Now and then; `decoded` and `looked` count pictures since the start."""
        before, self._before = self._before, (now, decoded, looked)
        if before is None or self.asked:
            return  # it was told to look less
        wanted = min(decoded - before[1], (now - before[0]) / self.gap)
        share = (looked - before[2]) / wanted if wanted >= 1 else 1.0
        self._late = 0 if share >= _MOST else 1 if share >= _HALF else 2
