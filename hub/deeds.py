"""What became of a wish in the home: done, refused, failed, or waiting for somebody's yes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.asker import Asker
from hub.care.classes import Care
from hub.homes.backend import CallFailed, Waits
from hub.services import Call
from hub.turn import Action, Result
from intents.home import Entity


class Reason(StrEnum):
    """Why something is refused; the keys of hub/phrases.py."""

    LOCK = "risk_lock"
    DOOR = "risk_door"
    ALARM = "risk_alarm"
    RELAY = "risk_relay"
    RULE = "refused_rule"
    """The owner's rules say never."""
    NO_CODE = "refused_no_code"
    """It needs a code, and the settings have none."""
    SEVERAL = "refused_several"
    """It needs a code, and so has to be asked for by itself."""
    NOBODY = "refused_nobody"
    """It needs a yes or a code, and at that time nobody is there to give it."""


@dataclass(frozen=True, slots=True)
class Refused:
    why: Reason


@dataclass(frozen=True, slots=True)
class AskFirst:
    """Nothing is done yet: the deed's care (CONFIRM or CODE) says what is needed."""


Obstacle = Refused | AskFirst | CallFailed


@dataclass(frozen=True, slots=True)
class Deed:
    """One service call as it was judged. `before`: its targets as they were until then."""

    call: Call
    before: tuple[Entity, ...]
    care: Care
    intent: str
    obstacle: Obstacle | None = None

    def action(self, granted: Result) -> Action:
        """`granted`: what a call that went well is worth in this home."""
        names = tuple(target.name for target in self.call.targets)
        return Action(self.intent, names, self._result(granted), self.care.word)

    def _result(self, granted: Result) -> Result:
        match self.obstacle:
            case None:
                return granted
            case Refused():
                return "refused"
            case AskFirst():
                return "asked"
            case Waits():
                return "queued"
            case CallFailed():
                return "failed"


@dataclass(frozen=True, slots=True)
class Yes:
    """`care`: the strictest class that it satisfies: CONFIRM for a yes, CODE for the code.

    `asker`: who answers, and is answerable; `now`: local time.
    """

    care: Care
    asker: Asker
    now: datetime
