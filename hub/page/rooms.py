"""The home as rooms: what stands in them, whether anybody is there, and what is kept for later."""

import time

import msgspec

from hub.build import Parts
from hub.page.waiting import Waiting, waiting
from hub.sight.presence import anybody
from intents.home import Area, Entity, Home


class ThingShown(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: Home Assistant's device class, where there is one."""

    name: str
    domain: str
    state: str | None
    kind: str | None = None
    unit: str | None = None


class RoomShown(msgspec.Struct, frozen=True, kw_only=True):
    """`name` empty: things that stand in no room. `anybody` None: no camera can tell."""

    name: str
    floor: str
    things: tuple[ThingShown, ...]
    anybody: bool | None = None


class HomeShown(msgspec.Struct, frozen=True, kw_only=True):
    """`known`: whether it has been told yet; `age`: seconds for which it may be out of date, in
    tens.
    """

    known: bool
    age: int | None
    rooms: tuple[RoomShown, ...]
    waiting: tuple[Waiting, ...]

    def __repr__(self) -> str:
        return f"HomeShown({len(self.rooms)} rooms)"


def home(parts: Parts) -> HomeShown:
    conversation = parts.household.conversation
    backend, found = conversation.backend, conversation.backend.home
    rooms = [_room(area, found, parts) for area in found.areas]
    homeless = tuple(_thing(each) for each in found.entities if each.area is None)
    if homeless:
        rooms.append(RoomShown(name="", floor="", things=homeless))
    return HomeShown(
        known=backend.known,
        age=None if backend.age is None else int(backend.age // 10) * 10,
        rooms=tuple(rooms),
        waiting=waiting(conversation.timekeeper, conversation.now()),
    )


def _room(area: Area, found: Home, parts: Parts) -> RoomShown:
    there = [each for each in found.entities if each.area == area.id]
    floors = {floor.id: floor.name for floor in found.floors}
    sight = parts.eyes.sight if parts.eyes is not None else None
    return RoomShown(
        name=area.name,
        floor=floors.get(area.floor or "", ""),
        things=tuple(_thing(each) for each in there),
        anybody=anybody(sight.scene, found.views, area.id, time.monotonic()) if sight else None,
    )


def _thing(entity: Entity) -> ThingShown:
    unit = entity.attributes.get("unit_of_measurement")
    return ThingShown(
        name=entity.name,
        domain=entity.domain,
        state=entity.state,
        kind=entity.device_class,
        unit=unit if isinstance(unit, str) else None,
    )
