"""The process that sees with one camera: pictures in, typed words out.

`python -m hub.cage eye --settings FD [--relay FD] --up FD --down FD --parent PID`. It opens device,
file and models first; from then on it is sealed, and its network has nothing but the relay to its
camera. No picture is kept, and what it might print goes nowhere.
"""

import argparse
import io
import os
import socket
import statistics
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

import av
import cv2
import msgspec
import numpy as np

from hub.cage.closing import NotSealed, closed
from hub.cage.gate import NoGate, hand_over
from hub.cage.rules import Role
from hub.children import NOT_READY
from hub.engines import EngineMissing
from hub.eyes.making import make_source, make_watcher
from hub.eyes.messages import EyeHealth, Pace, Sketch, Slow, ToEye
from hub.eyes.outline import Edges
from hub.eyes.pacing import Pacing
from hub.eyes.settings import EyeSettings
from hub.eyes.telling import Telling
from hub.fields import REASON_LIMIT
from hub.keep.lock import lock_all
from hub.messages import Closed, State
from hub.pipes import Reader, Writer
from hub.process import give_back_memory, prepare, quit_on_sigterm
from hub.settings import from_memory
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from vision.engines import EngineError
from vision.images import Image
from vision.sources.picture import pixels
from vision.sources.slot import Decoded, Lost
from vision.sources.stream import SILENT, Stream, plain
from vision.sources.v4l2 import NoCamera
from vision.watcher import Watcher

_EXPECTED = (NoCamera, NoGate, NotSealed, ShelfError, EngineMissing, EngineError, OSError)
_NICE = 10
"""Speech goes first."""
_HEALTH_EVERY = 10.0
_GAPS: dict[Pace, float] = {0: 0.0, 1: 0.4, 2: 2.0, 3: float("inf")}
"""Seconds between two pictures that are looked at, at each pace."""
_TICK = 0.25


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings", type=int, required=True)
    parser.add_argument("--relay", type=int)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    os.nice(_NICE)
    for end in (args.up, args.down):
        # a camera's own program has nothing to say here
        os.set_inheritable(end, False)  # noqa: FBT003 - its only argument
    settings = from_memory(args.settings, EyeSettings)
    name = f"eye.{settings.camera}"
    up, down = Writer(args.up), Reader(args.down, msgspec.json.Decoder(ToEye))
    up.send(State(source=name, state="starting"))
    try:
        watcher = make_watcher(settings, open_shelf())
        stream = Stream(make_source(settings))
        _warm_up(watcher)
        if args.relay is not None:
            hand_over(args.relay)
        give_back_memory()
        lock_all()
        wall = Closed(source=name, level=closed(Role.EYE))
        up.send(wall)
        source = settings.source
        Eye(wall, stream, watcher, up, down, 1 / source.fps, source.kind != "device").run()
    except _EXPECTED as error:
        up.send(State(source=name, state="blind", reason=str(error)[:REASON_LIMIT]))
        return NOT_READY
    return 0


@dataclass
class Eye:
    """Until it is ended. `wall`: how it is closed; `reopens`: what was lost can be opened again by
    this process.
    """

    wall: Closed
    stream: Stream
    watcher: Watcher
    up: Writer
    down: Reader[ToEye]
    gap: float
    reopens: bool
    _edges: Edges = field(default_factory=Edges)
    _watching: bool = False
    _due: float = 0.0
    _health_at: float = 0.0
    _looked: int = 0
    _took: deque[float] = field(default_factory=lambda: deque(maxlen=30))

    def __post_init__(self) -> None:
        self.name = self.wall.source
        self._telling = Telling(self.name)
        self._pacing = Pacing(self.gap)

    def run(self) -> None:
        self.stream.start()
        while not self.down.closed:
            self._obey()
            now = time.monotonic()
            if now - self._health_at >= _HEALTH_EVERY:
                self._health_at = now
                self._pacing.look(now, self.stream.slot.decoded, self._looked)
                self._telling.pace = self._pacing.pace
                self.up.send(self._health())
            if now < self._due:
                time.sleep(min(_TICK, self._due - now))
                continue
            match self.stream.slot.take(_TICK):
                case Decoded() as decoded:
                    self._due = now + max(self.gap, _GAPS[self._pacing.asked])
                    self._see(decoded)
                case Lost(reason):
                    if not self.reopens:
                        raise NoCamera(reason)
                    self._watching = False
                    self.up.send(State(source=self.name, state="blind", reason=reason))
                case None:
                    self._patient()

    def _patient(self) -> None:
        """A device has no time limit of its own. Raises NoCamera where it gives nothing more."""
        if not self.reopens and time.monotonic() - self.stream.slot.at >= SILENT:
            raise NoCamera(plain(TimeoutError()))

    def _see(self, decoded: Decoded) -> None:
        try:
            image = Image(pixels(decoded.frame), decoded.at)
        except (ValueError, av.error.FFmpegError, MemoryError):
            return  # one picture that cannot be used
        began = time.perf_counter()
        looked = self.watcher.detections
        self._looked += 1
        view = self.watcher.see(image)
        if self.watcher.detections > looked:
            self._took.append(time.perf_counter() - began)
        if not self._watching:
            self._watching = True
            self.up.send(State(source=self.name, state="watching"))
        if self._edges.due(image.at):
            shown = Image(self.watcher.blacked(image.pixels), image.at)
            self._edges.look(shown, [sighting.box for sighting in view.sightings])
        for said in self._telling.said(view, time.monotonic()):
            self.up.send(said)

    def _obey(self) -> None:
        for message in self.down.poll():
            match message:
                case Slow(pace=pace):
                    if pace == 0:  # perhaps a new house, which knows nothing
                        self.up.send(self.wall)
                        self._telling.again()
                    self._pacing.asked = pace
                    self._telling.pace = self._pacing.pace
                    self._due = 0.0
                case Sketch():
                    self.up.send(self._edges.outline(self.name))

    def _health(self) -> EyeHealth:
        took = statistics.median(self._took) * 1000 if self._took else 0.0
        return EyeHealth(
            source=self.name,
            frames=self.stream.slot.decoded,
            dropped=self.stream.slot.dropped,
            detections=self.watcher.detections,
            restarts=self.stream.restarts,
            detect_ms=round(took, 1),
            refused=self.down.decoder.refused,
        )


def _warm_up(watcher: Watcher) -> None:
    """Libraries load parts of themselves when first used: not behind the seal."""
    jpeg = cv2.imencode(".jpg", np.zeros((16, 16, 3), np.uint8))[1].tobytes()
    edges = Edges()
    with av.open(io.BytesIO(jpeg), "r") as film:
        for frame in film.decode(video=0):
            for second in range(3):
                image = Image(pixels(frame), float(second))
                watcher.see(image)
                edges.look(image, ())
    edges.outline("")
    with suppress(OSError):
        socket.getaddrinfo("127.0.0.1", 80)


if __name__ == "__main__":
    sys.exit(main())
