"""What the conversation needs of a home, whichever it is."""

from typing import Protocol

from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home


class CallFailed(Exception):
    """The home did not do it; the message is plain words for the owner."""


class HomeLost(CallFailed):
    """The home cannot be reached at the moment."""


class Waits(HomeLost):
    """Nor can it now; it is done when the home is back, if that is soon."""


class Backend(Protocol):
    granted: Result
    """What a call that went well is worth: done, or published for automations to do."""

    @property
    def home(self) -> Home:
        """The home with its present states."""
        ...

    @property
    def known(self) -> bool:
        """Whether `home` is what there is; not yet while a connection is still being made."""
        ...

    @property
    def age(self) -> float | None:
        """Seconds since the states were last known to be true; None while they are."""
        ...

    async def call(self, call: Call) -> None:
        """Do it; raises CallFailed."""
        ...

    async def items(self, todo: Entity) -> tuple[str, ...]:
        """What stands on a list and is still to be done; raises CallFailed."""
        ...
