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
        self._able = True

    def say(self, text: str, earcon: Earcon | None = None) -> None:
        if not self._able:
            return
        self._last = next(self._ids)
        self._send(Say(id=self._last, text=text[:_LONGEST], earcon=earcon))

    def able(self, able: bool) -> None:  # noqa: FBT001 - it can speak or it cannot
        """A mouth that is new, or gone, will not say what another one was told."""
        self._able = able
        self._spoken = self._last

    def spoken(self, number: int) -> None:
        self._spoken = number

    @property
    def is_silent(self) -> bool:
        """All that was to be said has been said."""
        return self._spoken >= self._last
