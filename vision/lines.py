"""Lines that things go over, in or out. Pure.

A thing has crossed when its foot was clearly on one side and is clearly on the other, and went
through the line between its ends: swaying on it counts once at most.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot

from vision.boxes import Point
from vision.events import Crossed
from vision.tracking import Track

_CLEAR = 0.02
"""Of the picture: how far from the line a side is certain."""


@dataclass(frozen=True, slots=True)
class Line:
    """What goes from its left to its right, seen from `start` to `end`, goes in."""

    key: str
    start: Point
    end: Point
    labels: tuple[str, ...] = ("person",)

    def side(self, point: Point) -> float:
        """Distance from it in shares of the picture, positive on its right; y goes down."""
        (x1, y1), (x2, y2), (x, y) = self.start, self.end, point
        length = max(1e-9, hypot(x2 - x1, y2 - y1))
        return ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length

    def passes(self, one: Point, other: Point) -> bool:
        """Whether the way between two points goes through it, and not around its ends."""
        (x1, y1), (x2, y2) = self.start, self.end
        across = Line("", one, other)
        return across.side((x1, y1)) * across.side((x2, y2)) <= 0


@dataclass
class Lines:
    lines: Sequence[Line]
    _sides: dict[tuple[int, str], Point] = field(default_factory=dict)
    """Where each was when it was last clearly on a side."""

    def step(self, tracks: Iterable[Track]) -> Iterator[Crossed]:
        tracks = tuple(tracks)
        alive = {track.id for track in tracks}
        self._sides = {key: point for key, point in self._sides.items() if key[0] in alive}
        for track in tracks:
            for line in self.lines:
                if track.label in line.labels:
                    yield from self._crossed(track, line)

    def _crossed(self, track: Track, line: Line) -> Iterator[Crossed]:
        foot = track.box.foot
        side = line.side(foot)
        if abs(side) < _CLEAR:
            return
        before = self._sides.get((track.id, line.key))
        self._sides[track.id, line.key] = foot
        if before is not None and line.side(before) * side < 0 and line.passes(before, foot):
            yield Crossed(line.key, track.label, "in" if side > 0 else "out")
