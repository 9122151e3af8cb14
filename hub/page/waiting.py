"""What is kept for later, for the page: timers, alarms, reminders, commands, and what rings."""

from datetime import datetime

import msgspec

from hub.timekeeping.agenda import Entry, Kind, Paused, Ring
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.occurrences import due, local, zone_of
from hub.timekeeping.speech import when


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: seconds since 1970, None while it waits for something else than time. `left`: seconds
    of a timer that stands still. `said`: when, as one says it; of alarms and the like.
    """

    id: int
    kind: Kind
    text: str
    area: str | None
    at: float | None
    said: str = ""
    left: float | None = None
    length: float = 0.0
    rings: bool = False

    def __repr__(self) -> str:
        return f"Waiting({self.id}, {self.kind})"


def waiting(keeper: Timekeeper, now: datetime) -> tuple[Waiting, ...]:
    """What rings first, then the next."""
    found = [_ring(ring) for ring in keeper.agenda.ringing]
    entries = [_entry(entry, now, keeper.language) for entry in keeper.agenda.entries]
    return (*found, *sorted(entries, key=lambda each: (each.at is None, each.at or 0.0)))


def _ring(ring: Ring) -> Waiting:
    return Waiting(
        id=ring.id, kind=ring.kind, text=ring.text, area=ring.area, at=ring.due, rings=True
    )


def _entry(entry: Entry, now: datetime, language: str) -> Waiting:
    zone = zone_of(now)
    at = due(entry, zone)
    is_timer = entry.kind == "timer" or at is None
    return Waiting(
        id=entry.id,
        kind=entry.kind,
        text=entry.text,
        area=entry.area,
        at=at,
        said="" if is_timer or at is None else when(entry.rule, local(at, zone), now, language),
        left=entry.rule.left if isinstance(entry.rule, Paused) else None,
        length=entry.length,
    )
