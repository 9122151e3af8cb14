"""The house listens for an answer when it has asked, not before it has finished speaking."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.aliases import Aliases
from hub.asker import TYPED
from hub.conversation import conversation
from hub.door.door import SensesDoor
from hub.door.turns import Permission
from hub.grammars import Grammars
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from hub.household import Household
from hub.lines import Lines
from hub.messages import (
    FromSenses,
    Heard,
    HomeLine,
    Hush,
    Listen,
    Mute,
    NotHeard,
    Process,
    Say,
    Settings,
    Spoken,
    State,
    ToLauncher,
    ToSenses,
    Wake,
    Yielded,
)
from hub.mute import Place
from hub.publisher import Publisher
from hub.status import Status
from hub.terminal import Terminal
from hub.turn import Turn
from hub.voice import Voice
from hub.why.recorder import Recorder
from hub.why.trace import Origin
from integrations.connection import MqttOptions
from integrations.mqtt import Mqtt
from integrations.topics import Topics
from tests.hub.door.sessions import WORD, heard, wake, wish

NO_SPEECH = NotHeard(source="microphone", turn=7, reason="no_speech")
ON = heard(wish("HassTurnOn", name="Kitchen Light"), turn=7)
KITCHEN = "satellite.kitchen"
ROOMS = {"microphone": "Living Room", KITCHEN: "Kitchen"}


@dataclass
class Told:
    """What the house told the other processes."""

    senses: list[ToSenses] = field(default_factory=list)
    mouth: list[Say | Hush] = field(default_factory=list)
    launcher: list[ToLauncher] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    """To the kitchen's satellite."""

    @property
    def listens(self) -> list[float]:
        return [each.seconds for each in self.senses if isinstance(each, Listen)]

    @property
    def sounds(self) -> list[str | None]:
        return [each.earcon for each in self.mouth if isinstance(each, Say)]


@dataclass
class House:
    household: Household
    told: Told

    async def hear(self, message: FromSenses) -> None:
        for each in self.household.door.admit(message, 0.0):
            if isinstance(each, State | Wake | Heard | NotHeard | Yielded):
                await self.household.hear(each)

    def spoken(self) -> None:
        """The mouth has said all."""
        last = max(each.id for each in self.told.mouth if isinstance(each, Say))
        self.household.note(Spoken(source="mouth", id=last, seconds=1.0))

    @property
    def assist(self) -> str:
        return self.household.status.assist


@pytest.fixture(scope="module")
def english() -> Grammars:
    return Grammars("en")


@pytest.fixture
async def house(english: Grammars) -> House:
    return house_of(english)


def house_of(english: Grammars) -> House:
    told, topics = Told(), Topics("test", "homeassistant")
    mqtt = Mqtt(MqttOptions(host="127.0.0.1"), topics, lambda _: None)
    made = Household(
        conversation=conversation("en", SimulatedHome(demo_home()), english),
        voice=Voice(told.mouth.append, lambda _key, cue: told.cues.append(cue.cue)),
        publisher=Publisher(mqtt, topics),
        terminal=Terminal(shows_turns=False),
        status=Status(),
        lines=Lines(told.senses.append, told.launcher.append),
        door=SensesDoor("en", Permission(frozenset({WORD}), ROOMS), english),
        why=Recorder(None, lambda: 0.0, lambda _: None),
        aliases=Aliases(Path("nothing-is-taught-here")),
        sensitivity=0.5,
    )
    made.introduce()
    made.note(State(source="senses", state="idle"))
    assert [type(each) for each in told.senses] == [HomeLine, Settings]
    return House(made, told)


async def test_it_listens_when_it_has_finished_speaking(house: House) -> None:
    house.household.voice.say("Which lamp?")
    house.household.voice.say("The one in the hall?")
    house.household.listen(5.0)
    house.household.note(Spoken(source="mouth", id=1, seconds=1.0))
    assert house.told.listens == []
    house.spoken()
    assert house.told.listens == [5.0]
    assert house.assist == "listening"
    house.spoken()
    assert house.told.listens == [5.0]


async def test_a_turn_that_expects_an_answer_gets_one(house: House) -> None:
    house.household._finish(
        Turn((), reply="Did you mean the hall lamp?", expects_answer=True), Origin(TYPED)
    )
    house.spoken()
    assert house.told.listens == [8.0]
    before = house.household.turns
    await house.hear(ON)
    assert house.household.turns == before + 1
    assert house.assist == "idle"


async def test_nobody_has_to_answer(house: House) -> None:
    house.household.listen(5.0)
    turns, sounds = house.household.turns, house.told.sounds
    await house.hear(NO_SPEECH)
    assert (house.household.turns, house.told.sounds) == (turns, sounds)
    assert house.assist == "idle"
    await house.hear(wake())
    await house.hear(NotHeard(source="microphone", turn=1, reason="no_speech"))
    assert house.told.sounds[-2:] == ["wake", "not_understood"]


async def test_an_answer_that_makes_no_sense_is_told(house: House) -> None:
    house.household.listen(5.0)
    await house.hear(NotHeard(source="microphone", turn=7, reason="not_understood"))
    assert house.told.sounds[-1] == "not_understood"


async def test_what_is_too_much_for_a_sentence_is_answered(house: House) -> None:
    await house.hear(wake())
    await house.hear(NotHeard(source="microphone", turn=1, reason="too_much", confidence=0.9))
    last = house.told.mouth[-1]
    assert isinstance(last, Say)
    assert "in parts" in last.text
    assert last.earcon is None


