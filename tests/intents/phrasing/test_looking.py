"""Questions to a home's cameras, typed and heard; and what is none."""

from dataclasses import replace
from functools import cache

import pytest

from hub.eyes.of_config import views
from intents.grammar import Grammar
from intents.home import Area, Entity, Home
from intents.wishes import NotUnderstood
from tests.transcripts.cameras import CONFIG
from tests.transcripts.stage import home_called

ASKED = {
    "is anyone in the kitchen": ("HubIsAnyone", {"area": "Kitchen"}),
    "are there people in the kitchen right now": ("HubIsAnyone", {"area": "Kitchen"}),
    "do you know if there is somebody at the door": ("HubIsAnyone", {"view": "front door"}),
    "who is in the kitchen": ("HubWho", {"area": "Kitchen"}),
    "who's upstairs": ("HubWho", {"floor": "Upstairs"}),
    "how many people are outside": ("HubHowMany", {"place": "outside", "label": "person"}),
    "is the office empty": ("HubHowMany", {"area": "Office"}),
    "is there a dog in the driveway": ("HubIsAnyone", {"view": "driveway", "label": "dog"}),
    "has anyone been at the front door today": (
        "HubLastSeen",
        {"view": "front door", "date": "today"},
    ),
    "when did you last see somebody in the kitchen": ("HubLastSeen", {"area": "Kitchen"}),
    "was a package left at the front door": ("HubThing", {"view": "front door"}),
    "do we have any mail": ("HubThing", {}),
    "is anyone at the garden gate": ("HubIsAnyone", {"place": "unknown"}),
    "turn off the cameras": ("HubCameras", {"state": "off"}),
    "would you please turn the camera in the kitchen off": (
        "HubCameras",
        {"state": "off", "area": "Kitchen"},
    ),
    "turn the kitchen camera back on": ("HubCameras", {"state": "on", "view": "kitchen"}),
    "is the porch camera still working": ("HubCameraState", {"view": "porch"}),
}
NOT_OURS = (
    "is anyone home",
    "is anyone at work",
    "is the front door locked",
    "is there anything on my shopping list",
    "how many lights are on",
    "where is anna",
    "what's going on today",
)


@cache
def house() -> Grammar:
    home = home_called("house")
    return Grammar("en", replace(home, views=views(CONFIG, home)))


@cache
def bare() -> Grammar:
    return Grammar("en", home_called("house"))


@pytest.mark.parametrize("sentence", ASKED)
def test_typed_and_heard_it_means_the_same(sentence: str) -> None:
    intent, slots = ASKED[sentence]
    for found in (
        house().parse(sentence, "Kitchen"),
        house().hear(sentence, "Kitchen", None).understanding,
    ):
        assert not isinstance(found, NotUnderstood)
        assert [(wish.intent, dict(wish.slots)) for wish in found] == [(intent, slots)]


@pytest.mark.parametrize("sentence", NOT_OURS)
def test_what_home_assistant_knows_is_asked_there_with_cameras_or_without(sentence: str) -> None:
    assert house().parse(sentence, "Kitchen") == bare().parse(sentence, "Kitchen")


@pytest.mark.parametrize(
    "sentence",
    [
        "turn the kitchen camera and sell the kitchen light",
        "turn the kitchen camera to the left",
        "is the kitchen camera dirty",
        "sell the camera in the kitchen",
    ],
)
def test_nothing_is_offered_in_place_of_a_camera(sentence: str) -> None:
    for found in (
        house().parse(sentence, "Kitchen"),
        house().hear(sentence, "Kitchen", None).understanding,
    ):
        assert found == NotUnderstood(())


def test_a_home_without_cameras_hears_only_of_places_that_nothing_shows() -> None:
    found = bare().parse("is someone at the front door")
    assert not isinstance(found, NotUnderstood)
    assert dict(found[0].slots) == {"place": "unknown"}
    assert isinstance(bare().parse("turn off the cameras"), NotUnderstood)


def test_a_sensor_that_knows_is_asked_where_no_camera_looks() -> None:
    motion = Entity(
        "binary_sensor.m",
        "Garden Motion",
        "binary_sensor",
        area="garden",
        state="on",
        attributes={"device_class": "motion"},
    )
    sensed = Grammar("en", Home(areas=(Area("garden", "Garden"),), entities=(motion,)))
    for sentence in ("is anyone in the garden", "is somebody outside"):
        found = sensed.parse(sentence)
        assert isinstance(found, NotUnderstood) or found[0].intent == "HassGetState"
