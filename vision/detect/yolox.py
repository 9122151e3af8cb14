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
from vision.letterbox import detections, letterbox
from vision.sessions import session
from vision.yolox_head import Head


@dataclass(frozen=True)
class Options:
    model: str = "yolox_nano"
    """File on the shelf, without .onnx."""
    threads: int = 2
    """Processor threads that it may use."""
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
        self._head = Head(self.size, options.threshold)

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        box = letterbox(pixels, self.size)
        planes = np.ascontiguousarray(box.square[:, :, ::-1].transpose(2, 0, 1), np.float32)
        [told] = self._session.run(None, {self._input: planes[np.newaxis]})
        corners, scores, kinds = self._head.read(np.asarray(told, np.float32))
        options = self._options
        return detections(box.share(corners), scores, kinds, self.labels, options.overlap)
