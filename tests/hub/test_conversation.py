"""Whole conversations with the demo home, as transcripts: said, understood, done, answered."""

from datetime import datetime

import pytest

from hub.conversation import Conversation, Means, conversation
from hub.grammars import Grammars
from hub.homes.backend import CallFailed, HomeLost
from hub.homes.demo import demo_home
from hub.homes.published import PublishedHome
from hub.homes.simulated import SimulatedHome
from hub.services import Call
from intents.home import Entity

NOON = datetime(2026, 11, 23, 12, 5).astimezone()


@pytest.fixture(scope="session")
def english() -> Grammars:
    return Grammars("en")


@pytest.fixture
def demo(english: Grammars) -> Conversation:
    return conversation("en", SimulatedHome(demo_home()), english, Means(now=lambda: NOON))


def state(talk: Conversation, name: str) -> Entity:
    return next(e for e in talk.backend.home.entities if e.name == name)


@pytest.mark.parametrize(
    ("said", "intent", "target", "reply"),
    [
        ("turn on the kitchen light", "HassTurnOn", "Kitchen Light", "Turned on the light"),
        ("Set the bedroom lamp to 30%.", "HassLightSet", "Bedroom Lamp", "Brightness set"),
        ("make the bedroom lamp red", "HassLightSet", "Bedroom Lamp", "Color set"),
        ("close the kitchen blinds", "HassTurnOff", "Kitchen Blinds", "Closing"),
        ("mute the TV", "HassMediaPlayerMute", "TV", "Muted"),
        ("turn on the bedroom fan", "HassTurnOn", "Bedroom Fan", "Turned on the fan"),
        ("add milk to the shopping list", "HassListAddItem", "Shopping List", "Added milk"),
        ("lock the front door", "HassTurnOn", "Front Door", "Locking"),
    ],
)
async def test_a_command_is_done_and_answered(
    demo: Conversation, said: str, intent: str, target: str, reply: str
) -> None:
    turn = await demo.ask(said)
    assert [wish.intent for wish in turn.wishes] == [intent]
    assert [(a.targets, a.result) for a in turn.actions] == [((target,), "done")]
    assert turn.reply == reply
    assert turn.words == said


async def test_the_home_really_changes(demo: Conversation) -> None:
    await demo.ask("turn on the kitchen light")
    assert state(demo, "Kitchen Light").state == "on"
    await demo.ask("set the bedroom lamp to 30 percent")
    assert state(demo, "Bedroom Lamp").attributes["brightness"] == 76
    await demo.ask("make the bedroom lamp red")
    assert state(demo, "Bedroom Lamp").attributes["rgb_color"] == (255, 0, 0)
    await demo.ask("set the thermostat to 21 degrees")
    assert state(demo, "Thermostat").attributes["temperature"] == 21
    await demo.ask("add milk to the shopping list")
    assert state(demo, "Shopping List").attributes["items"] == ("milk",)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("is the front door locked", "Yes"),
        ("are any lights on", "Yes, Ceiling Light and Hallway Light"),
        ("what is the temperature in the bedroom", "18.5 degrees"),
        ("what time is it", "12:05 PM"),
        ("what's the date", "November 23rd, 2026"),
    ],
)
async def test_a_question_is_answered_and_nothing_is_done(
    demo: Conversation, said: str, reply: str
) -> None:
    turn = await demo.ask(said)
    assert turn.reply == reply
    assert turn.actions == ()


async def test_a_door_is_not_unlocked_and_the_reason_is_said(demo: Conversation) -> None:
    turn = await demo.ask("unlock the front door")
    assert [(a.targets, a.result) for a in turn.actions] == [(("Front Door",), "refused")]
    assert turn.reply == "I don't unlock doors by voice. Please use the app or the key."
    assert state(demo, "Front Door").state == "locked"


async def test_timers_from_start_to_cancel(demo: Conversation) -> None:
    assert (await demo.ask("set a timer for ten minutes")).reply == "Timer set for 10 minutes"
    assert (await demo.ask("how much time is left on my timer")).reply == "10 minutes left."
    assert (await demo.ask("cancel the timer")).reply == "Timer cancelled"
    assert (await demo.ask("cancel the timer")).reply == "Sorry, I couldn't find that timer"


async def test_what_is_not_a_command_does_nothing_and_keeps_no_words(demo: Conversation) -> None:
    turn = await demo.ask("tell me about the history of Rome")
    assert turn.wishes == ()
    assert turn.actions == ()
    assert turn.words is None


async def test_german() -> None:
    talk = conversation("de", SimulatedHome(demo_home()), Grammars("de"))
    turn = await talk.ask("schalte Kitchen Light ein")
    assert [(a.targets, a.result) for a in turn.actions] == [(("Kitchen Light",), "done")]
    assert (await talk.ask("stelle einen Timer auf 5 Minuten")).wishes[0].slots == {"minutes": 5}
    refused = await talk.ask("öffne das Schloss Front Door")
    assert all(action.result == "refused" for action in refused.actions)


class Broken(SimulatedHome):
    """A home that does not do what it is told."""

    def __init__(self, error: CallFailed) -> None:
        super().__init__(demo_home())
        self.error = error

    async def call(self, call: Call) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "reply"),
    [
        (CallFailed("no"), "Sorry, Kitchen Light did not respond."),
        (HomeLost("gone"), "Sorry, I can't reach Home Assistant at the moment."),
    ],
)
async def test_a_home_that_fails_is_told_in_plain_words(
    english: Grammars, error: CallFailed, reply: str
) -> None:
    turn = await conversation("en", Broken(error), english).ask("turn on the kitchen light")
    assert [action.result for action in turn.actions] == ["failed"]
    assert turn.reply == reply


async def test_a_home_known_by_its_file_alone_is_left_to_automations(english: Grammars) -> None:
    talk = conversation("en", PublishedHome(demo_home()), english)
    turn = await talk.ask("turn on the kitchen light")
    assert [action.result for action in turn.actions] == ["published"]
