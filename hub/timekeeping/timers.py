"""Kitchen timers: set, found, changed, as home-assistant-intents speaks of them. Pure.

`now`: seconds since 1970.
"""

from msgspec.structs import replace

from hub.timekeeping.agenda import MOST, Agenda, At, Entry, Paused
from hub.timekeeping.declined import Declined
from intents.home import TimerStatus, round_left, same
from intents.wishes import Slots


class TimerNotFound(Exception):
    """No timer fits what was said."""


class SeveralTimers(Exception):
    """More than one fits."""


def length(slots: Slots, prefix: str = "") -> float:
    """Seconds in the slots hours, minutes and seconds (with `start_` before them to find one)."""
    units = {"hours": 3600, "minutes": 60, "seconds": 1}
    return sum(_amount(slots.get(prefix + unit, 0)) * each for unit, each in units.items())


def _amount(value: str | float) -> float:
    return 0.5 if value in ("half", "1/2") else float(value)


def start(agenda: Agenda, slots: Slots, area: str | None, now: float) -> tuple[Agenda, Entry]:
    """With a `conversation_command` it is a command for later.

    Raises Declined when no length was said, or too much is kept already.
    """
    seconds = length(slots)
    if seconds <= 0:
        raise Declined("no_length")
    command = slots.get("conversation_command")
    entry = Entry(
        id=agenda.last + 1,
        kind="command" if command else "timer",
        rule=At(now + seconds, seconds),
        since=now,
        text=str(command or slots.get("name", "")),
        area=area,
        length=seconds,
    )
    return with_room(agenda).put(entry), entry


def with_room(agenda: Agenda) -> Agenda:
    """Raises Declined."""
    if len(agenda.items) >= MOST:
        raise Declined("too_many")
    return agenda


def find(agenda: Agenda, slots: Slots, area: str | None) -> Entry:
    """The one meant: by name, by length, by room, or the only one.

    Raises TimerNotFound, SeveralTimers.
    """
    found = matching(agenda, slots)
    if len(found) > 1 and area is not None:
        found = tuple(t for t in found if same(t.area or "", area)) or found
    if not found:
        raise TimerNotFound
    if len(found) > 1:
        raise SeveralTimers
    return found[0]


def matching(agenda: Agenda, slots: Slots) -> tuple[Entry, ...]:
    """Timers; where none fits, commands that were set like one."""
    delayed = (entry for entry in agenda.of("command") if entry.length)
    return tuple(t for t in agenda.of("timer") if _fits(t, slots)) or tuple(
        c for c in delayed if _fits(c, slots)
    )


def _fits(timer: Entry, slots: Slots) -> bool:
    wanted = length(slots, "start_")
    name, area = slots.get("name"), slots.get("area")
    return (
        (not name or same(timer.text, str(name)))
        and (not area or same(timer.area or "", str(area)))
        and (not wanted or timer.length == wanted)
    )


def remaining(timer: Entry, now: float) -> float:
    match timer.rule:
        case At(moment=moment):
            return max(0.0, moment - now)
        case Paused(left=left):
            return left
        case _:
            return 0.0


def longer(timer: Entry, seconds: float, now: float) -> Entry:
    """Or shorter with negative seconds; one that has run out rings at once."""
    left = max(0.0, remaining(timer, now) + seconds)
    rule = Paused(left) if isinstance(timer.rule, Paused) else At(now + left, left)
    return replace(timer, rule=rule)


def paused(timer: Entry, now: float) -> Entry:
    return replace(timer, rule=Paused(remaining(timer, now)))


def resumed(timer: Entry, now: float) -> Entry:
    left = remaining(timer, now)
    return replace(timer, rule=At(now + left, left))


def status(timer: Entry, now: float) -> TimerStatus:
    """A timer as answers speak of it."""
    left = round(remaining(timer, now))
    hours, minutes, seconds = round_left(left)
    whole = round(timer.length)
    return TimerStatus(
        is_active=isinstance(timer.rule, At),
        name=timer.text if timer.kind == "timer" else "",
        area=timer.area or "",
        start_hours=whole // 3600,
        start_minutes=whole // 60 % 60,
        start_seconds=whole % 60,
        total_seconds_left=left,
        rounded_hours_left=hours,
        rounded_minutes_left=minutes,
        rounded_seconds_left=seconds,
    )
