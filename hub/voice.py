"""The house's line to the mouth: what is to be said, in order, and whether it is being said."""

from collections.abc import Callable
from itertools import count

from hub.messages import Earcon, Say

_LONGEST = 1_000
"""Characters spoken at once; a longer reply is cut."""


class Voice:
    """`send` writes to the mouth's pipe."""

    def __init__(self, send: Callable[[Say], None]) -> None:
        self._send = send
        self._ids = count(1)
        self._last = 0
        self._spoken = 0

    def say(self, text: str, earcon: Earcon | None = None) -> None:
        self._last = next(self._ids)
        self._send(Say(id=self._last, text=text[:_LONGEST], earcon=earcon))

    def spoken(self, number: int) -> None:
        self._spoken = number

    @property
    def is_silent(self) -> bool:
        """All that was to be said has been said."""
        return self._spoken >= self._last
