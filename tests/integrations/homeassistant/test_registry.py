"""Who may be spoken of and where things are; the rule is compared with Home Assistant's own."""

import json
import subprocess

import msgspec
import pytest

from integrations.homeassistant.registry import (
    EXPOSED_BINARY_SENSORS,
    EXPOSED_DOMAINS,
    EXPOSED_SENSORS,
    Answer,
    CoreConfig,
    DeviceEntry,
    EntityEntry,
    Exposure,
    Options,
    Registries,
    device_areas,
    words,
)
from integrations.homeassistant.snapshot import Place
from tests.testbed.homeassistant import RunningHomeAssistant

LAMP = "light.lamp"


def registries(entry: EntityEntry, exposure: Exposure | None = None) -> Registries:
    return Registries(
        device_areas={"device": "hall"},
        entries={entry.entity_id: entry},
        exposure=exposure or Exposure(complete=True),
    )


@pytest.mark.parametrize(
    ("entry", "exposed"),
    [
        (EntityEntry(LAMP), True),
        (EntityEntry(LAMP, hidden_by="user"), False),
        (EntityEntry(LAMP, disabled_by="device"), False),
        (EntityEntry(LAMP, entity_category="config"), False),
        (EntityEntry(LAMP, options=Options(Answer(should_expose=False))), False),
        (EntityEntry("lock.door"), False),
        (EntityEntry("lock.door", options=Options(Answer(should_expose=True))), True),
        (
            EntityEntry(LAMP, hidden_by="user", options=Options(Answer(should_expose=True))),
            False,
        ),
    ],
)
def test_registered_entities(entry: EntityEntry, exposed: bool) -> None:
    assert registries(entry).exposed(entry.entity_id, None) is exposed


def test_an_owner_who_exposes_nothing_new() -> None:
    exposure = Exposure(expose_new=False)
    assert not registries(EntityEntry(LAMP), exposure).exposed(LAMP, None)
    assert not Registries(exposure=exposure).exposed("light.other", None)


def test_entities_the_registry_does_not_know() -> None:
    complete = Registries(exposure=Exposure(frozenset({"lock.door"}), complete=True))
    assert complete.exposed("lock.door", None)
    assert not complete.exposed(LAMP, None)
    starting = Registries(exposure=Exposure())
    assert starting.exposed(LAMP, None)
    assert not starting.exposed("lock.door", None)


@pytest.mark.parametrize(
    ("entity_id", "device_class", "exposed"),
    [
        ("binary_sensor.a", "motion", True),
        ("binary_sensor.a", "occupancy", False),
        ("sensor.a", "temperature", True),
        ("sensor.a", None, False),
    ],
)
def test_sensors_by_their_class(entity_id: str, device_class: str | None, exposed: bool) -> None:
    assert registries(EntityEntry(entity_id)).exposed(entity_id, device_class) is exposed


def test_areas_come_from_the_entity_its_device_or_that_devices_whole() -> None:
    assert registries(EntityEntry(LAMP, area_id="loft", device_id="device")).area_of(LAMP) == "loft"
    assert registries(EntityEntry(LAMP, device_id="device")).area_of(LAMP) == "hall"
    assert registries(EntityEntry(LAMP)).area_of(LAMP) is None
    assert Registries().area_of(LAMP) is None
    whole, part = DeviceEntry("whole", "hall"), DeviceEntry("part", None, "whole")
    own = DeviceEntry("own", "loft", "whole")
    assert device_areas([part, whole, own]) == {"whole": "hall", "part": "hall", "own": "loft"}


def test_aliases_of_2026_hold_a_null_for_the_name() -> None:
    assert words([None, " big lamp ", "", "sun", "sun"]) == ("big lamp", "sun")


def test_entries_with_more_and_less_than_we_know() -> None:
    text = '[{"entity_id":"light.a","labels":[],"options":{"cloud":{"x":1},"conversation":{}}}]'
    assert msgspec.json.decode(text, type=list[EntityEntry]) == [EntityEntry("light.a")]


def test_the_rule_is_home_assistants(home_assistant: RunningHomeAssistant) -> None:
    names = (
        "DEFAULT_EXPOSED_DOMAINS",
        "DEFAULT_EXPOSED_BINARY_SENSOR_DEVICE_CLASSES",
        "DEFAULT_EXPOSED_SENSOR_DEVICE_CLASSES",
    )
    code = (
        "import json\n"
        "from homeassistant.components.homeassistant import exposed_entities as e\n"
        f"print(json.dumps([sorted(getattr(e, name)) for name in {names!r}]))\n"
    )
    output = subprocess.run(
        [*home_assistant.python, "-c", code], capture_output=True, check=True, cwd="/"
    ).stdout
    ours = [sorted(EXPOSED_DOMAINS), sorted(EXPOSED_BINARY_SENSORS), sorted(EXPOSED_SENSORS)]
    assert json.loads(output) == ours


def test_the_place_of_the_house_is_known_when_somebody_has_told_it() -> None:
    assert CoreConfig(latitude=52.5, longitude=13.4).place == Place(52.5, 13.4)
    assert CoreConfig().place is None
