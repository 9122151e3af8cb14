"""Why these things and not others, in the demo home."""

import pytest

from hub.homes.demo import demo_home
from hub.turn import Action
from hub.why.because import Because, because
from intents.wishes import Slots, Wish

HOME = demo_home()
NAMED = Because("named", "light")
ONLY = Because("only", "light", "Bedroom")


@pytest.mark.parametrize(
    ("words", "slots", "targets", "expected"),
    [
        (
            "turn on the bedroom lamp",
            {"name": "Bedroom Lamp"},
            ["Bedroom Lamp"],
            Because("named", "light"),
        ),
        (None, {"name": "Bedroom Lamp"}, ["Bedroom Lamp"], NAMED),
        ("turn on the television", {"name": "TV"}, ["TV"], Because("named", "media_player")),
        (
            "lights on in here",
            {"name": "Bedroom Lamp"},
            ["Bedroom Lamp"],
            ONLY,
        ),
        (
            "turn on the lights in the bedroom",
            {"area": "Bedroom", "domain": "light"},
            ["Bedroom Lamp"],
            ONLY,
        ),
        (
            "turn on the living room lights",
            {"area": "Living Room", "domain": "light"},
            ["Living Room Lamp", "Ceiling Light"],
            Because("all", "light", "Living Room"),
        ),
        (
            "turn on the lights upstairs",
            {"floor": "Upstairs", "domain": "light"},
            ["Bedroom Lamp", "Bathroom Light"],
            Because("all", "light", "Upstairs"),
        ),
        ("lock up", {"domain": "lock"}, ["Front Door"], Because("only", "lock", "Hallway")),
        (
            "turn on some lights",
            {"domain": "light"},
            ["Bedroom Lamp", "Bathroom Light"],
            None,
        ),
        ("what time is it", {}, [], None),
    ],
)
def test_why(words: str | None, slots: Slots, targets: list[str], expected: Because | None) -> None:
    found = because(
        Action("HassTurnOn", tuple(targets), "done"), [Wish("HassTurnOn", slots)], HOME, words
    )
    assert found == expected


def test_of_two_wishes_the_one_that_names_it() -> None:
    wishes = [
        Wish("HassTurnOn", {"area": "Kitchen", "domain": "light"}),
        Wish("HassTurnOn", {"name": "Bathroom Light"}),
    ]
    action = Action("HassTurnOn", ("Bathroom Light",), "done")
    assert because(action, wishes, HOME, None) == Because("named", "light")
