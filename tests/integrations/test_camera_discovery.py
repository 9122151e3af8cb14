"""A camera in Home Assistant: what it shows, what it hides, and how it can be closed."""

from typing import Any, cast

import jinja2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.eyes.section import CameraSection
from hub.sight.scene import CameraSeen, PlaceSeen
from hub.sight.showing import bucket, seen_payload, shown
from integrations.camera_discovery import camera_discovery
from integrations.camera_payloads import CameraEvent, CameraState, SetCamera, camera_post
from integrations.component import Component
from integrations.inbox import CameraOrder, RefusedError, read
from integrations.topics import Topics

TOPICS = Topics("den")
ZONES = {
    "front_door": {
        "name": "front door",
        "corners": [[0, 0], [1, 0], [1, 1]],
        "labels": ["person", "dog"],
        "objects": True,
    }
}
LOOKS = {"bin": {"zone": "front_door", "model": "bin.json"}}


def section(**publish: object) -> CameraSection:
    return CameraSection.model_validate(
        {
            "url": "rtsp://camera/sub",
            "area": "Hall",
            "labels": ["person", "car"],
            "zones": ZONES,
            "looks": LOOKS,
            "publish": publish,
        }
    )


def parts(**publish: object) -> dict[str, Component]:
    post = camera_discovery(TOPICS, shown("porch", section(**publish)), "1")
    assert post.retain
    assert post.topic == "homeassistant/device/inglenook_den_eye_porch/config"
    document = msgspec.json.decode(post.payload, type=dict[str, Any])
    assert document["device"]["via_device"] == "inglenook_den"
    return cast("dict[str, Component]", document["components"])


SEEN = CameraSeen(
    "watching",
    at=1.0,
    places={
        "picture": PlaceSeen({"person": 3, "car": 1}),
        "front_door": PlaceSeen({"person": 3}, left=1),
    },
    moving=True,
    states={"bin": "out"},
)


def rendered(part: Component, payload: object) -> str:
    template = jinja2.Template(cast("str", part["value_template"]))
    return str(template.render(value_json=msgspec.to_builtins(payload)))


def test_everything_it_shows_is_in_what_it_tells() -> None:
    told = seen_payload(section(counts="exact"), SEEN)
    found = parts(counts="exact")
    values = {
        key: rendered(part, told)
        for key, part in found.items()
        if part["state_topic"] == "inglenook/den/state/seen_porch"
    }
    assert values == {
        "occupied_picture_person": "ON",
        "occupied_picture_car": "ON",
        "count_picture_person": "3",
        "count_picture_car": "1",
        "occupied_front_door_person": "ON",
        "occupied_front_door_dog": "OFF",
        "count_front_door_person": "3",
        "count_front_door_dog": "0",
        "left_front_door": "ON",
        "activity": "ON",
        "look_bin": "out",
    }
    assert "image" not in {part["platform"] for part in found.values()}
    assert "camera" not in {part["platform"] for part in found.values()}


@pytest.mark.parametrize(
    ("publish", "gone"),
    [
        ({"occupancy": "off"}, "occupied"),
        ({"counts": "off"}, "count"),
        ({"activity": False}, "activity"),
        ({"events": False}, "left"),
    ],
)
def test_what_is_off_makes_no_entity_and_no_key(publish: dict[str, object], gone: str) -> None:
    assert not any(key.startswith(gone) for key in parts(**publish))
    told = msgspec.json.encode(seen_payload(section(**publish), SEEN)).decode()
    word = {"occupied": "occupied", "count": "counts", "activity": "moving", "left": "left"}[gone]
    assert f'"{word}"' not in told


def test_buckets_tell_no_number() -> None:
    told = msgspec.json.encode(seen_payload(section(counts="bucketed"), SEEN)).decode()
    assert '"few"' in told
    assert "3" not in told
    assert [bucket(n) for n in (0, 1, 2, 4, 5, 50)] == ["none", "one", "few", "few", "many", "many"]


def test_what_is_seen_is_there_only_while_it_watches() -> None:
    found = parts(counts="exact")
    for key, part in found.items():
        topics = [each["topic"] for each in part.get("availability", [])]  # type: ignore[union-attr,index,call-overload]
        watches = "inglenook/den/state/camera_porch" in topics
        assert watches == (key not in ("camera", "condition", "pace")), key
    own = cast("list[Component]", found["activity"]["availability"])[1]
    state = CameraState(condition="blind", on=True)
    assert rendered(own, state) == "offline"
    assert rendered(own, msgspec.structs.replace(state, condition="watching")) == "online"


def test_the_switch_closes_it() -> None:
    switch = parts()["camera"]
    for payload, on in ((switch["payload_on"], True), (switch["payload_off"], False)):
        topic = cast("str", switch["command_topic"])
        order = read(TOPICS, topic, cast("str", payload).encode(), retain=False)
        assert order == CameraOrder("porch", SetCamera(on=on))


@pytest.mark.parametrize("payload", [b"", b"off", b"{}", b'{"v":1,"on":"off"}', b'{"v":1,"on":1}'])
def test_another_order_is_refused(payload: bytes) -> None:
    with pytest.raises(RefusedError):
        read(TOPICS, "inglenook/den/set/camera_porch", payload, retain=False)


def test_events_are_not_kept_and_states_are() -> None:
    event = camera_post(TOPICS, "porch", CameraEvent(event_type="left", place="front_door"))
    assert not event.retain
    assert camera_post(TOPICS, "porch", CameraState(condition="off", on=False)).retain
    kinds = parts()["events"]["event_types"]
    assert kinds == ["in", "out", "left", "taken"]


@given(st.dictionaries(st.sampled_from(["picture", "front_door"]), st.integers(0, 50)))
def test_whatever_is_seen_can_be_told(counts: dict[str, int]) -> None:
    places = {zone: PlaceSeen({"person": count}) for zone, count in counts.items()}
    told = seen_payload(section(counts="exact"), CameraSeen("watching", at=1.0, places=places))
    assert camera_post(TOPICS, "porch", told).payload
