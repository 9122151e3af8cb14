"""What is said and heard over MQTT of one camera: numbers, words of the owner's, never a picture.

What the owner publishes nothing of has no key at all. `topics` are `state/camera_<key>`,
`state/seen_<key>`, `event/camera_<key>` and `set/camera_<key>`. Pure.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from integrations.payload import Count, Name, Payload, Time
from integrations.topics import Post, Topics

Bucket = Literal["none", "one", "few", "many"]
"""few: two to four."""
MOST = 32
"""Zones, lines and second looks, each."""
Occupied = Annotated[
    dict[Name, Annotated[dict[Name, bool], msgspec.Meta(max_length=16)]],
    msgspec.Meta(max_length=MOST),
]
Counted = Annotated[
    dict[Name, Annotated[dict[Name, Count | Bucket], msgspec.Meta(max_length=16)]],
    msgspec.Meta(max_length=MOST),
]
States = Annotated[dict[Name, Name | None], msgspec.Meta(max_length=MOST)]


class CameraState(Payload, frozen=True, kw_only=True):
    """`on`: whether it is wanted; `by`: where that was last set; `until`: when it opens again by
    itself (ISO 8601). `pace` 0 all, 1 half, 2 little, 3 nothing while somebody speaks. Counts are
    since its process started: pictures decoded, and not looked at; times the stream was lost.
    """

    condition: Literal["watching", "starting", "blind", "off"]
    on: bool
    by: Literal["machine", "voice", "page", "mqtt"] | None = None
    until: Name | None = None
    pace: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0
    frames: Count = 0
    dropped: Count = 0
    restarts: Count = 0
    detect_ms: Time = 0.0


class CameraSeen(Payload, frozen=True, kw_only=True, omit_defaults=True):
    """What is seen now, as far as it is published. `left`: zone -> things left there;
    `person`: who was recognised last.
    """

    occupied: Occupied | None = None
    counts: Counted | None = None
    moving: bool | None = None
    left: Annotated[dict[Name, Count], msgspec.Meta(max_length=MOST)] | None = None
    states: States | None = None
    person: Name | None = None


class CameraEvent(Payload, frozen=True, kw_only=True):
    """`place`: the line, or the zone; `label`: what crossed the line, null of things."""

    event_type: Literal["in", "out", "left", "taken"]
    place: Name
    label: Name | None = None


class SetCamera(Payload, frozen=True, kw_only=True):
    on: bool


Told = CameraState | CameraSeen | CameraEvent
PLACES: Mapping[type[Told], str] = MappingProxyType(
    {CameraState: "state/camera_", CameraSeen: "state/seen_", CameraEvent: "event/camera_"}
)
"""What stands before the camera's key."""
SET = "set/camera_"


def camera_post(topics: Topics, key: str, payload: Told) -> Post:
    """Raises msgspec.ValidationError where a value is out of bounds."""
    data = msgspec.json.encode(payload)
    msgspec.json.decode(data, type=type(payload))
    topic = topics.under(f"{PLACES[type(payload)]}{key}")
    return Post(topic, data, retain=not isinstance(payload, CameraEvent))
