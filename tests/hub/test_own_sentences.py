"""The owner's own sentences: granted, cared for, and let through the word door."""

import pytest

from hub.conversation import Conversation, Means, conversation
from hub.door.door import SensesDoor
from hub.door.turns import Permission
from hub.grammars import Grammars, names_of
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from hub.messages import FromSenses, Heard, WishLine
from intents.added import Added
from intents.grammar import Grammar
from tests.hub.door.sessions import WORD, heard, honest, wake, wish


@pytest.fixture(scope="module")
def grammars(added: Added) -> Grammars:
    return Grammars("en", added=added)


@pytest.fixture
def talk(grammars: Grammars) -> Conversation:
    return conversation("en", SimulatedHome(demo_home()), grammars, Means())


@pytest.fixture(scope="module")
def grammar(added: Added) -> Grammar:
    return Grammar("en", names_of(demo_home()), added=added)


@pytest.fixture
def door(grammars: Grammars) -> SensesDoor:
    made = SensesDoor("en", Permission(frozenset({WORD})), grammars)
    made.learn(names_of(demo_home()))
    return made


async def test_an_intent_of_its_own_is_published_and_answered_in_the_owners_words(
    talk: Conversation,
) -> None:
    turn = await talk.ask("brew me a little coffee")
    assert [(a.intent, a.result) for a in turn.actions] == [("MakeCoffee", "published")]
    assert dict(turn.wishes[0].slots) == {"size": "small"}
    assert turn.reply == "One small coffee is on its way."
    assert (await talk.ask("make a small tea")).reply == ""


async def test_home_assistants_intents_do_what_they_do(talk: Conversation) -> None:
    turn = await talk.ask("let there be light in the kitchen")
    assert {a.result for a in turn.actions} == {"done"}
    light = next(e for e in talk.backend.home.entities if e.name == "Kitchen Light")
    assert light.state == "on"


async def test_no_sentence_opens_what_care_keeps_closed(talk: Conversation) -> None:
    turn = await talk.ask("open sesame")
    assert [a.result for a in turn.actions] == ["refused"]
    assert all(e.state != "open" for e in talk.backend.home.entities if e.name == "Garage Door")


@pytest.mark.parametrize(
    "text",
    [
        "brew me a little coffee",
        "we are six for dinner",
        "dear diary it rains",
        "let there be light in the kitchen",
        "make a large coffee and turn on the kitchen light",
        "turn on the kitchen light",
    ],
)
def test_what_senses_hears_of_it_passes_the_word_door(
    door: SensesDoor, grammar: Grammar, text: str
) -> None:
    admitted = [m for each in honest(grammar, text, 1) for m in door.admit(each, 100.0)]
    assert any(isinstance(each, Heard) for each in admitted)
    assert door.texts(100.0).words == text
    assert not door.refusals.exact


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (wish("MakeBomb"), "unknown_intent"),
        (wish("MakeCoffee", size="c2VjcmV0"), "unknown_value"),
        (wish("MakeCoffee", spoon="large"), "unknown_slot"),
        (wish("CookFor", people=13, meal="dinner"), "unknown_value"),
    ],
)
def test_what_no_sentence_can_mean_does_not(door: SensesDoor, told: WishLine, reason: str) -> None:
    door.admit(wake(), 100.0)
    message: FromSenses = heard(told)
    assert door.admit(message, 100.0) == ()
    assert dict(door.refusals.exact) == {reason: 1}
