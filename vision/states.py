"""The classifier that a file holds: an ONNX model, or what was learnt from a few examples."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from vision import onnx_classifier
from vision.engines import EngineError
from vision.few import load
from vision.images import Pixels


class Classifies(Protocol):
    def classify(self, pixels: Pixels) -> Mapping[str, float]: ...


def read_classifier(file: Path, labels: Sequence[str]) -> Classifies:
    """Raises EngineError, also for a file that is not there."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EngineError(f"{file} cannot be read: {error.strerror}.") from error
    if file.suffix == ".onnx":
        return onnx_classifier.Classifier(content, tuple(labels))
    return load(content)
