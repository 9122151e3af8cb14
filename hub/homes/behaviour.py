"""What a service does to a simulated device, at once and without a way to get there. Pure.

States and attributes are Home Assistant's. A device that is off keeps what it was set to.
"""

from collections.abc import Mapping
from dataclasses import replace

from hub.colors import COLORS
from hub.services import Call, Data
from intents.home import Attribute, Entity

Attributes = Mapping[str, Attribute]

_OFF = ("off", "standby")
_STATES = {
    "turn_on": "on",
    "turn_off": "off",
    "open_cover": "open",
    "close_cover": "closed",
    "open_valve": "open",
    "close_valve": "closed",
    "lock": "locked",
    "unlock": "unlocked",
    "media_pause": "paused",
    "media_play": "playing",
    "media_stop": "idle",
    "start": "cleaning",
    "pause": "paused",
    "stop": "idle",
    "return_to_base": "docked",
    "start_mowing": "mowing",
    "dock": "docked",
    "alarm_arm_away": "armed_away",
    "alarm_disarm": "disarmed",
}
_AS_DATA = frozenset(
    {"set_temperature", "set_fan_mode", "set_swing_mode", "set_humidity", "set_mode"}
    | {"volume_set", "volume_mute", "shuffle_set", "repeat_set", "select_source"}
    | {"set_percentage", "set_preset_mode", "oscillate", "set_direction", "set_fan_speed"}
)
"""Services whose data are the attributes that they set."""
_STEPS = {"volume_up": 0.1, "volume_down": -0.1}


class NoSuchItem(Exception):
    """A list does not have what shall be removed from it or completed on it."""


def perform(call: Call, entity: Entity) -> Entity:
    """The entity after this service. Raises NoSuchItem."""
    if call.service == "toggle":
        call = replace(call, service=_toggling(entity))
    if call.domain == "todo":
        attributes = _listed(call, entity)
        items = attributes["items"]
        state = str(len(items)) if isinstance(items, tuple) else entity.state
    else:
        attributes, state = _attributes(call, entity), _state(call, entity)
    return replace(entity, state=state, attributes={**entity.attributes, **attributes})


def _toggling(entity: Entity) -> str:
    match entity.domain:
        case "cover" | "valve":
            return f"{'open' if entity.state == 'closed' else 'close'}_{entity.domain}"
        case "lock":
            return "lock" if entity.state == "unlocked" else "unlock"
        case _:
            return "turn_on" if entity.state in _OFF else "turn_off"


def _state(call: Call, entity: Entity) -> str | None:
    service, data = call.service, call.data
    match call.domain, service:
        case ("scene" | "script", "turn_on"):
            return entity.state
        case ("climate" | "media_player" | "water_heater", "turn_on"):
            return _woken(entity)
        case ("light", "turn_on"):
            return "off" if _level(data, entity) == 0 else "on"
        case (_, "set_cover_position" | "set_valve_position"):
            return "open" if data["position"] else "closed"
        case ("fan", "turn_on" | "set_percentage" | "increase_speed" | "decrease_speed"):
            return "on" if _percentage(service, data, entity) else "off"
        case ("fan", "set_preset_mode"):
            return "on"
        case (_, "set_hvac_mode" | "set_operation_mode"):
            return str(next(iter(data.values())))
        case _:
            return _STATES.get(service, entity.state)


def _woken(entity: Entity) -> str | None:
    """What is on stays as it is."""
    if entity.state is not None and entity.state not in _OFF:
        return entity.state
    modes = entity.attributes.get("hvac_modes")
    if entity.domain == "climate":
        known = modes if isinstance(modes, tuple) else ()
        return next((str(mode) for mode in known if mode != "off"), "heat")
    return "on"


def _attributes(call: Call, entity: Entity) -> Attributes:
    service, data = call.service, call.data
    match call.domain, service:
        case ("light", "turn_on"):
            return {**_color(data), **_brightness(data, entity)}
        case ("fan", "turn_on" | "set_percentage" | "increase_speed" | "decrease_speed"):
            return _speed(service, data, entity)
        case ("cover" | "valve", _):
            return _position(service, data, entity)
        case _ if service in _AS_DATA:
            return dict(data)
        case ("media_player", "volume_up" | "volume_down"):
            level = _number(entity, "volume_level", 0.5) + _STEPS[service]
            return {"volume_level": round(min(1.0, max(0.0, level)), 2)}
        case _:
            return {}


