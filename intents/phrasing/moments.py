"""Times in a clause as slots of our own intents. Pure; English."""

from dataclasses import dataclass, field

from intents.phrasing.spans import Clause, Span
from intents.phrasing.times import Clock
from intents.wishes import Slot

TIMES = ("duration", "clock", "date", "repeat", "daypart")
_HOUR, _MINUTE = 3600, 60
_USUAL = {"am": "08:00", "pm": "20:00"}


@dataclass(frozen=True, slots=True)
class Moment:
    """`slots` as intents.own has them; `starts`: first words of the spans that said it."""

    slots: dict[str, Slot] = field(default_factory=dict)
    starts: frozenset[int] = frozenset()

    @property
    def is_length(self) -> bool:
        """So long from now."""
        return not self.slots.keys().isdisjoint(("hours", "minutes", "seconds"))


def moment(clause: Clause, *, bare: bool = False, usual: bool = False) -> Moment:
    """When it is to be. `bare`: a number alone is an hour ("an alarm for seven"); `usual`: a part
    of a day has its usual hour ("on thursday evening").
    """
    slots: dict[str, Slot] = {}
    spans = [s for s in clause.spans if any(s.has(tag) for tag in TIMES)]
    part = _part(spans)
    for span in spans:
        slots |= _slots(span, part)
    if "time" not in slots and not any(s.has("duration") for s in spans):
        hours = (s for s in clause.having("number") if _is_hour(s))
        hour = next((s for s in hours if bare or clause.tokens[s.start - 1] == "at"), None)
        if hour is not None:
            spans.append(hour)
            slots |= _time(Clock(int(float(hour.meanings["number"])), 0, half=True), part)
    if part and "time" not in slots and ("date" in slots or "repeat" in slots) and (bare or usual):
        slots["time"] = _USUAL[part]
    return Moment(slots, frozenset(span.start for span in spans))


def length(clause: Clause, prefix: str = "") -> dict[str, Slot]:
    """The first duration in Home Assistant's slots."""
    span = next(iter(clause.having("duration")), None)
    return in_units(span.amount, prefix) if span and isinstance(span.amount, int) else {}


def in_units(seconds: int, prefix: str = "") -> dict[str, Slot]:
    parts = (seconds // _HOUR, seconds // _MINUTE % _MINUTE, seconds % _MINUTE)
    named = zip(("hours", "minutes", "seconds"), parts, strict=True)
    return {f"{prefix}{unit}": count for unit, count in named if count}


def _part(spans: list[Span]) -> str | None:
    for span in spans:
        if span.has("daypart"):
            return span.meanings["daypart"]
        if span.has("repeat") and isinstance(span.amount, tuple) and span.amount[1]:
            return str(span.amount[1])
    return None


def _slots(span: Span, part: str | None) -> dict[str, Slot]:
    if span.has("duration") and isinstance(span.amount, int):
        return in_units(span.amount)
    if span.has("clock") and isinstance(span.amount, Clock):
        return _time(span.amount, part)
    if span.has("date"):
        return {"date": span.meanings["date"]}
    if span.has("repeat") and isinstance(span.amount, tuple):
        day = {"date": str(span.amount[0])} if span.amount[0] else {}
        return {"repeat": span.meanings["repeat"], **day}
    return {}


def _time(clock: Clock, part: str | None) -> dict[str, Slot]:
    sure = clock.after(part)
    half: dict[str, Slot] = {"half": "either"} if sure.half else {}
    return {"time": sure.slot, **half}


def _is_hour(span: Span) -> bool:
    value = float(span.meanings["number"])
    return value.is_integer() and 0 < value <= 24 and "unit" not in span.meanings  # noqa: PLR2004 hours
