"""An answer to the hub's own question, which needs no wake word."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.door.door import SensesDoor
from hub.messages import Listen
from hub.status import Status
from hub.voice import Voice


@dataclass
class FollowUp:
    """`tell`: writes to senses."""

    voice: Voice
    status: Status
    door: SensesDoor
    tell: Callable[[Listen], None]
    _seconds: float | None = None
    """For an answer that will be listened to when all has been said."""
    _awaited: bool = False
    """What senses hears now was asked for by the house, not begun by a wake word."""

    def want(self, seconds: float) -> None:
        """Once all has been said, an answer must begin in `seconds`."""
        self._seconds = seconds

    def open(self, now: float) -> bool:
        """Tell senses to listen, if it is time for it; `now`: seconds, monotonic."""
        if self._seconds is None or not self.voice.is_silent:
            return False
        seconds, self._seconds = self._seconds, None
        if not self.status.can_hear or not self.door.expect_answer(now):
            return False
        self._awaited = True
        self.tell(Listen(seconds=seconds))
        return True

    def woken(self) -> None:
        """A wake word came instead."""
        self._seconds, self._awaited = None, False

    def over(self) -> bool:
        """A turn is over; whether it was such an answer."""
        was_awaited, self._awaited = self._awaited, False
        return was_awaited
