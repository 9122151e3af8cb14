"""From the settings of cameras to what their processes are given. Pure."""

from collections.abc import Mapping

from hub.config import Config
from hub.eyes.section import CameraSection
from hub.eyes.settings import (
    Camera,
    EyeSettings,
    LineSettings,
    LookSettings,
    SecretPlace,
    Source,
    ZoneSettings,
)
from hub.settings import EngineChoice
from intents.home import Home, View, areas_called


def cameras(config: Config) -> tuple[Camera, ...]:
    detect = EngineChoice(engine=config.detect.engine, options=config.detect.options())
    return tuple(_camera(key, each, detect) for key, each in config.cameras.items())


def views(config: Config, home: Home) -> tuple[View, ...]:
    """Cameras and their zones as they are spoken of, in the rooms of this home."""
    return tuple(view for key, each in config.cameras.items() for view in _views(key, each, home))


def _camera(key: str, section: CameraSection, detect: EngineChoice) -> Camera:
    secret = section.password
    place = (
        SecretPlace(file=str(secret.file) if secret.file else None, env=secret.env)
        if secret
        else None
    )
    settings = EyeSettings(
        camera=key,
        source=_source(section),
        detect=detect,
        labels=section.labels,
        never_see=section.never_see,
        zones=tuple(
            ZoneSettings(
                key=name,
                corners=zone.corners,
                labels=zone.labels,
                dwell=zone.dwell,
                inertia=zone.inertia,
                objects=zone.objects,
            )
            for name, zone in section.zones.items()
        ),
        lines=tuple(
            LineSettings(key=name, start=line.start, end=line.end, labels=line.labels)
            for name, line in section.lines.items()
        ),
        looks=tuple(
            LookSettings(
                key=name,
                zone=look.zone,
                model=str(look.model),
                labels=look.labels,
                every=look.every,
            )
            for name, look in section.looks.items()
        ),
        faces=section.faces,
    )
    return Camera(settings=settings, password=place)


def _source(section: CameraSection) -> Source:
    if section.url is not None:
        return Source(
            kind="net", place=section.url, username=section.username or "", fps=section.fps
        )
    if section.device is not None:
        return Source(kind="device", place=section.device, fps=section.fps)
    return Source(kind="file", place=str(section.file), fps=section.fps)


def _views(key: str, section: CameraSection, home: Home) -> tuple[View, ...]:
    area = _area(section.area, home)
    looks: Mapping[str, tuple[str, ...]] = {
        zone: tuple(spoken(name) for name, look in section.looks.items() if look.zone == zone)
        for zone in ("picture", *section.zones)
    }
    whole = View(
        key,
        section.name or spoken(key),
        area=area,
        labels=section.labels,
        objects=any(zone.objects for zone in section.zones.values()),
        states=looks["picture"],
    )
    zones = (
        View(
            f"{key}.{name}",
            zone.name or spoken(name),
            zone.aliases,
            _area(zone.area, home) or area,
            zone.labels,
            zone.objects,
            looks[name],
        )
        for name, zone in section.zones.items()
    )
    return (whole, *zones)


def spoken(key: str) -> str:
    return key.replace("_", " ")


def _area(name: str | None, home: Home) -> str | None:
    """Its id; None where this home has no such room."""
    found = areas_called(home, name) if name else ()
    return found[0].id if found else None
