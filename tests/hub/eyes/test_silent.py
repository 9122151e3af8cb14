"""A device that stays open and gives nothing more is lost like any other stream."""

import io
import os
from collections.abc import Iterator

import av
import msgspec
import pytest

from hub.eye import Eye
from hub.eyes.messages import ToEye
from hub.messages import Closed
from hub.pipes import Reader, Writer
from tests.vision.paint import Red
from vision.sources.stream import SILENT, Source, Stream
from vision.sources.v4l2 import NoCamera
from vision.watcher import Options, Watcher


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def eye(pipe: tuple[int, int], *, reopens: bool, silent: float) -> Eye:
    """Of a camera that gave its last picture `silent` seconds ago."""
    stream = Stream(Source(lambda: av.open(io.BytesIO(), "r")))
    stream.slot.at -= silent
    down: Reader[ToEye] = Reader(pipe[0], msgspec.json.Decoder(ToEye))
    watcher = Watcher(Options(), Red())
    wall = Closed(source="eye.porch", level="A")
    return Eye(wall, stream, watcher, Writer(pipe[1]), down, 0.2, reopens)


def test_a_silent_device_is_given_up(pipe: tuple[int, int]) -> None:
    with pytest.raises(NoCamera, match="Nothing has come"):
        eye(pipe, reopens=False, silent=SILENT)._patient()


def test_one_that_paused_is_not(pipe: tuple[int, int]) -> None:
    eye(pipe, reopens=False, silent=SILENT - 5)._patient()


def test_a_network_stream_looks_after_itself(pipe: tuple[int, int]) -> None:
    eye(pipe, reopens=True, silent=10 * SILENT)._patient()
