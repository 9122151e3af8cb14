"""Polygons that nobody is to see: made black before anything else looks at a picture.

Every pixel that a polygon touches goes, at any size of picture, so that nothing of it is left in
what smaller planes are made of.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from vision.boxes import Polygon
from vision.images import Pixels


class NeverSee:
    def __init__(self, polygons: Sequence[Polygon]) -> None:
        self._polygons = tuple(polygons)
        self.hidden: Pixels | None = None
        """(height, width) of the last picture, not 0 where nothing is seen; None: all is."""

    def blacked(self, pixels: Pixels) -> Pixels:
        """The same picture, or a copy without what must not be seen."""
        if not self._polygons:
            return pixels
        if self.hidden is None or self.hidden.shape != pixels.shape[:2]:
            self.hidden = hidden(self._polygons, *pixels.shape[:2])
        out = pixels.copy()
        out[self.hidden > 0] = 0
        return out


def hidden(polygons: Sequence[Polygon], height: int, width: int) -> Pixels:
    """(height, width), not 0 where a polygon touches the pixel."""
    mask = np.zeros((height, width), np.uint8)
    for polygon in polygons:
        corners = np.asarray(polygon, np.float64) * (width, height)
        cv2.fillPoly(mask, [np.floor(corners).astype(np.int32)], (255,))
        cv2.fillPoly(mask, [np.ceil(corners).astype(np.int32)], (255,))
    return cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.uint8)
