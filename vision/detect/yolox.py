"""YOLOX: anchor-free boxes from one ONNX graph (Ge et al. 2021, arXiv 2107.08430).

In: (1, 3, size, size) blue green red 0..255. Out: (1, cells, 5 + labels): centre, log size, and
scores 0..1 of there being anything and of each label, for the cells of three grids.
"""

from dataclasses import dataclass

import numpy as np
import onnxruntime as ort

from vision.coco import LABELS
from vision.engines import EngineError, Files
from vision.events import Detection
from vision.images import Pixels
from vision.letterbox import Floats, detections, letterbox
from vision.sessions import session

_STRIDES = (8, 16, 32)


@dataclass(frozen=True)
class Options:
    model: str = "yolox_nano"
    """File on the shelf, without .onnx."""
    threads: int = 2
    threshold: float = 0.25
    """Score 0..1 from which something is told at all."""
    overlap: float = 0.5
    """IoU from which two boxes of one kind are one thing."""


def files(options: Options) -> tuple[str, ...]:
    return (f"yolox/{options.model}.onnx",)


class Engine:
    labels = LABELS

    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError for a graph of another form."""
        [model] = files.values()
        self._options = options
        self._session: ort.InferenceSession = session(model, options.threads)
        shape = self._session.get_inputs()[0].shape
        if len(shape) != 4 or shape[1] != 3 or shape[2] != shape[3]:  # noqa: PLR2004 - its form
            raise EngineError(f"{options.model} is no YOLOX: it takes {shape}.")
        self.size = int(shape[2])
        self._input = self._session.get_inputs()[0].name
        self._cells, self._strides = _grid(self.size)

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        box = letterbox(pixels, self.size)
        planes = np.ascontiguousarray(box.square[:, :, ::-1].transpose(2, 0, 1), np.float32)
        [told] = self._session.run(None, {self._input: planes[np.newaxis]})
        corners, scores, kinds = self._read(np.asarray(told, np.float32))
        options = self._options
        return detections(box.share(corners), scores, kinds, self.labels, options.overlap)

    def _read(self, told: Floats) -> tuple[Floats, Floats, np.typing.NDArray[np.intp]]:
        if told.shape != (1, len(self._cells), 5 + len(self.labels)):
            raise EngineError(f"{self._options.model} is no YOLOX for COCO: it gives {told.shape}.")
        rows = told[0]
        sure = np.flatnonzero(rows[:, 4] >= self._options.threshold)
        by_label = rows[sure, 5:] * rows[sure, 4:5]
        kinds = by_label.argmax(axis=1) if len(sure) else np.zeros(0, np.intp)
        scores = by_label[np.arange(len(sure)), kinds]
        good = scores >= self._options.threshold
        sure, kinds, scores = sure[good], kinds[good], scores[good]
        stride = self._strides[sure, np.newaxis]
        centre = (rows[sure, :2] + self._cells[sure]) * stride
        half = np.exp(np.minimum(rows[sure, 2:4], _LARGEST)) * stride / 2
        return np.concatenate((centre - half, centre + half), axis=1), scores, kinds


_LARGEST = 8.0
"""Of the logarithm of a side in cells: beyond any picture, and no overflow."""


def _grid(size: int) -> tuple[Floats, Floats]:
    """Of all cells: column and row (n, 2), and the pixels that one spans (n,)."""
    cells, strides = [], []
    for stride in _STRIDES:
        side = size // stride
        rows, columns = np.mgrid[:side, :side]
        cells.append(np.stack((columns, rows), axis=2).reshape(-1, 2))
        strides.append(np.full(side * side, stride))
    return np.concatenate(cells).astype(np.float32), np.concatenate(strides).astype(np.float32)
