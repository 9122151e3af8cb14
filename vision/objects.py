"""Things left in a zone, or taken from it, without knowing what they are: a parcel, a bin, a bag.

Each zone remembers how it looked when nothing was going on. What differs from that for some seconds
while nobody is there and nothing moves was put down or taken away; which of the two the edges tell:
a thing has some, the ground behind it has fewer. A change of most of the zone is the light.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.boxes import Box, shared
from vision.events import Moved
from vision.images import Pixels
from vision.motion import Plane
from vision.never_see import hidden
from vision.zones import Zone

_STAYS = 6.0
"""Seconds for which a change must stay as it is."""
_CHANGED = 22.0
"""Of 255, after the light of the whole zone is taken out."""
_SMALLEST, _LIGHT = 0.01, 0.5
"""Shares of the zone: below, nothing; above, the light."""
_SETTLES = 30.0
"""Seconds in which slow changes of light become how it looks."""
_SAME = 0.5
"""Share of a change that must lie where the one before lay, to be the same."""

Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Change:
    where: Mask = field(repr=False)
    since: float


class _Watch:
    """One zone. `left`: what was put down and is still there, as masks."""

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.left: list[Mask] = []
        self._inside: Mask = np.zeros((0, 0), np.bool_)
        self._usual: Plane = np.zeros((0, 0), np.float32)
        self._before: Plane = self._usual
        self._change: _Change | None = None
        self._at = 0.0

    def step(
        self, plane: Plane, busy: Sequence[Box], known: Sequence[Box], at: float
    ) -> Moved | None:
        """`busy`: where people and animals are; `known`: other things that have a name, a car say:
        they were not left.
        """
        if plane.shape != self._usual.shape:
            self._begin(plane)
        stirs = self._stirs(plane)
        passed, self._at = max(0.0, at - self._at), at
        if stirs or self._is_busy(busy):
            self._change = None
            return None
        where = self._differs(plane) & ~_covered(known, plane)
        share = where.sum() / max(1, self._inside.sum())
        if share > _LIGHT:
            self._begin(plane)
            return None
        if share < _SMALLEST:
            self._change = None
            self._usual += (plane - self._usual) * np.float32(1 - np.exp(-passed / _SETTLES))
            return None
        return self._settled(plane, where, at)

    def _stirs(self, plane: Plane) -> bool:
        """It is not as it was a moment ago."""
        change, self._before = np.abs(plane - self._before), plane
        changed = ((change > _CHANGED) & self._inside).sum()
        return bool(changed > _SMALLEST * self._inside.sum())

    def _begin(self, plane: Plane) -> None:
        self._usual, self._before, self._change = plane.copy(), plane, None
        self._inside = hidden([self.zone.corners], *plane.shape) > 0
        self.left = [mask for mask in self.left if mask.shape == plane.shape]

    def _is_busy(self, busy: Sequence[Box]) -> bool:
        corners = self.zone.corners
        around = Box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        return any(shared(around, box) > 0 for box in busy)

    def _differs(self, plane: Plane) -> Mask:
        change = plane - self._usual
        change -= np.median(change[self._inside]) if self._inside.any() else np.float32(0)
        mask = ((np.abs(change) > _CHANGED) & self._inside).astype(np.uint8)
        return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0

    def _settled(self, plane: Plane, where: Mask, at: float) -> Moved | None:
        before = self._change
        if before is None or (before.where & where).sum() < _SAME * (before.where | where).sum():
            self._change = _Change(where, at)
            return None
        if at - before.since < _STAYS:
            return None
        what = self._what(plane, where)
        self._usual[where] = plane[where]
        self._usual = np.where(cv2.dilate(where.astype(np.uint8), _RIM) > 0, plane, self._usual)
        self._change = None
        return what

    def _what(self, plane: Plane, where: Mask) -> Moved:
        """What lay there is gone; else by the edges around the change, now and before."""
        known = next((m for m in self.left if (m & where).sum() > _SAME * m.sum()), None)
        if known is not None:
            self.left = [mask for mask in self.left if mask is not known]
            return Moved(self.zone.key, "taken")
        rim = cv2.morphologyEx(where.astype(np.uint8), cv2.MORPH_GRADIENT, _RIM) > 0
        if _edges(plane, rim) < _edges(self._usual, rim):
            return Moved(self.zone.key, "taken")
        self.left.append(where)
        return Moved(self.zone.key, "left")


_RIM: Pixels = np.ones((3, 3), np.uint8)


def _covered(boxes: Sequence[Box], plane: Plane) -> Mask:
    covered = np.zeros(plane.shape, np.bool_)
    rows, columns = plane.shape
    for box in boxes:
        down = slice(max(0, int(box.top * rows) - 2), int(box.bottom * rows) + 3)
        covered[down, max(0, int(box.left * columns) - 2) : int(box.right * columns) + 3] = True
    return covered


def _edges(plane: Plane, rim: Mask) -> float:
    """Mean steepness there."""
    across = cv2.Sobel(plane, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1)
    return float(np.hypot(across, down)[rim].mean()) if rim.any() else 0.0


class Objects:
    """All zones of a camera that ask for it."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._watches = tuple(_Watch(zone) for zone in zones if zone.objects)

    def step(
        self, plane: Plane, busy: Sequence[Box], known: Sequence[Box], at: float
    ) -> tuple[Moved, ...]:
        found = (watch.step(plane, busy, known, at) for watch in self._watches)
        return tuple(each for each in found if each is not None)

    @property
    def left(self) -> dict[str, int]:
        """Zone -> how many things were left there."""
        return {watch.zone.key: len(watch.left) for watch in self._watches}
