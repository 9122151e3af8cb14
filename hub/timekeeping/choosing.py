"""Which alarms, reminders and commands are meant. Pure."""

from datetime import date, datetime, time
from itertools import takewhile

from hub.timekeeping.agenda import Agenda, At, Entry, Every, EverySun, Kind, Once
from hub.timekeeping.occurrences import due, local, zone_of
from hub.timekeeping.rules import days, readings
from intents.home import same
from intents.own import WEEKDAYS
from intents.wishes import Slots

_WEEK = 7


def fitting(agenda: Agenda, kind: Kind, slots: Slots, now: datetime) -> tuple[Entry, ...]:
    """Those of which all is true that was said, oldest first."""
    return tuple(entry for entry in agenda.of(kind) if _fits(entry, slots, now))


def skips(entry: Entry, slots: Slots, now: datetime) -> date | None:
    """The one day that is to be left out of a repeated one: "cancel tomorrow's alarm"."""
    if "date" not in slots or not isinstance(entry.rule, Every | EverySun):
        return None
    if slots["date"] in WEEKDAYS and len(entry.rule.days) == 1:
        return None  # "the Monday alarm" of every Monday is the alarm itself
    return _next(entry, now)


def _fits(entry: Entry, slots: Slots, now: datetime) -> bool:
    times, said = readings(slots), str(slots.get("date", ""))
    return (
        ("name" not in slots or same(entry.text, str(slots["name"])))
        and ("message" not in slots or _is_about(entry, str(slots["message"])))
        and (not times or time_of_day(entry, now) in times)
        and (not said or _next(entry, now) in _meant(said, now.date()))
    )


def _is_about(entry: Entry, message: str) -> bool:
    """A word of it is enough: "the dentist"."""
    return message.strip().casefold() in entry.text.casefold()


def _meant(said: str, today: date) -> tuple[date, ...]:
    """Of a weekday: today's and the next one's."""
    found = days(said, today)
    if said not in WEEKDAYS:
        return tuple(day for _, day in zip(range(1), found, strict=False))
    return tuple(takewhile(lambda day: (day - today).days <= _WEEK, found))


def time_of_day(entry: Entry, now: datetime) -> time | None:
    """To the minute; None where it is due by something else."""
    match entry.rule:
        case Once(time=at) | Every(time=at):
            return at
        case At(moment=moment):
            return local(moment, zone_of(now)).time().replace(second=0, microsecond=0)
        case _:
            return None


def _next(entry: Entry, now: datetime) -> date | None:
    moment = due(entry, zone_of(now))
    return local(moment, zone_of(now)).date() if moment is not None else None
