"""How often something may be done. Pure: `now` is seconds of one monotonic clock."""

from dataclasses import dataclass


@dataclass
class Limit:
    """`most` at once, and then one more every `every` seconds."""

    most: int
    every: float
    _spent: float = 0.0
    _at: float = 0.0

    def take(self, now: float) -> bool:
        """Whether it may be done now; what is refused costs nothing."""
        self._refill(now)
        if self._spent + 1 > self.most:
            return False
        self._spent += 1
        return True

    def _refill(self, now: float) -> None:
        self._spent = max(0.0, self._spent - (now - self._at) / self.every)
        self._at = now
