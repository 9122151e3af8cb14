"""An alarm moved to another time. Pure."""

from datetime import datetime, time

from msgspec.structs import replace

from hub.timekeeping.agenda import Agenda, Entry, Every, Once
from hub.timekeeping.choosing import skips, time_of_day
from hub.timekeeping.declined import Declined
from hub.timekeeping.occurrences import due, local, moment, zone_of
from hub.timekeeping.rules import days, readings
from intents.wishes import Slots


def which(slots: Slots) -> Slots:
    """The slots that say of which alarm."""
    return {name.removeprefix("of_"): v for name, v in slots.items() if name.startswith("of_")}


def moved(agenda: Agenda, entry: Entry, slots: Slots, now: datetime) -> tuple[Agenda, Entry]:
    """One day of a repeated alarm is left out and has an alarm of its own instead. Raises Declined
    where no time was said, or one that has gone.
    """
    at = _nearest(readings(slots), time_of_day(entry, now))
    day = skips(entry, which(slots), now)
    if isinstance(entry.rule, Every) and day is None and "date" not in slots:
        to = replace(entry, rule=Every(entry.rule.days, at))
        return agenda.put(to), to
    if isinstance(entry.rule, Every) and day is None:
        raise Declined("no_time")  # all of them, to one day
    seconds = due(entry, zone_of(now))
    usual = day or local(seconds or now.timestamp(), zone_of(now)).date()
    on = next(days(str(slots["date"]), now.date())) if "date" in slots else usual
    if moment(on, at, zone_of(now)) <= now.timestamp():
        raise Declined("past")
    if day is None:
        to = replace(entry, rule=Once(on, at))
        return agenda.put(to), to
    skipped = agenda.put(replace(entry, skipped=day))
    to = replace(entry, id=agenda.last + 1, rule=Once(on, at), since=now.timestamp())
    return skipped.put(to), to


def _nearest(times: tuple[time, ...], before: time | None) -> time:
    """Of eight in the morning and the evening, the one that is nearer to where it was."""
    if not times:
        raise Declined("no_time")
    was = _minutes(before) if before else 0
    return min(times, key=lambda at: abs(_minutes(at) - was))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
