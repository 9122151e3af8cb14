"""What a process may say, in bits: every message costs what it could tell, its moment included.

Each cost below is the length of a code word (Kraft: over all that could be said instead, the sum
of 2 ** -cost is at most 1). So whoever spends at most S bits can have said at most 2 ** S
different things, whatever hides behind the words: the bound holds without knowing the trick.
"""

from dataclasses import dataclass
from math import log2

MOMENT = 0.01
"""Seconds: the house passes messages on in steps of this, so no finer moment can be told."""
_SPOKEN = 1 / 128
"""Share of moments in which something is said, about what a busy household comes to."""
MOMENT_COST = -log2(_SPOKEN)
"""Bits that the moment of a message is worth."""
SILENCE = -log2(1 - _SPOKEN) / MOMENT
"""Bits a second that saying nothing is worth; not charged, but counted in the bound."""

BURST = 2_000.0
"""Bits at once: 4.4 s of the narrowest speech codec (Codec2, 450 bit/s); about 22 commands."""
RATE = 20.0
"""Bits a second, for good: a command every four seconds and a half, day and night."""
RESERVE = 1_000.0
"""Bits that words, reasons and suggestions leave: they never cost a command its passage."""


@dataclass
class Budget:
    """A bucket of bits that fills at `rate` a second up to `burst`. `now`: seconds, monotonic."""

    burst: float = BURST
    rate: float = RATE
    _bits: float = 0.0
    _at: float | None = None

    def left(self, now: float) -> float:
        passed = 0.0 if self._at is None else max(0.0, now - self._at)
        filled = self.burst if self._at is None else self._bits + passed * self.rate
        self._bits, self._at = (
            min(self.burst, filled),
            now if self._at is None else self._at + passed,
        )
        return self._bits

    def pay(self, bits: float, now: float, *, leave: float = 0.0) -> bool:
        """Whether it could be paid with `leave` bits left over."""
        if self.left(now) - bits < leave:
            return False
        self._bits -= bits
        return True


def until_next_moment(now: float) -> float:
    """Seconds to wait before a message is passed on."""
    return MOMENT - now % MOMENT
