"""What was done is undone: the home is as it was, whatever was wished of it."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.homes.behaviour import NoSuchItem, perform
from hub.services import Call, Data, calls
from hub.undo import restoring
from intents.home import Attribute, Entity, Home
from intents.targets import DOMAINS
from intents.wishes import Wish
from tests.hub.undoable import homes, wishes

Entities = tuple[Entity, ...]
Done = tuple[Call, Entities]


def do(wanted: Sequence[Wish], entities: Entities, ids: set[str]) -> tuple[Entities, list[Done]]:
    """The home after it, and what was done with the home as it was before each."""
    done: list[Done] = []
    for wish in wanted:
        for call in calls(wish, [e for e in entities if e.id in ids and _about(wish, e)]):
            before = entities
            try:
                entities = after(call, entities)
            except NoSuchItem:
                continue
            done.append((call, before))
    return entities, done


def undo(done: Sequence[Done], entities: Entities) -> Entities:
    for call, before in reversed(done):
        for back in restoring(call, before, entities):
            entities = after(back, entities)
    return entities


def after(call: Call, entities: Entities) -> Entities:
    ids = {target.id for target in call.targets}
    return tuple(perform(call, each) if each.id in ids else each for each in entities)


def _about(wish: Wish, entity: Entity) -> bool:
    return entity.domain in DOMAINS.get(wish.intent, {entity.domain})


def told(entity: Entity, before: Entity) -> tuple[str | None, dict[str, object]]:
    """What the home told before; a list without its order, and on without more as idle."""
    media = entity.domain == "media_player" and entity.state == "on"
    return "idle" if media else entity.state, {
        name: _unordered(name, entity.attributes[name])
        for name, value in before.attributes.items()
        if value is not None or name in ("rgb_color", "color_temp_kelvin")
    }


def _unordered(name: str, value: Attribute) -> object:
    if name in ("items", "completed") and isinstance(value, tuple):
        return Counter(map(str, value))
    return value


@settings(max_examples=400, deadline=None)
@given(homes(), st.lists(wishes(), min_size=1, max_size=4), st.data())
def test_state_after_undo_equals_state_before(
    home: Home, wanted: list[Wish], data: st.DataObject
) -> None:
    ids = data.draw(st.sets(st.sampled_from([e.id for e in home.entities]), min_size=1))
    changed, done = do(wanted, home.entities, ids)
    for entity, before in zip(undo(done, changed), home.entities, strict=True):
        assert told(entity, before) == told(before, before)


@given(homes(), wishes())
def test_undoing_twice_does_no_harm(home: Home, wish: Wish) -> None:
    """The services of undoing say where to end; only lists count."""
    ids = {entity.id for entity in home.entities if entity.domain != "todo"}
    changed, done = do([wish], home.entities, ids)
    again = undo(done, undo(done, changed))
    for entity, before in zip(again, home.entities, strict=True):
        assert told(entity, before) == told(before, before)


LAMP = Entity("light.a", "Lamp", "light", state="off")
TV = Entity("media_player.a", "TV", "media_player", state="playing")
SCENE = Entity("scene.a", "Evening", "scene", state="unknown")


@pytest.mark.parametrize(
    ("call", "target"),
    [
        (("scene", "turn_on"), SCENE),
        (("script", "turn_on"), Entity("script.a", "Morning", "script", state="off")),
        (("button", "press"), Entity("button.a", "Bell", "button", state="unknown")),
        (("media_player", "media_next_track"), TV),
        (("light", "turn_on"), Entity("light.a", "Lamp", "light", state="unavailable")),
        (("alarm_control_panel", "alarm_arm_home"), Entity("alarm_control_panel.a", "A", "alarm")),
    ],
)
def test_what_cannot_be_undone_gives_no_calls(call: tuple[str, str], target: Entity) -> None:
    assert restoring(Call(*call, (target,)), (target,), (target,)) == ()


@pytest.mark.parametrize(
    ("attributes", "look"),
    [
        ({"color_mode": "onoff"}, {}),
        ({"color_mode": "brightness", "brightness": 7}, {"brightness": 7}),
        (
            {"color_mode": "color_temp", "color_temp_kelvin": 2700, "rgb_color": (1, 2, 3)},
            {"color_temp_kelvin": 2700},
        ),
        (
            {"color_mode": "hs", "hs_color": (30.0, 80.5), "rgb_color": (1, 2, 3)},
            {"hs_color": (30.0, 80.5)},
        ),
        ({"color_mode": "rgbw", "rgbw_color": (1, 2, 3, 4)}, {"rgbw_color": (1, 2, 3, 4)}),
        ({"color_mode": "rgb", "rgb_color": (1, 2, 3), "effect": "off"}, {"rgb_color": (1, 2, 3)}),
        ({"color_mode": "rgb", "effect": "rainbow"}, {"effect": "rainbow"}),
        ({"color_mode": "white", "brightness": 9}, {"white": 9}),
    ],
)
def test_a_light_is_restored_the_way_it_was_set(
    attributes: dict[str, Attribute], look: Data
) -> None:
    lit = Entity("light.a", "Lamp", "light", state="on", attributes=attributes)
    (back,) = restoring(Call("light", "turn_off", (lit,)), (lit,), (LAMP,))
    assert (back.service, back.data, back.targets) == ("turn_on", look, (LAMP,))


def test_a_light_that_home_assistant_shows_as_off_goes_off_and_no_more() -> None:
    off = Entity("light.a", "Lamp", "light", state="off", attributes={"brightness": None})
    now = Entity("light.a", "Lamp", "light", state="on", attributes={"brightness": 255})
    assert restoring(Call("light", "turn_on", (off,)), (off,), (now,)) == (
        Call("light", "turn_off", (now,)),
    )


def test_what_needs_the_same_is_one_call() -> None:
    lights = tuple(Entity(f"light.{n}", str(n), "light", state="off") for n in range(3))
    gone = lights[:2]
    assert restoring(Call("light", "turn_on", lights), lights, gone) == (
        Call("light", "turn_off", gone),
    )


def test_an_unlocked_door_is_unlocked_again_only_where_it_was_locked() -> None:
    was = Entity("lock.a", "Door", "lock", state="unlocked")
    for service, expected in (("lock", ["unlock"]), ("unlock", [])):
        back = restoring(Call("lock", service, (was,)), (was,), (was,))
        assert [call.service for call in back] == expected


def test_a_thermostat_that_was_off_gets_its_target_and_is_off_at_the_end() -> None:
    was = Entity("climate.a", "A", "climate", state="off", attributes={"temperature": 18})
    now = Entity("climate.a", "A", "climate", state="heat", attributes={"temperature": 21})
    back = restoring(Call("climate", "turn_on", (was,)), (was,), (now,))
    assert [(call.service, call.data) for call in back] == [
        ("set_temperature", {"temperature": 18}),
        ("set_hvac_mode", {"hvac_mode": "off"}),
    ]


def test_a_list_that_is_not_told_is_undone_by_the_opposite() -> None:
    listed = Entity("todo.a", "Shopping", "todo", state="3")
    item = {"item": "milk"}
    for done, expected in (
        (Call("todo", "add_item", (listed,), item), ("remove_item", item)),
        (Call("todo", "remove_item", (listed,), item), ("add_item", item)),
        (
            Call("todo", "update_item", (listed,), {**item, "status": "completed"}),
            ("update_item", {**item, "status": "needs_action"}),
        ),
    ):
        (back,) = restoring(done, (listed,), (listed,))
        assert (back.service, back.data) == expected
