"""How this hub presents itself to Home Assistant: one device with its entities and triggers.
Pure. Read and tried on Home Assistant 2025.4.4 and 2026.11.0.

Neither `object_id` nor `default_entity_id` is sent: each version ignores one of them, and from
the names alone both make the same entity ids.
"""

from collections.abc import Mapping, Sequence

import msgspec

from integrations.component import Component
from integrations.payloads import SENSITIVITY_FLOOR, SetMute, SetRecording, SetRinging
from integrations.satellite_discovery import satellite_parts
from integrations.topics import OFFLINE, ONLINE, Post, Topics
from integrations.triggers import triggers


def hub_discovery(
    topics: Topics,
    *,
    name: str,
    version: str,
    area: str | None = None,
    satellites: Sequence[str] = (),
) -> Post:
    """`name`: as people call this hub; `area`: where it stands, a suggestion only; `satellites`:
    their keys.
    """
    device: Component = {
        "identifiers": [f"inglenook_{topics.node}"],
        "name": name,
        "manufacturer": "Inglenook",
        "model": "Voice hub",
        "sw_version": version,
    }
    if area is not None:
        device["suggested_area"] = area
    parts = _events(topics) | _controls(topics) | _timers(topics)
    parts |= _diagnostics(topics) | satellite_parts(topics, satellites)
    parts |= {key: {**each} for key, each in triggers(topics).items()}
    return device_post(topics, topics.config(), device, parts, version)


def device_post(
    topics: Topics, topic: str, device: Component, parts: Mapping[str, Component], version: str
) -> Post:
    """One device-based discovery message; unique ids and availability are put in here."""
    identifier = topic.split("/")[-2]
    components: Component = {
        key: part | {"unique_id": f"{identifier}_{key}"} for key, part in parts.items()
    }
    document: Component = {
        "device": device,
        "origin": {"name": "Inglenook", "sw_version": version},
        "availability_topic": topics.availability,
        "payload_available": ONLINE.decode(),
        "payload_not_available": OFFLINE.decode(),
        "components": components,
    }
    return Post(topic, msgspec.json.encode(document), retain=True)


def removal(topic: str) -> Post:
    """Makes Home Assistant forget the device of this discovery topic."""
    return Post(topic, b"", retain=True)


def _events(topics: Topics) -> dict[str, Component]:
    return {
        "assist": {
            "platform": "sensor",
            "name": "Assist state",
            "icon": "mdi:microphone-message",
            "device_class": "enum",
            "options": ["idle", "listening", "processing", "responding", "muted", "deaf"],
            "state_topic": topics.under("state/assist"),
            "value_template": "{{ value_json.state }}",
        },
        "command": {
            "platform": "event",
            "name": "Last command",
            "icon": "mdi:comment-processing-outline",
            "event_types": ["recognized", "not_understood"],
            "state_topic": topics.under("event/command"),
        },
        "confirm": {
            "platform": "event",
            "name": "Code wanted",
            "icon": "mdi:form-textbox-password",
            "event_types": ["asked", "answered"],
            "state_topic": topics.under("event/confirm"),
        },
        "wake_word": {
            "platform": "event",
            "name": "Wake word",
            "icon": "mdi:account-voice",
            "event_types": ["detected"],
            "state_topic": topics.under("event/wake_word"),
        },
    }


def _controls(topics: Topics) -> dict[str, Component]:
    return {
        "mute": {
            "platform": "switch",
            "name": "Mute",
            "icon": "mdi:microphone-off",
            "entity_category": "config",  # which also keeps it out of voice control
            "state_topic": topics.under("state/mute"),
            "value_template": "{{ 'on' if value_json.muted else 'off' }}",
            "state_on": "on",
            "state_off": "off",
            "json_attributes_topic": topics.under("state/mute"),
            "command_topic": topics.under("set/mute"),
            "payload_on": msgspec.json.encode(SetMute(muted=True)).decode(),
            "payload_off": msgspec.json.encode(SetMute(muted=False)).decode(),
        },
        "wake_sensitivity": {
            "platform": "number",
            "name": "Wake sensitivity",
            "icon": "mdi:ear-hearing",
            "entity_category": "config",
            "min": SENSITIVITY_FLOOR,
            "max": 1,
            "step": 0.05,
            "mode": "slider",
            "state_topic": topics.under("state/wake_sensitivity"),
            "value_template": "{{ value_json.value }}",
            "command_topic": topics.under("set/wake_sensitivity"),
            "command_template": '{"v":1,"value":{{ value }}}',
        },
        "announce": {
            "platform": "notify",
            "name": "Announce",
            "icon": "mdi:bullhorn",
            "command_topic": topics.under("cmd/announce"),
            "command_template": '{"v":1,"text":{{ value | to_json }}}',
        },
    }


