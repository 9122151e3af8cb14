"""YOLOX run by OpenCV's own networks: where onnxruntime has no wheel, or is slower."""

from dataclasses import dataclass

import cv2
import numpy as np

from vision.coco import LABELS
from vision.engines import EngineError, Files
from vision.events import Detection
from vision.images import Pixels
from vision.letterbox import detections, letterbox
from vision.yolox_head import Head


@dataclass(frozen=True)
class Options:
    model: str = "yolox_nano"
    """File on the shelf, without .onnx."""
    size: int = 416
    """Pixels of the square that it was exported for: OpenCV does not tell it."""
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
        """Raises EngineError for a graph that OpenCV cannot run."""
        [model] = files.values()
        self._options = options
        self.size = options.size
        cv2.setNumThreads(options.threads)
        try:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
        except cv2.error as error:
            raise EngineError(f"{options.model} cannot be run by OpenCV.") from error
        self._head = Head(self.size, options.threshold)

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        box = letterbox(pixels, self.size)
        planes = box.square[:, :, ::-1].transpose(2, 0, 1)[np.newaxis]
        self._net.setInput(np.ascontiguousarray(planes, np.float32))
        try:
            told = self._net.forward()
        except cv2.error as error:
            model = f"{self._options.model} at {self.size} pixels"
            raise EngineError(f"OpenCV cannot run {model}.") from error
        corners, scores, kinds = self._head.read(np.asarray(told, np.float32))
        shares = box.share(corners)
        return detections(shares, scores, kinds, self.labels, self._options.overlap)
