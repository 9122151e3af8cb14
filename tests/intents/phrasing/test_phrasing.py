"""What people say in no template's words: what it means in the house of the transcripts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.grammar import Grammar
from intents.home_file import load
from intents.wishes import NotUnderstood, Slot, Wish

HOUSE = Path(__file__).parents[2] / "transcripts" / "house.yaml"
ROOM = "Living Room"
Meant = list[tuple[str, dict[str, Slot]]]


@pytest.fixture(scope="module")
def house() -> Grammar:
    return Grammar("en", load(HOUSE))


def meant(grammar: Grammar, said: str) -> Meant:
    found = grammar.parse(said, ROOM)
    assert not isinstance(found, NotUnderstood), f"{said!r} is not understood"
    return [(wish.intent, dict(wish.slots)) for wish in found]


LIGHTS: dict[str, Slot] = {"domain": "light", "area": ROOM}
ONE: dict[str, tuple[str, dict[str, Slot]]] = {
    "could you kill the lights in here": ("HassTurnOff", LIGHTS),
    "it's far too dark in here": ("HassTurnOn", LIGHTS),
    "it is too bright": ("HassLightSet", {**LIGHTS, "brightness_step": -30}),
    "make the living room cosy": (
        "HassLightSet",
        {**LIGHTS, "brightness": 40, "temperature": 2200},
    ),
    "dim the bedside lamp a little": (
        "HassLightSet",
        {"name": "Bedside Lamp", "brightness_step": -10},
    ),
    "bedside lamp to half": ("HassLightSet", {"name": "Bedside Lamp", "brightness": 50}),
    "turn everything off but the TV": ("HassTurnOff", {"name": "all", "except": "TV"}),
    "all the lights off except the office": (
        "HassTurnOff",
        {"domain": "light", "except": "Office"},
    ),
    "lower the blinds in the lounge": (
        "HassTurnOff",
        {"domain": "cover", "device_class": "blind", "area": ROOM},
    ),
    "it's freezing in here": ("HassClimateSetTemperature", {"area": ROOM, "temperature_step": 1}),
    "heating to 21 and a half": (
        "HassClimateSetTemperature",
        {"name": "Thermostat", "temperature": 21.5},
    ),
    "get the roomba to clean the kitchen": ("HassVacuumCleanArea", {"area": "Kitchen"}),
    "I'd like a coffee": ("HassTurnOn", {"name": "Coffee Machine"}),
    "a bit louder please": ("HubMore", {"direction": "up", "of": "media_player"}),
    "did I leave the garage open": (
        "HassGetState",
        {"domain": "cover", "state": "open", "area": "Garage"},
    ),
    "wake me up at half past six every weekday": (
        "HubSetAlarm",
        {"time": "06:30", "half": "either", "repeat": "weekdays"},
    ),
    "remind me to call mum tomorrow at six": (
        "HubSetReminder",
        {"time": "06:00", "half": "either", "date": "tomorrow", "message": "call mum"},
    ),
    "turn off the TV at sunset": (
        "HubSchedule",
        {"event": "sunset", "conversation_command": "turn off the tv"},
    ),
    "turn it off": ("HassTurnOff", {"reference": "it"}),
    "no, the bedroom": ("HubPick", {"relation": "instead", "area": "Bedroom"}),
    "the second one": ("HubPick", {"ordinal": 2}),
}


@pytest.mark.parametrize("said", ONE)
def test_one_wish(house: Grammar, said: str) -> None:
    assert meant(house, said) == [ONE[said]]


def test_several_wishes_share_what_only_one_of_them_says(house: Grammar) -> None:
    assert meant(house, "turn off the kitchen and the bedroom lights") == [
        ("HassTurnOff", {"domain": "light", "area": "Kitchen"}),
        ("HassTurnOff", {"domain": "light", "area": "Bedroom"}),
    ]
    assert meant(house, "the lights and the fan in the bedroom on") == [
        ("HassTurnOn", {"domain": "light", "area": "Bedroom"}),
        ("HassTurnOn", {"name": "Bedroom Fan"}),
    ]


def test_a_list_needs_no_and(house: Grammar) -> None:
    assert meant(house, "turn off the kitchen light the office light and the desk lamp") == [
        ("HassTurnOff", {"name": "Kitchen Light"}),
        ("HassTurnOff", {"domain": "light", "area": "Office"}),
        ("HassTurnOff", {"name": "Desk Lamp"}),
    ]


def test_another_door_is_not_this_one(house: Grammar) -> None:
    assert meant(house, "unlock the kitchen door") == [("HassTurnOff", {"name": "Back Door"})]
    for said in (
        "unlock",
        "please unlock",
        "unlock the garden door",
        "unlock the rear back door",
        "lock the doors upstairs",
    ):
        assert isinstance(house.parse(said, ROOM), NotUnderstood)


def test_what_is_said_in_one_breath_is_told_apart(house: Grammar) -> None:
    said = "close the blinds, lock the front door and set a ten minute timer"
    assert [intent for intent, _ in meant(house, said)] == [
        "HassTurnOff",
        "HassTurnOn",
        "HassStartTimer",
    ]
    said = "add milk and eggs to the shopping list and turn on the kettle"
    assert meant(house, said) == [
        ("HassListAddItem", {"name": "Shopping List", "item": "milk"}),
        ("HassListAddItem", {"name": "Shopping List", "item": "eggs"}),
        ("HassTurnOn", {"name": "Kettle"}),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "do not turn off the lights",
        "never open the blinds again",
        "I turned off the lights an hour ago I think",
        "what is the light year",
        "the lights of New York are on tonight they say",
        "turn on the light of my life",
        "turn off the whole light",
        "turn on the entire light",
        "turn off the stock market news",
        "open an account at the bank",
        "I cannot see it",
        "when the timer ends turn off the lava lamp",
        "set a timer for when i wake up",
        "it was too cold in Norway last year",
        "",
        ", and ; and",
    ],
)
def test_what_is_not_understood_whole_is_nothing(house: Grammar, said: str) -> None:
    assert isinstance(house.parse(said, ROOM), NotUnderstood)


WORDS = sorted(
    {word for said in ONE for word in said.split()}
    | {"and", ",", "not", "kitchen", "all", "but", "ten", "minutes", "open", "unlock", "garage"}
    | {"kettle", "desk lamp", "kitchen light", "front door", "office", "blinds", "coffee machine"}
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_words_of_commands_mean_something_whole_or_nothing(said: str) -> None:
    found = _GRAMMAR.parse(said, ROOM)
    for wish in () if isinstance(found, NotUnderstood) else found:
        assert isinstance(wish, Wish)
        assert all(isinstance(value, str | int | float) for value in wish.slots.values())


_GRAMMAR = Grammar("en", load(HOUSE))


def test_an_alarm_is_moved_and_not_set_besides(house: Grammar) -> None:
    assert meant(house, "change my alarm from seven to half past seven") == [
        (
            "HubMoveAlarm",
            {"time": "07:30", "half": "either", "of_time": "07:00", "of_half": "either"},
        )
    ]
    for said in ("make my alarm an hour later", "how do I change my alarm to eight"):
        assert isinstance(house.parse(said, ROOM), NotUnderstood)
