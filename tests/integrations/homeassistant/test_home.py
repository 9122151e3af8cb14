"""What a real Home Assistant's home looks like from here, and how fast its changes are seen."""

import json

import aiomqtt

from integrations.homeassistant.mirror import Change
from integrations.homeassistant.patience import Patience
from tests.integrations.homeassistant.watching import connected
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

LIGHT = "light.kitchen_light"


async def test_snapshot_of_the_home(home_assistant: RunningHomeAssistant) -> None:
    async with connected(home_assistant.url, home_assistant.token) as watch:
        snapshot = watch.home.snapshot()
    assert [(floor.name, floor.aliases) for floor in snapshot.floors] == [
        ("Ground floor", ("downstairs",))
    ]
    areas = {area.name: area for area in snapshot.areas}
    assert areas["Kitchen"].aliases == ("galley",)
    assert areas["Living room"].floor_id == snapshot.floors[0].id
    light, porch = snapshot.entities
    assert (light.entity_id, light.domain, light.name) == (LIGHT, "light", "Kitchen light")
    assert light.aliases == ("big lamp",)
    assert light.area_id == areas["Kitchen"].id
    assert light.state == "off"
    assert light.attributes["color_mode"] is None
    assert (porch.name, porch.area_id, porch.aliases) == ("Porch light", None, ())


async def test_a_rename_is_seen_within_a_second(home_assistant: RunningHomeAssistant) -> None:
    where = home_assistant.url, home_assistant.token
    async with connected(*where) as watch:
        watch.changes.clear()
        update = "config/entity_registry/update"
        await command(*where, update, entity_id=LIGHT, name="Ceiling")
        await watch.until(lambda: watch.entity(LIGHT).name == "Ceiling", 1.0)
        assert Change.HOME in watch.changes
        await command(*where, update, entity_id=LIGHT, name=None, aliases=["sun"])
        await watch.until(lambda: watch.entity(LIGHT).name == "Kitchen light", 1.0)
        await watch.until(lambda: watch.entity(LIGHT).aliases == ("sun",), 3.0)
        await command(*where, update, entity_id=LIGHT, aliases=["big lamp"])
        await watch.until(lambda: watch.entity(LIGHT).aliases == ("big lamp",), 3.0)


async def test_a_new_area_and_moving_into_it(home_assistant: RunningHomeAssistant) -> None:
    where = home_assistant.url, home_assistant.token
    async with connected(*where) as watch:
        area = await command(*where, "config/area_registry/create", name="Pantry")
        pantry = str(area["area_id"])
        update = "config/entity_registry/update"
        await command(*where, update, entity_id=LIGHT, area_id=pantry)
        await watch.until(lambda: watch.entity(LIGHT).area_id == pantry, 3.0)
        await command(*where, update, entity_id=LIGHT, area_id="kitchen")
        await command(*where, "config/area_registry/delete", area_id=pantry)
        await watch.until(lambda: pantry not in {a.id for a in watch.home.snapshot().areas}, 3.0)
        assert watch.entity(LIGHT).area_id == "kitchen"


async def test_what_is_not_exposed_or_hidden_is_not_there(
    home_assistant: RunningHomeAssistant,
) -> None:
    where = home_assistant.url, home_assistant.token
    helper = "input_boolean.kitchen"

    async def expose(entity_id: str, exposed: bool) -> None:
        await command(
            *where,
            "homeassistant/expose_entity",
            assistants=["conversation"],
            entity_ids=[entity_id],
            should_expose=exposed,
        )

    async with connected(*where) as watch:
        assert not watch.has(helper)
        await expose(helper, True)
        await watch.until(lambda: watch.has(helper), 3.0)
        await expose(helper, False)
        await watch.until(lambda: not watch.has(helper), 3.0)
        await command(*where, "config/entity_registry/update", entity_id=LIGHT, hidden_by="user")
        await watch.until(lambda: not watch.has(LIGHT), 3.0)
        await command(*where, "config/entity_registry/update", entity_id=LIGHT, hidden_by=None)
        await watch.until(lambda: watch.has(LIGHT), 3.0)
    async with connected(*where, Patience(exposure=0.3)) as watch:
        await expose("light.porch_light", False)
        await watch.until(lambda: not watch.has("light.porch_light"), 3.0)
        await expose("light.porch_light", True)
        await watch.until(lambda: watch.has("light.porch_light"), 3.0)


async def test_a_discovered_device_gives_its_area(home_assistant: RunningHomeAssistant) -> None:
    where = home_assistant.url, home_assistant.token
    topic = "homeassistant/device/inglenook_test/config"
    payload = {
        "dev": {"ids": ["inglenook_test"], "name": "Desk"},
        "o": {"name": "inglenook tests"},
        "cmps": {
            "lamp": {
                "p": "switch",
                "unique_id": "inglenook_test_lamp",
                "name": "Lamp",
                "command_topic": "inglenook_test/lamp",
            }
        },
    }
    lamp = "switch.desk_lamp"
    async with (
        connected(*where) as watch,
        aiomqtt.Client("127.0.0.1", home_assistant.mqtt_port) as broker,
    ):
        await broker.publish(topic, json.dumps(payload))
        await watch.until(lambda: watch.has(lamp))
        assert watch.entity(lamp).name == "Desk Lamp"
        entry = await command(*where, "config/entity_registry/get", entity_id=lamp)
        await command(
            *where,
            "config/device_registry/update",
            device_id=str(entry["device_id"]),
            area_id="living_room",
        )
        await watch.until(lambda: watch.entity(lamp).area_id == "living_room", 3.0)
        await broker.publish(topic, "")
        await watch.until(lambda: not watch.has(lamp))
