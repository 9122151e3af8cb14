"""A name alone answers "which one?"; it does not turn on what was to be turned off."""

import pytest

from hub.asker import Asker
from hub.conversation import Conversation
from hub.local import Local
from intents.home import Area, Entity, Home

HALL = Asker("voice", "Hall")
HOME = Home(
    areas=(Area("hall", "Hall"), Area("bath", "Bath"), Area("office", "Office")),
    entities=(
        Entity("switch.1", "Water Heater", "switch", area="bath", state="on"),
        Entity("switch.2", "Towel Heater", "switch", area="office", state="on"),
    ),
)


@pytest.fixture
def talk() -> Conversation:
    return Local("en", HOME).conversation()


def state(talk: Conversation, name: str) -> str | None:
    return next(e.state for e in talk.backend.home.entities if e.name == name)


@pytest.mark.parametrize("answer", ["the towel heater", "Towel Heater.", "the second one"])
async def test_the_answer_is_picked(talk: Conversation, answer: str) -> None:
    asked = await talk.ask("turn off the heater", HALL)
    assert asked.expects_answer
    done = await talk.ask(answer, HALL)
    assert [(a.intent, a.targets) for a in done.actions] == [("HassTurnOff", ("Towel Heater",))]
    assert state(talk, "Water Heater") == "on"
    assert state(talk, "Towel Heater") == "off"


async def test_it_is_a_wish_of_its_own_where_nothing_was_asked(talk: Conversation) -> None:
    done = await talk.ask("towel heater", HALL)
    assert [a.intent for a in done.actions] == ["HassTurnOn"]
