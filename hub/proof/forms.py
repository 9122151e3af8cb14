"""Whether a publish has exactly the form that the hub's own vocabulary gives it. Pure.

Exactly: read with the type of its topic and written again, it is the same bytes. So a field too
many, a space, another order of fields or a value out of bounds is seen.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import get_args

import msgspec

from hub.eyes.section import CameraSection
from hub.homes.demo import demo_home
from hub.proof.publishes import Publish
from hub.proof.settings import CAMERA, SATELLITE
from hub.sight.showing import shown
from hub.version import VERSION
from integrations.camera_discovery import camera_discovery
from integrations.camera_payloads import PLACES, CameraEvent
from integrations.discovery import hub_discovery, removal
from integrations.payload import Payload
from integrations.payloads import OUT, Event, State
from integrations.topics import OFFLINE, ONLINE, Topics, object_id

LARGEST = 4_096
"""Bytes of a state or an event."""

_OF_CAMERAS = tuple(place for told, place in PLACES.items() if told is not CameraEvent)
_STATES = frozenset(OUT[state] for state in get_args(State))


@dataclass(frozen=True, slots=True)
class Forms:
    """What one hub may publish. `fixed`: topic -> all that may be said there, retained."""

    topics: Topics
    fixed: Mapping[str, frozenset[bytes]]
    readers: Mapping[str, msgspec.json.Decoder[Payload]]

    def is_event(self, topic: str) -> bool:
        place = self.topics.place(topic)
        return place in self.readers and not _is_state(place)

    def fault(self, publish: Publish) -> str:
        """What is wrong with it, in plain words; nothing when all is well."""
        if publish.properties:
            return f"carries {publish.properties} bytes of properties"
        if (allowed := self.fixed.get(publish.topic)) is not None:
            right = publish.payload in allowed and publish.retain
            return "" if right else "is not what our hub says there"
        place = self.topics.place(publish.topic) or ""
        if place not in self.readers:
            return "is a topic that our hub does not have"
        if publish.retain != _is_state(place):
            return "is kept by the broker, or not kept, against its form"
        return _payload_fault(self.readers[place], publish.payload)


def forms(topics: Topics, name: str) -> Forms:
    """Of a hub called `name` that shows no demo home."""
    config = hub_discovery(topics, name=name, version=VERSION, satellites=(SATELLITE,))
    gone = (removal(topics.config(object_id(entity.id))) for entity in demo_home().entities)
    camera = camera_discovery(topics, shown(CAMERA, CameraSection(url="http://camera/")), VERSION)
    fixed = {post.topic: frozenset({post.payload}) for post in (config, camera, *gone)}
    types: defaultdict[str, list[type[State | Event]]] = defaultdict(list)
    for kind, place in OUT.items():
        types[place].append(kind)
    for told, place in PLACES.items():
        types[f"{place}{CAMERA}"].append(told)  # type: ignore[arg-type]
    return Forms(
        topics,
        {topics.availability: frozenset({ONLINE, OFFLINE}), **fixed},
        {place: msgspec.json.Decoder(reduce(or_, kinds)) for place, kinds in types.items()},
    )


def _is_state(place: str | None) -> bool:
    return place is not None and (place in _STATES or place.startswith(_OF_CAMERAS))


def _payload_fault(reader: msgspec.json.Decoder[Payload], payload: bytes) -> str:
    if len(payload) > LARGEST:
        return f"is {len(payload):,} bytes long; {LARGEST:,} are allowed"
    try:
        again = msgspec.json.encode(reader.decode(payload))
    except msgspec.MsgspecError:
        return "does not have the form of its topic"
    return "" if again == payload else "is not written as our hub writes it"
