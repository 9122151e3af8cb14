"""An eye made from its settings, before it is closed: models verified, its source opened."""

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from hub.cage.gate import PORT
from hub.engines import Workshop
from hub.eyes.settings import EyeSettings, LookSettings, ZoneSettings
from hub.eyes.settings import Source as Chosen
from hub.faces import ENGINE as FACES
from hub.faces import gallery
from hub.paths import enrolments_folder
from hub.shelf.shelf import Shelf
from vision.engines import Detector
from vision.lines import Line
from vision.people import People
from vision.second_look import SecondLook
from vision.sources import film, network, v4l2
from vision.sources.stream import Source
from vision.states import read_classifier
from vision.watcher import Options, Watcher
from vision.zones import Zone


def make_source(settings: EyeSettings) -> Source:
    """Raises vision.sources.v4l2.NoCamera, and OSError for a file that cannot be read."""
    chosen = settings.source
    match chosen.kind:
        case "net":
            return Source(network.opener(_through_relay(chosen)), chosen.fps)
        case "device":
            return Source(v4l2.opener(chosen.place, chosen.fps), chosen.fps)
        case "file":
            return Source(film.opener(Path(chosen.place)), chosen.fps, paced=True)


def _through_relay(source: Chosen) -> str:
    """The camera as an eye reaches it: always at the same address and port, its relay's."""
    user, password = (quote(each, safe="") for each in (source.username, source.password))
    login = f"{user}:{password}@" if user else ""
    return urlunsplit(urlsplit(source.place)._replace(netloc=f"{login}127.0.0.1:{PORT}"))


def make_watcher(settings: EyeSettings, shelf: Shelf) -> Watcher:
    """Raises as hub.engines.Workshop, and vision.engines.EngineError for a second look's model, or
    where the enrolled faces cannot be read.
    """
    workshop = Workshop(shelf)
    people = None
    if settings.faces:
        known = gallery(enrolments_folder())
        people = People(workshop.faces(FACES), known, frozenset(settings.faces))
    return watcher(settings, workshop.detector(settings.detect), people)


def watcher(settings: EyeSettings, detector: Detector, people: People | None = None) -> Watcher:
    """Raises vision.engines.EngineError."""
    options = Options(
        labels=settings.labels,
        never_see=settings.never_see,
        zones=tuple(map(_zone, settings.zones)),
        lines=tuple(Line(each.key, each.start, each.end, each.labels) for each in settings.lines),
    )
    corners = {zone.key: zone.corners for zone in settings.zones}
    return Watcher(options, detector, [_look(each, corners) for each in settings.looks], people)


def _zone(zone: ZoneSettings) -> Zone:
    return Zone(zone.key, zone.corners, zone.labels, zone.dwell, zone.inertia, zone.objects)


def _look(look: LookSettings, corners: "dict[str, tuple[tuple[float, float], ...]]") -> SecondLook:
    classifier = read_classifier(Path(look.model), look.labels)
    return SecondLook(look.key, corners.get(look.zone, ()), classifier.classify, look.every)
