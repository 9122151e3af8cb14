"""From detections to things that are followed, and believed only when seen often enough. Pure.

A thing goes on where it was going; a detection belongs to the nearest that it fits. It is confirmed
by three detections, or by two that are sure, so that one mistake is never told. It is lost when it
was looked for and not found for a while: what nobody looked at stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from vision.boxes import Box, iou, shared
from vision.events import Detection

_ENOUGH, _TWICE = 0.5, 0.7
"""Scores: the median of three, the mean of two."""
_WEAK = 0.3
"""A thing that is confirmed is found again from this score on."""
_RECENT = 10
_PATIENCE, _PATIENT_LOOKS = 1.0, 3
"""Seconds, and looks, for which a thing may go unseen; one unconfirmed has a third of them."""
_FITS = 0.2
"""IoU at least, with where it should be by now."""
_NEAR = 0.7
"""Or so many of its sizes away, where it moves fast."""
_SMOOTH = 0.6
"""Share of a new detection in the box that is told."""
_STILL_AFTER, _STILL_WITHIN = 8.0, 0.15
"""Seconds for which its middle stays within so many of its own sizes."""
_KINDS = ({"car", "truck", "bus"}, {"cat", "dog"})
"""What a detector takes for each other from one picture to the next."""


@dataclass(slots=True)
class Track:
    """`missed`: looks in a row that did not find it, from `missing_since` on; `rest`: where it was,
    and when, as it last came to rest.
    """

    id: int
    label: str
    box: Box
    since: float
    seen: float
    scores: list[float]
    labels: list[str]
    velocity: tuple[float, float] = (0.0, 0.0)
    confirmed: bool = False
    missed: int = 0
    missing_since: float = 0.0
    rest: tuple[Box, float] = field(default=(Box(0, 0, 0, 0), 0.0))

    @property
    def score(self) -> float:
        return median(self.scores)

    def still(self, at: float) -> bool:
        return at - self.rest[1] >= _STILL_AFTER

    def expected(self, at: float) -> Box:
        passed = min(1.0, max(0.0, at - self.seen))
        x, y = self.velocity[0] * passed, self.velocity[1] * passed
        box = self.box
        return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


class Tracks:
    def __init__(self) -> None:
        self.all: list[Track] = []
        self._next = 1

    def confirmed(self) -> Iterator[Track]:
        return (track for track in self.all if track.confirmed)

    def step(self, found: Iterable[Detection], looked: Sequence[Box], at: float) -> None:
        """`looked`: the parts of the picture in which `found` was found; `at`: seconds."""
        left = [each for each in found if each.score >= _WEAK]
        for track, detection in _pairs(self.all, left, at):
            left.remove(detection)
            _take(track, detection, at)
        for track in self.all:
            if track.seen < at and _was_looked_at(track.expected(at), looked):
                _miss(track, at)
        self.all = [track for track in self.all if not _is_lost(track, at)]
        for each in left:
            if each.score >= _ENOUGH * 0.8:
                self.all.append(self._new(each, at))

    def _new(self, each: Detection, at: float) -> Track:
        number, self._next = self._next, self._next + 1
        box = each.box
        return Track(number, each.label, box, at, at, [each.score], [each.label], rest=(box, at))


def _pairs(
    tracks: Sequence[Track], found: Sequence[Detection], at: float
) -> Iterator[tuple[Track, Detection]]:
    """The best first, each track and each detection once."""
    fits = sorted(
        (
            (fit, index, place)
            for index, track in enumerate(tracks)
            for place, each in enumerate(found)
            if (fit := _fit(track, each, at)) > 0
        ),
        reverse=True,
    )
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for _, index, place in fits:
        if index not in taken and place not in given:
            taken.add(index)
            given.add(place)
            pairs.append((tracks[index], found[place]))
    return iter(pairs)


def _fit(track: Track, each: Detection, at: float) -> float:
    """0: it is another thing."""
    if not _alike(track.label, each.label):
        return 0.0
    expected = track.expected(at)
    overlap = max(iou(expected, each.box), iou(track.box, each.box))
    if overlap >= _FITS:
        return 1 + overlap
    (x, y), (u, v) = expected.centre, each.box.centre
    size = max(expected.width, expected.height, 1e-6)
    away = max(abs(x - u), abs(y - v)) / size
    ratio = each.box.area / expected.area if expected.area else 0.0
    return 1 - away if away < _NEAR and 0.4 < ratio < 2.5 else 0.0  # noqa: PLR2004 - sizes alike


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kind for kind in _KINDS)


def _take(track: Track, each: Detection, at: float) -> None:
    passed = at - track.seen
    if passed > 0:
        (x, y), (u, v) = track.box.centre, each.box.centre
        speed = ((u - x) / passed, (v - y) / passed)
        track.velocity = tuple((a + b) / 2 for a, b in zip(track.velocity, speed, strict=True))  # type: ignore[assignment]
    track.box = _blend(track.box, each.box)
    track.seen, track.missed = at, 0
    track.scores = [*track.scores, each.score][-_RECENT:]
    track.labels = [*track.labels, each.label][-_RECENT:]
    track.label = max(track.labels, key=track.labels.count)
    track.confirmed = track.confirmed or _is_sure(track.scores)
    resting, _ = track.rest
    size = max(resting.width, resting.height, 1e-6)
    (x, y), (u, v) = resting.centre, track.box.centre
    if max(abs(x - u), abs(y - v)) > _STILL_WITHIN * size:
        track.rest = (track.box, at)


def _is_sure(scores: Sequence[float]) -> bool:
    twice = len(scores) >= 2 and sum(scores[-2:]) / 2 >= _TWICE  # noqa: PLR2004 - two
    return twice or (len(scores) >= 3 and median(scores[-3:]) >= _ENOUGH)  # noqa: PLR2004 - three


def _blend(old: Box, new: Box) -> Box:
    def mixed(a: float, b: float) -> float:
        return a + (b - a) * _SMOOTH

    return Box(
        mixed(old.left, new.left),
        mixed(old.top, new.top),
        mixed(old.right, new.right),
        mixed(old.bottom, new.bottom),
    )


def _was_looked_at(box: Box, looked: Sequence[Box]) -> bool:
    inside = box.clipped()
    return inside.area <= 0 or any(shared(inside, each) >= 0.7 * inside.area for each in looked)


def _miss(track: Track, at: float) -> None:
    if not track.missed:
        track.missing_since = at
    track.missed += 1


def _is_lost(track: Track, at: float) -> bool:
    share = 1.0 if track.confirmed else 1 / 3
    gone = at - track.missing_since >= _PATIENCE * share
    return track.missed >= max(1, _PATIENT_LOOKS * share) and gone
