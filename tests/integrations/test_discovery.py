"""What Home Assistant is told of the hub."""

import re
from typing import Any

import msgspec
import pytest

from integrations import payloads as p
from integrations.discovery import hub_discovery, removal
from integrations.inbox import read
from integrations.topics import Topics

TOPICS = Topics("den")


Document = dict[str, dict[str, Any]]  # JSON, whatever it is: these tests say what it must be


@pytest.fixture
def document() -> Document:
    post = hub_discovery(TOPICS, name="Inglenook", version="0.1.0", area="Den")
    assert post.retain
    assert post.topic == "homeassistant/device/inglenook_den/config"
    assert len(post.payload) < 16_384
    document: Document = msgspec.json.decode(post.payload)
    return document


@pytest.fixture
def parts(document: Document) -> Document:
    return document["components"]


def test_nothing_that_one_of_the_two_versions_refuses(document: Document, parts: Document) -> None:
    assert document["origin"]["name"] == "Inglenook"
    assert "child_devices" not in document
    for part in parts.values():
        assert not {"object_id", "default_entity_id"} & part.keys()
        if part["platform"] in {"sensor", "binary_sensor"}:
            assert part.get("entity_category") != "config"


def test_unique_ids_are_unique_and_of_this_hub(parts: Document) -> None:
    identifiers = [part["unique_id"] for part in parts.values()]
    assert len(set(identifiers)) == len(identifiers)
    assert all(i.startswith("inglenook_den_") for i in identifiers)


def test_every_topic_it_names_is_one_that_is_used(document: Document, parts: Document) -> None:
    known = {TOPICS.under(place) for place in {*p.OUT.values(), *p.IN}}
    named = {
        value for part in parts.values() for key, value in part.items() if key.endswith("topic")
    }
    assert named <= known
    assert document | {"availability_topic": TOPICS.availability} == document


def test_the_assist_states_are_those_of_the_payload(parts: Document) -> None:
    states = msgspec.json.schema(p.AssistState)["$defs"]["AssistState"]["properties"]["state"]
    assert sorted(parts["assist"]["options"]) == sorted(states["enum"])


def test_the_switch_and_the_slider_write_commands_that_are_accepted(parts: Document) -> None:
    topic = parts["mute"]["command_topic"]
    for payload, muted in (
        (parts["mute"]["payload_on"], True),
        (parts["mute"]["payload_off"], False),
    ):
        assert read(TOPICS, topic, payload.encode(), retain=False) == p.SetMute(muted=muted)
    number = parts["wake_sensitivity"]
    floor = re.sub(r"\{\{.*?\}\}", str(number["min"]), number["command_template"])
    assert read(TOPICS, number["command_topic"], floor.encode(), retain=False)


def test_each_event_type_has_a_payload_and_a_trigger(parts: Document) -> None:
    kinds = {kind for part in parts.values() for kind in part.get("event_types", [])}
    tags = {kind.__struct_config__.tag for kind in p.OUT if kind.__struct_config__.tag}
    triggers = {x["payload"] for x in parts.values() if x["platform"] == "device_automation"}
    assert kinds == tags == triggers


def test_mute_is_not_offered_to_voice_control(parts: Document) -> None:
    assert parts["mute"]["entity_category"] == "config"


def test_a_removed_device_is_an_empty_retained_message() -> None:
    assert removal(TOPICS.config()).payload == b""
    assert removal(TOPICS.config()).retain
