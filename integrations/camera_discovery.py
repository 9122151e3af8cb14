"""How a camera presents itself to Home Assistant: a device of its own, no image entity. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from integrations.camera_payloads import SET, SetCamera
from integrations.component import Component, Json
from integrations.topics import OFFLINE, ONLINE, Post, Topics


@dataclass(frozen=True, slots=True)
class Zone:
    """`name`: as people call it, empty for the whole picture; `labels`: what counts there."""

    key: str
    name: str
    labels: tuple[str, ...]
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One camera, and what of it is published. `counts`: as numbers, or as words, or not."""

    key: str
    name: str
    area: str | None
    zones: tuple[Zone, ...]
    occupancy: bool = True
    counts: str = "off"
    activity: bool = True
    events: bool = True
    looks: tuple[str, ...] = ()
    names: bool = False


def config_topic(topics: Topics, key: str) -> str:
    return topics.config(f"eye_{key}")


def camera_discovery(topics: Topics, shown: Shown, version: str) -> Post:
    topic = config_topic(topics, shown.key)
    identifier = topic.split("/")[-2]
    device: Component = {
        "identifiers": [identifier],
        "name": shown.name,
        "manufacturer": "Inglenook",
        "model": "Camera",
        "sw_version": version,
        "via_device": f"inglenook_{topics.node}",
    }
    if shown.area is not None:
        device["suggested_area"] = shown.area
    seen = {key: part | _while_watching(topics, shown.key) for key, part in _seen(topics, shown)}
    parts = {**_controls(topics, shown.key), **seen}
    components: Component = {
        key: part | {"unique_id": f"{identifier}_{key}"} for key, part in parts.items()
    }
    document: Component = {
        "device": device,
        "origin": {"name": "Inglenook", "sw_version": version},
        "availability": [_hub(topics)],
        "components": components,
    }
    return Post(topic, msgspec.json.encode(document), retain=True)


def _hub(topics: Topics) -> Component:
    return {
        "topic": topics.availability,
        "payload_available": ONLINE.decode(),
        "payload_not_available": OFFLINE.decode(),
    }


def _while_watching(topics: Topics, key: str) -> Component:
    """What a camera that is closed or blind saw last is not what is there now."""
    own: Component = {
        "topic": topics.under(f"state/camera_{key}"),
        "value_template": "{{ 'online' if value_json.condition == 'watching' else 'offline' }}",
    }
    return {"availability": [_hub(topics), own], "availability_mode": "all"}


def _controls(topics: Topics, key: str) -> dict[str, Component]:
    state = topics.under(f"state/camera_{key}")
    return {
        "camera": {
            "platform": "switch",
            "name": "Camera",
            "icon": "mdi:cctv",
            "state_topic": state,
            "value_template": "{{ 'on' if value_json.on else 'off' }}",
            "state_on": "on",
            "state_off": "off",
            "command_topic": topics.under(f"{SET}{key}"),
            "payload_on": msgspec.json.encode(SetCamera(on=True)).decode(),
            "payload_off": msgspec.json.encode(SetCamera(on=False)).decode(),
        },
        "condition": {
            "platform": "sensor",
            "name": "Condition",
            "icon": "mdi:cctv",
            "entity_category": "diagnostic",
            "device_class": "enum",
            "options": ["watching", "starting", "blind", "off"],
            "state_topic": state,
            "value_template": "{{ value_json.condition }}",
            "json_attributes_topic": state,
        },
        "pace": {
            "platform": "sensor",
            "name": "Pace",
            "icon": "mdi:speedometer",
            "entity_category": "diagnostic",
            "state_topic": state,
            "value_template": "{{ value_json.pace }}",
        },
    }


def _seen(topics: Topics, shown: Shown) -> Sequence[tuple[str, Component]]:
    state = topics.under(f"state/seen_{shown.key}")
    found: list[tuple[str, Component]] = []
    for zone in shown.zones:
        for label in zone.labels:
            found += _of_label(state, shown, zone, label)
        if zone.objects and shown.events:
            found.append((f"left_{zone.key}", _left(state, zone)))
    if shown.activity:
        found.append(("activity", _binary(state, "Activity", "motion", "value_json.moving")))
    found += [(f"look_{key}", _look(state, key)) for key in shown.looks]
    if shown.names:
        found.append(("person", _person(state)))
    if shown.events:
        found.append(("events", _events(topics.under(f"event/camera_{shown.key}"))))
    return found


def _of_label(state: str, shown: Shown, zone: Zone, label: str) -> Sequence[tuple[str, Component]]:
    name = f"{zone.name} {label}".strip()
    name = name[0].upper() + name[1:]
    place = f"['{zone.key}']['{label}']"
    found: list[tuple[str, Component]] = []
    key = f"{zone.key}_{label.replace(' ', '_')}"
    if shown.occupancy:
        value = f"value_json.occupied{place}"
        found.append((f"occupied_{key}", _binary(state, name, "occupancy", value)))
    if shown.counts != "off":
        found.append((f"count_{key}", _count(state, name, place, shown.counts)))
    return found


def _binary(state: str, name: str, kind: str, value: str) -> Component:
    return {
        "platform": "binary_sensor",
        "name": name,
        "device_class": kind,
        "state_topic": state,
        "value_template": f"{{{{ 'ON' if {value} else 'OFF' }}}}",
    }


def _count(state: str, name: str, place: str, how: str) -> Component:
    part: Component = {
        "platform": "sensor",
        "name": f"{name} count",
        "icon": "mdi:counter",
        "state_topic": state,
        "value_template": f"{{{{ value_json.counts{place} }}}}",
    }
    kind: Component = {"state_class": "measurement"}
    if how == "bucketed":
        options: list[Json] = ["none", "one", "few", "many"]
        kind = {"device_class": "enum", "options": options}
    return part | kind


def _left(state: str, zone: Zone) -> Component:
    value = f"value_json.left['{zone.key}']"
    return _binary(state, f"{zone.name} something left", "occupancy", value) | {
        "icon": "mdi:package-variant"
    }


def _look(state: str, key: str) -> Component:
    name = key.replace("_", " ").capitalize()
    return {
        "platform": "sensor",
        "name": name,
        "icon": "mdi:eye-outline",
        "state_topic": state,
        "value_template": f"{{{{ value_json.states['{key}'] }}}}",
    }


def _person(state: str) -> Component:
    return {
        "platform": "sensor",
        "name": "Last person",
        "icon": "mdi:account-eye",
        "state_topic": state,
        "value_template": "{{ value_json.person | default('', true) }}",
    }


def _events(topic: str) -> Component:
    return {
        "platform": "event",
        "name": "Happened",
        "icon": "mdi:arrow-decision",
        "event_types": ["in", "out", "left", "taken"],
        "state_topic": topic,
    }
