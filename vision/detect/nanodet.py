"""NanoDet-Plus: boxes as distributions of distances to their edges (Li et al. 2020, generalized
focal loss, arXiv 2006.04388).

In: (1, 3, size, size), blue green red, less their mean and by their spread. Out, in any order: for
each grid the scores of all labels (cells, labels), and edges (cells, 4 * bins) as logits; or both
beside each other in one (1, cells, labels + 4 * bins).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vision.coco import LABELS
from vision.engines import EngineError, Files
from vision.events import Detection
from vision.images import Pixels
from vision.letterbox import Floats, detections, letterbox
from vision.sessions import session

_MEAN = np.asarray((103.53, 116.28, 123.675), np.float32)
_SPREAD = np.asarray((57.375, 57.12, 58.395), np.float32)
"""Of ImageNet's colours, blue first."""
_STRIDES = (8, 16, 32, 64)
_EDGES = 4


@dataclass(frozen=True)
class Options:
    model: str = "nanodet_2022nov"
    """File on the shelf, without .onnx."""
    threads: int = 2
    """Processor threads that it may use."""
    threshold: float = 0.3
    """Score 0..1 from which something is told at all."""
    overlap: float = 0.5
    """IoU from which two boxes of one kind are one thing."""


def files(options: Options) -> tuple[str, ...]:
    return (f"nanodet/{options.model}.onnx",)


class Engine:
    labels = LABELS

    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError for a graph of another form."""
        [model] = files.values()
        self._options = options
        self._session = session(model, options.threads)
        told = self._session.get_inputs()[0]
        if len(told.shape) != 4 or told.shape[1] != 3 or told.shape[2] != told.shape[3]:  # noqa: PLR2004 - its form
            raise EngineError(f"{options.model} is no NanoDet: it takes {told.shape}.")
        self._name, self.size = told.name, int(told.shape[2])
        self._centres, self._strides = _grid(self.size)

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        box = letterbox(pixels, self.size)
        values = (box.square[:, :, ::-1].astype(np.float32) - _MEAN) / _SPREAD
        planes = np.ascontiguousarray(values.transpose(2, 0, 1))[np.newaxis]
        scores, edges = self._parted(self._session.run(None, {self._name: planes}))
        kinds = scores.argmax(axis=1)
        best = scores[np.arange(len(scores)), kinds]
        sure = np.flatnonzero(best >= self._options.threshold)
        corners = self._corners(edges[sure], sure)
        shares = box.share(corners)
        return detections(shares, best[sure], kinds[sure], self.labels, self._options.overlap)

    def _parted(self, told: Sequence[object]) -> tuple[Floats, Floats]:
        """Scores (cells, labels) and edges (cells, 4 * bins) of all grids, finest first."""
        rows = [np.asarray(each, np.float32) for each in told]
        rows = [each.reshape(-1, each.shape[-1]) for each in rows]
        if len(rows) == 1:
            whole = rows[0]
            scores, edges = whole[:, : len(self.labels)], whole[:, len(self.labels) :]
        else:
            finest_first = sorted(rows, key=lambda each: -len(each))
            labelled = [each for each in finest_first if each.shape[1] == len(self.labels)]
            others = [each for each in finest_first if each.shape[1] != len(self.labels)]
            if not labelled or len(labelled) != len(others):
                raise EngineError(f"{self._options.model} is no NanoDet for COCO.")
            scores, edges = np.concatenate(labelled), np.concatenate(others)
        if len(scores) != len(self._centres) or edges.shape[1] % _EDGES:
            shapes = [each.shape for each in rows]
            raise EngineError(f"{self._options.model} is no NanoDet for COCO: it gives {shapes}.")
        return scores, edges

    def _corners(self, edges: Floats, cells: NDArray[np.intp]) -> Floats:
        bins = edges.shape[1] // _EDGES
        odds = np.exp(edges.reshape(-1, _EDGES, bins) - edges.max(axis=1, initial=0)[:, None, None])
        odds /= odds.sum(axis=2, keepdims=True)
        away = odds @ np.arange(bins, dtype=np.float32) * self._strides[cells, np.newaxis]
        centre = self._centres[cells]
        corners = np.concatenate((centre - away[:, :2], centre + away[:, 2:]), axis=1)
        return corners.astype(np.float32)


def _grid(size: int) -> tuple[Floats, Floats]:
    """Of all cells: centre in pixels (n, 2), and the pixels that one spans (n,)."""
    centres, strides = [], []
    for stride in _STRIDES:
        side = -(-size // stride)
        rows, columns = np.mgrid[:side, :side] * stride
        centres.append(np.stack((columns, rows), axis=2).reshape(-1, 2))
        strides.append(np.full(side * side, stride))
    return np.concatenate(centres).astype(np.float32), np.concatenate(strides).astype(np.float32)
