"""What the seal costs: the same work in a sealed and an unsealed process, by turns.

`python -m bench.seal [--rounds 20] [--json]`. Both processes stand ready at the same time and one
of them works at a time, the first place alternating, so that the machine's moods hit both; but both
record, or play, at once, as sound that waits would not count. Sound comes and goes through a null
sink of a private PulseAudio. Computing, that of all threads of a process, is not disturbed by
others on the machine as the clock is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import msgspec

from bench.figures import median, ratio, show
from bench.seal_task import ROLES
from hub.shelf.shelf import models_folder
from tests.audio.pulse import missing_tools, pulse

_UNITS = {
    "onnxruntime": "silero, 20 s of sound",
    "CTranslate2": "tiny.en, a sentence",
    "numpy": "5 products of 700 x 700, transforms",
    "video": "100 pictures, 320 x 240, MPEG-2",
    "capture": "1 s of sound",
    "playback": "1 s of sound",
}
_LIVE = {"capture", "playback"}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Medians in milliseconds; `ratio`: the median of sealed / not sealed, pair by pair."""

    name: str
    what: str
    n: int
    clock_sealed: float
    clock_unsealed: float
    clock_ratio: float
    computing_sealed: float
    computing_unsealed: float
    computing_ratio: float


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds."""

    clock: float
    computing: float


class Worker:
    """A process that does one thing when told to."""

    def __init__(self, process: subprocess.Popen[bytes], reports: IO[str]) -> None:
        self.process = process
        self._reports = reports

    def ready(self) -> None:
        """Raises NotReady."""
        if self._reports.readline() != "ready\n":
            raise NotReady("A process ended before it was ready; it says why above.")

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b".")
        self.process.stdin.flush()

    def finish(self) -> Times:
        clock, computing = map(float, self._reports.readline().split())
        return Times(clock, computing)


class NotReady(Exception):
    """Nothing can be measured."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.seal")
    parser.add_argument("--rounds", type=int, default=20, help="how often each is done")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if tools := missing_tools():
        print(f"Missing: {', '.join(tools)}. Run: script/setup test", file=sys.stderr)
        return 1
    try:
        rows = measure(args.rounds)
    except NotReady as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        print(msgspec.json.encode(rows).decode())
    else:
        times = ("sealed ms", "not sealed ms", "ratio")
        heads = ("", "what", "n", *times, *(f"computing: {each}" for each in times))
        show(heads, [msgspec.structs.astuple(row) for row in rows])
    return 0


def measure(rounds: int) -> list[Row]:
    """Raises NotReady."""
    with tempfile.TemporaryDirectory() as folder, pulse(Path(folder)) as server:
        models = {"INGLENOOK_MODELS": str(models_folder(os.environ))}
        return [_row(name, rounds, {**server.environment, **models}) for name in ROLES]


def _row(name: str, rounds: int, environment: Mapping[str, str]) -> Row:
    with ExitStack() as stack:
        sealed = stack.enter_context(_worker(name, "sealed", environment))
        unsealed = stack.enter_context(_worker(name, "unsealed", environment))
        for worker in (sealed, unsealed):
            worker.ready()
        pairs = [_pair(name, sealed, unsealed, number) for number in range(rounds)]
    clock = [(one.clock, other.clock) for one, other in pairs]
    computing = [(one.computing, other.computing) for one, other in pairs]
    return Row(
        name=name,
        what=_UNITS[name],
        n=rounds,
        clock_sealed=_milliseconds(one for one, _ in clock),
        clock_unsealed=_milliseconds(other for _, other in clock),
        clock_ratio=ratio(clock) or 0.0,
        computing_sealed=_milliseconds(one for one, _ in computing),
        computing_unsealed=_milliseconds(other for _, other in computing),
        computing_ratio=ratio(computing) or 0.0,
    )


def _pair(name: str, sealed: Worker, unsealed: Worker, number: int) -> tuple[Times, Times]:
    first, second = (sealed, unsealed) if number % 2 else (unsealed, sealed)
    first.start()
    if name in _LIVE:
        second.start()
    times = {first: first.finish()}
    if name not in _LIVE:
        second.start()
    times[second] = second.finish()
    return times[sealed], times[unsealed]


def _milliseconds(seconds: Iterable[float]) -> float:
    return round((median([each * 1_000 for each in seconds]) or 0.0), 1)


@contextmanager
def _worker(
    name: str, seal: Literal["sealed", "unsealed"], environment: Mapping[str, str]
) -> Iterator[Worker]:
    ours, theirs = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.seal_task", str(theirs), name, seal],
        pass_fds=(theirs,),
        stdin=subprocess.PIPE,
        env=dict(environment),
    )
    os.close(theirs)
    with os.fdopen(ours) as reports:
        try:
            yield Worker(process, reports)
        finally:
            process.kill()
            process.communicate()


if __name__ == "__main__":
    sys.exit(main())