def _timers(topics: Topics) -> dict[str, Component]:
    state = topics.under("state/timers")
    moments = {"next_timer": "Next timer", "next_alarm": "Next alarm"}
    entities: dict[str, Component] = {
        "timers": {
            "platform": "sensor",
            "name": "Timers",
            "icon": "mdi:timer-outline",
            "state_class": "measurement",
            "state_topic": state,
            "value_template": "{{ value_json.running }}",
        },
        "ringing": {
            "platform": "binary_sensor",
            "name": "Ringing",
            "icon": "mdi:bell-ring",
            "state_topic": state,
            "value_template": "{{ 'ON' if value_json.ringing else 'OFF' }}",
        },
        "stop_ringing": {
            "platform": "button",
            "name": "Stop ringing",
            "icon": "mdi:bell-off",
            "command_topic": topics.under("set/ringing"),
            "payload_press": msgspec.json.encode(SetRinging(ringing=False)).decode(),
        },
    }
    for key, name in moments.items():
        entities[key] = {
            "platform": "sensor",
            "name": name,
            "device_class": "timestamp",
            "state_topic": state,
            "value_template": f"{{{{ value_json.{key} }}}}",
        }
    return entities


def _diagnostics(topics: Topics) -> dict[str, Component]:
    health = topics.under("state/health")
    counts = {
        "samples_dropped": "Sound lost",
        "events_dropped": "Events dropped",
        "refused": "Messages refused",
        "restarts": "Restarts",
        "near_misses": "Wake word nearly heard",
    }
    entities: dict[str, Component] = {
        "latency": {
            "platform": "sensor",
            "name": "Speech to intent",
            "entity_category": "diagnostic",
            "device_class": "duration",
            "state_class": "measurement",
            "unit_of_measurement": "ms",
            "suggested_display_precision": 0,
            "state_topic": topics.under("state/latency"),
            "value_template": "{{ value_json.ms }}",
        },
        "health": {
            "platform": "sensor",
            "name": "Health",
            "icon": "mdi:heart-pulse",
            "entity_category": "diagnostic",
            "device_class": "enum",
            "options": ["ok", "degraded", "failed"],
            "state_topic": health,
            "value_template": "{{ value_json.state }}",
            "json_attributes_topic": health,
            "json_attributes_template": "{{ value_json.engines | to_json }}",
        },
    }
    counters = {key: _counter(health, key, name) for key, name in counts.items()}
    return entities | counters | _privacy(topics)


def _privacy(topics: Topics) -> dict[str, Component]:
    wall, door, ledger = (topics.under(f"state/{name}") for name in ("privacy", "door", "ledger"))
    return {
        "privacy": {
            "platform": "sensor",
            "name": "Privacy level",
            "icon": "mdi:shield-lock-outline",
            "entity_category": "diagnostic",
            "device_class": "enum",
            "options": ["A", "B", "C", "none"],
            "state_topic": wall,
            "value_template": "{{ value_json.level }}",
            "json_attributes_topic": wall,
            "json_attributes_template": "{{ value_json.processes | to_json }}",
        },
        "door": _counter(door, "refused", "Refused at the word door")
        | {
            "json_attributes_topic": door,
            "json_attributes_template": "{{ value_json.reasons | to_json }}",
        },
        "sent_today": {
            "platform": "sensor",
            "name": "Sent today",
            "entity_category": "diagnostic",
            "device_class": "data_size",
            "state_class": "total_increasing",
            "unit_of_measurement": "B",
            "state_topic": ledger,
            "value_template": "{{ value_json.bytes_today }}",
            "json_attributes_topic": ledger,
        },
        "sent_unexpectedly": {
            "platform": "binary_sensor",
            "name": "Sent to an unknown destination",
            "entity_category": "diagnostic",
            "device_class": "problem",
            "state_topic": ledger,
            "value_template": "{{ 'ON' if value_json.unexpected else 'OFF' }}",
        },
        **_recording(topics),
    }


def _recording(topics: Topics) -> dict[str, Component]:
    return {
        "recording": {
            "platform": "binary_sensor",
            "name": "Recording for debugging",
            "icon": "mdi:record-rec",
            "entity_category": "diagnostic",
            "state_topic": topics.under("state/recording"),
            "value_template": "{{ 'ON' if value_json.recording else 'OFF' }}",
            "json_attributes_topic": topics.under("state/recording"),
        },
        "stop_recording": {
            "platform": "button",
            "name": "Stop recording",
            "icon": "mdi:stop",
            "entity_category": "config",
            "command_topic": topics.under("set/recording"),
            "payload_press": msgspec.json.encode(SetRecording(recording=False)).decode(),
        },
    }


def _counter(topic: str, key: str, name: str) -> Component:
    return {
        "platform": "sensor",
        "name": name,
        "icon": "mdi:counter",
        "entity_category": "diagnostic",
        "state_class": "total_increasing",
        "state_topic": topic,
        "value_template": f"{{{{ value_json.{key} }}}}",
    }
