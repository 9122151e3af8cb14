"""From a wish and its targets to Home Assistant service calls. Pure; the names are theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub import amounts
from intents.home import Entity
from intents.wishes import Slots, Wish

Value = str | int | float | bool | tuple[str | int | float, ...]
Data = Mapping[str, Value]


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
    "alarm_control_panel": "alarm_arm_away",
} | dict.fromkeys(("button", "input_button"), "press")
_OFF = {
    "cover": "close_cover",
    "valve": "close_valve",
    "lock": "unlock",
    "vacuum": "return_to_base",
    "alarm_control_panel": "alarm_disarm",
}
_SWITCHABLE = frozenset(
    {"automation", "button", "climate", "cover", "fan", "humidifier", "input_boolean"}
    | {"input_button", "light", "lock", "media_player", "remote", "scene", "script", "siren"}
    | {"switch", "vacuum", "valve", "water_heater", "alarm_control_panel"}
)
"""Domains that "turn on" and "turn off" mean something to; a sensor in the room is left out."""
_TOGGLED = frozenset(
    {"automation", "climate", "cover", "fan", "humidifier", "input_boolean", "light"}
    | {"media_player", "remote", "script", "siren", "switch", "valve"}
)
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
    "HassSetPosition": ("position", "position_step"),
    "HassFanSetSpeed": ("percentage", "percentage_step"),
    "HassSetVolume": ("volume_level",),
    "HassSetVolumeRelative": ("volume_step",),
} | dict.fromkeys(_TODO, ("item",))
"""The slots without which a service cannot be called: one of them is enough."""
_MEDIA = frozenset(
    {"HassMediaPlayerMute", "HassMediaPlayerUnmute", "HassSetVolume", "HassSetVolumeRelative"}
    | {"HubShuffle", "HubRepeatSong"}
)


def calls(wish: Wish, targets: Sequence[Entity]) -> tuple[Call, ...]:
    """The services that grant this wish; none for an intent that acts on no service, nor for a
    sentence of the owner's own that leaves out what the service needs.
    """
    if wish.intent in _NEEDED and wish.slots.keys().isdisjoint(_NEEDED[wish.intent]):
        return ()
    match wish.intent:
        case "HassTurnOn":
            return _each_domain(targets, _ON, "turn_on")
        case "HassTurnOff":
            return _each_domain(targets, _OFF, "turn_off")
        case "HassToggle":
            return _each_domain([t for t in targets if t.domain in _TOGGLED], {}, "toggle")
        case name if name in _PLAIN:
            return _one(*_PLAIN[name], targets)
        case name if name in _TODO:
            return _one("todo", _TODO[name], targets, _todo(wish))
        case "HubListClear":
            return tuple(call for target in targets for call in _cleared(target))
        case name if name in _MEDIA:
            return _media(wish.intent, wish.slots, targets)
        case _:
            return _with_data(wish.intent, wish.slots, targets)


def _with_data(intent: str, slots: Slots, targets: Sequence[Entity]) -> tuple[Call, ...]:
    match intent:
        case "HassLightSet":
            return _each("light", "turn_on", targets, lambda light: amounts.light(slots, light))
        case "HassSetPosition":
            return tuple(
                call
                for domain in ("cover", "valve")
                for call in _each(
                    domain,
                    f"set_{domain}_position",
                    targets,
                    lambda cover: amounts.position(slots, cover),
                )
            )
        case "HassFanSetSpeed":
            return _each("fan", "set_percentage", targets, lambda fan: amounts.speed(slots, fan))
        case "HassClimateSetTemperature":
            wanted = _each(
                "climate", "set_temperature", targets, lambda t: amounts.warmth(slots, t)
            )
            return tuple(call for call in wanted if call.data)
        case "HassClimateSetFanMode" if "fan_mode" in slots:
            return _one("climate", "set_fan_mode", targets, {"fan_mode": slots["fan_mode"]})
        case _:
            return ()


def _media(intent: str, slots: Slots, targets: Sequence[Entity]) -> tuple[Call, ...]:
    domain, is_on = "media_player", slots.get("state") != "off"
    match intent:
        case "HubShuffle":
            return _one(domain, "shuffle_set", targets, {"shuffle": is_on})
        case "HubRepeatSong":
            return _one(domain, "repeat_set", targets, {"repeat": "one" if is_on else "off"})
        case "HassSetVolume":
            level = float(slots["volume_level"]) / 100
            return _one(domain, "volume_set", targets, {"volume_level": level})
        case "HassSetVolumeRelative":
            return _louder(slots["volume_step"], targets)
        case _:
            muted = intent == "HassMediaPlayerMute"
            return _one(domain, "volume_mute", targets, {"is_volume_muted": muted})


def _one(
    domain: str, service: str, targets: Iterable[Entity], data: Data | None = None
) -> tuple[Call, ...]:
    group = tuple(t for t in targets if t.domain == domain)
    return (Call(domain, service, group, data or {}),) if group else ()


def _each(
    domain: str, service: str, targets: Iterable[Entity], data: Callable[[Entity], Data]
) -> tuple[Call, ...]:
    """One call for all targets that take the same data."""
    groups: list[tuple[Data, list[Entity]]] = []
    for target in (t for t in targets if t.domain == domain):
        wanted = data(target)
        group = next((group for known, group in groups if known == wanted), None)
        if group is None:
            groups.append((wanted, [target]))
        else:
            group.append(target)
    return tuple(Call(domain, service, tuple(group), wanted) for wanted, group in groups)


def _each_domain(
    targets: Sequence[Entity], special: Mapping[str, str], service: str
) -> tuple[Call, ...]:
    groups = _by_domain([t for t in targets if t.domain in _SWITCHABLE])
    return tuple(Call(domain, special.get(domain, service), group) for domain, group in groups)


def _by_domain(targets: Sequence[Entity]) -> list[tuple[str, tuple[Entity, ...]]]:
    domains = dict.fromkeys(t.domain for t in targets)
    return [(d, tuple(t for t in targets if t.domain == d)) for d in domains]


def _todo(wish: Wish) -> Data:
    item: Data = {"item": wish.slots["item"]}
    return {**item, "status": "completed"} if "Complete" in wish.intent else item


def _cleared(target: Entity) -> tuple[Call, ...]:
    """Each thing that is known to be on this list is removed."""
    items = target.attributes.get("items")
    known = items if isinstance(items, tuple) and target.domain == "todo" else ()
    return tuple(Call("todo", "remove_item", (target,), {"item": item}) for item in known)


def _louder(step: str | float, targets: Sequence[Entity]) -> tuple[Call, ...]:
    """`step` is "up", "down" or per cent to add."""
    if isinstance(step, str):
        return _one("media_player", f"volume_{step}", targets)
    return _each("media_player", "volume_set", targets, lambda t: amounts.volume(t, step))
