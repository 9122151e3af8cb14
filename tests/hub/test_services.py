"""From wishes to service calls: amounts, more and less, and what the simulated home makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.homes.simulated import SimulatedHome
from hub.services import Data, calls
from intents.home import Attribute, Entity, Home
from intents.wishes import Slot, Wish


def thing(domain: str, state: str | None = "on", **attributes: Attribute) -> Entity:
    return Entity(f"{domain}.x", "X", domain, state=state, attributes=attributes)


@pytest.mark.parametrize(
    ("intent", "slots", "target", "service", "data"),
    [
        ("HassLightSet", {"brightness": 30}, thing("light"), "turn_on", {"brightness_pct": 30}),
        (
            "HassLightSet",
            {"brightness_step": 20},
            thing("light", brightness=128),
            "turn_on",
            {"brightness_pct": 70},
        ),
        (
            "HassLightSet",
            {"brightness_step": -60},
            thing("light", brightness=128),
            "turn_on",
            {"brightness_pct": 1},
        ),
        (
            "HassLightSet",
            {"brightness_step": 25},
            thing("light", "off", brightness=128),
            "turn_on",
            {"brightness_pct": 25},
        ),
        (
            "HassLightSet",
            {"temperature_step": 20},
            thing("light", color_temp_kelvin=3000),
            "turn_on",
            {"color_temp_kelvin": 3900},
        ),
        (
            "HassSetPosition",
            {"position_step": -30},
            thing("cover", current_position=50),
            "set_cover_position",
            {"position": 20},
        ),
        (
            "HassSetPosition",
            {"position_step": -30},
            thing("valve", "open"),
            "set_valve_position",
            {"position": 70},
        ),
        (
            "HassFanSetSpeed",
            {"percentage_step": 30},
            thing("fan", percentage=80),
            "set_percentage",
            {"percentage": 100},
        ),
        (
            "HassFanSetSpeed",
            {"percentage_step": -30},
            thing("fan", "off", percentage=80),
            "set_percentage",
            {"percentage": 0},
        ),
        (
            "HassClimateSetTemperature",
            {"temperature_step": 2},
            thing("climate", temperature=20.5, max_temp=22),
            "set_temperature",
            {"temperature": 22},
        ),
        (
            "HassClimateSetTemperature",
            {"temperature_step": -1},
            thing("climate", temperature=None, target_temp_low=19, target_temp_high=23),
            "set_temperature",
            {"target_temp_low": 18, "target_temp_high": 22},
        ),
        ("HassToggle", {}, thing("cover"), "toggle", {}),
        ("HubShuffle", {}, thing("media_player"), "shuffle_set", {"shuffle": True}),
        ("HubRepeatSong", {"state": "off"}, thing("media_player"), "repeat_set", {"repeat": "off"}),
        ("HassTurnOff", {}, thing("alarm_control_panel"), "alarm_disarm", {}),
    ],
)
def test_a_wish_becomes_a_service_call(
    intent: str, slots: dict[str, Slot], target: Entity, service: str, data: Data
) -> None:
    (call,) = calls(Wish(intent, slots), (target,))
    assert (call.domain, call.service, dict(call.data)) == (target.domain, service, data)


@pytest.mark.parametrize(
    ("intent", "slots", "target"),
    [
        ("HassSetPosition", {}, thing("cover")),
        ("HassClimateSetTemperature", {"temperature_step": 2}, thing("climate")),
        ("HassClimateSetTemperature", {}, thing("climate")),
        ("HassToggle", {}, thing("lock")),
        ("HubListClear", {}, thing("todo")),
    ],
)
def test_without_what_it_needs_no_service_is_called(
    intent: str, slots: dict[str, Slot], target: Entity
) -> None:
    assert calls(Wish(intent, slots), (target,)) == ()


def test_things_that_take_the_same_are_set_together() -> None:
    one, two = thing("light", brightness=128), thing("light", brightness=255)
    found = calls(Wish("HassLightSet", {"brightness_step": -10}), (one, two, one))
    assert [(call.data["brightness_pct"], len(call.targets)) for call in found] == [
        (40, 2),
        (90, 1),
    ]


@given(st.integers(-100, 100), st.integers(0, 255) | st.none(), st.sampled_from(["on", "off"]))
def test_a_light_made_darker_is_never_lit_and_never_put_out(
    step: int, brightness: int | None, state: str
) -> None:
    lamp = thing("light", state, brightness=brightness)
    (call,) = calls(Wish("HassLightSet", {"brightness_step": step}), (lamp,))
    level = call.data["brightness_pct"]
    assert isinstance(level, int)
    assert 0 <= level <= 100
    if state == "off" and step < 0:
        assert level == 0
    if state == "on" and (brightness or brightness is None):
        assert level >= 1


@pytest.mark.parametrize(
    ("intent", "slots", "before", "state", "shown"),
    [
        ("HassLightSet", {"brightness_step": 50}, thing("light", "off"), "on", ("brightness", 128)),
        (
            "HassLightSet",
            {"brightness_step": -5},
            thing("light", "off"),
            "off",
            None,
        ),
        ("HassToggle", {}, thing("switch", "off"), "on", None),
        (
            "HassToggle",
            {},
            thing("cover", "closed", current_position=0),
            "open",
            ("current_position", 100),
        ),
        (
            "HubShuffle",
            {"state": "on"},
            thing("media_player", "playing"),
            "playing",
            ("shuffle", True),
        ),
        ("HubListClear", {}, thing("todo", "2", items=("milk", "eggs")), "0", ("items", ())),
    ],
)
async def test_the_simulated_home_does_it(
    intent: str,
    slots: dict[str, Slot],
    before: Entity,
    state: str,
    shown: tuple[str, Attribute] | None,
) -> None:
    home = SimulatedHome(Home(entities=(before,)))
    for call in calls(Wish(intent, slots), home.home.entities):
        await home.call(call)
    (after,) = home.home.entities
    assert after.state == state
    if shown:
        assert after.attributes[shown[0]] == shown[1]
