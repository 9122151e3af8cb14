"""Simulated devices: described, told, commanded; templates rendered as Home Assistant does."""

from typing import Any, cast

import jinja2
import msgspec
import pytest

from integrations.component import Component
from integrations.device_payloads import DeviceSet
from integrations.devices import (
    Device,
    DeviceCommand,
    device_command,
    device_discovery,
    device_state,
)
from integrations.inbox import DeviceOrder, Refusal, RefusedError, read
from integrations.platforms import PLATFORMS
from integrations.topics import Topics

TOPICS = Topics("den")
LAMP = Device(
    "light.lamp",
    "Lamp",
    "light",
    "Den",
    "on",
    {"brightness": 128, "rgb_color": None, "color_temp_kelvin": 2700},
)
HOME = [
    LAMP,
    Device("switch.kettle", "Kettle", "switch", "Kitchen", "off"),
    Device("fan.fan", "Fan", "fan", None, "on", {"percentage": 33}),
    Device("cover.blind", "Blind", "cover", "Den", "open", {"current_position": 0}),
    Device("lock.door", "Front door", "lock", "Hall", "locked"),
    Device(
        "climate.heating",
        "Heating",
        "climate",
        "Den",
        "heat",
        {"temperature": 20.5, "current_temperature": 19},
    ),
    Device(
        "sensor.out",
        "Outside",
        "sensor",
        None,
        "7",
        {"device_class": "temperature", "unit_of_measurement": "°C"},
    ),
    Device("binary_sensor.rain", "Rain", "binary_sensor", None, "off"),
    Device("scene.film", "Film", "scene", "Den"),
    Device("button.bell", "Bell", "button", "Hall"),
]


def part_of(device: Device) -> Component:
    post = device_discovery(TOPICS, device, version="0.1.0")
    assert post
    document = msgspec.json.decode(post.payload, type=dict[str, Any])
    return cast("Component", document["components"]["entity"])


def order(device: Device, payload: str) -> DeviceSet:
    """What the hub reads of a payload that Home Assistant's template wrote."""
    topic = TOPICS.device(device.object_id, "set")
    incoming = read(TOPICS, topic, payload.encode(), retain=False)
    assert isinstance(incoming, DeviceOrder)
    assert incoming.object_id == device.object_id
    return incoming.order


def changes(device: Device, key: str, **values: float) -> dict[str, object]:
    template = jinja2.Template(cast("str", part_of(device)[key]))
    return dict(device_command(device, order(device, template.render(**values))).changes)


def shown(device: Device, key: str) -> str:
    state = msgspec.json.decode(device_state(TOPICS, device).payload)
    template = jinja2.Template(cast("str", part_of(device)[key]))
    return str(template.render(value_json=state))


def test_every_platform_is_tried_here() -> None:
    assert {device.domain for device in HOME} == set(PLATFORMS)


@pytest.mark.parametrize("device", HOME, ids=lambda d: d.id)
def test_each_is_described_and_told(device: Device) -> None:
    post = device_discovery(TOPICS, device, version="0.1.0")
    assert post
    assert post.topic == f"homeassistant/device/inglenook_den_{device.object_id}/config"
    document = msgspec.json.decode(post.payload, type=dict[str, Any])
    assert document["device"].get("suggested_area") == device.area_name
    assert document["device"]["via_device"] == "inglenook_den"
    assert part_of(device)["platform"] == device.domain
    assert msgspec.json.decode(device_state(TOPICS, device).payload)["state"] == device.state


def test_a_domain_without_a_platform_is_not_described() -> None:
    assert (
        device_discovery(TOPICS, Device("media_player.tv", "TV", "media_player"), version="1")
        is None
    )


def test_a_light_is_commanded() -> None:
    assert changes(LAMP, "command_on_template") == {"state": "on"}
    assert changes(LAMP, "command_on_template", brightness=9, red=1, green=2, blue=3) == {
        "state": "on",
        "brightness": 9,
        "rgb_color": (1, 2, 3),
    }
    assert changes(LAMP, "command_on_template", color_temp=3000)["color_temp_kelvin"] == 3000
    assert changes(LAMP, "command_off_template") == {"state": "off"}


def test_a_light_shows_what_it_shows() -> None:
    assert shown(LAMP, "state_template") == "on"
    assert shown(LAMP, "brightness_template") == "128"
    assert shown(LAMP, "red_template") == "None"
    assert shown(LAMP, "color_temp_template") == "2700"
    off = Device("light.lamp", "Lamp", "light", None, "off", {"brightness": None})
    assert shown(off, "brightness_template") == ""


def test_a_light_that_cannot_do_colours_does_not_offer_them() -> None:
    plain = Device("light.bulb", "Bulb", "light", None, "off")
    assert (
        not {"brightness_template", "red_template", "color_temp_template"} & part_of(plain).keys()
    )


@pytest.mark.parametrize(
    ("number", "key", "values", "expected"),
    [
        (1, "payload_on", {}, {"state": "on"}),
        (2, "payload_off", {}, {"state": "off"}),
        (2, "percentage_command_template", {"value": 66}, {"percentage": 66}),
        (3, "payload_close", {}, {"state": "closed"}),
        (3, "payload_stop", {}, {"state": "stopped"}),
        (3, "set_position_template", {"position": 40}, {"current_position": 40}),
        (4, "payload_lock", {}, {"state": "locked"}),
        (4, "payload_unlock", {}, {"state": "unlocked"}),
        (5, "mode_command_template", {"value": "off"}, {"state": "off"}),
        (5, "temperature_command_template", {"value": 21.5}, {"temperature": 21.5}),
        (8, "payload_on", {}, {"state": "on"}),
        (9, "payload_press", {}, {"state": "on"}),
    ],
)
def test_the_others_are_commanded(
    number: int, key: str, values: dict[str, float], expected: object
) -> None:
    assert changes(HOME[number], key, **values) == expected


def test_a_closed_blind_shows_position_zero() -> None:
    assert shown(HOME[3], "position_template") == "0"


def test_a_fan_shows_the_payload_that_home_assistant_compares_with() -> None:
    assert shown(HOME[2], "state_value_template") == part_of(HOME[2])["payload_on"]


@pytest.mark.parametrize(
    ("device", "payload"),
    [
        (LAMP, "{}"),
        (LAMP, '{"v":1,"state":"open"}'),
        (LAMP, '{"v":1,"percentage":3}'),
        (HOME[1], '{"v":1,"state":"on","brightness":3}'),
        (HOME[6], '{"v":1,"state":"12"}'),
        (HOME[4], '{"v":1,"state":"open"}'),
        (Device("media_player.tv", "TV", "media_player"), '{"v":1,"state":"on"}'),
    ],
    ids=repr,
)
def test_what_a_device_cannot_do_is_refused(device: Device, payload: str) -> None:
    with pytest.raises(RefusedError) as caught:
        device_command(device, order(device, payload))
    assert caught.value.refusal == Refusal.WRONG_CONTENT


def test_a_command_names_its_device() -> None:
    command = device_command(LAMP, DeviceSet(state="off"))
    assert command == DeviceCommand("light.lamp", {"state": "off"})