async def test_a_wake_word_takes_the_place_of_an_answer(house: House) -> None:
    house.household.voice.say("Which lamp?")
    house.household.listen(5.0)
    await house.hear(wake())
    house.spoken()
    assert house.told.listens == []


async def test_who_says_the_wake_word_is_not_talked_over(house: House) -> None:
    house.household.voice.say("It will rain today, and tomorrow, and the day after.")
    await house.hear(wake())
    assert [type(each) for each in house.told.mouth] == [Say, Hush, Say]
    house.spoken()
    await house.hear(ON)
    house.spoken()
    await house.hear(wake(8))
    assert sum(isinstance(each, Hush) for each in house.told.mouth) == 1


@pytest.mark.parametrize("why", ["muted", "starting"])
async def test_who_cannot_hear_is_not_asked_to_listen(house: House, why: str) -> None:
    if why == "muted":
        house.household.status.muted = True
    else:
        house.household.note(Process(name="senses", state="restarting"))
    house.household.listen(5.0)
    assert house.told.listens == []


async def test_a_mouth_that_died_while_speaking_is_not_waited_for(house: House) -> None:
    house.household.voice.say("Which lamp?")
    house.household.listen(5.0)
    house.household.note(Process(name="mouth", state="restarting"))
    house.household.note(State(source="mouth", state="ready"))
    assert house.told.listens == [5.0]


def said_to(house: House) -> list[str]:
    return [each.to for each in house.told.mouth if isinstance(each, Say)]


async def test_a_satellite_is_answered_there(house: House) -> None:
    await house.hear(replace(wake(), source=KITCHEN))
    assert house.told.cues == ["woken"]
    assert said_to(house) == []  # it sounds by its own means
    await house.hear(replace(ON, source=KITCHEN, area="Kitchen", turn=1))
    assert house.told.cues == ["woken", "over"]
    assert said_to(house) == [KITCHEN]


async def test_it_is_asked_back_there_once_that_was_heard(house: House) -> None:
    question = Turn((), reply="Did you mean the hall lamp?", expects_answer=True)
    house.household._finish(question, Origin(TYPED), KITCHEN)
    house.household.note(Spoken(source="mouth", id=1, seconds=1.0))
    assert house.told.listens == []
    house.household.note(Spoken(source="outlet.kitchen", id=1, seconds=1.0))
    assert [each.ear for each in house.told.senses if isinstance(each, Listen)] == [KITCHEN]


async def test_a_turn_that_goes_on_elsewhere_is_none_here(house: House) -> None:
    await house.hear(replace(wake(), source=KITCHEN))
    before = house.household.turns
    await house.hear(Yielded(source=KITCHEN, turn=1))
    assert house.told.cues == ["woken", "over"]
    assert house.household.turns == before
    assert house.told.sounds == []


async def test_a_wake_word_there_hushes_nobody_here(house: House) -> None:
    house.household.voice.say("A long story.")
    await house.hear(replace(wake(), source=KITCHEN))
    assert not any(isinstance(each, Hush) for each in house.told.mouth)
    house.household.voice.say("Another.", to=KITCHEN)
    await house.hear(replace(wake(2), source=KITCHEN))
    assert house.told.cues[-2:] == ["hush", "woken"]


async def test_what_is_for_a_room_is_heard_there_or_at_the_hub(house: House) -> None:
    house.household.tell("Your timer is done.", "Kitchen")
    house.household.tell("Your timer is done.", "Bedroom")
    house.household.tell("Your timer is done.")
    house.household.voice.left(KITCHEN)
    house.household.tell("Your timer is done.", "Kitchen")
    house.household.voice.came(KITCHEN)
    await house.household.ask("turn on the light", "Kitchen", "mqtt")
    assert said_to(house) == [KITCHEN, *["microphone"] * 3, KITCHEN]


async def test_an_announcement_is_heard_everywhere(house: House) -> None:
    house.household.announce("Dinner is ready.")
    house.household.voice.left(KITCHEN)
    house.household.announce("Dinner is ready.")
    assert said_to(house) == ["microphone", KITCHEN, "microphone"]


async def test_a_press_of_the_button_is_said_and_lifted_only_at_the_machine(house: House) -> None:
    house.household.note(Mute(muted=True, by="machine", presses=3, pressed=True))
    assert (house.assist, house.told.mouth[-1]) == ("muted", _said(house, "The microphone is off."))
    for place in (Place.MQTT, Place.PAGE):
        assert not house.household.mute(False, place)
        assert house.told.launcher[-1] == Mute(muted=True, by="machine", presses=3)
    assert house.household.mute(False, Place.MACHINE)
    assert house.told.launcher[-1] == Mute(muted=False, by="machine", presses=3)
    assert house.assist == "idle"


async def test_a_new_house_is_told_of_a_mute_and_says_nothing(house: House) -> None:
    before = len(house.told.mouth)
    house.household.note(Mute(muted=True, by="machine", presses=3))
    assert (house.assist, len(house.told.mouth)) == ("muted", before)


def _said(house: House, text: str) -> Say:
    """As the last thing that was said."""
    return Say(id=max(each.id for each in house.told.mouth if isinstance(each, Say)), text=text)
