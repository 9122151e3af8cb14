"""Where anything moves: a small plane of brightness against what it usually is. Cheap on purpose.

Brightness that changes everywhere alike (a cloud, the camera's exposure) is taken out first; what
flickers by itself (leaves, noise at night) has its own, higher threshold, pixel by pixel. Where
most of the picture changes at once (a light, the infrared filter) the plane is learnt anew.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.boxes import Box
from vision.images import Pixels

Plane = NDArray[np.float32]
"""(rows, columns) brightness 0..255."""
_ROWS = 120
_LEAST = 14.0
"""Of 255: no smaller change is motion."""
_NOISE = 4.0
"""Standard deviations of a pixel's own flicker that a change must exceed."""
_SMALL = 0.0012
"""Share of the plane below which a change is none: a person at 8 % of the height."""
_MOST = 0.55
"""Share from which on the light has changed, and nothing moved."""
_RECENTLY = 2.0
"""Seconds."""
_USUAL, _ODD = 8.0, 60.0
"""Seconds in which what is there becomes usual, where nothing moves and where it does."""


@dataclass(frozen=True, slots=True)
class Moved:
    """`boxes` in shares of the picture. `anew`: the light changed, or this is the first picture."""

    boxes: tuple[Box, ...]
    anew: bool
    plane: Plane = field(repr=False)


class Motion:
    def __init__(self) -> None:
        self._usual: Plane = np.zeros((0, 0), np.float32)
        self._flicker: Plane = self._usual
        self._before: Plane = self._usual
        self._stirred: Plane = self._usual
        self._at = 0.0

    def look(self, pixels: Pixels, at: float, hidden: Pixels | None = None) -> Moved:
        """`at`: seconds; `hidden` (height, width): not 0 where nothing is seen, which is no part of
        the picture.
        """
        plane = small_plane(pixels)
        seen = _seen(hidden, plane)
        if plane.shape != self._usual.shape:
            return self._learn(plane, at)
        if not seen.any():
            return Moved((), anew=False, plane=plane)
        passed, self._at = max(0.0, at - self._at), at
        change = plane - self._usual
        change -= np.median(change[seen])
        size = np.abs(change) * seen
        mask = size > np.maximum(_LEAST, _NOISE * self._flicker)
        if mask[seen].mean() > _MOST:
            return self._learn(plane, at)
        found = _grown(mask & self._stirs(plane, at))
        self._remember(plane, size, found, passed)
        return Moved(tuple(_boxes(found)), anew=False, plane=plane)

    def _stirs(self, plane: Plane, at: float) -> NDArray[np.bool_]:
        """Where it was otherwise a moment ago: what was put down and lies still does not move."""
        changed = np.abs(plane - self._before) > _LEAST
        self._before = plane
        self._stirred[cv2.dilate(changed.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = at
        return at - self._stirred < _RECENTLY

    def _learn(self, plane: Plane, at: float) -> Moved:
        self._usual, self._flicker = plane.copy(), np.full_like(plane, 2.0)
        self._before, self._stirred = plane, np.full_like(plane, -np.inf)
        self._at = at
        return Moved((), anew=True, plane=plane)

    def _remember(self, plane: Plane, size: Plane, moving: Pixels, passed: float) -> None:
        quick, slow = (np.float32(1 - np.exp(-passed / each)) for each in (_USUAL, _ODD))
        rate = np.where(moving > 0, slow, quick)
        self._usual += (plane - self._usual) * rate
        self._flicker += (np.minimum(size, 4 * _LEAST) - self._flicker) * rate


def small_plane(pixels: Pixels) -> Plane:
    """Green is most of brightness, and the least noisy; shrunk by averaging."""
    height, width = pixels.shape[:2]
    rows = min(_ROWS, height)
    columns = max(1, round(width * rows / height))
    green = cv2.extractChannel(pixels, 1)
    small = cv2.resize(green, (columns, rows), interpolation=cv2.INTER_AREA)
    return small.reshape(rows, columns).astype(np.float32)


def _seen(hidden: Pixels | None, plane: Plane) -> NDArray[np.bool_]:
    """Where no part of a pixel of the plane is hidden."""
    if hidden is None or not hidden.any():
        return np.ones(plane.shape, np.bool_)
    size = (plane.shape[1], plane.shape[0])
    share = cv2.resize((hidden > 0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    seen: NDArray[np.bool_] = share.reshape(plane.shape) == 0
    return seen


def _grown(mask: NDArray[np.bool_]) -> Pixels:
    """Single pixels gone, gaps closed."""
    whole = mask.astype(np.uint8)
    if min(whole.shape) > 2 * 3:
        whole = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)).astype(np.uint8)
    return cv2.dilate(whole, np.ones((5, 5), np.uint8)).astype(np.uint8)


def _boxes(mask: Pixels) -> list[Box]:
    rows, columns = mask.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [
        Box(left / columns, top / rows, (left + width) / columns, (top + height) / rows)
        for left, top, width, height, area in stats[1:count].tolist()
        if area >= max(4, _SMALL * mask.size)
    ]
