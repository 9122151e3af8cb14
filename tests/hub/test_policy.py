"""Doors, garages and alarms: never on voice alone, not even inside "everything"."""

import pytest

from hub.executor import execute, judge
from hub.homes.simulated import SimulatedHome
from hub.policy import Risk, risk
from hub.services import Call, Data, calls
from intents.home import Entity, Home
from intents.wishes import Wish

LOCK = Entity("lock.front", "Front Door", "lock", state="locked")
GARAGE = Entity("cover.garage", "Garage", "cover", attributes={"device_class": "garage"})
BLIND = Entity("cover.blind", "Blind", "cover", attributes={"device_class": "blind"})
PLAIN_GARAGE = Entity("cover.g", "Garage Door", "cover")
PLAIN_BLIND = Entity("cover.b", "Outdoor Blind", "cover")
ALARM = Entity("alarm_control_panel.home", "Alarm", "alarm_control_panel", state="armed_away")


@pytest.mark.parametrize(
    ("service", "target", "data", "expected"),
    [
        ("unlock", LOCK, {}, Risk.LOCK),
        ("open", LOCK, {}, Risk.LOCK),
        ("lock", LOCK, {}, None),
        ("open_cover", GARAGE, {}, Risk.DOOR),
        ("toggle", GARAGE, {}, Risk.DOOR),
        ("close_cover", GARAGE, {}, None),
        ("set_cover_position", GARAGE, {"position": 10}, Risk.DOOR),
        ("set_cover_position", GARAGE, {"position": 0}, None),
        ("open_cover", BLIND, {}, None),
        ("open_cover", PLAIN_GARAGE, {}, Risk.DOOR),
        ("open_cover", PLAIN_BLIND, {}, None),
        ("alarm_disarm", ALARM, {}, Risk.ALARM),
        ("turn_off", ALARM, {}, Risk.ALARM),
    ],
)
def test_what_a_voice_may_not_do(
    service: str, target: Entity, data: Data, expected: Risk | None
) -> None:
    assert risk(Call(target.domain, service, (target,), data), target) is expected


def test_of_all_covers_the_garage_alone_stays_shut() -> None:
    allowed, refused = judge(Call("cover", "open_cover", (BLIND, GARAGE)))
    assert allowed.targets == (BLIND,)
    assert [deed.targets for deed in refused] == [(GARAGE,)]


async def test_nothing_reaches_the_home_but_through_the_gate() -> None:
    home = SimulatedHome(Home(entities=(LOCK, GARAGE, BLIND, ALARM)))
    for intent in ("HassTurnOn", "HassTurnOff"):
        await execute(Wish(intent, {}), home.home.entities, home)
    states = {entity.id: entity.state for entity in home.home.entities}
    assert states["lock.front"] == "locked"
    assert states["alarm_control_panel.home"] == "armed_away"
    assert states["cover.garage"] == "closed"


def test_a_sensor_in_the_room_is_not_switched() -> None:
    motion = Entity("binary_sensor.hall", "Hall", "binary_sensor")
    lamp = Entity("light.hall", "Lamp", "light")
    done = calls(Wish("HassTurnOff", {"area": "Hall"}), (motion, lamp))
    assert [call.targets for call in done] == [(lamp,)]
