"""One gate for every way in: what is done, what is refused, what has to be asked first."""

from dataclasses import replace

import pytest

from hub.asker import Asker, Way
from hub.care.classes import Care
from hub.care.rules import CareRules, Rule
from hub.deeds import AskFirst, Deed, Reason, Refused, Yes
from hub.executor import do, execute, perform
from hub.homes.backend import CallFailed
from hub.homes.simulated import SimulatedHome
from intents.home import Entity
from intents.wishes import Wish
from tests.hub.care.things import (
    ALARM,
    BLIND,
    GARAGE,
    HOME,
    LAMP,
    LOCK,
    NOON,
    OVEN,
    SPEAKER,
    VALVE,
    call,
    state,
)

WAYS: tuple[Way, ...] = ("voice", "typed", "mqtt", "timer")
LOWERED = CareRules((Rule(Care.FREE),), has_code=True)
"""All as loose as a rule can make it: the floor alone is left."""


@pytest.fixture
def home() -> SimulatedHome:
    return SimulatedHome(HOME)


async def wish(
    home: SimulatedHome,
    intent: str,
    *things: Entity,
    rules: CareRules | None = None,
    asker: Asker = SPEAKER,
) -> tuple[Deed, ...]:
    return await execute(Wish(intent, {}), things, home, rules or CareRules(), asker, NOON)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rules", [CareRules(), LOWERED, replace(LOWERED, has_code=False)])
async def test_no_way_in_and_no_rule_opens_on_words_alone(
    home: SimulatedHome, way: Way, rules: CareRules
) -> None:
    for intent in ("HassTurnOn", "HassTurnOff", "HassToggle"):
        await wish(home, intent, *home.home.entities, rules=rules, asker=Asker(way))
    assert [state(home, thing) for thing in (LOCK, GARAGE, ALARM)] == [
        "locked",
        "closed",
        "armed_away",
    ]


async def test_of_all_covers_the_garage_alone_stays_shut(home: SimulatedHome) -> None:
    deeds = await wish(home, "HassTurnOn", BLIND, GARAGE)
    assert [(deed.call.targets, deed.obstacle) for deed in deeds] == [
        ((BLIND,), None),
        ((GARAGE,), Refused(Reason.DOOR)),
    ]
    assert (state(home, BLIND), state(home, GARAGE)) == ("open", "closed")


async def test_what_needs_a_code_is_asked_for_by_itself(home: SimulatedHome) -> None:
    (alone,) = await wish(home, "HassTurnOff", LOCK, rules=LOWERED)
    assert (alone.obstacle, alone.care) == (AskFirst(), Care.CODE)
    deeds = await wish(home, "HassTurnOff", LOCK, LAMP, rules=LOWERED)
    assert deeds[0].obstacle == Refused(Reason.SEVERAL)


async def test_an_oven_among_others_is_asked_for_and_the_others_are_done(
    home: SimulatedHome,
) -> None:
    deeds = await wish(home, "HassTurnOn", OVEN, LAMP)
    assert [(d.call.targets, d.obstacle) for d in deeds] == [((OVEN,), AskFirst()), ((LAMP,), None)]
    assert (state(home, OVEN), state(home, LAMP)) == ("off", "on")


async def test_a_yes_does_it_once_it_satisfies_the_class(home: SimulatedHome) -> None:
    (asked,) = await wish(home, "HassTurnOn", OVEN)
    done = await do(asked, home, CareRules(), Yes(Care.CONFIRM, SPEAKER, NOON))
    assert (done.obstacle, done.before, state(home, OVEN)) == (None, (OVEN,), "on")


async def test_a_yes_is_no_code(home: SimulatedHome) -> None:
    (asked,) = await wish(home, "HassTurnOff", LOCK, rules=LOWERED)
    again = await do(asked, home, LOWERED, Yes(Care.CONFIRM, SPEAKER, NOON))
    assert (again.obstacle, state(home, LOCK)) == (AskFirst(), "locked")
    done = await do(asked, home, LOWERED, Yes(Care.CODE, SPEAKER, NOON))
    assert (done.obstacle, state(home, LOCK)) == (None, "unlocked")


async def test_before_it_is_done_it_is_judged_anew(home: SimulatedHome) -> None:
    (asked,) = await wish(home, "HassTurnOn", OVEN)
    never = CareRules((Rule(Care.NEVER, name="Oven"),))
    refused = await do(asked, home, never, Yes(Care.CODE, SPEAKER, NOON))
    assert refused.obstacle == Refused(Reason.RULE)
    home.change((replace(OVEN, name="Oven", attributes={"x": 1}),))
    done = await do(asked, home, CareRules(), Yes(Care.CONFIRM, SPEAKER, NOON))
    assert done.before[0].attributes == {"x": 1}


async def test_what_is_gone_is_not_done(home: SimulatedHome) -> None:
    (asked,) = await wish(home, "HassTurnOn", OVEN)
    empty = SimulatedHome(replace(HOME, entities=(LAMP,)))
    gone = await do(asked, empty, CareRules(), Yes(Care.CONFIRM, SPEAKER, NOON))
    assert isinstance(gone.obstacle, CallFailed)


async def test_when_nobody_is_there_nothing_is_asked(home: SimulatedHome) -> None:
    for thing, intent in ((OVEN, "HassTurnOn"), (LOCK, "HassTurnOff")):
        (deed,) = await wish(home, intent, thing, rules=LOWERED, asker=Asker("timer"))
        if thing is OVEN:
            assert deed.obstacle is None, "the owner's rule says that it is free"
        else:
            assert deed.obstacle == Refused(Reason.NOBODY)
    home = SimulatedHome(HOME)
    (deed,) = await wish(home, "HassTurnOn", OVEN, asker=Asker("timer"))
    assert (deed.obstacle, state(home, OVEN)) == (Refused(Reason.NOBODY), "off")


async def test_without_a_code_nothing_waits_for_one(home: SimulatedHome) -> None:
    rules = replace(LOWERED, has_code=False)
    (deed,) = await wish(home, "HassTurnOff", LOCK, rules=rules)
    assert deed.obstacle == Refused(Reason.NO_CODE)


async def test_undoing_goes_through_the_same_gate(home: SimulatedHome) -> None:
    wanted = (call(LOCK, "unlock"), call(VALVE, "open_valve"))
    deeds = await perform(wanted, "HubUndo", home, CareRules(), SPEAKER, NOON)
    assert [(deed.care, deed.obstacle) for deed in deeds] == [
        (Care.NEVER, Refused(Reason.LOCK)),
        (Care.READ_BACK, None),
    ]
    assert [deed.action("done").result for deed in deeds] == ["refused", "done"]


async def test_a_sensor_in_the_room_is_not_switched(home: SimulatedHome) -> None:
    motion = Entity("binary_sensor.hall", "Hall", "binary_sensor")
    deeds = await wish(home, "HassTurnOff", motion, LAMP)
    assert [deed.call.targets for deed in deeds] == [(LAMP,)]
