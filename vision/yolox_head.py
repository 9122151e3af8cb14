"""From what YOLOX answers to boxes: a centre and a logarithmic size for each cell. Pure."""

import numpy as np
from numpy.typing import NDArray

from vision.coco import LABELS
from vision.engines import EngineError
from vision.letterbox import Floats

_STRIDES = (8, 16, 32)
_LARGEST = 8.0
"""Of the logarithm of a side in cells: beyond any picture, and no overflow."""


class Head:
    """Of a square of `size` pixels; `threshold`: score 0..1 from which anything is told."""

    def __init__(self, size: int, threshold: float) -> None:
        self._threshold = threshold
        self._cells, self._strides = _grid(size)

    def read(self, told: Floats) -> tuple[Floats, Floats, NDArray[np.intp]]:
        """Corners (n, 4) in pixels, scores (n,) and labels (n,). Raises EngineError."""
        if told.shape != (1, len(self._cells), 5 + len(LABELS)):
            raise EngineError(f"This is no YOLOX for COCO: it gives {told.shape}.")
        rows = told[0]
        sure = np.flatnonzero(rows[:, 4] >= self._threshold)
        by_label = rows[sure, 5:] * rows[sure, 4:5]
        kinds = by_label.argmax(axis=1) if len(sure) else np.zeros(0, np.intp)
        scores = by_label[np.arange(len(sure)), kinds]
        good = scores >= self._threshold
        sure, kinds, scores = sure[good], kinds[good], scores[good]
        stride = self._strides[sure, np.newaxis]
        centre = (rows[sure, :2] + self._cells[sure]) * stride
        half = np.exp(np.minimum(rows[sure, 2:4], _LARGEST)) * stride / 2
        return np.concatenate((centre - half, centre + half), axis=1), scores, kinds


def _grid(size: int) -> tuple[Floats, Floats]:
    """Of all cells: column and row (n, 2), and the pixels that one spans (n,)."""
    cells, strides = [], []
    for stride in _STRIDES:
        side = size // stride
        rows, columns = np.mgrid[:side, :side]
        cells.append(np.stack((columns, rows), axis=2).reshape(-1, 2))
        strides.append(np.full(side * side, stride))
    return np.concatenate(cells).astype(np.float32), np.concatenate(strides).astype(np.float32)
