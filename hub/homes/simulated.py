"""A home that exists only here: services change its states as real devices would."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from hub.colors import COLORS
from hub.services import Call, Data
from hub.turn import Result
from intents.home import Attribute, Entity, Home

Attributes = Mapping[str, Attribute]
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
    "start": "cleaning",
    "return_to_base": "returning",
    "start_mowing": "mowing",
    "dock": "docked",
    "alarm_arm_away": "armed_away",
    "alarm_disarm": "disarmed",
}
_TOGGLED = {"on": "off", "off": "on", "open": "closed", "closed": "open", "playing": "off"}


class SimulatedHome:
    granted: Result = "done"
    known = True

    def __init__(self, home: Home, on_change: Callable[[Entity], None] | None = None) -> None:
        self._home = home
        self._on_change = on_change

    @property
    def home(self) -> Home:
        return self._home

    async def call(self, call: Call) -> None:
        self.change(tuple(perform(call, self._now(target)) for target in call.targets))

    async def items(self, todo: Entity) -> tuple[str, ...]:
        held = self._now(todo).attributes.get("items", ())
        return tuple(map(str, held)) if isinstance(held, tuple) else ()

    def change(self, changed: tuple[Entity, ...]) -> None:
        """Take these entities' new states."""
        new = {entity.id: entity for entity in changed}
        entities = tuple(new.get(entity.id, entity) for entity in self._home.entities)
        self._home = replace(self._home, entities=entities)
        for entity in changed:
            if self._on_change:
                self._on_change(entity)

    def _now(self, target: Entity) -> Entity:
        return next((e for e in self._home.entities if e.id == target.id), target)


def perform(call: Call, entity: Entity) -> Entity:
    """The entity after this service."""
    state = _STATES.get(call.service, entity.state)
    match call.service:
        case "turn_on" if call.domain in ("scene", "script"):
            state = entity.state
        case "turn_on" if call.data.get("brightness_pct") == 0:
            state = "off"
        case "toggle":
            state = _TOGGLED.get(entity.state or "", entity.state)
        case "set_cover_position" | "set_valve_position":
            state = "open" if call.data["position"] else "closed"
        case "set_percentage":
            state = "on" if call.data["percentage"] else "off"
    attributes = {**entity.attributes, **_attributes(call.service, call.data, entity)}
    return replace(entity, state=state, attributes=attributes)


def _attributes(service: str, data: Data, entity: Entity) -> Attributes:
    match service:
        case "turn_on" if "brightness_pct" in data:
            level = round(float(data["brightness_pct"]) * 255 / 100)
            return {**_color(data), "brightness": level}
        case "turn_on":
            return _color(data)
        case "set_cover_position" | "set_valve_position":
            return {"current_position": int(data["position"])}
        case "open_cover" | "close_cover" if "current_position" in entity.attributes:
            return {"current_position": 100 if service == "open_cover" else 0}
        case "toggle" if "current_position" in entity.attributes:
            return {"current_position": 0 if entity.state == "open" else 100}
        case "shuffle_set" | "repeat_set":
            return dict(data)
        case "set_temperature" | "set_percentage" | "set_fan_mode" | "volume_set" | "volume_mute":
            return dict(data)
        case "volume_up" | "volume_down":
            step = 0.1 if service == "volume_up" else -0.1
            level_now = entity.attributes.get("volume_level")
            old = float(level_now) if isinstance(level_now, int | float) else 0.5
            return {"volume_level": round(min(1.0, max(0.0, old + step)), 2)}
        case "add_item" | "remove_item" | "update_item":
            return {"items": _items(service, str(data["item"]), entity)}
        case _:
            return {}


def _color(data: Data) -> Attributes:
    """A light shows a colour or a temperature; the other is then unknown."""
    if "color_name" in data:
        rgb = COLORS.get(str(data["color_name"]), COLORS["white"])
        return {"rgb_color": rgb, "color_temp_kelvin": None}
    if "color_temp_kelvin" in data:
        return {"rgb_color": None, "color_temp_kelvin": int(data["color_temp_kelvin"])}
    return {}


def _items(service: str, item: str, entity: Entity) -> tuple[str, ...]:
    old = entity.attributes.get("items", ())
    items = tuple(str(i) for i in old) if isinstance(old, tuple) else ()
    if service == "add_item":
        return (*items, item)
    return tuple(i for i in items if i.casefold() != item.casefold())
