"""What others may know of what is kept, and how long there is nothing to do. Pure."""

import math
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from hub.timekeeping.agenda import Agenda, Kind
from hub.timekeeping.occurrences import due


@dataclass(frozen=True, slots=True)
class Summary:
    """No names. `timers` that run; moments are seconds since 1970."""

    timers: int = 0
    next_timer: float | None = None
    next_alarm: float | None = None
    ringing: bool = False


def summary(agenda: Agenda, zone: tzinfo) -> Summary:
    running = _moments(agenda, "timer", zone)
    return Summary(
        timers=len(running),
        next_timer=min(running, default=None),
        next_alarm=min(_moments(agenda, "alarm", zone), default=None),
        ringing=bool(agenda.ringing),
    )


def _moments(agenda: Agenda, kind: Kind, zone: tzinfo) -> tuple[float, ...]:
    found = (due(entry, zone) for entry in agenda.of(kind))
    return tuple(moment for moment in found if moment is not None)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing of this very agenda happens from `since` until `until`, in this zone."""

    agenda: Agenda = field(default=Agenda(), repr=False)
    zone: tzinfo = UTC
    since: float = math.inf
    until: float = 0.0

    def holds(self, agenda: Agenda, now: float, zone: tzinfo) -> bool:
        """Not for a clock that was set back."""
        same = agenda is self.agenda and zone is self.zone
        return same and self.since <= now < self.until
