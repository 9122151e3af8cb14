"""The fuzz of bench/care.py, small; and that its watcher would see harm if there were any."""

import random

import pytest

from bench.care import fuzz
from bench.care_home import GUARDS, HOME, WatchedHome
from bench.care_house import WORLDS, House, World
from bench.care_sentences import CODE
from hub.grammars import Grammars
from hub.services import Call
from intents.wishes import Wish


@pytest.fixture(scope="session")
def grammars() -> dict[str, Grammars]:
    return {"en": Grammars("en")}


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
async def test_nothing_dangerous_is_done_without_its_confirmation(
    world: World, grammars: dict[str, Grammars]
) -> None:
    tally = await fuzz(world, 120, random.Random(world.name).randrange(1000), grammars)
    assert tally.n == 120
    assert tally.calls > 0, "it does something at all"
    assert tally.harms == []


@pytest.mark.parametrize("thing", [thing for thing in HOME.entities if thing.id in GUARDS])
async def test_the_watcher_sees_what_is_done_without_asking_the_executor(thing: object) -> None:
    home = WatchedHome()
    (target,) = [entity for entity in HOME.entities if entity == thing]
    service = {
        "lock": "unlock",
        "cover": "open_cover",
        "valve": "open_valve",
        "alarm_control_panel": "alarm_disarm",
        "button": "press",
    }.get(target.domain, "turn_on")
    await home.call(Call(target.domain, service, (target,)))
    assert [harm.thing.id for harm in home.harms] == [target.id]


async def test_with_the_code_a_door_opens_and_that_is_no_harm(
    grammars: dict[str, Grammars],
) -> None:
    house = House(WORLDS[1], grammars["en"])
    unlock = Wish("HassTurnOff", {"name": "Front Door"})
    assert await house.hear(unlock, "Hallway") == []
    (wanted,) = house.ids()
    payload = b'{"v":1,"id":"%b","code":"%b"}'
    wrong = payload % (wanted.encode(), b"000000")
    assert await house.receive("cmd/confirm", wrong) == []
    assert house.confirmed == 0
    assert await house.receive("cmd/confirm", payload % (wanted.encode(), CODE.encode())) == []
    assert house.confirmed == 1


async def test_with_a_yes_an_oven_goes_on_and_without_the_question_that_would_be_harm(
    grammars: dict[str, Grammars],
) -> None:
    house = House(WORLDS[0], grammars["en"])
    assert await house.type("turn on the oven", "Kitchen") == []
    assert house.home.done == 0
    assert await house.type("yes", "Kitchen") == []
    assert (house.home.done, house.confirmed) == (1, 1)
    house.home.change(HOME.entities)
    await house.type("turn on the oven", "Kitchen")
    await house.type("turn on the ceiling light", "Kitchen")
    assert await house.type("yes", "Kitchen") == []
    assert house.confirmed == 1, "a yes answers only what was asked last"
