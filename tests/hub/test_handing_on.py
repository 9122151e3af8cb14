"""What Home Assistant's conversation agent may be asked, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from hub.asker import Asker, Way
from hub.care.classes import Care
from hub.care.rules import CareRules, Occasion, Rule
from hub.conversation import Conversation, Means, conversation
from hub.grammars import Grammars
from hub.handing_on import may_be_handed_on
from hub.homes.backend import CallFailed
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from intents.home import Area, Entity, Home

NOON = datetime(2026, 11, 23, 12, 5).astimezone()
HOME = Home(
    areas=(Area("hall", "Hall"), Area("den", "Den"), Area("nursery", "Nursery")),
    entities=(
        Entity("light.hall", "Hall Lamp", "light", area="hall"),
        Entity("lock.one", "Nuki Entrance", "lock", aliases=("Sesame",), area="hall"),
        Entity("switch.hob", "Neff", "switch", area="den"),
        Entity("light.den", "Den Lamp", "light", area="den"),
        Entity("light.night", "Owl", "light", area="nursery"),
        Entity("siren.loud", "Howler", "siren", area="den"),
    ),
)
RULES = CareRules(
    (Rule(Care.NEVER, area="Nursery"), Rule(Care.CONFIRM, entity="switch.hob")), has_code=False
)


def allowed(text: str, way: Way = "typed", rules: CareRules = RULES, home: Home = HOME) -> bool:
    return may_be_handed_on(text, Occasion(home, Asker(way), NOON), rules)


@pytest.mark.parametrize(
    "text", ["party time", "movie magic in the den", "make the hall lamp dance", "spring cleaning"]
)
def test_what_names_nothing_that_takes_care_may_be(text: str) -> None:
    assert allowed(text)
    assert allowed(text, "mqtt")


@pytest.mark.parametrize(
    "text",
    [
        "do the garage thing",
        "let the postman through the door",
        "lass die haustür auf",
        "débloque la serrure",
        "is the alarm clever",
        "open up everything",
        "crank the oven up",
        "sesame now",
        "nuki hello",
        "make the NEFF hot",
        "howler please",
        "nursery disco",
        "wake the owl",
    ],
)
def test_what_names_a_door_or_anything_that_takes_care_may_not(text: str) -> None:
    assert not allowed(text)


def test_speech_and_what_was_kept_for_later_never_may() -> None:
    assert not allowed("party time", "voice")
    assert not allowed("party time", "timer")


def test_where_nothing_is_free_nothing_may() -> None:
    assert not allowed("party time", rules=CareRules((Rule(Care.CONFIRM),)))
    assert allowed("party time", home=Home())


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    acted: bool


class Agent:
    """Remembers what it was asked."""

    def __init__(self, answer: Said | None) -> None:
        self.asked: list[str] = []
        self.answer = answer

    async def __call__(self, text: str) -> Said | None:
        self.asked.append(text)
        return self.answer


async def away(_: str) -> Said | None:
    raise CallFailed("It is away.")


@pytest.fixture(scope="module")
def english() -> Grammars:
    return Grammars("en")


def talking(english: Grammars, agent: Agent | None) -> Conversation:
    home = SimulatedHome(demo_home())
    return conversation("en", home, english, Means(now=lambda: NOON, agent=agent))


async def test_what_is_not_understood_is_handed_on(english: Grammars) -> None:
    agent = Agent(Said("The disco is on.", acted=True))
    talk = talking(english, agent)
    turn = await talk.ask("glitterball o'clock my friends")
    assert agent.asked == ["glitterball o'clock my friends"]
    assert [(a.intent, a.result) for a in turn.actions] == [("HubHandedOn", "done")]
    assert turn.reply == "The disco is on."
    assert (await talk.ask("say that again")).reply == "The disco is on."


async def test_what_is_understood_never_is(english: Grammars) -> None:
    agent = Agent(Said("Done by me.", acted=True))
    talk = talking(english, agent)
    for text in ("turn on the kitchen light", "unlock the front door", "open the garage door"):
        await talk.ask(text)
    assert agent.asked == []


@pytest.mark.parametrize("agent", [None, Agent(None), away])
async def test_without_an_answer_it_is_as_ever(english: Grammars, agent: Agent | None) -> None:
    turn = await talking(english, agent).ask("glitterball o'clock my friends")
    assert turn.wishes == ()
    assert turn.reply == "Sorry, I couldn't understand that"
