"""The state cache: whatever changes come, it ends where Home Assistant is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.homeassistant.errors import Lost
from integrations.homeassistant.states import StateCache

IDS = st.sampled_from(["light.a", "light.b", "sensor.c"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["friendly_name", "brightness", "device_class"]),
    st.one_of(st.integers(0, 3), st.sampled_from(["x", "y"])),
)
Attributes = dict[str, int | str]
Full = dict[str, tuple[str, Attributes]]
HOMES = st.dictionaries(IDS, st.tuples(st.sampled_from(["on", "off"]), ATTRIBUTES))


def event_between(old: Full, new: Full) -> bytes:
    """As Home Assistant makes it: added, changed (more and less), removed."""
    event = {
        "a": {key: {"s": s, "a": a, "lc": 1.5} for key, (s, a) in new.items() if key not in old},
        "c": {key: diff(old[key], new[key]) for key in new if key in old},
        "r": [key for key in old if key not in new],
    }
    return json.dumps(event).encode()


def diff(old: tuple[str, Attributes], new: tuple[str, Attributes]) -> dict[str, object]:
    more: dict[str, object] = {k: v for k, v in new[1].items() if old[1].get(k) != v}
    return {
        "+": {"s": new[0], "a": more} if old[0] != new[0] else {"a": more},
        "-": {"a": [k for k in old[1] if k not in new[1]]},
    }


@given(st.lists(HOMES, max_size=6))
def test_it_ends_where_home_assistant_is(homes: list[Full]) -> None:
    cache = StateCache()
    now: Full = {}
    for home in homes:
        touched = cache.apply(event_between(now, home))
        changed = {k for k in now.keys() | home.keys() if now.get(k) != home.get(k)}
        assert touched.named | touched.valued == changed
        assert not touched.named & touched.valued
        now = home
    assert {k: (s.value, dict(s.attributes)) for k, s in cache.items()} == now


def test_names_are_told_from_values() -> None:
    cache = StateCache()
    first = cache.apply(b'{"a":{"light.a":{"s":"on","a":{"friendly_name":"A"}}}}')
    assert first.named == {"light.a"}
    assert cache.apply(b'{"c":{"light.a":{"+":{"s":"off"}}}}').valued == {"light.a"}
    assert cache.apply(b'{"c":{"light.a":{"+":{"a":{"friendly_name":"B"}}}}}').named == {"light.a"}
    assert cache.apply(b'{"c":{"light.a":{"+":{"c":"context"}}}}').valued == set()
    assert cache.apply(b'{"r":["light.a"]}').named == {"light.a"}


def test_only_simple_attributes_are_kept_and_no_keys_to_pictures() -> None:
    cache = StateCache()
    attributes = {
        "rgb_color": [1, 2, 3],
        "hs_color": [1.5, 2.5],
        "source_list": ["tv", "radio"],
        "effect": None,
        "nested": {"a": 1},
        "access_token": "secret",
        "entity_picture": "/api/camera_proxy/camera.door?token=secret",
    }
    cache.apply(json.dumps({"a": {"light.a": {"s": "on", "a": attributes}}}).encode())
    state = cache.get("light.a")
    assert state is not None
    assert state.attributes == {
        "rgb_color": (1, 2, 3),
        "hs_color": (1.5, 2.5),
        "source_list": ("tv", "radio"),
        "effect": None,
    }


@pytest.mark.parametrize("event", [b"", b"[]", b'{"a":7}', b'{"a":{"x":{"s":1}}}', b"\xff"])
def test_what_is_no_event_is_lost(event: bytes) -> None:
    with pytest.raises(Lost):
        StateCache().apply(event)
