"""Which entities a wish is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.home import Entity, Home
from intents.home_file import home_from
from intents.targets import DOMAINS, Miss, targets
from intents.wishes import Slot, Wish
from tests.intents.homes import DEVICES, ROOMS, typical


def ids(wish: Wish, home: Home, area: str | None = None) -> list[str]:
    found = targets(wish, home, area)
    assert not isinstance(found, Miss), found
    return [entity.id for entity in found]


def on(**slots: Slot) -> Wish:
    return Wish("HassTurnOn", slots)


def test_by_name_area_floor_domain_and_class() -> None:
    home = typical()
    assert ids(on(name="desk lamp"), home) == ["light.desk_lamp"]
    living = ["light.reading_lamp", "light.floor_lamp"]
    assert ids(on(area="Living Room", domain="light"), home) == living
    assert ids(on(floor="Upstairs", domain="light"), home) == [
        "light.bedside_lamp",
        "light.mirror_light",
    ]
    assert ids(on(domain="cover", device_class="garage"), home) == ["cover.garage_door"]
    assert len(ids(on(domain="light"), home)) == 6


def test_lights_are_lights_and_no_switches() -> None:
    assert ids(on(area="Kitchen", domain="light"), typical()) == ["light.ceiling_light"]


@pytest.mark.parametrize(
    ("slots", "key", "names"),
    [
        ({"name": "Piano"}, "no_entity", {"entity": "Piano"}),
        (
            {"name": "Desk Lamp", "area": "Kitchen"},
            "no_entity_in_area",
            {"entity": "Desk Lamp", "area": "Kitchen"},
        ),
        ({"area": "Cellar", "domain": "light"}, "no_area", {"area": "Cellar"}),
        ({"floor": "Roof", "domain": "light"}, "no_floor", {"floor": "Roof"}),
        ({"domain": "siren"}, "no_domain", {"domain": "siren"}),
        (
            {"area": "Office", "domain": "fan"},
            "no_domain_in_area",
            {"domain": "fan", "area": "Office"},
        ),
        (
            {"floor": "Ground Floor", "domain": "fan"},
            "no_domain_in_floor",
            {"domain": "fan", "floor": "Ground Floor"},
        ),
        (
            {"domain": "cover", "device_class": "awning"},
            "no_device_class",
            {"device_class": "awning"},
        ),
    ],
)
def test_misses_say_what_is_missing(
    slots: dict[str, Slot], key: str, names: dict[str, str]
) -> None:
    assert targets(Wish("HassTurnOn", slots), typical()) == Miss(key, names)


def twins() -> Home:
    return home_from(
        {
            "entities": [
                {"name": "Lamp", "domain": "light", "area": "Den"},
                {"name": "Lamp", "domain": "light", "area": "Attic"},
                {"name": "Door", "domain": "lock"},
                {"name": "Door", "domain": "cover"},
            ]
        }
    )


def test_things_of_one_name() -> None:
    assert targets(on(name="Lamp"), twins()) == Miss("duplicate_entities", {"entity": "Lamp"})
    assert ids(on(name="Lamp"), twins(), "Attic") == ["light.lamp_2"]
    assert ids(on(name="Lamp", area="Den"), twins(), "Attic") == ["light.lamp"]
    lock = Wish("HassTurnOff", {"name": "Door"}, response="lock")
    assert ids(lock, twins()) == ["lock.door"]


def test_a_thing_that_stands_nowhere_is_where_one_says() -> None:
    assert ids(on(name="Movie Night", area="Kitchen"), typical()) == ["scene.movie_night"]


def test_media_means_what_plays() -> None:
    assert ids(Wish("HassMediaPause", {}), typical()) == ["media_player.tv"]
    assert ids(Wish("HassMediaPause", {"name": "Radio"}), typical()) == ["media_player.radio"]
    louder = Wish("HassSetVolumeRelative", {"volume_step": "up"})
    assert ids(louder, typical()) == ["media_player.tv"]


def test_one_target_where_one_is_wanted() -> None:
    home = home_from(
        {"entities": [{"name": n, "domain": "climate", "area": n} for n in ("Den", "Attic")]}
    )
    warmer = Wish("HassClimateSetTemperature", {"temperature": 20})
    assert targets(warmer, home) == Miss("duplicate_targets")
    assert ids(warmer, home, "Den") == ["climate.den"]


def test_the_room_to_clean_is_not_where_the_robot_stands() -> None:
    assert ids(Wish("HassVacuumCleanArea", {"area": "Office"}), typical()) == ["vacuum.robot"]


def test_the_shopping_list_is_found_among_lists() -> None:
    home = home_from(
        {"entities": [{"name": n, "domain": "todo"} for n in ("Chores", "Shopping List")]}
    )
    add = Wish("HassShoppingListAddItem", {"item": "eggs"})
    assert ids(add, home) == ["todo.shopping_list"]


@pytest.mark.parametrize("intent", ["HassStartTimer", "HassGetCurrentTime", "HassNevermind"])
def test_some_wishes_are_about_no_entity(intent: str) -> None:
    assert targets(Wish(intent, {}), typical()) == ()


@given(
    intent=st.sampled_from([*DOMAINS, "HassTurnOn", "HassTurnOff"]),
    slots=st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from([name for name, *_ in DEVICES] + ["Piano"]),
            "area": st.sampled_from([*ROOMS, "Cellar"]),
            "floor": st.sampled_from(["Upstairs", "Roof"]),
            "domain": st.sampled_from(["light", "cover", "siren"]),
        },
    ),
    area=st.sampled_from([None, *ROOMS]),
)
def test_what_is_found_is_what_was_said(
    intent: str, slots: dict[str, Slot], area: str | None
) -> None:
    home = typical()
    match targets(Wish(intent, slots), home, area):
        case Miss(key=key):
            assert key.startswith(("no_", "duplicate_"))
        case found:
            assert found
            assert all(named(each, slots) for each in found)


def named(entity: Entity, slots: dict[str, Slot]) -> bool:
    domain = slots.get("domain", entity.domain)
    return entity.name == slots.get("name", entity.name) and entity.domain == domain


def test_a_light_of_unknown_state_is_one_light_among_others() -> None:
    states = (("a", "on"), ("b", None), ("c", "off"))
    lights = tuple(Entity(f"light.{n}", n, "light", state=state) for n, state in states)
    wish = Wish("HassTurnOff", {"domain": "light"})
    assert targets(wish, Home(entities=lights)) == lights
