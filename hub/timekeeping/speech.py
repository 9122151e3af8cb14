"""Times, days and lengths as one says them. Pure; words of a language from its phrases."""

from datetime import datetime, time

from hub.phrases import known, phrase
from hub.timekeeping.agenda import Days, Every, EverySun, Rule

_PARTS = ((5, "early"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))
"""Until which hour it is called so."""
_WEEK = 7
_MINUTE = 60
_FEW = 5
"""So many are named in one breath."""
_REPEATED = {
    frozenset(range(7)): "daily",
    frozenset(range(5)): "weekdays",
    frozenset({5, 6}): "weekends",
}


def say(key: str, variant: str, language: str, **values: str) -> str:
    """The phrase `key_variant` where the language makes that difference, else `key`."""
    narrow = f"{key}_{variant}"
    return phrase(narrow if known(narrow, language) else key, language, **values)


def when(rule: Rule, moment: datetime, now: datetime, language: str) -> str:
    """A rule, or the one moment that comes of it: "7 tomorrow morning", "6:30 on weekdays"."""
    match rule:
        case Every(days=days, time=at):
            said = repeated(days, language)
            return say("repeated", part(at), language, time=clock(at, language), days=said)
        case EverySun(event=event, days=days):
            names = {"event": phrase(event, language), "days": repeated(days, language)}
            return phrase("with_sun", language, **names)
        case _:
            return once(moment, now, language)


def once(moment: datetime, now: datetime, language: str) -> str:
    at, said = part(moment.time()), clock(moment.time(), language)
    ahead = (moment.date() - now.date()).days
    if ahead in (0, 1):
        return say(("today", "tomorrow")[ahead], at, language, time=said)
    if ahead < _WEEK:
        day = phrase(f"weekday_{moment.weekday()}", language)
        return say("day", at, language, time=said, day=day)
    date = day_of_month(moment, language)
    return say("dated", at, language, time=said, date=date)


def day_of_month(moment: datetime, language: str) -> str:
    """As in "November 23"."""
    number, month = str(moment.day), phrase(f"month_{moment.month}", language)
    return say("date", number, language, month=month, number=number)


def clock(at: time, language: str) -> str:
    twelve = phrase("clock", language) == "12"
    if known(f"time_{part(at)}", language):
        return phrase(f"time_{part(at)}", language)
    hour = str((at.hour % 12 or 12) if twelve else at.hour)
    if not at.minute:
        return say("time_hour", hour, language, hour=hour)
    minute = f"{at.minute:02}" if twelve else str(at.minute)
    return say("time_minute", hour, language, hour=hour, minute=minute)


def part(at: time) -> str:
    """Of the day."""
    if not at.minute and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    return next(name for until, name in _PARTS if at.hour < until)


def repeated(days: Days, language: str) -> str:
    if days in _REPEATED:
        return phrase(f"days_{_REPEATED[days]}", language)
    names = tuple(phrase(f"weekday_{day}", language) for day in sorted(days))
    return phrase("days_weekly", language, day=listed(names, language))


def length(seconds: float, language: str, variant: str = "") -> str:
    """The two largest units that matter: "1 hour and 50 minutes". `variant` "apart": how far from
    now, which takes another case in some languages.
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counts = {"days": days, "hours": hours, "minutes": minutes}
    if not (days or hours):
        counts["seconds"] = rest
    said = [_count(unit, count, language, variant) for unit, count in counts.items() if count]
    if not said:
        return _count("seconds", 0, language, variant)
    first, *more = said
    return phrase("length_two", language, first=first, second=more[0]) if more else first


def ago(seconds: float, language: str) -> str:
    """What stands before "ago" or behind "vor": no seconds beside minutes."""
    whole = seconds if seconds < _MINUTE else seconds // _MINUTE * _MINUTE
    return length(whole, language, "apart")


def listed(items: tuple[str, ...], language: str) -> str:
    """As in "a, b, and c"; of many only the first, and how many more."""
    if len(items) > _FEW:
        more = phrase("list_more", language, count=str(len(items) - _FEW))
        items = (*items[:_FEW], more)
    *first, last = items
    return f"{', '.join(first)}{phrase('list_last', language)}{last}" if first else last


def _count(unit: str, count: int, language: str, variant: str) -> str:
    key = f"{unit}_{variant}" if known(f"{unit}_{variant}", language) else unit
    if count != 1:
        return phrase(key, language, count=str(count))
    one = f"{unit}_{variant}_1"
    return phrase(one if known(one, language) else f"{unit}_1", language)
