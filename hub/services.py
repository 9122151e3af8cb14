"""From a wish and its targets to Home Assistant service calls. Pure; the names are theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from intents.home import Attribute, Entity
from intents.wishes import Slots, Wish

Data = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Call:
    """One service on entities of one domain."""

    domain: str
    service: str
    targets: tuple[Entity, ...]
    data: Data = field(default_factory=dict, repr=False)


_ON = {
    "cover": "open_cover",
    "valve": "open_valve",
    "lock": "lock",
    "vacuum": "start",
} | dict.fromkeys(("button", "input_button"), "press")
_OFF = {
    "cover": "close_cover",
    "valve": "close_valve",
    "lock": "unlock",
    "vacuum": "return_to_base",
}
_SWITCHABLE = frozenset(
    {"automation", "button", "climate", "cover", "fan", "humidifier", "input_boolean"}
    | {"input_button", "light", "lock", "media_player", "remote", "scene", "script", "siren"}
    | {"switch", "vacuum", "valve", "water_heater", "alarm_control_panel"}
)
"""Domains that "turn on" and "turn off" mean something to; a sensor in the room is left out."""
_PLAIN = {
    "HassMediaPause": ("media_player", "media_pause"),
    "HassMediaUnpause": ("media_player", "media_play"),
    "HassMediaNext": ("media_player", "media_next_track"),
    "HassMediaPrevious": ("media_player", "media_previous_track"),
    "HassVacuumStart": ("vacuum", "start"),
    "HassVacuumReturnToBase": ("vacuum", "return_to_base"),
    "HassLawnMowerStartMowing": ("lawn_mower", "start_mowing"),
    "HassLawnMowerDock": ("lawn_mower", "dock"),
}
_TODO = {
    "HassShoppingListAddItem": "add_item",
    "HassListAddItem": "add_item",
    "HassShoppingListCompleteItem": "update_item",
    "HassListCompleteItem": "update_item",
    "HassListRemoveItem": "remove_item",
}
_NEEDED = {
    "HassSetPosition": "position",
    "HassFanSetSpeed": "percentage",
    "HassSetVolume": "volume_level",
    "HassSetVolumeRelative": "volume_step",
} | dict.fromkeys(_TODO, "item")
"""The slot without which a service cannot be called."""


def calls(wish: Wish, targets: Sequence[Entity]) -> tuple[Call, ...]:
    """The services that grant this wish; none for an intent that acts on no service, nor for a
    sentence of the owner's own that leaves out what the service needs.
    """
    if _NEEDED.get(wish.intent, "") not in ("", *wish.slots):
        return ()
    match wish.intent:
        case "HassTurnOn":
            return _each_domain(targets, _ON, "turn_on")
        case "HassTurnOff":
            return _each_domain(targets, _OFF, "turn_off")
        case name if name in _PLAIN:
            return _one(*_PLAIN[name], targets)
        case name if name in _TODO:
            return _one("todo", _TODO[name], targets, _todo(wish))
        case _:
            return _with_data(wish.intent, wish.slots, targets)


def _with_data(intent: str, slots: Slots, targets: Sequence[Entity]) -> tuple[Call, ...]:
    match intent:
        case "HassLightSet":
            return _one("light", "turn_on", targets, _light(slots))
        case "HassSetPosition":
            return tuple(
                Call(domain, f"set_{domain}_position", group, {"position": slots["position"]})
                for domain, group in _by_domain(targets)
            )
        case "HassFanSetSpeed":
            return _one("fan", "set_percentage", targets, {"percentage": slots["percentage"]})
        case "HassClimateSetTemperature":
            return _one("climate", "set_temperature", targets, _only(slots, "temperature"))
        case "HassClimateSetFanMode":
            return _one("climate", "set_fan_mode", targets, _only(slots, "fan_mode"))
        case "HassMediaPlayerMute" | "HassMediaPlayerUnmute":
            muted = intent == "HassMediaPlayerMute"
            return _one("media_player", "volume_mute", targets, {"is_volume_muted": muted})
        case "HassSetVolume":
            level = float(slots["volume_level"]) / 100
            return _one("media_player", "volume_set", targets, {"volume_level": level})
        case "HassSetVolumeRelative":
            return tuple(_louder(slots["volume_step"], target) for target in targets)
        case _:
            return ()


def _one(
    domain: str, service: str, targets: Iterable[Entity], data: Data | None = None
) -> tuple[Call, ...]:
    group = tuple(t for t in targets if t.domain == domain)
    return (Call(domain, service, group, data or {}),) if group else ()


def _each_domain(
    targets: Sequence[Entity], special: Mapping[str, str], service: str
) -> tuple[Call, ...]:
    groups = _by_domain([t for t in targets if t.domain in _SWITCHABLE])
    return tuple(Call(domain, special.get(domain, service), group) for domain, group in groups)


def _by_domain(targets: Sequence[Entity]) -> list[tuple[str, tuple[Entity, ...]]]:
    domains = dict.fromkeys(t.domain for t in targets)
    return [(d, tuple(t for t in targets if t.domain == d)) for d in domains]


def _only(slots: Slots, *names: str) -> Data:
    return {name: slots[name] for name in names if name in slots}


def _light(slots: Slots) -> Data:
    wanted = {"brightness": "brightness_pct", "color": "color_name"}
    data: dict[str, str | int | float | bool] = {
        new: slots[old] for old, new in wanted.items() if old in slots
    }
    if "temperature" in slots:
        data["color_temp_kelvin"] = int(slots["temperature"])
    return data


def _todo(wish: Wish) -> Data:
    item: Data = {"item": wish.slots["item"]}
    return {**item, "status": "completed"} if "Complete" in wish.intent else item


def _louder(step: str | float, target: Entity) -> Call:
    """`step` is "up", "down" or per cent to add."""
    if isinstance(step, str):
        return Call("media_player", f"volume_{step}", (target,))
    level = _number(target.attributes.get("volume_level"), 0.5) + step / 100
    return Call(
        "media_player", "volume_set", (target,), {"volume_level": min(1.0, max(0.0, level))}
    )


def _number(value: Attribute, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default
