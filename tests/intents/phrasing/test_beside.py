"""Cameras beside other things in one sentence: each by itself, or nothing at all."""

from dataclasses import replace
from functools import cache

import pytest

from hub.eyes.of_config import views
from intents.grammar import Grammar
from intents.wishes import NotUnderstood
from tests.transcripts.cameras import CONFIG
from tests.transcripts.stage import home_called

OFF = {"state": "off"}
KITCHEN = {"state": "off", "area": "Kitchen"}
TOLD = {
    "turn off the kitchen light and the kitchen camera": [
        ("HassTurnOff", {"name": "Kitchen Light"}),
        ("HubCameras", {"state": "off", "view": "kitchen"}),
    ],
    "turn the kettle and the cameras off": [
        ("HassTurnOff", {"name": "Kettle"}),
        ("HubCameras", OFF),
    ],
    "turn off the kitchen and porch cameras": [
        ("HubCameras", KITCHEN),
        ("HubCameras", {"state": "off", "view": "porch"}),
    ],
    "close the porch and driveway cameras for an hour": [
        ("HubCameras", {"state": "off", "view": "porch", "hours": 1}),
        ("HubCameras", {"state": "off", "view": "driveway", "hours": 1}),
    ],
    "turn off the lights and close the camera for an hour": [
        ("HassTurnOff", {"domain": "light", "area": "Kitchen"}),
        ("HubCameras", {"state": "off", "hours": 1}),
    ],
    "turn off the camera and set a timer for ten minutes": [
        ("HubCameras", OFF),
        ("HassStartTimer", {"minutes": 10}),
    ],
    "turn off the camera and play music": [("HubCameras", OFF), ("HassMediaUnpause", {})],
    "turn off the camera and activate movie night": [
        ("HubCameras", OFF),
        ("HassTurnOn", {"name": "Movie Night"}),
    ],
    "turn off the camera and vacuum the kitchen": [
        ("HubCameras", OFF),
        ("HassVacuumCleanArea", {"area": "Kitchen"}),
    ],
    "turn off the camera and lock the front door": [
        ("HubCameras", OFF),
        ("HassTurnOn", {"name": "Front Door"}),
    ],
}


@cache
def house() -> Grammar:
    home = home_called("house")
    return Grammar("en", replace(home, views=views(CONFIG, home)))


@pytest.mark.parametrize("sentence", TOLD)
def test_each_is_done_by_itself(sentence: str) -> None:
    found = house().hear(sentence, "Kitchen", None).understanding
    assert not isinstance(found, NotUnderstood)
    assert [(wish.intent, dict(wish.slots)) for wish in found] == TOLD[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "turn on the oven and kitchen cameras",
        "turn off the front door and driveway cameras",
        "turn on the garage door and driveway cameras",
        "turn off the lights and the cameras upstairs",
        "keep looking",
        "keep recording",
        "start looking",
        "keep watching me",
    ],
)
def test_what_is_not_clear_does_nothing(sentence: str) -> None:
    assert isinstance(house().hear(sentence, "Kitchen", None).understanding, NotUnderstood)


def test_where_people_are_known_to_be_is_asked_of_home_assistant() -> None:
    home = home_called("house")
    away = replace(
        home,
        entities=tuple(
            replace(each, state="workshop") if each.domain == "person" else each
            for each in home.entities
        ),
    )
    found = Grammar("en", away).parse("is anyone at the workshop")
    assert not isinstance(found, NotUnderstood)
    assert found[0].intent == "HassGetState"
