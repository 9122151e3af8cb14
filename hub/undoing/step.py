"""One service on one entity, and those that set an attribute to what it was. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.services import Call, Data, Value
from intents.home import Attribute, Entity

OFF = ("off", "standby")


@dataclass(frozen=True, slots=True)
class Step:
    service: str
    data: Data = field(default_factory=dict)


Steps = tuple[Step, ...]

SET_BY: Mapping[str, Mapping[str, str]] = {
    "climate": {
        "preset_mode": "set_preset_mode",
        "temperature": "set_temperature",
        "humidity": "set_humidity",
        "fan_mode": "set_fan_mode",
        "swing_mode": "set_swing_mode",
    },
    "fan": {"oscillating": "oscillate", "direction": "set_direction"},
    "humidifier": {"mode": "set_mode", "humidity": "set_humidity"},
    "media_player": {
        "source": "select_source",
        "volume_level": "volume_set",
        "is_volume_muted": "volume_mute",
        "shuffle": "shuffle_set",
        "repeat": "repeat_set",
    },
    "vacuum": {"fan_speed": "set_fan_speed"},
    "water_heater": {"temperature": "set_temperature"},
}
"""Domain -> attribute -> the service that sets it, with data of the attribute's name."""
_STEPPED = {
    **dict.fromkeys(("volume_up", "volume_down"), "volume_level"),
    **dict.fromkeys(("increase_speed", "decrease_speed"), "percentage"),
}
"""Services whose data do not name the attribute that they change."""


def attributes(done: Call, before: Entity, now: Entity) -> Steps:
    """What the call set, and what else is otherwise now. A device that is off tells little."""
    touched = {*done.data, _STEPPED.get(done.service, "")}
    return tuple(
        Step(service, {name: value})
        for name, service in SET_BY.get(before.domain, {}).items()
        if (value := before.attributes.get(name)) is not None
        and (name in touched or now.attributes.get(name, value) != value)
    )


def known(**values: Attribute) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
