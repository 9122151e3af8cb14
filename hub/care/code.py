"""The owner's code: compared in constant time, and not for long with somebody who guesses. Pure."""

import hmac
from dataclasses import dataclass, field
from enum import Enum, auto

MOST_WRONG = 5
LOCKED_FOR = 600.0
"""Seconds without a look at any code, after so many wrong ones in a row."""
SHORTEST = 4
"""Letters or digits of a code."""


class Try(Enum):
    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()
    """Not looked at."""


@dataclass
class Code:
    """`at` is seconds of any clock that never goes back."""

    secret: str = field(repr=False)
    _wrong: int = 0
    _locked_until: float | None = None

    def give(self, code: str, at: float) -> Try:
        if self._locked_until is not None and at < self._locked_until:
            return Try.LOCKED
        if hmac.compare_digest(code.encode(), self.secret.encode()):
            self._wrong, self._locked_until = 0, None
            return Try.RIGHT
        self._wrong += 1
        if self._wrong == MOST_WRONG:
            self._wrong, self._locked_until = 0, at + LOCKED_FOR
        return Try.WRONG
