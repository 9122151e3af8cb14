"""Cameras in numbers, words and corners; an outline of edges to draw over. Never an image."""

import time
from collections.abc import Mapping

import msgspec

from hub.eyes.section import CameraSection, Point
from hub.sight.closing import By
from hub.sight.lane import Eyes
from hub.sight.scene import Condition


class ZoneShown(msgspec.Struct, frozen=True):
    key: str
    name: str
    corners: tuple[Point, ...]


class CameraShown(msgspec.Struct, frozen=True, kw_only=True):
    """`fresh`: what is seen is what is there now. `seen`: zone -> label -> how many; `names`: who
    was known there. `by`: who closed it; `until`: seconds since 1970 when it opens by itself.
    """

    key: str
    name: str
    area: str | None
    condition: Condition
    fresh: bool
    moving: bool
    seen: dict[str, dict[str, int]]
    names: tuple[str, ...]
    by: By | None
    until: float | None
    zones: tuple[ZoneShown, ...]
    never_see: tuple[tuple[Point, ...], ...]


class CamerasShown(msgspec.Struct, frozen=True):
    cameras: tuple[CameraShown, ...]


def cameras(eyes: Eyes | None, sections: Mapping[str, CameraSection]) -> CamerasShown:
    if eyes is None:
        return CamerasShown(())
    return CamerasShown(tuple(_camera(key, each, eyes) for key, each in sections.items()))


def _camera(key: str, section: CameraSection, eyes: Eyes) -> CameraShown:
    seen, closed = eyes.sight.scene.cameras[key], eyes.sight.closing.closed.get(key)
    fresh = seen.fresh(time.monotonic())
    places = seen.places if fresh else {}
    zones = (
        ZoneShown(name, zone.name or name.replace("_", " "), zone.corners)
        for name, zone in section.zones.items()
    )
    return CameraShown(
        key=key,
        name=section.name or key.replace("_", " "),
        area=section.area,
        condition=seen.condition,
        fresh=fresh,
        moving=fresh and seen.moving,
        seen={zone: dict(place.counts) for zone, place in places.items()},
        names=tuple(sorted({name for place in places.values() for name in place.names})),
        by=closed.by if closed else None,
        until=closed.until if closed else None,
        zones=tuple(zones),
        never_see=section.never_see,
    )
