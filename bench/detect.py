"""What one look costs: YOLOX-nano, 416 pixels, 2 threads, by three runtimes in the same run.

`python -m bench.detect [--rounds 40] [--json]`. The same photographs by turns, each runtime in a
process of its own, for threads that spin would take the others' time: our session (two threads that
do not), onnxruntime as it comes, and OpenCV's DNN. Milliseconds of a look, and of computing for it,
with what its threads do while they wait for the next.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
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

_REST = 0.1
"""Seconds between two looks, as in an eye or two."""
_MODEL = "yolox/yolox_nano.onnx"
_PLAIN = "onnxruntime as it comes, no boxes made"
_RUNTIMES = ("yolox", _PLAIN, "opencv")
_TURNS = 3


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds: the median of a look, and computing for each on the whole."""

    runtime: str
    wall: float
    cpu: float


Look = Callable[[Pixels], object]


def look_by(runtime: str) -> Look:
    shelf = open_shelf()
    if runtime != _PLAIN:
        return Workshop(shelf).detector(EngineChoice(engine=runtime)).detect
    plain = ort.InferenceSession(shelf.load([_MODEL])[_MODEL], providers=["CPUExecutionProvider"])
    name = plain.get_inputs()[0].name

    def look(pixels: Pixels) -> object:
        square = letterbox(pixels, 416).square[:, :, ::-1].transpose(2, 0, 1)
        return plain.run(None, {name: np.ascontiguousarray(square, np.float32)[np.newaxis]})

    return look


def measure(runtime: str, rounds: int) -> Row:
    folder: Path = recordings_folder() / "vision" / "ambianic"
    photos = [read(file) for file in sorted(folder.glob("*.jpg"))]
    look = look_by(runtime)
    wall: list[float] = []
    before = 0.0
    for number in range(-5, rounds):
        time.sleep(_REST)
        before = time.process_time() if number == 0 else before
        began = time.perf_counter()
        look(photos[number % len(photos)])
        if number >= 0:
            wall.append((time.perf_counter() - began) * 1000)
    time.sleep(_REST)
    computed = (time.process_time() - before) * 1000 / rounds
    return Row(runtime=runtime, wall=statistics.median(wall), cpu=computed)


def compared(rounds: int) -> list[Row]:
    """Each in a process of its own, by turns; the median of its turns."""
    told: dict[str, list[Row]] = {runtime: [] for runtime in _RUNTIMES}
    for _ in range(_TURNS):
        for runtime in _RUNTIMES:
            words = [sys.executable, "-m", "bench.detect", "--only", runtime, "--rounds"]
            done = subprocess.run([*words, str(rounds)], stdout=subprocess.PIPE, check=True)
            told[runtime].append(msgspec.json.decode(done.stdout, type=Row))
    return [_middle(runtime, rows) for runtime, rows in told.items()]


def _middle(runtime: str, rows: Sequence[Row]) -> Row:
    return Row(
        runtime=runtime,
        wall=round(statistics.median(row.wall for row in rows), 1),
        cpu=round(statistics.median(row.cpu for row in rows), 1),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.detect")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", choices=_RUNTIMES)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.only:
        print(msgspec.json.encode(measure(args.only, args.rounds)).decode())
        return
    rows = compared(args.rounds)
    if args.json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
    else:
        show(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in rows])


if __name__ == "__main__":
    main()
