"""An answer to the hub's own question, which needs no wake word."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.door.door import SensesDoor
from hub.messages import MICROPHONE, Listen
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
    _ear: str = MICROPHONE
    """Where that is."""
    _awaited: str | None = None
    """The ear whose present turn was asked for by the house, not begun by a wake word."""

    def want(self, seconds: float, ear: str) -> None:
        """Once all has been said there, an answer must begin in `seconds`."""
        self._seconds, self._ear = seconds, ear

    def open(self, now: float) -> bool:
        """Tell senses to listen, if it is time for it; `now`: seconds, monotonic."""
        if self._seconds is None or not self.voice.is_silent_at(self._ear):
            return False
        seconds, self._seconds = self._seconds, None
        if not self.status.can_hear or not self.door.expect_answer(now, self._ear):
            return False
        self._awaited = self._ear
        self.tell(Listen(seconds=seconds, ear=self._ear))
        return True

    def woken(self, ear: str) -> None:
        """A wake word came instead."""
        if ear == self._ear:
            self._seconds = None
        if ear == self._awaited:
            self._awaited = None

    def over(self, ear: str) -> bool:
        """A turn is over there; whether it was such an answer."""
        was_awaited = self._awaited == ear
        if was_awaited:
            self._awaited = None
        return was_awaited
