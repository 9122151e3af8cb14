"""Lights, fans, covers, valves and heating, as they were. Pure."""

from hub.services import Call, Data
from hub.undoing.step import Step, Steps, attributes, known
from intents.home import Entity

_COLORS = {
    "color_temp": "color_temp_kelvin",
    "hs": "hs_color",
    "rgb": "rgb_color",
    "rgbw": "rgbw_color",
    "rgbww": "rgbww_color",
    "xy": "xy_color",
}
"""A light's color_mode -> the attribute that it shows."""


def light(_: Call, before: Entity, now: Entity) -> Steps:
    look = _look(before)
    kept = all(now.attributes.get(name) == value for name, value in look.items())
    match before.state:
        case "on":
            return (Step("turn_on", look),)
        case "off":
            return (Step("turn_off"),) if kept else (Step("turn_on", look), Step("turn_off"))
        case _:
            return ()


def _look(light: Entity) -> Data:
    """Brightness, and one of the ways that it tells its colour: the one it was set by."""
    told = light.attributes
    mode = told.get("color_mode")
    if mode == "white":
        return known(white=told.get("brightness"))
    shown = _COLORS.get(str(mode), "")
    ways = (shown, "rgb_color", "color_temp_kelvin") if mode in (None, *_COLORS) else ()
    color = next((name for name in ways if told.get(name) is not None), None)
    colored = {color: told[color]} if color else {}
    effect = told.get("effect")
    return known(
        brightness=told.get("brightness"),
        **colored,
        effect=None if effect in ("off", "None") else effect,
    )


def fan(done: Call, before: Entity, now: Entity) -> Steps:
    rest = attributes(done, before, now)
    percentage = before.attributes.get("percentage")
    preset = known(preset_mode=before.attributes.get("preset_mode"))
    # Some are said to be on at nothing: turning such a one on gives it a speed.
    still = (Step("set_percentage", {"percentage": 0}),) if percentage == 0 else ()
    turned_on = Step("turn_on", known(percentage=percentage or None))
    match before.state:
        case "on":
            shown = (Step("set_preset_mode", preset),) if preset else ()
            return (turned_on, *still, *shown, *rest)
        case "off" if percentage in (None, now.attributes.get("percentage", percentage)):
            return (Step("turn_off"),)
        case "off":
            return (*(still or (turned_on,)), Step("turn_off"))
        case _:
            return rest


def cover(_: Call, before: Entity, now: Entity) -> Steps:
    """At its ends by opening or closing: every cover can do that."""
    match before.attributes.get("current_position"), before.state:
        case (0, _) | (None, "closed" | "closing"):
            return (Step(f"close_{now.domain}"),)
        case (100, _) | (None, "open" | "opening"):
            return (Step(f"open_{now.domain}"),)
        case (int() | float() as position, _):
            return (Step(f"set_{now.domain}_position", {"position": position}),)
        case _:
            return ()


def climate(done: Call, before: Entity, now: Entity) -> Steps:
    """The mode first: with another mode a thermostat may take other targets."""
    mode = before.state
    switched = done.service in ("turn_on", "turn_off", "toggle", "set_hvac_mode")
    is_known = mode not in (None, "unknown", "unavailable")
    same = mode == now.state and not switched
    steps = (Step("set_hvac_mode", {"hvac_mode": mode}),) if mode and is_known and not same else ()
    low, high = (before.attributes.get(f"target_temp_{end}") for end in ("low", "high"))
    ends = known(target_temp_low=low, target_temp_high=high)
    moved = any(now.attributes.get(name, value) != value for name, value in ends.items())
    span = (Step("set_temperature", ends),) if moved else ()
    rest = (*span, *attributes(done, before, now))
    return (*rest, *steps) if mode == "off" else (*steps, *rest)


def water_heater(done: Call, before: Entity, now: Entity) -> Steps:
    rest = attributes(done, before, now)
    match before.state:
        case "on" | "off":
            return (*rest, Step(f"turn_{before.state}"))
        case None | "unknown" | "unavailable":
            return rest
        case mode:
            return (Step("set_operation_mode", {"operation_mode": mode}), *rest)
