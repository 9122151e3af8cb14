"""The house's line to the mouth: what is to be said, in order, and whether it is being said."""

from collections.abc import Callable
from itertools import count

from hub.messages import Earcon, Hush, Say

_LONGEST = 1_000
"""Characters spoken at once; a longer reply is cut."""


class Voice:
    """`send` writes to the mouth's pipe."""

    def __init__(self, send: Callable[[Say | Hush], None]) -> None:
        self._send = send
        self._ids = count(1)
        self._last = 0
        self._spoken = 0
        self._able = True

    def say(self, text: str, earcon: Earcon | None = None) -> None:
        if not self._able:
            return
        self._last = next(self._ids)
        self._send(Say(id=self._last, text=text[:_LONGEST], earcon=earcon))

    def hush(self) -> None:
        """What is being said stops, and what is still to be said is left out."""
        if not self.is_silent:
            self._send(Hush())

    @property
    def is_able(self) -> bool:
        return self._able

    def able(self, able: bool) -> None:  # noqa: FBT001 - it can speak or it cannot
        """A mouth is there, or gone. What one was told that is gone is not waited for."""
        self._able = able
        self._spoken = self._last

    def spoken(self, number: int) -> None:
        self._spoken = number

    @property
    def is_silent(self) -> bool:
        """All that was to be said has been said."""
        return self._spoken >= self._last
