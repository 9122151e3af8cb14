"""One picture of a face, altered ten ways: stands for more pictures of a person where there are
none, and is easier than those would be.
"""

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from vision.boxes import Box
from vision.images import Pixels

_AROUND = 3.0
"""Sides of the face that are shown."""
_CHANCE = 7

Alter = Callable[[Pixels], Pixels]


def around(pixels: Pixels, box: Box) -> Pixels:
    """The face in the middle of a square; what lies beyond the picture repeats its edge."""
    height, width = pixels.shape[:2]
    side = round(_AROUND * max(box.width * width, box.height * height))
    x, y = box.centre
    return _pixels(cv2.getRectSubPix(pixels, (side, side), (x * width, y * height)))


def _turned(degrees: float) -> Alter:
    def alter(pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        size = (width, height)
        return _pixels(cv2.warpAffine(pixels, turn, size, borderMode=cv2.BORDER_REPLICATE))

    return alter


def _lit(factor: float) -> Alter:
    return lambda pixels: _pixels(np.clip(pixels * factor, 0, 255))


def _noisy(pixels: Pixels) -> Pixels:
    noise = np.random.default_rng(_CHANCE).normal(0, 12, pixels.shape)
    return _pixels(np.clip(pixels + noise, 0, 255))


def _compressed(pixels: Pixels) -> Pixels:
    told = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, 40))[1]
    seen = cv2.imdecode(told, cv2.IMREAD_COLOR)
    assert seen is not None
    return _pixels(seen)


def _closer(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    return _pixels(pixels[height // 6 : -height // 6, width // 5 : -width // 5])


def _half(pixels: Pixels) -> Pixels:
    return _pixels(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def _pixels(values: "np.typing.NDArray[np.generic]") -> Pixels:
    return np.ascontiguousarray(values).astype(np.uint8)


ALTERED: Mapping[str, Alter] = {
    "mirrored": lambda pixels: _pixels(pixels[:, ::-1]),
    "turned 15° left": _turned(15),
    "turned 15° right": _turned(-15),
    "half as bright": _lit(0.5),
    "1.6 times as bright": _lit(1.6),
    "blurred, 1.5 pixels": lambda pixels: _pixels(cv2.GaussianBlur(pixels, (0, 0), 1.5)),
    "noise of 12": _noisy,
    "cut closer": _closer,
    "JPEG at 40": _compressed,
    "half as large": _half,
}
