"""How each kind of simulated device is described to Home Assistant's MQTT discovery. Pure.

Every template writes the one command payload (device_payloads.DeviceSet) and reads the one state
payload (DeviceState, beside it). A value that is null renders to nothing, which Home Assistant
ignores.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from integrations.component import Component, Json

Attribute = str | int | float | bool | None | tuple[str | int | float, ...]
Attributes = Mapping[str, Attribute]

STATE = "{{ value_json.state }}"
_MODES = ("off", "heat", "cool", "heat_cool", "auto", "dry", "fan_only")
_COLOURS = ("red", "green", "blue")


@dataclass(frozen=True, slots=True)
class Place:
    """Topics of one device, and what it has."""

    state: str
    command: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Platform:
    """`states` and `attributes`: what Home Assistant may set."""

    describe: Callable[[Place], Component]
    states: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


def _light(place: Place) -> Component:
    """The template schema: the only one whose commands can be worded freely."""
    part = _both(place) | {
        "schema": "template",
        "state_template": STATE,
        "command_off_template": _order("off"),
    }
    extras = ""
    if "brightness" in place.attributes:
        part["brightness_template"] = _attribute("brightness")
        extras += '{% if brightness is defined %},"brightness":{{ brightness }}{% endif %}'
    if "rgb_color" in place.attributes:
        part |= {f"{name}_template": _colour(index) for index, name in enumerate(_COLOURS)}
        extras += (
            '{% if red is defined %},"rgb_color":[{{ red }},{{ green }},{{ blue }}]{% endif %}'
        )
    if "color_temp_kelvin" in place.attributes:
        part["color_temp_kelvin"] = True
        part["color_temp_template"] = _attribute("color_temp_kelvin")
        extras += '{% if color_temp is defined %},"color_temp_kelvin":{{ color_temp }}{% endif %}'
    part["command_on_template"] = f'{{"v":1,"state":"on"{extras}}}'
    return part


def _switch(place: Place) -> Component:
    return _both(place) | {
        "value_template": STATE,
        "state_on": "on",
        "state_off": "off",
        "payload_on": _order("on"),
        "payload_off": _order("off"),
    }


def _fan(place: Place) -> Component:
    part = _both(place) | {
        "payload_on": _order("on"),
        "payload_off": _order("off"),
    }
    # Home Assistant compares states with the command payloads, so those are what is read.
    part["state_value_template"] = (
        f"{{{{ '{_order('on')}' if value_json.state == 'on' else '{_order('off')}' }}}}"
    )
    if "percentage" in place.attributes:
        part |= {
            "percentage_state_topic": place.state,
            "percentage_value_template": _attribute("percentage"),
            "percentage_command_topic": place.command,
            "percentage_command_template": _template("percentage"),
        }
    return part


def _cover(place: Place) -> Component:
    part = (
        _both(place)
        | _named(place, "device_class")
        | {
            "value_template": STATE,
            "payload_open": _order("open"),
            "payload_close": _order("closed"),
            "payload_stop": _order("stopped"),
        }
    )
    if "current_position" in place.attributes:
        part |= {
            "position_topic": place.state,
            "position_template": _attribute("current_position"),
            "set_position_topic": place.command,
            "set_position_template": _template("current_position", "position"),
        }
    return part


def _lock(place: Place) -> Component:
    return _both(place) | {
        "value_template": STATE,
        "state_locked": "locked",
        "state_unlocked": "unlocked",
        "payload_lock": _order("locked"),
        "payload_unlock": _order("unlocked"),
    }


def _climate(place: Place) -> Component:
    part: Component = {
        "modes": list[Json](_MODES),
        "mode_state_topic": place.state,
        "mode_state_template": STATE,
        "mode_command_topic": place.command,
        "mode_command_template": '{"v":1,"state":"{{ value }}"}',
        "temperature_unit": "C",
        "temp_step": 0.5,
    }
    if "temperature" in place.attributes:
        part |= {
            "temperature_state_topic": place.state,
            "temperature_state_template": _attribute("temperature"),
            "temperature_command_topic": place.command,
            "temperature_command_template": _template("temperature"),
        }
    if "current_temperature" in place.attributes:
        part |= {
            "current_temperature_topic": place.state,
            "current_temperature_template": _attribute("current_temperature"),
        }
    return part


def _sensor(place: Place) -> Component:
    named = _named(place, "device_class", "state_class", "unit_of_measurement")
    return {"state_topic": place.state, "value_template": STATE} | named


def _binary_sensor(place: Place) -> Component:
    part: Component = {"payload_on": "on", "payload_off": "off"}
    return _sensor(place) | part


def _scene(place: Place) -> Component:
    return {"command_topic": place.command, "payload_on": _order("on")}


def _button(place: Place) -> Component:
    return {"command_topic": place.command, "payload_press": _order("on")}


PLATFORMS: Mapping[str, Platform] = MappingProxyType(
    {
        "light": Platform(_light, ("on", "off"), ("brightness", "rgb_color", "color_temp_kelvin")),
        "switch": Platform(_switch, ("on", "off")),
        "fan": Platform(_fan, ("on", "off"), ("percentage",)),
        "cover": Platform(_cover, ("open", "closed", "stopped"), ("current_position",)),
        "lock": Platform(_lock, ("locked", "unlocked")),
        "climate": Platform(_climate, _MODES, ("temperature",)),
        "sensor": Platform(_sensor),
        "binary_sensor": Platform(_binary_sensor),
        "scene": Platform(_scene, ("on",)),
        "button": Platform(_button, ("on",)),
    }
)
"""Domain -> platform. MQTT discovery has none for media_player."""


def _both(place: Place) -> Component:
    return {"state_topic": place.state, "command_topic": place.command}


def _named(place: Place, *names: str) -> Component:
    """Attributes that describe, as plain text."""
    found = {name: place.attributes.get(name) for name in names}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _order(state: str) -> str:
    return msgspec.json.encode({"v": 1, "state": state}).decode()


def _template(name: str, value: str = "value") -> str:
    return f'{{"v":1,"{name}":{{{{ {value} }}}}}}'


def _attribute(name: str) -> str:
    found = f"value_json.attributes.{name}"
    return f"{{{{ {found} if {found} is not none else '' }}}}"


def _colour(index: int) -> str:
    """Null is "None" here: it tells Home Assistant that the light shows a temperature instead."""
    return f"{{{{ (value_json.attributes.rgb_color or [none, none, none])[{index}] }}}}"
