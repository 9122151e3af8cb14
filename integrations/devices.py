"""The simulated devices of a home as real MQTT-discovery devices. Pure.

Being here gives nobody's voice a right: that gate is in hub. A lock can be opened from Home
Assistant's own page, as any lock can.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import msgspec

from integrations.component import Component
from integrations.device_payloads import DeviceSet, DeviceState
from integrations.discovery import device_post
from integrations.inbox import Refusal, RefusedError
from integrations.platforms import PLATFORMS, Attribute, Place
from integrations.topics import Post, Topics, object_id

Value = str | int | float | tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Device:
    """`id`: domain.name. Attributes have Home Assistant's names: `brightness` 0..255,
    `rgb_color` (3 of 0..255), `color_temp_kelvin`, `current_position` 0..100 (100 is open),
    `percentage`, `temperature` and `current_temperature` in °C, `device_class`,
    `unit_of_measurement`. What a device can do is read from which of them it has; None is a value
    not known now. Of `rgb_color` and `color_temp_kelvin` the one that is not shown is None.
    """

    id: str
    name: str
    domain: str
    area_name: str | None = None
    state: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def object_id(self) -> str:
        return object_id(self.id)


@dataclass(frozen=True, slots=True)
class DeviceCommand:
    """`changes`: "state" or the name of an attribute -> what it shall be. A scene or button that
    is pressed has state "on"; a cover is set to open, closed or stopped.
    """

    device_id: str
    changes: Mapping[str, Value]


def device_discovery(topics: Topics, device: Device, *, version: str) -> Post | None:
    """None for a domain that MQTT discovery has no platform for, such as media_player."""
    platform = PLATFORMS.get(device.domain)
    if platform is None:
        return None
    name = device.object_id
    place = Place(topics.device(name, "state"), topics.device(name, "set"), device.attributes)
    part: Component = {"platform": device.domain, "name": None} | platform.describe(place)
    description: Component = {
        "identifiers": [f"inglenook_{topics.node}_{name}"],
        "name": device.name,
        "manufacturer": "Inglenook",
        "model": f"Simulated {device.domain}",
        "via_device": f"inglenook_{topics.node}",
    }
    if device.area_name is not None:
        description["suggested_area"] = device.area_name
    return device_post(topics, topics.config(name), description, {"entity": part}, version)


def device_state(topics: Topics, device: Device) -> Post:
    """Raises msgspec.ValidationError where an attribute is longer than a payload allows."""
    payload = DeviceState(state=device.state, attributes=dict(device.attributes))
    data = msgspec.json.encode(payload)
    msgspec.json.decode(data, type=DeviceState)
    return Post(topics.device(device.object_id, "state"), data, retain=True)


def device_command(device: Device, order: DeviceSet) -> DeviceCommand:
    """Raises RefusedError where the device has no such state or ability, or nothing is asked."""
    wanted = msgspec.structs.asdict(order)
    del wanted["v"]
    changes: dict[str, Value] = {key: value for key, value in wanted.items() if value is not None}
    platform = PLATFORMS.get(device.domain)
    if platform is None or not changes:
        raise RefusedError(Refusal.WRONG_CONTENT)
    able = {name for name in platform.attributes if name in device.attributes} | {"state"}
    state = order.state
    if not changes.keys() <= able or (state is not None and state not in platform.states):
        raise RefusedError(Refusal.WRONG_CONTENT)
    return DeviceCommand(device.id, MappingProxyType(changes))
