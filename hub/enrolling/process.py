"""The process that takes a person's faces live: pictures in, embeddings out to the command line.

Closed like an eye, before it looks: it reaches no network and no file. It ends with what it was
asked for, after a minute, or when the command line does.
"""

import argparse
import io
import os
import sys
import time

import av
import cv2
import msgspec
import numpy as np

from hub.cage.closing import NotSealed, closed
from hub.cage.rules import Role
from hub.engines import EngineMissing, Workshop
from hub.enrolling.messages import Failed, Missed, Taken
from hub.enrolling.taking import ENOUGH, Taking
from hub.eyes.making import make_source
from hub.eyes.settings import EyeSettings
from hub.faces import ENGINE
from hub.fields import REASON_LIMIT
from hub.keep.lock import lock_all
from hub.pipes import Writer
from hub.process import prepare, quit_on_sigterm
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from vision.engines import EngineError
from vision.never_see import NeverSee
from vision.sources.picture import pixels
from vision.sources.slot import Decoded, Lost
from vision.sources.stream import Stream
from vision.sources.v4l2 import NoCamera

_EXPECTED = (NoCamera, NotSealed, ShelfError, EngineMissing, EngineError, OSError)
_LONGEST, _GAP, _PATIENCE = 60.0, 0.4, 1.0
"""Seconds: of it all, between two pictures, without a picture."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--settings", type=int, required=True)
    args = prepare(parser)
    quit_on_sigterm(lambda: None)
    with os.fdopen(args.settings, "rb") as told:
        told.seek(0)
        settings = msgspec.json.decode(told.read(), type=EyeSettings)
    up = Writer(args.up)
    try:
        taking = Taking(Workshop(open_shelf()).faces(ENGINE))
        _warm_up(taking)
        stream = Stream(make_source(settings))
        lock_all()
        closed(Role.EYE)
        stream.start()
        _take(taking, stream, NeverSee(settings.never_see), up)
    except _EXPECTED as error:
        up.send(Failed(reason=str(error)[:REASON_LIMIT]))
        return 1
    return 0


def _warm_up(taking: Taking) -> None:
    """Libraries load parts of themselves when first used: not behind the seal."""
    jpeg = cv2.imencode(".jpg", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    with av.open(io.BytesIO(jpeg), "r") as film:
        for frame in film.decode(video=0):
            taking.offer(pixels(frame))


def _take(taking: Taking, stream: Stream, never_see: NeverSee, up: Writer) -> None:
    """Raises NoCamera, EngineError."""
    end = time.monotonic() + _LONGEST
    while len(taking.faces) < ENOUGH and time.monotonic() < end:
        match stream.slot.take(_PATIENCE):
            case Lost(reason=reason):
                raise NoCamera(reason)
            case Decoded(frame=frame):
                _offer(taking, never_see, frame, up)
                time.sleep(_GAP)


def _offer(taking: Taking, never_see: NeverSee, frame: av.VideoFrame, up: Writer) -> None:
    try:
        shown = never_see.blacked(pixels(frame))
    except (ValueError, av.error.FFmpegError, MemoryError):
        return  # one picture that cannot be used
    why = taking.offer(shown)
    if why:
        up.send(Missed(why=why))
    else:
        up.send(Taken(embedding=taking.faces[-1].astype("<f4").tobytes()))


if __name__ == "__main__":
    sys.exit(main())
