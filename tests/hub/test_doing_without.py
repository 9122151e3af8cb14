"""A hub without a microphone or a loudspeaker of its own, as its house sees it."""

import pytest
from msgspec.structs import replace

from hub.grammars import Grammars
from hub.messages import NotHeard, Process, Seek, Spoken, State
from tests.hub.door.sessions import wake
from tests.hub.test_household import KITCHEN, NO_SPEECH, ON, House, house_of, said_to


@pytest.fixture(scope="module")
def english() -> Grammars:
    return Grammars("en")


@pytest.fixture
async def house(english: Grammars) -> House:
    return house_of(english)


async def test_without_a_loudspeaker_here_what_must_be_heard_is_heard_at_all_that_are_there(
    house: House,
) -> None:
    house.household.note(State(source="mouth", state="ready"))
    house.household.note(State(source="mouth", state="idle", reason="There is no loudspeaker."))
    house.household.tell("Your timer is done.", "Bedroom")
    house.household.tell("Your timer is done.")
    house.household.tell("Your timer is done.", "Kitchen")
    assert said_to(house) == [KITCHEN] * 3
    house.household.voice.left(KITCHEN)
    house.household.tell("Your timer is done.", "Kitchen")
    assert len(said_to(house)) == 3
    house.household.note(Process(name="mouth", state="restarting"))
    house.household.note(State(source="mouth", state="ready"))
    house.household.tell("Your timer is done.", "Kitchen")
    assert said_to(house)[3:] == ["microphone"]


async def test_what_is_missing_is_looked_for_while_nobody_speaks(house: House) -> None:
    """To take it up takes a new process, which would break off what is being said."""
    here = house.household
    here.note(State(source="senses", state="idle", reason="There is no microphone."))
    assert here.status.health_payload(unsent=0, refused=0).engines["microphone"] == "failed"
    await house.hear(replace(wake(), source=KITCHEN))
    await house.hear(replace(ON, source=KITCHEN, area="Kitchen", turn=1))
    here.note(Spoken(source="outlet.kitchen", id=1, seconds=1.0))
    here.note(Process(name="senses", state="restarting"))
    here.note(State(source="senses", state="ready"))
    here.note(State(source="senses", state="idle"))
    sought = [each.devices for each in house.told.launcher if isinstance(each, Seek)]
    assert sought == [("microphone",), (), ("microphone",), ()]
    assert "microphone" not in here.status.health_payload(unsent=0, refused=0).engines


async def test_a_hub_that_wants_no_microphone_misses_no_loudspeaker(house: House) -> None:
    here = house.household
    here.status.satellites_alone = True
    here.note(State(source="mouth", state="idle", reason="There is no loudspeaker."))
    health = here.status.health_payload(unsent=0, refused=0)
    assert health.engines["loudspeaker"] == "off"
    assert not any(isinstance(each, Seek) for each in house.told.launcher)
    here.tell("Your timer is done.", "Bedroom")
    assert said_to(house) == [KITCHEN]


async def test_a_satellite_that_is_asked_back_sends_sound_until_the_answer(house: House) -> None:
    """One with a wake word of its own stops when it is told that the turn is over."""
    unclear = NotHeard(
        source=KITCHEN,
        turn=1,
        reason="not_understood",
        nearest=("turn on the kitchen light",),
        confidence=0.9,
    )
    await house.hear(replace(wake(), source=KITCHEN))
    await house.hear(unclear)
    house.household.note(Spoken(source="outlet.kitchen", id=1, seconds=1.0))
    assert house.told.listens == [8.0]
    assert house.told.cues == ["woken"]
    await house.hear(replace(NO_SPEECH, source=KITCHEN))
    assert house.told.cues == ["woken", "over"]


async def test_nobody_goes_on_sending_to_a_senses_that_is_new(house: House) -> None:
    await house.hear(replace(wake(), source=KITCHEN))
    house.household.note(Process(name="senses", state="restarting"))
    house.household.door.restarted()
    await house.hear(State(source="senses", state="ready"))
    assert house.told.cues == ["woken", "over"]
