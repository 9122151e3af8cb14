"""What of a camera others are told, by its own settings: from what is seen to payloads. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hub.eyes.messages import Crossing, Thing
from hub.eyes.of_config import spoken
from hub.eyes.section import CameraSection
from hub.sight.scene import CameraSeen
from hub.sight.sight import Sight
from integrations.camera_discovery import Shown, Zone
from integrations.camera_payloads import Bucket, CameraEvent, CameraState, Told
from integrations.camera_payloads import CameraSeen as SeenPayload
from vision.events import PICTURE

_FEW = 4


def shown(key: str, section: CameraSection) -> Shown:
    """How Home Assistant is told of it."""
    zones = (
        Zone(PICTURE, "", section.labels),
        *(
            Zone(name, zone.name or spoken(name), zone.labels, zone.objects)
            for name, zone in section.zones.items()
        ),
    )
    publish = section.publish
    return Shown(
        key=key,
        name=section.name or spoken(key).capitalize(),
        area=section.area,
        zones=zones,
        occupancy=publish.occupancy != "off",
        counts=publish.counts,
        activity=publish.activity,
        events=publish.events,
        looks=tuple(section.looks),
        names=publish.names and bool(section.faces),
    )


@dataclass(frozen=True, slots=True)
class Showing:
    """`publish`: key of the camera, and what is to be told."""

    sections: Mapping[str, CameraSection]
    publish: Callable[[str, Told], None]

    def state(self, key: str, sight: Sight) -> None:
        seen, closed = sight.scene.cameras[key], sight.closing.closed.get(key)
        health = sight.health.get(key)
        until = closed.until if closed else None
        told = CameraState(
            condition=seen.condition,
            on=closed is None,
            by=closed.by if closed else None,
            until=None if until is None else _moment(until),
            pace=seen.pace,
            frames=health.frames if health else 0,
            dropped=health.dropped if health else 0,
            restarts=health.restarts if health else 0,
            detect_ms=health.detect_ms if health else 0.0,
        )
        self.publish(key, told)

    def seen(self, key: str, seen: CameraSeen) -> None:
        self.publish(key, seen_payload(self.sections[key], seen))

    def event(self, key: str, event: Crossing | Thing) -> None:
        if not self.sections[key].publish.events:
            return
        if isinstance(event, Crossing):
            told = CameraEvent(event_type=event.way, place=event.line, label=event.label)
        else:
            told = CameraEvent(event_type=event.what, place=event.zone)
        self.publish(key, told)


def seen_payload(section: CameraSection, seen: CameraSeen) -> SeenPayload:
    """Every zone and label that may be told, also where nobody is."""
    labels = {PICTURE: section.labels, **{k: zone.labels for k, zone in section.zones.items()}}
    exact = {
        zone: {label: _count(seen, zone, label) for label in wanted}
        for zone, wanted in labels.items()
    }
    publish = section.publish
    occupied = {zone: {k: n > 0 for k, n in each.items()} for zone, each in exact.items()}
    left = {
        zone: seen.places[zone].left if zone in seen.places else 0
        for zone, each in section.zones.items()
        if each.objects
    }
    counts: dict[str, dict[str, int | Bucket]] | None = None
    if publish.counts != "off":
        counts = {
            zone: {k: n if publish.counts == "exact" else bucket(n) for k, n in each.items()}
            for zone, each in exact.items()
        }
    return SeenPayload(
        occupied=occupied if publish.occupancy != "off" else None,
        counts=counts,
        moving=seen.moving if publish.activity else None,
        left=left if publish.events and left else None,
        states={key: seen.states.get(key) for key in section.looks} or None,
        person=(seen.person or None) if publish.names and section.faces else None,
    )


def bucket(count: int) -> Bucket:
    if count < 2:  # noqa: PLR2004 - none, one
        return "one" if count else "none"
    return "few" if count <= _FEW else "many"


def _count(seen: CameraSeen, zone: str, label: str) -> int:
    place = seen.places.get(zone)
    return place.counts.get(label, 0) if place else 0


def _moment(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="seconds")
