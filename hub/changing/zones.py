"""Zones and what must never be seen, as they were drawn, as changes of settings. Pure."""

from collections.abc import Iterator, Sequence

import msgspec

from hub.changing.text import GONE, Place
from hub.eyes.section import CameraSection, Zone

Polygon = tuple[tuple[float, float], ...]


class DrawnZone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: as one speaks of it; empty: its key, as words."""

    key: str
    name: str
    corners: Polygon


def drawn(
    place: Place, before: CameraSection, zones: Sequence[DrawnZone], never_see: Sequence[Polygon]
) -> dict[Place, object]:
    """`place`: the camera's. Only what differs from before is changed: a zone keeps the rest."""
    changes: dict[Place, object] = {}
    for key in before.zones.keys() - {zone.key for zone in zones}:
        changes[(*place, "zones", key)] = GONE
    for zone in zones:
        where = (*place, "zones", zone.key)
        if (old := before.zones.get(zone.key)) is None:
            changes[where] = ({"name": zone.name} if zone.name else {}) | {
                "corners": _lists(zone.corners)
            }
        else:
            changes.update({(*where, key): value for key, value in _differs(old, zone)})
    if tuple(never_see) != before.never_see:
        areas = [_lists(area) for area in never_see]
        changes[(*place, "never_see")] = areas or GONE
    return changes


def _differs(old: Zone, zone: DrawnZone) -> Iterator[tuple[str, object]]:
    if zone.name != (old.name or ""):
        yield "name", zone.name or GONE
    if zone.corners != old.corners:
        yield "corners", _lists(zone.corners)


def _lists(corners: Polygon) -> list[list[float]]:
    return [list(corner) for corner in corners]
