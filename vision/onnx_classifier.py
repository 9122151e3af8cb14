"""Any ONNX image classifier (MobileViT, MobileNet, ResNet): a picture in, one number a label out.

In: (n, 3, height, width) or (n, height, width, 3), red green blue. Out: (n, labels), logits or
probabilities.
"""

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.engines import EngineError
from vision.images import Pixels
from vision.sessions import session

_MEAN = np.asarray((0.485, 0.456, 0.406), np.float32)
_SPREAD = np.asarray((0.229, 0.224, 0.225), np.float32)
"""Of ImageNet's colours, with which such classifiers are trained."""
_USUAL = 224
Row = NDArray[np.float64]


class Classifier:
    def __init__(self, model: bytes, labels: Sequence[str], threads: int = 1) -> None:
        """`labels`: in the order of its outputs. Raises EngineError."""
        self.labels = tuple(labels)
        self._session = session(model, threads)
        told = self._session.get_inputs()[0]
        self._name, shape = told.name, list(told.shape)
        if len(shape) != 4 or 3 not in (shape[1], shape[3]):  # noqa: PLR2004 - a picture's
            raise EngineError(f"This model takes no pictures: its input is {shape}.")
        self._last = shape[1] != 3  # noqa: PLR2004 - the colours come last
        sides = shape[1:3] if self._last else shape[2:4]
        self._height, self._width = (each if isinstance(each, int) else _USUAL for each in sides)
        self.classify(np.zeros((8, 8, 3), np.uint8))  # what does not fit is told now

    def classify(self, pixels: Pixels) -> Mapping[str, float]:
        small = cv2.resize(pixels, (self._width, self._height), interpolation=cv2.INTER_AREA)
        values = (small.astype(np.float32) / 255 - _MEAN) / _SPREAD
        batch = (values if self._last else values.transpose(2, 0, 1))[np.newaxis]
        told = self._session.run(None, {self._name: np.ascontiguousarray(batch)})[0]
        row = np.asarray(told, np.float64).reshape(-1)
        if len(row) != len(self.labels):
            raise EngineError(
                f"This model tells {len(row)} things apart; {len(self.labels)} labels are given."
            )
        return dict(zip(self.labels, map(float, _probabilities(row)), strict=True))


def _probabilities(row: Row) -> Row:
    are_already = row.min() >= 0 and abs(row.sum() - 1) < 1e-3  # noqa: PLR2004 - rounding
    odds: Row = row if are_already else np.exp(row - row.max())
    odds /= odds.sum()
    return odds
