"""Where a home has only a sensor at a window or door, questions about it ask the sensor. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from intents.home import Home
from intents.wishes import Wish

_SENSORS: Mapping[str, tuple[str, ...]] = {
    "window": ("window", "opening"),
    "door": ("door", "opening"),
    "garage": ("garage_door",),
}
_STATES = {"open": "on", "closed": "off"}


def sensed(wish: Wish, home: Home) -> Wish:
    """The wish itself, or the same of sensors where no cover of that class is there."""
    kind = str(wish.slots.get("device_class"))
    state = str(wish.slots.get("state"))
    if wish.intent != "HassGetState" or wish.slots.get("domain") != "cover" or state not in _STATES:
        return wish
    if any(e.domain == "cover" and e.device_class == kind for e in home.entities):
        return wish
    there = {e.device_class for e in home.entities if e.domain == "binary_sensor"}
    sensor = next((each for each in _SENSORS.get(kind, ()) if each in there), None)
    if sensor is None:
        return wish
    asked = {"domain": "binary_sensor", "device_class": sensor, "state": _STATES[state]}
    return replace(wish, slots={**wish.slots, **asked})
