"""Keeps a trace of each turn as it ends. A turn never fails because its trace cannot be kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from hub.messages import Wake
from hub.phrases import phrase
from hub.turn import Turn
from hub.why.said import explain
from hub.why.trace import Origin, Trace, trace
from hub.why.traces import MOST, NotKept, Traces
from intents.home import Home

_WHY = "HubWhy"
_LOOKED_THROUGH = 20


@dataclass
class Recorder:
    """`traces` None: the owner wants none kept. `report`: told, once, that they cannot be kept."""

    traces: Traces | None
    now: Callable[[], float]
    report: Callable[[str], None]
    _wake: Wake | None = None
    _was_reported: bool = False

    def woke(self, wake: Wake) -> None:
        self._wake = wake

    def ended(self, turn: Turn, origin: Origin, home: Home) -> None:
        """A turn is over; what was spoken belongs to the last wake word."""
        if origin.asker.way == "voice":
            origin, self._wake = replace(origin, wake=self._wake), None
        if self.traces is None:
            return
        now = self.now()
        try:
            self.traces.add(trace(turn, origin, home, now))
        except NotKept as error:
            self._complain(error)
        else:
            self._was_reported = False

    def tidy(self) -> None:
        """Forget what is too old, also while nothing is said."""
        if self.traces is None:
            return
        try:
            self.traces.tidy(self.now())
        except NotKept as error:
            self._complain(error)

    def last(self, count: int) -> tuple[Trace, ...]:
        """Newest first; none where none are kept. Raises NotKept."""
        return self.traces.last(count, self.now()) if self.traces else ()

    def explained(self, area: str | None, language: str) -> str:
        """Why the last thing there was done, as one says it."""
        try:
            found = self.latest(area)
        except NotKept:
            found = None
        return explain(found, language) if found else phrase("no_trace", language)

    def latest(self, area: str | None) -> Trace | None:
        """What somebody who asks why, there, is asking about. Raises NotKept."""
        for each in self.last(_LOOKED_THROUGH):
            if each.asker.area == area and _WHY not in (wish.intent for wish in each.turn.wishes):
                return each
        return None

    def mark(self, at: float, *, false_alarm: bool) -> Trace | None:
        """The turn of that moment, with what its owner says of it. Raises NotKept."""
        found = next((each for each in self.last(MOST) if each.at == at), None)
        if found is None or self.traces is None:
            return None
        marked = msgspec.structs.replace(found, false_alarm=false_alarm)
        self.traces.change(marked)
        return marked

    def false_alarms(self) -> int:
        """Of the week. Raises NotKept."""
        return sum(each.false_alarm for each in self.last(MOST))

    def forget(self) -> None:
        """Raises NotKept."""
        if self.traces is not None:
            self.traces.forget()

    def _complain(self, error: NotKept) -> None:
        if not self._was_reported:
            self.report(str(error))
        self._was_reported = True
