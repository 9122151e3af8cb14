"""YOLOX: anchor-free boxes from one ONNX graph (Ge et al. 2021, arXiv 2107.08430)."""

from dataclasses import dataclass

from vision.engines import Files
from vision.events import Detection
from vision.images import Pixels


@dataclass(frozen=True)
class Options:
    model: str = "yolox_nano"
    """File on the shelf, without .onnx."""
    threads: int = 2
    threshold: float = 0.3
    """Score 0..1 from which something is told at all."""


def files(options: Options) -> tuple[str, ...]:
    return (f"yolox/{options.model}.onnx",)


class Engine:
    labels: tuple[str, ...] = ()
    size = 416

    def __init__(self, options: Options, files: Files) -> None:
        self._options, self._files = options, files

    def detect(self, pixels: Pixels) -> tuple[Detection, ...]:
        raise NotImplementedError
