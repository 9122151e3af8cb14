"""Whether a face is good enough to be enrolled, or to be compared at all. Pure."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from vision.engines import Face
from vision.images import Pixels
from vision.thorough import part

Fault = Literal["unsure", "small", "turned", "blurred"]
_SIDE = 64
"""Pixels to which a face is scaled before its sharpness is measured."""


@dataclass(frozen=True, slots=True)
class Demands:
    """`score` of the finder 0..1; `side`: pixels of the shorter; `turned`: how far the nose may be
    from the middle of the eyes, in distances of the eyes; `eyes`: how far these must be apart, in
    sides; `sharp`: variance of the Laplacian, per variance of the brightness.
    """

    score: float
    side: int
    turned: float
    eyes: float
    sharp: float


ENROL = Demands(score=0.8, side=48, turned=0.4, eyes=0.3, sharp=0.03)
COMPARE = Demands(score=0.7, side=24, turned=0.6, eyes=0.2, sharp=0.0)
"""With these 9 of 10 altered pictures of a person are compared at all, and no stranger's face was
taken for one of theirs (`python -m bench.faces`)."""


def fault(pixels: Pixels, face: Face, demands: Demands) -> Fault | None:
    """The first demand that it does not meet."""
    height, width = pixels.shape[:2]
    side = min(face.box.width * width, face.box.height * height)
    if face.score < demands.score:
        return "unsure"
    if side < demands.side:
        return "small"
    right, left, nose = (np.multiply(point, (width, height)) for point in face.landmarks[:3])
    between = left - right
    apart = float(np.hypot(*between))
    aside = float((nose - (left + right) / 2) @ between)
    if apart < demands.eyes * side or abs(aside) > demands.turned * apart**2:
        return "turned"
    return "blurred" if _sharpness(pixels, face) < demands.sharp else None


def _sharpness(pixels: Pixels, face: Face) -> float:
    grey = cv2.cvtColor(part(pixels, face.box)[0], cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_64F).var() / max(1.0, float(small.var())))
