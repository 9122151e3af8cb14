"""The edges of a place, for its owner to draw zones over: no picture, and nobody in it. Pure.

The median of several pictures, on a small plane, and of that only where it is steep; what people
cover is left out.
"""

import base64
from collections import deque
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from hub.eyes.messages import Outline
from vision.boxes import Box
from vision.images import Image, Pixels

WIDTH, HEIGHT = 160, 90
Drawn = NDArray[np.bool_]
"""(HEIGHT, WIDTH): where an edge is."""
_KEPT, _EVERY = 7, 1.0
"""Planes, seconds between two."""


class Edges:
    """Feed it now and then; it keeps small grey planes for some seconds only."""

    def __init__(self) -> None:
        self._planes: deque[Pixels] = deque(maxlen=_KEPT)
        self._people: deque[tuple[Box, ...]] = deque(maxlen=_KEPT)
        self._at = float("-inf")

    def due(self, at: float) -> bool:
        return at - self._at >= _EVERY

    def look(self, image: Image, people: Sequence[Box]) -> None:
        """`image`: without what must not be seen."""
        self._at = image.at
        grey = cv2.extractChannel(image.pixels, 1)
        small = cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        self._planes.append(small.astype(np.uint8))
        self._people.append(tuple(people))

    def outline(self, source: str) -> Outline:
        edges = self._drawn() if self._planes else np.zeros((HEIGHT, WIDTH), np.bool_)
        bits = base64.b64encode(np.packbits(edges).tobytes()).decode()
        return Outline(source=source, width=WIDTH, height=HEIGHT, bits=bits)

    def _drawn(self) -> Drawn:
        usual = np.median(np.stack(self._planes), axis=0).astype(np.uint8)
        edges: Drawn = cv2.Canny(cv2.GaussianBlur(usual, (3, 3), 0), 40, 100) > 0
        for box in (box for seen in self._people for box in seen):
            rows = slice(int(box.top * HEIGHT), int(box.bottom * HEIGHT) + 1)
            edges[rows, int(box.left * WIDTH) : int(box.right * WIDTH) + 1] = False
        return edges


def unpacked(outline: Outline) -> Drawn:
    """(height, width). Raises ValueError where it holds something else."""
    bits = np.frombuffer(base64.b64decode(outline.bits, validate=True), np.uint8)
    count = outline.width * outline.height
    if len(bits) != (count + 7) // 8:
        raise ValueError("An outline of another size.")
    rows: Drawn = np.unpackbits(bits, count=count).reshape(outline.height, outline.width) > 0
    return rows
