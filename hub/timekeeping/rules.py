"""When, as it was said (the slots of intents/own.py), to the rule that is kept. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from hub.timekeeping.agenda import At, Days, Every, EverySun, Kind, Once, Rule, SunEvent
from hub.timekeeping.declined import Declined
from hub.timekeeping.occurrences import moment, zone_of
from hub.timekeeping.sun import Place, sun
from hub.timekeeping.timers import length
from intents.own import WEEKDAYS
from intents.wishes import Slots

MORNING = time(9)
"""When somebody is reminded who named only the day."""
_NOON = 12
_EARLIEST = 5
"""Hour from which a repeated time is the morning's, where morning or evening was not said."""
_YEARS = 9
"""In which every day of the calendar comes, the 29th of February too."""
_REPEATS: dict[str, Days] = {
    "daily": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
}


def rule(slots: Slots, kind: Kind, now: datetime) -> Rule:
    """A time that has passed today means tomorrow, unless today was said.

    Raises Declined where no time was said, or one that has gone.
    """
    if seconds := length(slots):
        return At(now.timestamp() + seconds, seconds)
    times = readings(slots)
    if not times and kind == "reminder" and slots.keys() & {"date", "repeat"}:
        times = (MORNING,)
    if not times:
        raise Declined("no_time")
    if "repeat" in slots:
        at = _by_day(times)
        days_of_week = _REPEATS.get(str(slots["repeat"]))
        return Every(days_of_week or frozenset({_once(slots, (at,), now).day.weekday()}), at)
    return _once(slots, times, now)


def sun_rule(slots: Slots, event: SunEvent, place: Place, now: datetime) -> At | EverySun:
    """The next one, or each. Raises Declined."""
    seconds = now.timestamp()
    for day in days(str(slots.get("date", "")), now.date()):
        when = sun(event, day, place)
        if when is not None and when > seconds:
            if "repeat" in slots:
                which = _REPEATS.get(str(slots["repeat"]), frozenset({day.weekday()}))
                return EverySun(event, which, place.latitude, place.longitude)
            return At(when, when - seconds)
    raise Declined("past")


def readings(slots: Slots) -> tuple[time, ...]:
    """The times of day that `time` may stand for: two where morning or evening was not said."""
    if "time" not in slots:
        return ()
    said = time.fromisoformat(str(slots["time"]))
    other = said.replace(hour=(said.hour + _NOON) % (2 * _NOON))
    return (said, other) if slots.get("half") == "either" else (said,)


def days(said: str, today: date) -> Iterator[date]:
    """The days that `date` may mean, the nearest first; without one: today and after."""
    match said:
        case "":
            yield from (today + timedelta(days=ahead) for ahead in range(8))
        case "today":
            yield today
        case "tomorrow":
            yield today + timedelta(days=1)
        case "day_after_tomorrow":
            yield today + timedelta(days=2)
        case _:
            for ahead in range(_YEARS * 366):
                day = today + timedelta(days=ahead)
                if said in (WEEKDAYS[day.weekday()], f"{day:%m-%d}", f"{day:%d}"):
                    yield day


def _once(slots: Slots, times: tuple[time, ...], now: datetime) -> Once:
    """The next of the moments that may be meant."""
    for day in days(str(slots.get("date", "")), now.date()):
        for at in sorted(times):
            if moment(day, at, zone_of(now)) > now.timestamp():
                return Once(day, at)
    raise Declined("past")


def _by_day(times: tuple[time, ...]) -> time:
    """Of a repeated one: five to twelve in the morning, one to five in the afternoon."""
    return next((at for at in times if _EARLIEST <= at.hour < _EARLIEST + _NOON), times[0])
