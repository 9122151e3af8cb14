"""Presses of one key, from the kernel's own records of it. Pure."""

import struct

EVENT = struct.Struct("@llHHi")
"""struct input_event of a 64-bit machine: seconds, microseconds, type, code, value."""
KEY = 1
"""EV_KEY. Its value is 0 when released, 1 when pressed, 2 while it repeats."""
TOGETHER = 0.3
"""Seconds within which presses are one: contacts chatter."""


class Presses:
    """Works on any cut of the stream. Times are the kernel's, so that nothing depends on when it
    is read; a clock that was set back begins anew.
    """

    def __init__(self, key: int) -> None:
        self._key = key
        self._rest = b""
        self._last: float | None = None

    def feed(self, data: bytes) -> int:
        """How many presses there were."""
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        return sum(self._counts(*event) for event in EVENT.iter_unpack(data[:whole]))

    def _counts(self, seconds: int, micros: int, kind: int, code: int, value: int) -> bool:
        if (kind, code, value) != (KEY, self._key, 1):
            return False
        before, self._last = self._last, seconds + micros / 1e6
        return before is None or not 0 <= self._last - before < TOGETHER
