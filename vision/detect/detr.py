"""Detectors that answer with whole boxes, each once: D-FINE, RT-DETR and their kin (arXiv
2410.13842, 2304.08069).

In: (1, 3, size, size), red green blue 0..1, and where asked for the size of the picture,
`orig_target_sizes`. Out: `labels`, `boxes` (corners in that size) and `scores`; or `logits` and
`pred_boxes` (centre and size as shares).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.boxes import Box
from vision.coco import LABELS
from vision.engines import EngineError, Files
from vision.events import Detection
from vision.images import Pixels
from vision.letterbox import Floats
from vision.sessions import session

_USUAL = 640
_SIZES = "orig_target_sizes"


@dataclass(frozen=True)
class Options:
    model: str
    """File on the shelf, without .onnx."""
    threads: int = 2
    """Processor threads that it may use."""
    threshold: float = 0.4
    """Score 0..1 from which something is told at all."""


def files(options: Options) -> tuple[str, ...]:
    return (f"detr/{options.model}.onnx",)


class Engine:
    labels = LABELS

    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError for a graph of another form."""
        [model] = files.values()
        self._options = options
        self._session = session(model, options.threads)
        inputs = {each.name: each for each in self._session.get_inputs()}
        self._asks_size = inputs.pop(_SIZES, None) is not None
        self._told = tuple(each.name for each in self._session.get_outputs())
        ours = {"labels", "boxes", "scores"} <= set(self._told)
        theirs = {"logits", "pred_boxes"} <= set(self._told)
        if len(inputs) != 1 or not (ours or theirs):
            raise EngineError(f"{options.model} is no DETR: it gives {', '.join(self._told)}.")
        self._name, told = inputs.popitem()
        side = told.shape[-1] if len(told.shape) == 4 else None  # noqa: PLR2004 - its form
        self.size = side if isinstance(side, int) else _USUAL

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        square = cv2.resize(pixels, (self.size, self.size), interpolation=cv2.INTER_LINEAR)
        values = square.astype(np.float32).transpose(2, 0, 1)[np.newaxis] / 255
        given: dict[str, object] = {self._name: np.ascontiguousarray(values)}
        if self._asks_size:
            given[_SIZES] = np.asarray([[self.size, self.size]], np.int64)
        run: list[Floats] = [np.asarray(e, np.float32) for e in self._session.run(None, given)]
        told = dict(zip(self._told, run, strict=True))
        kinds, corners, scores = self._read(told)
        sure = (scores >= self._options.threshold) & (kinds < len(self.labels)) & (kinds >= 0)
        order = np.argsort(-scores[sure])
        return tuple(
            Detection(self.labels[kind], float(score), Box(*map(float, box)).clipped())
            for kind, score, box in zip(
                kinds[sure][order], scores[sure][order], corners[sure][order], strict=True
            )
        )

    def _read(
        self, told: dict[str, NDArray[np.float32]]
    ) -> tuple[NDArray[np.intp], Floats, Floats]:
        """Labels (n,), corners (n, 4) as shares, scores (n,)."""
        if "boxes" in told:
            corners: Floats = told["boxes"].reshape(-1, 4) / np.float32(self.size)
            return told["labels"].reshape(-1).astype(np.intp), corners, told["scores"].reshape(-1)
        logits = told["logits"].reshape(-1, told["logits"].shape[-1])
        scores = 1 / (1 + np.exp(-np.clip(logits, -50, 50)))
        kinds = scores.argmax(axis=1)
        boxes = told["pred_boxes"].reshape(-1, 4)
        half = boxes[:, 2:] / 2
        shares: Floats = np.concatenate((boxes[:, :2] - half, boxes[:, :2] + half), axis=1)
        best: Floats = scores[np.arange(len(scores)), kinds].astype(np.float32)
        return kinds, shares, best
