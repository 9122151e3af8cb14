"""What a home knows that bears on a wish: the facts that its answer speaks of."""

from dataclasses import dataclass
from datetime import datetime

from intents.home import Entity, Home, TimerStatus, same
from intents.targets import Miss, targets
from intents.wishes import Slots, Wish

QUESTIONS = frozenset({"HassGetState", "HassGetWeather", "HassClimateGetTemperature"})
"""Intents that ask about entities; HassTimerStatus, the date and the time need none."""

_UNANSWERABLE = frozenset({"no_area", "no_floor", "duplicate_targets"})
_SILENT = ("off", "standby", "unavailable", "unknown", None)
_TIMERS = frozenset({"HassTimerStatus", "HassCancelAllTimers"})


@dataclass(frozen=True, slots=True)
class Facts:
    """`matched`: entities as asked (or acted upon); `unmatched`: the others asked about.

    `now` is local time.
    """

    now: datetime
    matched: tuple[Entity, ...] = ()
    unmatched: tuple[Entity, ...] = ()
    timers: tuple[TimerStatus, ...] = ()
    media: tuple[str, ...] = ()


def facts(wish: Wish, home: Home, now: datetime, area: str | None = None) -> Facts | Miss:
    """What there is to say. For a command that found no entity: facts without entities."""
    found = _found(wish, home, area)
    if isinstance(found, Miss):
        if wish.intent in QUESTIONS and not _answerable(found, wish):
            return found
        found = ()
    state = wish.slots.get("state")
    fits = [state is None or is_in(entity, str(state)) for entity in found]
    return Facts(
        now=now,
        matched=tuple(e for e, fit in zip(found, fits, strict=True) if fit),
        unmatched=tuple(e for e, fit in zip(found, fits, strict=True) if not fit),
        timers=_timers(wish.slots, home) if wish.intent in _TIMERS else (),
        media=home.media,
    )


def is_in(entity: Entity, state: str) -> bool:
    """A player that plays, or is idle, is on as well."""
    if entity.domain == "media_player" and state in ("on", "off"):
        return (entity.state in _SILENT) == (state == "off")
    return same(entity.state or "", state)


def _found(wish: Wish, home: Home, area: str | None) -> tuple[Entity, ...] | Miss:
    found = targets(wish, home, area)
    if isinstance(found, Miss) and wish.intent == "HassClimateGetTemperature":
        return _thermometer(wish, home, area) or found
    return found


def _answerable(miss: Miss, wish: Wish) -> bool:
    """'Are any lights on?' has an answer where there are none; 'how warm is it?' has not."""
    return (
        wish.intent == "HassGetState" and "name" not in wish.slots and miss.key not in _UNANSWERABLE
    )


def _thermometer(wish: Wish, home: Home, area: str | None) -> tuple[Entity, ...]:
    """A temperature sensor, where there is no thermostat."""
    slots = {**wish.slots, "domain": "sensor", "device_class": "temperature"}
    found = targets(Wish(wish.intent, slots), home, area)
    return () if isinstance(found, Miss) else found


def _timers(slots: Slots, home: Home) -> tuple[TimerStatus, ...]:
    """Those meant by name, by room, or by what they were set to."""
    name, area = str(slots.get("name", "")), str(slots.get("area", ""))
    lengths = ("start_hours", "start_minutes", "start_seconds")
    wanted = tuple(slots.get(each, 0) for each in lengths)
    return tuple(
        timer
        for timer in home.timers
        if (not name or same(timer.name, name))
        and (not area or same(timer.area, area))
        and (not any(wanted) or tuple(getattr(timer, each) for each in lengths) == wanted)
    )
