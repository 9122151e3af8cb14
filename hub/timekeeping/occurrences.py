"""When something is due: wall-clock times in the zone of now, anew each time. Pure.

So the zone may change, and summer time begin or end, and what was said still holds. 02:30 on the
night on which it does not exist is 03:30 of summer time; where it exists twice, the first.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from hub.timekeeping.agenda import At, Entry, Every, EverySun, Once
from hub.timekeeping.sun import Place, sun

_DAYS_AHEAD = 200
"""Days that are looked at for the next one: the polar night is shorter."""
_BACK = 12 * 3600.0
"""Seconds: a clock that is set back by more was wrong, and what it rang for comes again."""

Occurrence = tuple[float, date]
"""The moment, and the day that it belongs to."""


def moment(day: date, at: time, zone: tzinfo) -> float:
    return datetime.combine(day, at, zone).timestamp()


def zone_of(now: datetime) -> tzinfo:
    if now.tzinfo is None:
        raise ValueError("local time needs its zone")
    return now.tzinfo


def local(seconds: float, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(seconds, zone)


def due(entry: Entry, zone: tzinfo) -> float | None:
    """When it is due next; None while it waits for something else than time."""
    match entry.rule:
        case At(moment=when):
            return when
        case Once(day=day, time=at):
            return moment(day, at, zone)
        case Every() | EverySun():
            found = next_occurrence(entry, zone)
            return found[0] if found else None
        case _:
            return None


def next_occurrence(entry: Entry, zone: tzinfo) -> Occurrence | None:
    """Of a repeated one: the first after `since` on a day that it has not been done for."""
    for day in _days(entry, zone):
        when = _on(entry.rule, day, zone)
        if when is not None and when > entry.since:
            return when, day
    return None


def last_due(entry: Entry, now: float, zone: tzinfo) -> Occurrence | None:
    """The latest of those that have passed: of many missed ones, one is told."""
    found: Occurrence | None = None
    while (following := next_occurrence(entry, zone)) is not None and following[0] <= now:
        found = following
        entry = replace(entry, done=following[1])
    return found


def set_right(entry: Entry, now: float, zone: tzinfo) -> Entry:
    """For a clock that was set back: nothing waits longer than it was set to, and a day that was
    done for can only lie a little ahead.
    """
    match entry.rule:
        case At(moment=when, span=span) if when > now + span + 1:
            return replace(entry, rule=At(now + span, span))
        case Every() | EverySun() if _is_ahead(entry, now, zone):
            return replace(entry, since=now, done=None, skipped=None)
        case _:
            return entry


def _days(entry: Entry, zone: tzinfo) -> Iterator[date]:
    rule = entry.rule
    assert isinstance(rule, Every | EverySun)
    first = local(entry.since, zone).date() - timedelta(days=1)
    if entry.done is not None:
        first = max(first, entry.done + timedelta(days=1))
    for ahead in range(_DAYS_AHEAD):
        day = first + timedelta(days=ahead)
        if day.weekday() in rule.days and day != entry.skipped:
            yield day


def _on(rule: object, day: date, zone: tzinfo) -> float | None:
    match rule:
        case Every(time=at):
            return moment(day, at, zone)
        case EverySun(event=event, latitude=latitude, longitude=longitude):
            return sun(event, day, Place(latitude, longitude))
        case _:
            return None


def _is_ahead(entry: Entry, now: float, zone: tzinfo) -> bool:
    done = _on(entry.rule, entry.done, zone) if entry.done is not None else None
    return max(entry.since, done or 0.0) > now + _BACK
