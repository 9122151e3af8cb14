"""YuNet finds faces (Wu et al. 2023), SFace tells them apart (Zhong et al. 2021), both by OpenCV.

OpenCV's own networks, from bytes: a thread embeds a face in 15 ms where onnxruntime takes 33, since
this export keeps its weights where onnxruntime must not fold them; and YuNet looks at a picture of
any size, where its graph by itself takes 640 by 640 only.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from vision.boxes import Box
from vision.engines import Embedding, EngineError, Face, Files
from vision.images import Pixels

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # it would print hints for us
_OVERLAP, _MOST = 0.3, 50
"""IoU from which two boxes are one face, as its authors chose; faces of a picture at most."""


@dataclass(frozen=True)
class Options:
    threshold: float = 0.7
    """Score 0..1 from which something is a face."""
    size: int = 480
    """Pixels of the longer side in which faces are looked for; they are embedded as they are."""
    threads: int = 1


def files(_: Options) -> tuple[str, ...]:
    return "faces/yunet.onnx", "faces/sface.onnx"


class Engine:
    def __init__(self, options: Options, files: Files) -> None:
        """Raises EngineError for other models than these."""
        finds, tells = (np.frombuffer(content, np.uint8) for content in files.values())
        nothing = np.zeros(0, np.uint8)
        cv2.setNumThreads(options.threads)
        self._size = options.size
        try:
            self._finder = cv2.FaceDetectorYN.create(
                "onnx", finds, nothing, (320, 320), options.threshold, _OVERLAP, _MOST
            )
            self._teller = cv2.FaceRecognizerSF.create("onnx", tells, nothing)
            nobody = np.zeros((112, 112, 3), np.uint8)
            self.faces(nobody)  # what does not fit is told now, what is loaded late is loaded
            self.embed(nobody, _MIDDLE)
        except cv2.error as error:
            raise EngineError("The models of sface are not YuNet and SFace.") from error

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        """Best first. Raises EngineError for what is no picture in colour."""
        if pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:  # noqa: PLR2004 - colours
            raise EngineError(f"This is no picture in colour: its shape is {pixels.shape}.")
        scale = min(1.0, self._size / max(pixels.shape[:2]))
        height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
        small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
        self._finder.setInputSize((width, height))
        _, found = self._finder.detect(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
        rows = np.asarray([] if found is None else found, np.float64).reshape(-1, 15)  # type: ignore[redundant-expr]  # its stub forgets None
        rows[:, :14] /= np.tile((width, height), 7)
        return tuple(map(_face, sorted(rows.tolist(), key=lambda row: -row[14])))

    def embed(self, pixels: Pixels, face: Face) -> Embedding:
        """Shape (128,)."""
        height, width = pixels.shape[:2]
        points = np.asarray(face.landmarks, np.float32) * (width, height)
        row = np.concatenate((np.zeros(4), points.ravel(), [face.score])).astype(np.float32)
        aligned = self._teller.alignCrop(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), row)
        told = np.asarray(self._teller.feature(aligned), np.float32).ravel()
        embedding: Embedding = told / max(1e-9, float(np.linalg.norm(told)))
        return embedding


def _face(row: list[float]) -> Face:
    left, top, width, height, *points, score = row
    return Face(
        Box(left, top, left + width, top + height).clipped(),
        min(1.0, score),
        tuple(zip(points[::2], points[1::2], strict=True)),
    )


_MIDDLE = Face(
    Box(0.2, 0.2, 0.8, 0.8), 1.0, ((0.35, 0.4), (0.65, 0.4), (0.5, 0.6), (0.4, 0.75), (0.6, 0.75))
)
