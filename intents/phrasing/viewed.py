"""Where the cameras are asked about, as slots: a camera, one of its zones, a room, a floor. Pure;
English.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intents.home import Home, View, called, same
from intents.outdoors import is_outdoors
from intents.wishes import Slot

_PREPOSITION = re.compile(
    r"^(?:(?P<how>in front of|outside of|inside of|in|at|on|by|near|inside|outside|around|behind|"
    r"to|through|from|before) )?(?:the |my |our )?(?P<place>.+)$"
)
_NOTHING = frozenset({"", "there", "here", "out there", "in there"})
_OUTSIDE = frozenset({"outside", "outdoors", "out", "outside the house", "out there"})
_DOOR = ("front door", "door", "doorbell", "front doorbell", "entrance", "porch")
"""Where one sees who is at the door, best first."""
_AT_THE_DOOR = frozenset({"door", "front door", "doorbell", "doorstep", "entrance"})
_ROOMS = frozenset(
    {"window", "stairs", "staircase", "hall", "hallway", "corridor", "room", "kitchen", "bedroom"}
    | {"bathroom", "toilet", "nursery", "office", "study", "basement", "cellar", "attic", "loft"}
    | {"garage", "workshop", "playroom", "lounge", "laundry", "pantry", "conservatory", "landing"}
)
"""Last words of what a house may have, and this one has not, or not by that name."""
_PEOPLE = frozenset({"person", "device_tracker"})
SENSORS = frozenset({"occupancy", "motion", "presence"})
"""Classes of sensors that know whether anybody is there."""
_DOORS = frozenset({"lock", "cover", "binary_sensor", "camera"})
"""Domains of things that one stands at."""


@dataclass(frozen=True, slots=True)
class Viewed:
    """Places of one home."""

    home: Home

    def place(self, said: str | None) -> Mapping[str, Slot] | None:
        """Of a question; no slots where no place was said; None where it is no place."""
        text = (said or "").strip()
        if text in _OUTSIDE:
            return {"place": "outside"}
        if text in _NOTHING:
            return {}
        found = _PREPOSITION.match(text)
        place = found["place"] if found else text
        for name in (text, place):
            for slots in self._named(name):
                return slots
        unseen = found and found["how"] and self._is_unseen(place) and not self._is_told(place)
        return {"place": "unknown"} if unseen else None

    def cameras(self, said: str | None, *, several: bool = False) -> Mapping[str, Slot] | None:
        """Of a command to cameras: one of that name before all; `several`: those of a room."""
        text = (said or "").strip()
        if text in _NOTHING:
            return {}
        found = _PREPOSITION.match(text)
        for name in (text, found["place"] if found else text):
            if (camera := self._camera(name)) and not (several and self._is_room(name)):
                return {"view": camera.name}
            for slots in self._named(name):
                return slots
        return {"place": "outside"} if text in _OUTSIDE or text == "outdoor" else None

    def _is_room(self, name: str) -> bool:
        rooms = {area.id for area in self.home.areas if called(area, name)}
        return any(view.area in rooms for view in self.home.views)

    def _is_told(self, name: str) -> bool:
        """Home Assistant knows: by a zone that people are in, or by a sensor of that place."""
        return any(
            (each.domain == "zone" and called(each, name))
            or (each.domain in _PEOPLE and same(each.state or "", name))
            or (each.device_class in SENSORS and each.name.casefold().startswith(name))
            for each in self.home.entities
        )

    def _is_unseen(self, name: str) -> bool:
        """It is something of this house, or beside it, that no camera is known to show."""
        return (
            is_outdoors(name)
            or name.rsplit(maxsplit=1)[-1] in _ROOMS
            or any(called(each, name) for each in self.home.entities if each.domain in _DOORS)
        )

    def _camera(self, name: str) -> View | None:
        bare = name.removesuffix(" camera")
        return next(
            (v for v in self.home.views if v.is_camera and (called(v, name) or called(v, bare))),
            None,
        )

    def _named(self, name: str) -> Iterator[Mapping[str, Slot]]:
        home = self.home
        zones = [view for view in home.views if not view.is_camera]
        yield from ({"view": zone.name} for zone in zones if called(zone, name))
        yield from ({"area": area.name} for area in home.areas if called(area, name))
        if camera := self._camera(name):
            yield {"view": camera.name}
        for floor in home.floors:
            if called(floor, name) or name in _floor_words(floor.name):
                yield {"floor": floor.name}
        if name in _AT_THE_DOOR:
            for each in _DOOR:
                yield from ({"view": view.name} for view in home.views if called(view, each))


_UP, _DOWN = ("first", "upper", "upstairs", "second"), ("ground", "lower", "downstairs", "main")


def _floor_words(floor: str) -> tuple[str, ...]:
    words = floor.casefold().split()
    if any(word in _UP for word in words):
        return ("upstairs",)
    return ("downstairs",) if any(word in _DOWN for word in words) else ()
