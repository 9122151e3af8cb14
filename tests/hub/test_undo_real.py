"""Undoing in a real Home Assistant: devices that came by MQTT, and a helper, are as they were."""

import json
import random
from collections.abc import AsyncIterator, Mapping

import aiomqtt
import pytest

from hub.homes.assistant import AssistantHome
from hub.services import Call, calls
from hub.undo import restoring
from intents.home import Entity
from intents.wishes import Wish
from tests.integrations.homeassistant.watching import Watch, connected
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

TOPIC = "homeassistant/device/undo_test/config"
TO = {"command_topic": "undo_test/to"}
DEVICES: Mapping[str, Mapping[str, object]] = {
    "light": {
        **TO,
        "schema": "json",
        "brightness": True,
        "supported_color_modes": ["color_temp", "hs"],
        "color_temp_kelvin": True,
    },
    "switch": TO,
    "fan": {
        **TO,
        "percentage_command_topic": "undo_test/to",
        "preset_mode_command_topic": "undo_test/to",
        "preset_modes": ["auto", "sleep"],
    },
    "cover": {
        **TO,
        "set_position_topic": "undo_test/to",
        "position_topic": "undo_test/position",
        "optimistic": True,
    },
    "valve": TO,
    "lock": TO,
    "siren": TO,
    "humidifier": {
        **TO,
        "target_humidity_command_topic": "undo_test/to",
        "mode_command_topic": "undo_test/to",
        "modes": ["normal", "eco"],
    },
    "climate": {
        "mode_command_topic": "undo_test/to",
        "temperature_command_topic": "undo_test/to",
        "fan_mode_command_topic": "undo_test/to",
        "fan_modes": ["low", "high", "auto"],
        "modes": ["off", "heat", "cool"],
        "precision": 0.1,
    },
    "water_heater": {
        "mode_command_topic": "undo_test/to",
        "temperature_command_topic": "undo_test/to",
        "power_command_topic": "undo_test/to",
        "modes": ["off", "eco", "performance"],
    },
}
HELPER = "input_boolean.porch"
OURS = (HELPER, *(f"{kind}.undo_{kind}" for kind in DEVICES))
HIDDEN = ("lock", "siren", "valve")
"""What Home Assistant exposes to voice only when told to."""
WISHES = {
    "light": [
        Wish("HassLightSet", {"brightness": 20}),
        Wish("HassLightSet", {"brightness": 77, "color": "red"}),
        Wish("HassLightSet", {"color": "turquoise"}),
        Wish("HassLightSet", {"temperature": 2700}),
        Wish("HassLightSet", {"temperature": 5000}),
    ],
    "fan": [Wish("HassFanSetSpeed", {"percentage": share}) for share in (0, 33, 100)],
    "cover": [Wish("HassSetPosition", {"position": position}) for position in (0, 40, 100)],
    "climate": [
        Wish("HassClimateSetTemperature", {"temperature": 21}),
        Wish("HassClimateSetTemperature", {"temperature": 17}),
        Wish("HassClimateSetFanMode", {"fan_mode": "high"}),
        Wish("HassClimateSetFanMode", {"fan_mode": "low"}),
    ],
}
SWITCHING = [Wish("HassTurnOn", {}), Wish("HassTurnOff", {})]
ROUNDS = 150


@pytest.fixture
async def furnished(home_assistant: RunningHomeAssistant) -> AsyncIterator[Watch]:
    where = home_assistant.url, home_assistant.token
    payload = {
        "dev": {"ids": ["undo_test"], "name": "Undo"},
        "o": {"name": "inglenook tests"},
        "cmps": {
            kind: {"p": kind, "unique_id": f"undo_test_{kind}", "name": kind, **more}
            for kind, more in DEVICES.items()
        },
    }
    hidden = [HELPER, *(f"{kind}.undo_{kind}" for kind in HIDDEN)]

    async def expose(*, exposed: bool) -> None:
        await command(
            *where,
            "homeassistant/expose_entity",
            assistants=["conversation"],
            entity_ids=hidden,
            should_expose=exposed,
        )

    async with (
        connected(*where) as watch,
        aiomqtt.Client("127.0.0.1", home_assistant.mqtt_port) as broker,
    ):
        await broker.publish(TOPIC, json.dumps(payload), retain=True)
        await watch.until(lambda: watch.has("light.undo_light"), 30)
        await expose(exposed=True)
        await watch.until(lambda: all(map(watch.has, OURS)), 30)
        yield watch
        await expose(exposed=False)
        await broker.publish(TOPIC, "", retain=True)
        await watch.until(lambda: not watch.has("light.undo_light"))
        await watch.until(lambda: not watch.has(HELPER))


@pytest.mark.slow
async def test_what_was_done_is_undone(furnished: Watch) -> None:
    home = AssistantHome(furnished.home)
    luck = random.Random(5)
    for entity_id in OURS:  # what was never told cannot be restored
        kind = entity_id.partition(".")[0]
        await do(home, SWITCHING[0], entity_id)
        await do(home, WISHES.get(kind, SWITCHING)[1], entity_id)
    for _ in range(ROUNDS):
        some = luck.choice(OURS)
        kind = some.partition(".")[0]
        wanted = luck.choices([*WISHES.get(kind, []), *SWITCHING], k=luck.randint(1, 3))
        at_first = of(home, some)
        done = [each for wish in wanted for each in await do(home, wish, some)]
        for call, before in reversed(done):
            for back in restoring(call, before, home.home.entities):
                await home.call(back)
        assert not differing(of(home, some), at_first), [(w.intent, w.slots) for w in wanted]
        await do(home, luck.choice(wanted), some)


async def do(
    home: AssistantHome, wish: Wish, entity_id: str
) -> list[tuple[Call, tuple[Entity, ...]]]:
    done = []
    for call in calls(wish, (of(home, entity_id),)):
        done.append((call, home.home.entities))
        await home.call(call)
    return done


def of(home: AssistantHome, entity_id: str) -> Entity:
    return next(entity for entity in home.home.entities if entity.id == entity_id)


def differing(one: Entity, other: Entity) -> dict[str, tuple[object, object]]:
    ours, theirs = ({"state": e.state, **e.attributes} for e in (one, other))
    names = {*ours, *theirs}
    pairs = {name: (ours.get(name), theirs.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
