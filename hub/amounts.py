"""What a service is given: amounts as wished, or more and less than a thing shows now. Pure.

A step is in per cent of the whole; that of a thermostat in degrees. What is lit or turns is made
weaker, never put out; what is off stays off when it is to be weaker.
"""

from intents.home import Entity
from intents.wishes import Slots

Amounts = dict[str, str | int | float | bool]

_FULL = 255
"""Home Assistant's brightness."""
_WARMEST, _COLDEST = 2_000, 6_500
"""Kelvin, where a light does not say."""
_COLD, _HOT = 7.0, 35.0
"""Degrees that a thermostat can be set to, where it does not say."""
_TARGETS = (("temperature",), ("target_temp_low", "target_temp_high"))


def light(slots: Slots, target: Entity) -> Amounts:
    amounts: Amounts = {}
    if "brightness" in slots:
        amounts["brightness_pct"] = slots["brightness"]
    elif "brightness_step" in slots:
        amounts["brightness_pct"] = _brightness(target, float(slots["brightness_step"]))
    if "color" in slots:
        amounts["color_name"] = slots["color"]
    if "temperature" in slots:
        amounts["color_temp_kelvin"] = int(slots["temperature"])
    elif "temperature_step" in slots:
        amounts["color_temp_kelvin"] = _kelvin(target, float(slots["temperature_step"]))
    return amounts


def position(slots: Slots, target: Entity) -> Amounts:
    if "position" in slots:
        return {"position": slots["position"]}
    guess = {"open": 100, "closed": 0}.get(target.state or "", 50)
    now = _number(target, "current_position", guess)
    return {"position": round(min(100, max(0, now + float(slots["position_step"]))))}


def speed(slots: Slots, target: Entity) -> Amounts:
    if "percentage" in slots:
        return {"percentage": slots["percentage"]}
    now = _number(target, "percentage", 50) if target.state != "off" else 0
    return {"percentage": _stepped(now, float(slots["percentage_step"]))}


def warmth(slots: Slots, target: Entity) -> Amounts:
    """What a thermostat is set to, or its range; nothing where a step has nothing to start from."""
    if "temperature_step" not in slots:
        return {"temperature": slots["temperature"]} if "temperature" in slots else {}
    step = float(slots["temperature_step"])
    low, high = _number(target, "min_temp", _COLD), _number(target, "max_temp", _HOT)
    for names in _TARGETS:
        now = {n: v for n in names if isinstance(v := target.attributes.get(n), int | float)}
        if len(now) == len(names):
            return {n: round(min(high, max(low, v + step)), 1) for n, v in now.items()}
    return {}


def volume(target: Entity, step: float) -> Amounts:
    level = _number(target, "volume_level", 0.5) + step / 100
    return {"volume_level": min(1.0, max(0.0, level))}


def _brightness(target: Entity, step: float) -> int:
    """Per cent; Home Assistant takes 0 for off."""
    now = _number(target, "brightness", _FULL) * 100 / _FULL if target.state != "off" else 0
    return _stepped(now, step)


def _kelvin(target: Entity, step: float) -> int:
    """More is colder light."""
    low = _number(target, "min_color_temp_kelvin", _WARMEST)
    high = _number(target, "max_color_temp_kelvin", _COLDEST)
    now = _number(target, "color_temp_kelvin", (low + high) / 2)
    return round(min(high, max(low, now + step * (high - low) / 100)))


def _stepped(now: float, step: float) -> int:
    weakest = 1 if now else 0
    return round(min(100, max(weakest, now + step)))


def _number(thing: Entity, attribute: str, default: float) -> float:
    value = thing.attributes.get(attribute)
    return float(value) if isinstance(value, int | float) else default
