"""How careful the hub is before any rule: with what opens, heats and howls, by any name."""

import pytest

from hub.care.classes import Care
from hub.services import Data
from intents.home import Entity
from tests.hub.care.things import ALARM, BLIND, GARAGE, LAMP, LOCK, OVEN, SIREN, VALVE, care


def cover(name: str, device_class: str | None = None) -> Entity:
    return Entity("cover.x", name, "cover", attributes={"device_class": device_class})


@pytest.mark.parametrize(
    ("service", "target", "data", "expected"),
    [
        ("unlock", LOCK, {}, Care.NEVER),
        ("open", LOCK, {}, Care.NEVER),
        ("toggle", LOCK, {}, Care.NEVER),
        ("turn_off", LOCK, {}, Care.NEVER),
        ("lock", LOCK, {}, Care.FREE),
        ("open_cover", GARAGE, {}, Care.NEVER),
        ("toggle", GARAGE, {}, Care.NEVER),
        ("close_cover", GARAGE, {}, Care.FREE),
        ("stop_cover", GARAGE, {}, Care.FREE),
        ("set_cover_position", GARAGE, {"position": 10}, Care.NEVER),
        ("set_cover_position", GARAGE, {"position": 0}, Care.FREE),
        ("set_cover_tilt_position", GARAGE, {"tilt_position": 0}, Care.NEVER),
        ("open_cover", BLIND, {}, Care.FREE),
        ("toggle", BLIND, {}, Care.FREE),
        ("open_cover", cover("Garage Door"), {}, Care.NEVER),
        ("open_cover", cover("Garagentor"), {}, Care.NEVER),
        ("open_cover", cover("Outdoor Blind"), {}, Care.FREE),
        ("open_cover", cover("Patio Door Blind", "blind"), {}, Care.FREE),
        ("open_cover", cover("Terrassentür", "shutter"), {}, Care.FREE),
        ("open_cover", cover("Garage", "shutter"), {}, Care.NEVER),
        ("alarm_disarm", ALARM, {}, Care.NEVER),
        ("alarm_arm_away", ALARM, {}, Care.NEVER),
        ("turn_off", ALARM, {}, Care.NEVER),
        ("turn_on", OVEN, {}, Care.CONFIRM),
        ("toggle", OVEN, {}, Care.CONFIRM),
        ("turn_off", OVEN, {}, Care.FREE),
        ("turn_on", SIREN, {}, Care.CONFIRM),
        ("turn_off", SIREN, {}, Care.FREE),
        ("open_valve", VALVE, {}, Care.READ_BACK),
        ("close_valve", VALVE, {}, Care.FREE),
        ("turn_on", LAMP, {}, Care.FREE),
    ],
)
def test_what_a_thing_is_says_how_much_care_it_takes(
    service: str, target: Entity, data: Data, expected: Care
) -> None:
    assert care(target, service, data=data) is expected


@pytest.mark.parametrize(
    ("domain", "name", "service", "expected"),
    [
        ("switch", "Garage Door", "turn_on", Care.NEVER),
        ("switch", "Gate Relay", "turn_off", Care.NEVER),
        ("button", "Front Door Buzzer", "press", Care.NEVER),
        ("input_button", "Türöffner", "press", Care.NEVER),
        ("input_button", "Haustür", "press", Care.NEVER),
        ("switch", "Garage Light", "turn_on", Care.FREE),
        ("switch", "Washing Machine Child Lock", "turn_on", Care.FREE),
        ("switch", "Open Garage with Light", "turn_on", Care.NEVER),
        ("switch", "Doorbell", "turn_on", Care.FREE),
        ("light", "Front Door", "turn_on", Care.FREE),
        ("script", "Unlock the front door", "turn_on", Care.CONFIRM),
        ("script", "Unlock the front door", "turn_off", Care.FREE),
        ("scene", "Garage open", "turn_on", Care.CONFIRM),
        ("scene", "Movie Night", "turn_on", Care.FREE),
        ("script", "Good Morning", "turn_on", Care.FREE),
        ("automation", "Alarm", "turn_off", Care.CONFIRM),
        ("switch", "Iron", "turn_on", Care.CONFIRM),
        ("switch", "Backofen", "turn_on", Care.CONFIRM),
        ("light", "Oven Light", "turn_on", Care.FREE),
        ("climate", "Oven", "set_temperature", Care.CONFIRM),
        ("climate", "Heater", "set_temperature", Care.FREE),
        ("switch", "Bathroom Heater", "turn_on", Care.CONFIRM),
        ("switch", "Environment", "turn_on", Care.FREE),
        ("lawn_mower", "Mower", "start_mowing", Care.READ_BACK),
        ("vacuum", "Robby", "start", Care.FREE),
    ],
)
def test_where_only_the_name_tells_it_is_taken_at_its_word(
    domain: str, name: str, service: str, expected: Care
) -> None:
    assert care(Entity(f"{domain}.x", name, domain), service) is expected


def test_an_alias_counts_as_a_name() -> None:
    assert care(Entity("switch.x", "Plug 7", "switch", ("Garage Door",)), "turn_on") is Care.NEVER


def test_gas_is_asked_for_and_water_read_back() -> None:
    gas = Entity("valve.gas", "Main", "valve", attributes={"device_class": "gas"})
    assert care(gas, "open_valve") is Care.CONFIRM
