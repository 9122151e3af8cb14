"""A home that goes away and comes back: what may wait is done then, and the rest is told."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.away import as_of, outcome
from hub.conversation import conversation
from hub.grammars import Grammars
from hub.homes.backend import CallFailed, HomeLost, Waits
from hub.homes.demo import demo_home
from hub.homes.patient import PATIENCE, PatientHome, Settled, is_harmless
from hub.homes.simulated import SimulatedHome
from hub.services import Call, Data
from intents.home import Entity, Home


class Away(SimulatedHome):
    """`gone`: it cannot be reached; `broken`: it does nothing that it is told."""

    gone = False
    broken = False

    async def call(self, call: Call) -> None:
        if self.gone:
            raise HomeLost("gone")
        if self.broken:
            raise CallFailed("broken")
        await super().call(call)


@dataclass
class World:
    """`free`: what the rules of care let anybody have."""

    home: Away
    now: float = 1000.0
    free: bool = True
    patient: PatientHome = field(init=False)

    def __post_init__(self) -> None:
        self.patient = PatientHome(self.home, lambda _: self.free, lambda: self.now)

    def go(self, *, away: bool = True) -> None:
        self.home.gone = away
        self.home.age = 0.0 if away else None

    def thing(self, entity_id: str) -> Entity:
        return next(e for e in self.home.home.entities if e.id == entity_id)

    async def wish(self, domain: str, service: str, *ids: str, **data: float | str) -> None:
        await self.patient.call(Call(domain, service, tuple(map(self.thing, ids)), data))


LAMP, CEILING = "light.kitchen_light", "light.ceiling_light"


@pytest.fixture
def world() -> World:
    there = World(Away(demo_home()))
    there.go()
    return there


async def test_it_is_done_when_the_home_is_back(world: World) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP)
    assert await world.patient.settle() == Settled()
    assert world.thing(LAMP).state == "off"
    world.go(away=False)
    settled = await world.patient.settle()
    assert [call.service for call in settled.done] == ["turn_on"]
    assert world.thing(LAMP).state == "on"
    assert await world.patient.settle() == Settled()


async def test_the_newest_wish_is_the_one_that_counts(world: World) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_off", LAMP, CEILING)
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP)
    world.go(away=False)
    settled = await world.patient.settle()
    assert [(c.service, len(c.targets)) for c in settled.done] == [("turn_off", 1), ("turn_on", 1)]
    assert (world.thing(LAMP).state, world.thing(CEILING).state) == ("on", "off")


async def test_what_is_done_by_hand_meanwhile_is_not_done_again(world: World) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_off", CEILING)
    world.go(away=False)
    await world.wish("light", "turn_on", CEILING)
    assert await world.patient.settle() == Settled()
    assert world.thing(CEILING).state == "on"


async def test_what_waited_too_long_is_given_up_and_told(world: World) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP)
    world.now += PATIENCE
    assert await world.patient.settle() == Settled()
    world.now += 1
    settled = await world.patient.settle()
    assert outcome(settled, "en") == (
        "Home Assistant did not come back in time, so I did not turn on the Kitchen Light."
    )
    assert "Kitchen Light einschalten" in outcome(settled, "de")
    world.go(away=False)
    assert await world.patient.settle() == Settled()
    assert world.thing(LAMP).state == "off"


async def test_it_waits_for_a_thing_that_is_not_there_yet(world: World) -> None:
    """Home Assistant answers before its devices do, and takes calls to those that are missing."""
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP, CEILING)
    lamp = world.thing(LAMP)
    world.home.change((replace(lamp, state="unavailable"),))
    world.go(away=False)
    (done,) = (await world.patient.settle()).done
    assert [target.id for target in done.targets] == [CEILING]
    world.home.change((lamp,))
    (done,) = (await world.patient.settle()).done
    assert [target.id for target in done.targets] == [LAMP]


async def test_what_the_home_does_not_do_is_told(world: World) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP)
    world.go(away=False)
    world.home.broken = True
    settled = await world.patient.settle()
    assert outcome(settled, "en") == (
        "Home Assistant is back, but I could not turn on the Kitchen Light."
    )


async def test_the_rules_of_care_are_asked_when_it_is_wished_and_when_it_is_done(
    world: World,
) -> None:
    with pytest.raises(Waits):
        await world.wish("light", "turn_on", LAMP)
    world.free = False
    with pytest.raises(HomeLost) as caught:
        await world.wish("switch", "turn_on", "switch.coffee_machine")
    assert not isinstance(caught.value, Waits)
    world.go(away=False)
    assert len((await world.patient.settle()).failed) == 1
    assert world.thing(LAMP).state == "off"


@pytest.mark.parametrize(
    ("domain", "service", "data", "harmless"),
    [
        ("light", "turn_on", {"brightness_pct": 20}, True),
        ("light", "turn_on", {"brightness_step_pct": 20}, False),
        ("light", "toggle", {}, False),
        ("media_player", "volume_up", {}, False),
        ("media_player", "volume_set", {"volume_level": 0.2}, True),
        ("climate", "set_temperature", {"temperature": 20}, True),
        ("climate", "set_hvac_mode", {"hvac_mode": "heat"}, False),
        ("lock", "lock", {}, False),
        ("cover", "close_cover", {}, False),
        ("valve", "close_valve", {}, False),
        ("siren", "turn_off", {}, False),
        ("script", "turn_on", {}, False),
        ("scene", "turn_on", {}, False),
        ("alarm_control_panel", "alarm_arm_away", {}, False),
        ("vacuum", "start", {}, False),
    ],
)
def test_what_may_wait(domain: str, service: str, data: Data, harmless: bool) -> None:
    assert is_harmless(Call(domain, service, (), data)) is harmless


SOME = st.sampled_from([LAMP, CEILING, "light.hallway_light"])
EVENT = st.one_of(
    st.tuples(st.sampled_from(["turn_on", "turn_off"]), SOME),
    st.sampled_from([("away", ""), ("back", ""), ("settle", ""), ("later", "")]),
)


@given(st.lists(EVENT, max_size=25))
async def test_at_the_end_each_thing_is_as_it_was_wished_last_unless_told(
    events: list[tuple[str, str]],
) -> None:
    world = World(Away(demo_home()))
    wished = {e.id: e.state for e in demo_home().entities if e.domain == "light"}
    given_up: set[str] = set()
    for event, thing in [*events, ("back", ""), ("settle", "")]:
        match event:
            case "away" | "back":
                world.go(away=event == "away")
            case "later":
                world.now += PATIENCE / 3
            case "settle":
                settled = await world.patient.settle()
                given_up |= {t.id for call in settled.late for t in call.targets}
            case service:
                wished[thing] = service.removeprefix("turn_")
                given_up.discard(thing)
                try:
                    await world.wish("light", service, thing)
                except Waits:
                    continue
    for thing, state in wished.items():
        assert thing in given_up or world.thing(thing).state == state


@pytest.fixture(scope="module")
def english() -> Grammars:
    return Grammars("en")


async def test_the_reply_says_that_it_waits(world: World, english: Grammars) -> None:
    talk = conversation("en", world.patient, english)
    turn = await talk.ask("turn on the kitchen light")
    assert [action.result for action in turn.actions] == ["queued"]
    assert turn.reply == (
        "Home Assistant is not there at the moment; I'll turn on the Kitchen Light when it is back."
    )


async def test_a_door_does_not_wait(world: World, english: Grammars) -> None:
    talk = conversation("en", world.patient, english)
    turn = await talk.ask("close the kitchen blinds")
    assert [action.result for action in turn.actions] == ["failed"]
    assert turn.reply == "Sorry, I can't reach Home Assistant at the moment."


async def test_an_answer_says_how_old_it_is(world: World, english: Grammars) -> None:
    world.home.age = 750.0
    talk = conversation("en", world.patient, english)
    for question in ("is the ceiling light on", "what is playing"):
        turn = await talk.ask(question)
        assert turn.reply.startswith("Home Assistant is not there; as of 12 minutes ago: ")


async def test_the_time_is_as_old_as_ever(world: World, english: Grammars) -> None:
    world.home.age = 750.0
    for question in ("what time is it", "what's the date"):
        turn = await conversation("en", world.patient, english).ask(question)
        assert turn.reply
        assert "Home Assistant" not in turn.reply


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (None, "Yes"),
        (3.0, "Home Assistant is not there; as of a moment ago: Yes"),
        (150.0, "Home Assistant is not there; as of 2 minutes ago: Yes"),
        (7200.0, "Home Assistant is not there; as of 2 hours ago: Yes"),
        (200_000.0, "Home Assistant is not there; as of 2 days ago: Yes"),
    ],
)
def test_ages_as_they_are_said(age: float | None, said: str) -> None:
    assert as_of(age, "Yes", "en") == said


async def test_no_more_waits_than_there_is_room_for() -> None:
    lights = tuple(Entity(f"light.{n}", str(n), "light", state="off") for n in range(101))
    world = World(Away(Home(entities=lights)))
    world.go()
    with pytest.raises(HomeLost) as caught:
        await world.patient.call(Call("light", "turn_on", lights))
    assert not isinstance(caught.value, Waits)
