"""What an engine must answer. The host keeps time, threads and state; an engine only judges.

An engine is one file in detect/ or faces/: a frozen dataclass `Options`, a function
`files(options)` that names the model files it needs, and a class `Engine(options, files)`, where
`files` maps those names to verified bytes. Its heavy library is imported at the top of that file
and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vision.boxes import Box, Point
from vision.events import Detection
from vision.images import Pixels

Files = Mapping[str, bytes]
"""File name -> verified bytes. An engine keeps no reference to what it has loaded."""

Embedding = NDArray[np.float32]
"""Shape (n,), of length 1: the cosine of two is their product."""


class EngineError(Exception):
    """An engine cannot work with its options or its files; the message says what to do."""


class Detector(Protocol):
    @property
    def labels(self) -> Sequence[str]:
        """All that it can tell apart."""
        ...

    @property
    def size(self) -> int:
        """Pixels of the longer side that it looks at: a bigger picture is scaled down."""
        ...

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        """What is in a picture of any size, each thing once; boxes in shares of that picture."""
        ...


@dataclass(frozen=True, slots=True)
class Face:
    """`landmarks`: its right eye, left eye, tip of the nose, right and left corner of the mouth, in
    shares of the picture; right is the person's own, mostly the picture's left.
    """

    box: Box
    score: float
    landmarks: tuple[Point, ...] = field(repr=False)


class FaceEngine(Protocol):
    """Finds faces and tells them apart; in one, for an embedding needs the face's landmarks."""

    def faces(self, pixels: Pixels) -> Sequence[Face]:
        """Those in a picture of any size; boxes in its shares."""
        ...

    def embed(self, pixels: Pixels, face: Face) -> Embedding:
        """Of one of these faces, in that same picture."""
        ...
