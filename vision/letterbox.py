"""A picture fitted into the square that a detector looks at, in its upper left corner. Pure."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.boxes import Box
from vision.engines import EngineError
from vision.events import Detection
from vision.images import Pixels

Floats = NDArray[np.float32]
_GREY = 114
"""What is left of the square, as YOLOX was trained."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """`square` (size, size, 3); the picture takes `width` times `height` pixels of it."""

    square: Pixels = field(repr=False)
    width: float
    height: float

    def share(self, corners: Floats) -> Floats:
        """(n, 4) left, top, right, bottom in pixels of the square -> shares of the picture 0..1."""
        scale = np.asarray([self.width, self.height] * 2, np.float32)
        shares: Floats = np.clip(corners / scale, 0.0, 1.0)
        return shares


def letterbox(pixels: Pixels, size: int) -> Letterbox:
    """Raises EngineError for what has no pixels."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:  # noqa: PLR2004 - colours
        raise EngineError(f"This is no picture in colour: its shape is {pixels.shape}.")
    height, width = pixels.shape[:2]
    scale = size / max(height, width)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    square = np.full((size, size, 3), _GREY, np.uint8)
    square[:high, :wide] = _shrunk(pixels, wide, high)
    return Letterbox(square, wide, high)


def _shrunk(pixels: Pixels, wide: int, high: int) -> Pixels:
    """Halved by averaging while it is more than twice too large, for interpolation looks at four
    pixels only; halving is what OpenCV does quickest.
    """
    while pixels.shape[1] > 2 * wide and pixels.shape[0] > 2 * high:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        pixels = cv2.resize(pixels, half, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def detections(
    corners: Floats,
    scores: Floats,
    kinds: NDArray[np.intp],
    labels: tuple[str, ...],
    overlap: float,
) -> tuple[Detection, ...]:
    """Each thing once: of boxes of one kind that overlap more than `overlap` (IoU) the best stays.

    `corners` (n, 4) in shares, `scores` (n,), `kinds` (n,) index of the label. Best first.
    """
    if not len(scores):
        return ()
    sides = np.concatenate((corners[:, :2], corners[:, 2:] - corners[:, :2]), axis=1)
    kept = cv2.dnn.NMSBoxesBatched(sides.tolist(), scores.tolist(), kinds.tolist(), 0.0, overlap)
    return tuple(
        Detection(labels[kinds[at]], float(scores[at]), Box(*map(float, corners[at])))
        for at in np.asarray(kept, np.intp).reshape(-1)
    )
