"""Kitchen timers: set, found, changed, rung. Pure: `now` is an argument, seconds of any clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intents.home import same
from intents.wishes import Slots


class TimerNotFound(Exception):
    """No timer fits what was said."""


class SeveralTimers(Exception):
    """More than one fits."""


@dataclass(frozen=True, slots=True)
class Timer:
    """`length` as it was set; `ends` on the clock of `now`; a paused timer has `left` instead."""

    id: int
    length: float
    ends: float
    name: str | None = field(default=None, repr=False)
    area: str | None = None
    command: str | None = field(default=None, repr=False)
    left: float | None = None

    @property
    def is_active(self) -> bool:
        return self.left is None

    def remaining(self, now: float) -> float:
        return max(0.0, self.ends - now) if self.left is None else self.left


def length(slots: Slots, prefix: str = "") -> float:
    """Seconds in the slots hours, minutes and seconds (with `start_` before them to find one)."""
    units = {"hours": 3600, "minutes": 60, "seconds": 1}
    return sum(_amount(slots.get(prefix + unit, 0)) * each for unit, each in units.items())


def _amount(value: str | float) -> float:
    return 0.5 if value in ("half", "1/2") else float(value)


class Timers:
    """All timers of one hub."""

    def __init__(self) -> None:
        self._timers: tuple[Timer, ...] = ()
        self._next_id = 1

    def all(self) -> tuple[Timer, ...]:
        return self._timers

    def start(self, slots: Slots, area: str | None, now: float) -> Timer:
        """Raises ValueError when no length was said."""
        seconds = length(slots)
        if seconds <= 0:
            raise ValueError("a timer needs a length")
        name, command = slots.get("name"), slots.get("conversation_command")
        timer = Timer(
            id=self._next_id,
            length=seconds,
            ends=now + seconds,
            name=str(name) if name else None,
            area=area,
            command=str(command) if command else None,
        )
        self._next_id += 1
        self._timers = (*self._timers, timer)
        return timer

    def find(self, slots: Slots, area: str | None) -> Timer:
        """The one meant: by name, by length, by room, or the only one.

        Raises TimerNotFound, SeveralTimers.
        """
        found = self.matching(slots)
        if len(found) > 1 and area is not None:
            found = [t for t in found if t.area == area] or found
        if not found:
            raise TimerNotFound
        if len(found) > 1:
            raise SeveralTimers
        return found[0]

    def matching(self, slots: Slots) -> list[Timer]:
        wanted = length(slots, "start_")
        name, area = slots.get("name"), slots.get("area")
        return [
            t
            for t in self._timers
            if (not name or same(t.name or "", str(name)))
            and (not area or same(t.area or "", str(area)))
            and (not wanted or t.length == wanted)
        ]

    def cancel(self, timer: Timer) -> None:
        self._timers = tuple(t for t in self._timers if t.id != timer.id)

    def cancel_all(self, area: str | None = None) -> tuple[Timer, ...]:
        """Those that were cancelled; only those of `area` when it is given."""
        gone = tuple(t for t in self._timers if area is None or same(t.area or "", area))
        for timer in gone:
            self.cancel(timer)
        return gone

    def add(self, timer: Timer, seconds: float, now: float) -> Timer:
        """Longer, or shorter with negative seconds; one that has run out rings at once."""
        if timer.left is None:
            return self._keep(replace(timer, ends=max(now, timer.ends + seconds)))
        return self._keep(replace(timer, left=max(0.0, timer.left + seconds)))

    def pause(self, timer: Timer, now: float) -> Timer:
        return self._keep(replace(timer, left=timer.remaining(now)))

    def resume(self, timer: Timer, now: float) -> Timer:
        return self._keep(replace(timer, ends=now + timer.remaining(now), left=None))

    def take_finished(self, now: float) -> Sequence[Timer]:
        """Those that ring now; they are forgotten."""
        finished = [t for t in self._timers if t.is_active and t.ends <= now]
        for timer in finished:
            self.cancel(timer)
        return finished

    def _keep(self, timer: Timer) -> Timer:
        self._timers = tuple(timer if t.id == timer.id else t for t in self._timers)
        return timer
