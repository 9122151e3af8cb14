"""One eye: pictures in, what there is to be seen out. No I/O, no clock; time is `Image.at`.

Never-see polygons go first. Then motion on a small plane says where to look; the detector looks at
few parts; what it finds is followed, confirmed, and counted in zones. A thing that does not move is
looked at again only now and then.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vision.boxes import WHOLE, Box, Polygon, shared
from vision.engines import Detector
from vision.events import PICTURE, Detection, Event, Sighting, View
from vision.images import Image, Pixels
from vision.lines import Line, Lines
from vision.motion import Motion
from vision.never_see import NeverSee
from vision.objects import Objects
from vision.regions import regions
from vision.second_look import SecondLook
from vision.thorough import best, in_part
from vision.tracking import Track, Tracks
from vision.zones import Zone, Zones

_SETTLING = 1.0
"""Seconds for which all is looked at after the light has changed."""
_LIVING = frozenset({"person", "cat", "dog"})
_WITHIN = 0.7
"""Share of a motion that must lie within who rests."""
_WHOLE_EVERY, _STILL_EVERY = 20.0, 3.0
"""Seconds: how often the whole picture, and how often a thing that rests, is looked at."""


@dataclass(frozen=True, slots=True)
class Options:
    """`labels`: what counts in the picture as a whole; zones may count others."""

    labels: tuple[str, ...] = ("person", "cat", "dog", "car")
    never_see: tuple[Polygon, ...] = ()
    zones: tuple[Zone, ...] = ()
    lines: tuple[Line, ...] = ()


class Recognises(Protocol):
    """Tells who people are, of those who want to be known."""

    def step(self, pixels: Pixels, people: Mapping[int, Box], at: float) -> Mapping[int, str]:
        """`people`: those who are followed, by the ids of their tracks; names by the same ids."""
        ...


class Watcher:
    def __init__(
        self,
        options: Options,
        detector: Detector,
        looks: Sequence[SecondLook] = (),
        recognises: Recognises | None = None,
    ) -> None:
        self._options = options
        self._recognises = recognises
        self._detector = detector
        self._looks = tuple(looks)
        self._never_see = NeverSee(options.never_see)
        wanted = [options.labels, *(z.labels for z in options.zones)]
        self._labels = frozenset(label for labels in wanted for label in labels).union(
            label for line in options.lines for label in line.labels
        )
        self.detections = 0
        """How often the detector looked."""
        self._shape: tuple[int, ...] = ()
        self._begin()

    def _begin(self) -> None:
        options = self._options
        self._motion, self._tracks = Motion(), Tracks()
        self._zones, self._lines = Zones(options.zones), Lines(options.lines)
        self._objects = Objects(options.zones)
        for look in self._looks:
            look.forget()
        self._stirred: set[int] = set()
        """Tracks over which something moved."""
        self._whole_until = self._whole_at = self._still_at = 0.0

    def blacked(self, pixels: Pixels) -> Pixels:
        """Without what must not be seen."""
        return self._never_see.blacked(pixels)

    def see(self, image: Image) -> View:
        """The next picture of a stream. Raises EngineError."""
        pixels, at = self.blacked(image.pixels), image.at
        if pixels.shape != self._shape:  # another camera, or it was turned
            self._shape = pixels.shape
            self._begin()
        moved = self._motion.look(pixels, at, self._never_see.hidden)
        if moved.anew:
            self._whole_until = at + _SETTLING
        looked = self._where(moved.boxes, pixels, at)
        self._tracks.step(self._found(pixels, looked), looked, at)
        living, things = self._parted()
        events: tuple[Event, ...] = (
            *self._lines.step(self._tracks.confirmed()),
            *self._objects.step(moved.plane, living, things, at),
        )
        for look in self._looks:
            look.step(pixels, living, at)
        sightings = tuple(self._sightings(pixels, at))
        return View(
            at=at,
            sightings=sightings,
            counts=self._counts(sightings),
            moving=bool(moved.boxes),
            left=self._objects.left,
            states={look.key: look.state for look in self._looks if look.state},
            events=events,
        )

    def _where(self, moving: Sequence[Box], pixels: Pixels, at: float) -> tuple[Box, ...]:
        """Parts to be looked at, none where nothing calls for it."""
        if at <= self._whole_until or at - self._whole_at >= _WHOLE_EVERY:
            self._whole_at = at
            return (WHOLE,)
        resting = [track.box for track in self._tracks.all if track.still(at)]
        wanted = [box for box in moving if not _explained(box, resting)]
        wanted += [track.expected(at).clipped() for track in self._due(moving, at)]
        if not wanted:
            return ()
        height, width = pixels.shape[:2]
        return regions(wanted, width, height, self._detector.size)

    def _due(self, moving: Sequence[Box], at: float) -> Iterator[Track]:
        """Who must be looked at: all that do not rest, or are in doubt; who rests, now and then,
        and when motion there begins or ends.
        """
        in_turn = at - self._still_at >= _STILL_EVERY
        if in_turn:
            self._still_at = at
        stirred = {t.id for t in self._tracks.all if any(shared(t.box, box) > 0 for box in moving)}
        changed, self._stirred = stirred ^ self._stirred, stirred
        for track in self._tracks.all:
            doubtful = track.missed or not track.confirmed
            if in_turn or doubtful or not track.still(at) or track.id in changed:
                yield track

    def _found(self, pixels: Pixels, looked: Sequence[Box]) -> tuple[Detection, ...]:
        self.detections += len(looked)
        return best(
            [
                each
                for box in looked
                for each in in_part(self._detector, pixels, box)
                if each.label in self._labels
            ]
        )

    def _parted(self) -> tuple[list[Box], list[Box]]:
        """Where living beings are, and where other things that are known."""
        tracks = self._tracks.all
        living = [track.box for track in tracks if track.label in _LIVING]
        return living, [track.box for track in tracks if track.label not in _LIVING]

    def _sightings(self, pixels: Pixels, at: float) -> list[Sighting]:
        confirmed = list(self._tracks.confirmed())
        zones = self._zones.step(confirmed, at)
        people = {track.id: track.box for track in confirmed if track.label == "person"}
        names = self._recognises.step(pixels, people, at) if self._recognises else {}
        return [_sighting(t, zones[t.id], names.get(t.id), at) for t in confirmed]

    def _counts(self, sightings: Sequence[Sighting]) -> Mapping[str, Mapping[str, int]]:
        counts: dict[str, Counter[str]] = {zone.key: Counter() for zone in self._options.zones}
        counts[PICTURE] = Counter(
            each.label for each in sightings if each.label in self._options.labels
        )
        for each in sightings:
            for zone in each.zones:
                counts[zone][each.label] += 1
        return counts


def _explained(moving: Box, resting: Sequence[Box]) -> bool:
    """It is only somebody who rests and is not yet part of how the place usually looks."""
    return any(shared(moving, box) >= _WITHIN * moving.area for box in resting)


def _sighting(track: Track, zones: frozenset[str], name: str | None, at: float) -> Sighting:
    return Sighting(
        id=track.id,
        label=track.label,
        score=track.score,
        box=track.box.clipped(),
        since=track.since,
        seen=track.seen,
        still=track.still(at),
        zones=zones,
        name=name,
    )