def _brightness(data: Data, entity: Entity) -> Attributes:
    """0 switches off: what it was before is kept."""
    level = _level(data, entity)
    return {} if not level else {"brightness": level}


def _level(data: Data, entity: Entity) -> int | None:
    old = _number(entity, "brightness", 0) if entity.state == "on" else 0
    match data:
        case {"brightness": int(level)}:
            return level
        case {"brightness_pct": int() | float() as share}:
            return round(share * 255 / 100)
        case {"brightness_step": int(step)}:
            return max(0, min(255, int(old) + step))
        case {"brightness_step_pct": int() | float() as step}:
            return max(0, min(255, round(old + step * 255 / 100)))
        case _:
            return None


def _color(data: Data) -> Attributes:
    """A light shows a colour or a temperature; the other is then unknown."""
    match data:
        case {"color_name": str(name)}:
            return {"rgb_color": COLORS.get(name, COLORS["white"]), "color_temp_kelvin": None}
        case {"rgb_color": tuple(rgb)}:
            return {"rgb_color": rgb, "color_temp_kelvin": None}
        case {"color_temp_kelvin": int() | float() as kelvin}:
            return {"rgb_color": None, "color_temp_kelvin": int(kelvin)}
        case _:
            return {}


def _speed(service: str, data: Data, entity: Entity) -> Attributes:
    preset = data.get("preset_mode")
    if preset is not None:
        return {"preset_mode": preset}
    if "percentage" not in {*data, *entity.attributes}:
        return {}
    shown = {"preset_mode": None} if "preset_mode" in entity.attributes else {}
    return {**shown, "percentage": _percentage(service, data, entity)}


def _percentage(service: str, data: Data, entity: Entity) -> int:
    old = int(_number(entity, "percentage", 0))
    step = data.get("percentage_step", 10)
    match data.get("percentage"), step:
        case ((int() | float() as wanted), _):
            return int(wanted)
        case None, int(step) if service != "turn_on":
            return max(0, min(100, old + (step if service == "increase_speed" else -step)))
        case _:
            return old or 100


def _position(service: str, data: Data, entity: Entity) -> Attributes:
    match service, data.get("position"):
        case _, (int() | float() as position):
            return {"current_position": int(position)}
        case (("open_cover" | "open_valve"), _) if "current_position" in entity.attributes:
            return {"current_position": 100}
        case (("close_cover" | "close_valve"), _) if "current_position" in entity.attributes:
            return {"current_position": 0}
        case _:
            return {}


def _listed(call: Call, entity: Entity) -> Attributes:
    """`items` are those to do, `completed` those done."""
    items, done = _words(entity, "items"), _words(entity, "completed")
    item, status = str(call.data["item"]), call.data.get("status")
    if call.service == "add_item":
        return {"items": (*items, item)}
    spelled = _spelled(item, (*items, *done))
    if call.service == "remove_item":
        if spelled in items:
            return {"items": _without(spelled, items)}
        return {"items": items, "completed": _without(spelled, done)}
    if status == "completed" and spelled in items:
        return {"items": _without(spelled, items), "completed": (*done, spelled)}
    if status == "needs_action" and spelled in done:
        return {"items": (*items, spelled), "completed": _without(spelled, done)}
    return {"items": items}


def _spelled(item: str, among: tuple[str, ...]) -> str:
    """As it stands on the list: exactly so, or but for capitals."""
    found = (each for each in among if each.casefold() == item.casefold())
    spelled = item if item in among else next(found, None)
    if spelled is None:
        raise NoSuchItem
    return spelled


def _without(item: str, items: tuple[str, ...]) -> tuple[str, ...]:
    at = items.index(item)
    return (*items[:at], *items[at + 1 :])


def _words(entity: Entity, name: str) -> tuple[str, ...]:
    value = entity.attributes.get(name)
    return tuple(str(each) for each in value) if isinstance(value, tuple) else ()


def _number(entity: Entity, name: str, default: float) -> float:
    value = entity.attributes.get(name)
    return float(value) if isinstance(value, int | float) else default
