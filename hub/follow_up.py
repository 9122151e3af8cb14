"""An answer to the hub's own question, which needs no wake word."""

from collections.abc import Callable
from dataclasses import dataclass, field

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
    _wanted: dict[str, float] = field(default_factory=dict)
    """Ear -> seconds, for an answer that will be listened to there when all has been said."""
    _awaited: set[str] = field(default_factory=set)
    """Ears whose present turn was asked for by the house, not begun by a wake word."""

    def want(self, seconds: float, ear: str) -> None:
        """Once all has been said there, an answer must begin in `seconds`."""
        self._wanted[ear] = seconds

    def open(self, now: float) -> bool:
        """Tell senses to listen, wherever it is time for it; `now`: seconds, monotonic."""
        ready = [ear for ear in self._wanted if self.voice.is_silent_at(ear)]
        opened = [self._open(ear, self._wanted.pop(ear), now) for ear in ready]
        return any(opened)

    def forget(self) -> None:
        """Senses is new: it was asked for nothing."""
        self._awaited.clear()
        self.voice.all_over()

    def _open(self, ear: str, seconds: float, now: float) -> bool:
        gone = self.voice.or_here(ear) != ear
        if gone or not self.status.can_hear or not self.door.expect_answer(now, ear):
            self.voice.over(ear)
            return False
        self._awaited.add(ear)
        self.tell(Listen(seconds=seconds, ear=ear))
        return True

    @property
    def is_quiet(self) -> bool:
        """Nothing is said or heard, and no answer is awaited."""
        quiet = self.status.is_quiet and self.voice.is_silent
        return quiet and not self._wanted and not self._awaited

    def woken(self, ear: str) -> None:
        """A wake word came instead."""
        self._wanted.pop(ear, None)
        self._awaited.discard(ear)

    def over(self, ear: str) -> bool:
        """A turn is over there; whether it was such an answer."""
        was_awaited = ear in self._awaited
        self._awaited.discard(ear)
        return was_awaited
