"""What one look costs: YOLOX-nano, 416 pixels, 2 threads, by three runtimes in the same run.

`python -m bench.detect [--rounds 60] [--json]`. The same photographs by turns: our session (two
threads that do not spin), onnxruntime as it comes, and OpenCV's DNN. Milliseconds, of the network
alone and of the whole look, and of computing: a thread that spins costs the voice its time.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime as ort

from bench.figures import recordings_folder, show
from bench.people import read
from hub.engines import Workshop
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from vision.images import Pixels
from vision.letterbox import letterbox

_MODEL = "yolox/yolox_nano.onnx"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds, medians."""

    runtime: str
    wall: float
    cpu: float


Look = Callable[[Pixels], object]


def looks() -> dict[str, Look]:
    """Whole looks by ours and by OpenCV; the network alone as onnxruntime comes."""
    shelf = open_shelf()
    ours, opencv = (
        Workshop(shelf).detector(EngineChoice(engine=name)) for name in ("yolox", "opencv")
    )
    plain = ort.InferenceSession(shelf.load([_MODEL])[_MODEL], providers=["CPUExecutionProvider"])
    name = plain.get_inputs()[0].name

    def as_it_comes(pixels: Pixels) -> object:
        square = letterbox(pixels, 416).square[:, :, ::-1].transpose(2, 0, 1)
        return plain.run(None, {name: np.ascontiguousarray(square, np.float32)[np.newaxis]})

    return {
        "ours": ours.detect,
        "onnxruntime's defaults, no boxes made": as_it_comes,
        "OpenCV DNN": opencv.detect,
    }


def measure(rounds: int, photos: list[Pixels]) -> list[Row]:
    chosen = looks()
    wall: dict[str, list[float]] = {name: [] for name in chosen}
    cpu: dict[str, list[float]] = {name: [] for name in chosen}
    for number in range(-3, rounds):
        for name, look in chosen.items():
            began, computed = time.perf_counter(), time.process_time()
            look(photos[number % len(photos)])
            if number >= 0:
                wall[name].append((time.perf_counter() - began) * 1000)
                cpu[name].append((time.process_time() - computed) * 1000)
    return [
        Row(
            runtime=name,
            wall=round(statistics.median(wall[name]), 1),
            cpu=round(statistics.median(cpu[name]), 1),
        )
        for name in chosen
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.detect")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder: Path = recordings_folder() / "vision" / "ambianic"
    rows = measure(args.rounds, [read(file) for file in sorted(folder.glob("*.jpg"))])
    if args.json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
    else:
        show(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in rows])


if __name__ == "__main__":
    main()
