"""Durations, times of day and dates as they are said. Pure; English."""

from dataclasses import dataclass

from intents.own import WEEKDAYS
from intents.phrasing.numbers import number, ordinal

_UNITS = {
    "hour": 3600,
    "hours": 3600,
    "hr": 3600,
    "hrs": 3600,
    "minute": 60,
    "minutes": 60,
    "min": 60,
    "mins": 60,
    "second": 1,
    "seconds": 1,
    "sec": 1,
    "secs": 1,
}
_MONTHS = {
    name: value
    for value, name in enumerate(
        (
            "january february march april may june july august september october november december"
        ).split(),
        1,
    )
}
_PARTS = {
    "morning": "am",
    "afternoon": "pm",
    "evening": "pm",
    "night": "pm",
    "tonight": "pm",
    "noon": "pm",
}
_NOON = 12
_LAST_HOUR = 24
_MINUTES = 60
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """`hour` 0..23; `half` True: morning or evening was not said."""

    hour: int
    minute: int
    half: bool

    def after(self, part: str | None) -> "Clock":
        """In a part of the day that was said elsewhere ("tomorrow morning at eight")."""
        if not self.half or part is None:
            return self
        return Clock(self.hour % _NOON + _NOON * (part == "pm"), self.minute, half=False)

    @property
    def slot(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


def duration(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Seconds, and where they end: "an hour and a half", "10 minutes 30 seconds"."""
    total, end = 0, at
    while (one := _one_duration(tokens, end)) is not None:
        total, end = total + one[0], one[1]
        if tokens[end : end + 1] == ("and",) and _one_duration(tokens, end + 1):
            end += 1
    return (total, end) if total else None


def _one_duration(tokens: Tokens, at: int) -> tuple[int, int] | None:
    for words, seconds in (
        (("half", "an", "hour"), 1800),
        (("half", "a", "minute"), 30),
        (("half", "hour"), 1800),
        (("a", "half", "hour"), 1800),
        (("quarter", "of", "an", "hour"), 900),
        (("a", "quarter", "of", "an", "hour"), 900),
        (("three", "quarters", "of", "an", "hour"), 2700),
        (("a", "couple", "of", "minutes"), 120),
        (("a", "couple", "of", "hours"), 7200),
        (("a", "few", "minutes"), 180),
    ):
        if tuple(tokens[at : at + len(words)]) == words:
            return seconds, at + len(words)
    single = tokens[at : at + 1] in (("a",), ("an",), ("one",))
    found = number(tokens, at) or ((1.0, at + 1) if single else None)
    if found is None or found[1] >= len(tokens) or tokens[found[1]] not in _UNITS:
        return None
    unit, end = _UNITS[tokens[found[1]]], found[1] + 1
    value = found[0]
    if tuple(tokens[end : end + 3]) == ("and", "a", "half"):
        value, end = value + 0.5, end + 3
    return round(value * unit), end


def clock(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    """What can only be a time of day: "7:30", "half past seven", "six am", "noon"."""
    word = tokens[at]
    if word in ("noon", "midday", "midnight"):
        return Clock(0 if word == "midnight" else _NOON, 0, half=False), at + 1
    found = _past(tokens, at) or _digital(tokens, at) or _spoken(tokens, at)
    if found is None:
        return None
    hour, minute, end, sure = found
    said = _half(tokens, end)
    if said is None:
        return (_clock(hour, minute, None), end) if sure else None
    return _clock(hour, minute, said[0]), said[1]


def _clock(hour: int, minute: int, part: str | None) -> Clock:
    if part is not None and hour <= _NOON:
        return Clock(hour % _NOON + _NOON * (part == "pm"), minute, half=False)
    return Clock(hour % _LAST_HOUR, minute, half=0 < hour <= _NOON)


def _half(tokens: Tokens, at: int) -> tuple[str, int] | None:
    if tokens[at : at + 1] and tokens[at] in ("am", "pm"):
        return tokens[at], at + 1
    if tuple(tokens[at : at + 2]) in (("a", "m"), ("p", "m")):
        return f"{tokens[at]}m", at + 2
    for lead in (("in", "the"), ("this",), ("at",)):
        after = at + len(lead)
        if tuple(tokens[at:after]) == lead and tokens[after : after + 1]:
            part = _PARTS.get(tokens[after])
            if part and tokens[after] != "noon":
                return part, after + 1
    return None


def _past(tokens: Tokens, at: int) -> tuple[int, int, int, bool] | None:
    """As "half past seven", "quarter to eight", "ten to six"."""
    begin = at + 1 if tokens[at] == "a" else at
    named = {"half": 30, "quarter": 15}.get(tokens[begin] if begin < len(tokens) else "")
    found = (float(named), begin + 1) if named else number(tokens, begin)
    if found is None or found[1] >= len(tokens) or tokens[found[1]] not in ("past", "to", "after"):
        return None
    hour = number(tokens, found[1] + 1)
    if hour is None or not 1 <= hour[0] <= _LAST_HOUR or not 0 < found[0] < _MINUTES:
        return None
    to = tokens[found[1]] == "to"
    return int(hour[0]) - to, int(_MINUTES - found[0] if to else found[0]), hour[1], True


def _digital(tokens: Tokens, at: int) -> tuple[int, int, int, bool] | None:
    hour, colon, minute = tokens[at].partition(":")
    if colon and int(hour) <= _LAST_HOUR and int(minute) < _MINUTES:
        return int(hour), int(minute), at + 1, True
    return None


def _spoken(tokens: Tokens, at: int) -> tuple[int, int, int, bool] | None:
    """As "seven thirty", "six oclock", and "six" if "am" follows."""
    hour = number(tokens, at)
    if hour is None or not hour[0].is_integer() or not 0 <= hour[0] <= _LAST_HOUR:
        return None
    if tokens[hour[1] : hour[1] + 1] == ("oclock",):
        return int(hour[0]), 0, hour[1] + 1, True
    minute = number(tokens, hour[1])
    if minute and minute[0].is_integer() and 10 <= minute[0] < _MINUTES:  # noqa: PLR2004 two digits
        follows = tokens[minute[1] : minute[1] + 1]
        if not (follows and (follows[0] in _UNITS or follows[0] in ("percent", "%", "degrees"))):
            return int(hour[0]), int(minute[0]), minute[1], True
    return int(hour[0]), 0, hour[1], False


def date(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """A value of intents.own.DATE: "tomorrow", "next monday", "the 22nd of may"."""
    if tuple(tokens[at : at + 3]) == ("day", "after", "tomorrow"):
        return "day_after_tomorrow", at + 3
    if tokens[at] in ("today", "tomorrow"):
        return tokens[at], at + 1
    if tokens[at] in ("on", "next", "this", "coming", "the", "of"):
        later = date(tokens, at + 1) if at + 1 < len(tokens) else None
        return later if later and later[0] not in ("today", "tomorrow") else None
    if tokens[at].removesuffix("s") in WEEKDAYS:
        return tokens[at].removesuffix("s"), at + 1
    return _month_day(tokens, at)


def _month_day(tokens: Tokens, at: int) -> tuple[str, int] | None:
    if tokens[at] in _MONTHS:
        day = ordinal(tokens, at + 1) or number(tokens, at + 1)
        if day and 1 <= day[0] <= 31:  # noqa: PLR2004 days
            return f"{_MONTHS[tokens[at]]:02}-{int(day[0]):02}", day[1]
        return None
    day = ordinal(tokens, at)
    if day is None or not 1 <= day[0] <= 31:  # noqa: PLR2004 days
        return None
    end = day[1] + (tokens[day[1] : day[1] + 1] == ("of",))
    if tokens[end : end + 1] and tokens[end] in _MONTHS:
        return f"{_MONTHS[tokens[end]]:02}-{day[0]:02}", end + 1
    return f"{day[0]:02}", day[1]


def repeat(tokens: Tokens, at: int) -> tuple[tuple[str, str | None, str | None], int] | None:
    """What recurs, its weekday, its part of the day: "every morning", "on weekdays"."""
    word = tokens[at]
    if word == "daily":
        return ("daily", None, None), at + 1
    if word in ("weekdays", "weekends"):
        return (word, None, None), at + 1
    if word == "on" and at + 1 < len(tokens) and tokens[at + 1].endswith("s"):
        word, at = tokens[at + 1], at + 1
        if word in ("weekdays", "weekends"):
            return (word, None, None), at + 1
        if word[:-1] in WEEKDAYS:
            return ("weekly", word[:-1], None), at + 1
    if word not in ("every", "each") or at + 1 >= len(tokens):
        return None
    following = tokens[at + 1]
    if following in ("day", "morning", "evening", "night", "afternoon"):
        return ("daily", None, _PARTS.get(following)), at + 2
    if following in ("weekday", "weekend", "week", "workday"):
        kind = {"weekday": "weekdays", "workday": "weekdays", "weekend": "weekends"}
        return (kind.get(following, "weekly"), None, None), at + 2
    if following in WEEKDAYS:
        return ("weekly", following, None), at + 2
    return None


def part_of_day(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Morning or afternoon, am or pm: "in the morning", "tonight", "evening"."""
    lead = 2 if tuple(tokens[at : at + 2]) == ("in", "the") else int(tokens[at] == "this")
    after = at + lead
    if after < len(tokens) and tokens[after] in _PARTS and tokens[after] != "noon":
        return _PARTS[tokens[after]], after + 1
    return None
