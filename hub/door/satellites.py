"""The door into the house from one satellite's two processes, which share a pipe.

Its inlet hears, so that whatever comes through the pipe is said anew and costs bits: how it fares,
how it is closed, that something was played which the house had asked for, how much was sent.
"""

from dataclasses import dataclass, field
from math import log2

from hub.door.budget import MOMENT_COST, Budget
from hub.door.refusals import Refusals, coarse
from hub.messages import Closed, Spoken, State
from hub.satellites.messages import FromSatellite, Sent
from hub.satellites.words import ALL

BURST, RATE = 300.0, 4.0
"""Bits at once, and a second for good: a report of each process every ten seconds and an answer
every four."""
_KIND = 2.0
_STATE = MOMENT_COST + _KIND + log2(2 + len(ALL))
_CLOSED = MOMENT_COST + _KIND + log2(3)
_SPOKEN = MOMENT_COST + _KIND
_SENT = MOMENT_COST + _KIND + log2(28)
_MOST = 5 * 10**8


@dataclass
class SatelliteDoor:
    """`key`: the satellite's. Times are seconds of one monotonic clock."""

    key: str
    refusals: Refusals = field(default_factory=Refusals)
    _budget: Budget = field(default_factory=lambda: Budget(BURST, RATE))
    _malformed: int = 0
    _closed: dict[str, str] = field(default_factory=dict)

    def malformed(self, total: int, now: float) -> None:
        """`total` lines were no message at all, since the start (Decoder.refused)."""
        if total > self._malformed:
            self.refusals.count("malformed", now, total - self._malformed)
            self._malformed = total

    def restarted(self, name: str) -> None:
        """It is another process now; what was spent stays spent."""
        self._closed.pop(name, None)

    def admit(self, message: FromSatellite, now: float, awaited: int) -> FromSatellite | None:
        """What the house may hear of it. `awaited`: the number of what was last to be said there;
        only that can be told to have been.
        """
        if message.source not in (f"inlet.{self.key}", f"outlet.{self.key}"):
            self.refusals.count("bad_source", now)
            return None
        cost, anew = self._anew(message, awaited)
        if anew is None:
            return None
        if not self._budget.pay(cost, now):
            self.refusals.count("too_often", now)
            return None
        if isinstance(anew, Closed):
            self._closed[anew.source] = anew.level
        return anew

    def _anew(self, message: FromSatellite, awaited: int) -> tuple[float, FromSatellite | None]:
        source = message.source
        match message:
            case State(state="ready"):
                return _STATE, State(source=source, state="ready")
            case State(state="deaf", reason=reason):
                known = reason if reason in ALL else ""
                return _STATE, State(source=source, state="deaf", reason=known)
            case Closed(level=level) if self._closed.get(source) != level:
                return _CLOSED, Closed(source=source, level=level)
            case Spoken(id=number) if number == awaited:
                return _SPOKEN, Spoken(source=source, id=number, seconds=0.0)
            case Sent(bytes_up=sent):
                return _SENT, Sent(source=source, bytes_up=coarse(min(sent, _MOST)))
            case _:
                return 0.0, None
