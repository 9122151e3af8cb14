"""Anything that FFmpeg reads, decoded in a thread of its own, opened again when it is lost.

What lasts goes on: a stream that is silent, ends or breaks is told once as Lost and tried again, at
once and then ever more rarely, at most five times in a minute. A source that gives one picture and
ends is a snapshot, which is asked for anew each time one is wanted.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from vision.sources.slot import Decoded, Lost, Slot

av.logging.set_level(None)  # it would print addresses
SILENT = 20.0
"""Seconds without a picture after which a stream is lost."""
_TRIES, _WITHIN = 5, 60.0
_SNAPSHOT_EVERY = 1.0
"""Seconds between two snapshots at least: a relay opens no more connections."""
_SPARSE = 3.0
"""From so many pictures decoded for each wanted, those that no other needs are not decoded."""
_STEADY = 60.0
"""Seconds of pictures after which earlier losses are forgotten."""
_BAD_IN_A_ROW = 25
"""Packets that cannot be decoded, one after the other, before it counts as broken."""
_BROKEN = (av.error.FFmpegError, OSError, ValueError, MemoryError)


@dataclass(frozen=True, slots=True)
class Source:
    """`open`: starts it anew. `fps`: pictures a second that are wanted. `paced`: a file, which
    would be read faster than it is shown.
    """

    open: Callable[[], InputContainer]
    fps: float = 5.0
    paced: bool = False


class Stream:
    """Decodes from `start` on, for as long as the process lives."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.slot = Slot()
        self.restarts = 0
        self._failed: deque[float] = deque(maxlen=_TRIES)
        self._good_since: float | None = None

    def start(self) -> None:
        threading.Thread(target=self._run, name="decoder", daemon=True).start()

    def _run(self) -> None:
        while True:
            shown, why = self._play()
            if shown == 1 and not why:
                time.sleep(max(_SNAPSHOT_EVERY, 1 / self._source.fps))
            elif self._source.paced and shown and not why:
                continue  # a film begins again
            else:
                self.slot.put(Lost(why or "The stream has ended."))
                self.restarts += 1
                time.sleep(self._wait(time.monotonic()))

    def _wait(self, now: float) -> float:
        """Seconds until it is tried again, after it was lost now."""
        if self._good_since is not None and now - self._good_since >= _STEADY:
            self._failed.clear()
        self._good_since = None
        self._failed.append(now)
        return wait_before(tuple(self._failed), now)

    def _play(self) -> tuple[int, str]:
        """Pictures shown, and why it broke; nothing where it came to its end."""
        shown = 0
        try:
            with closing(self._source.open()) as film:
                for frame in self._decoded(film):
                    shown += 1
                    if self._good_since is None:
                        self._good_since = time.monotonic()
                    self.slot.put(Decoded(frame, time.monotonic()))
        except _BROKEN as error:
            return shown, plain(error)
        return shown, ""

    def _decoded(self, film: InputContainer) -> Iterator[av.VideoFrame]:
        if not film.streams.video:
            raise ValueError("There is no picture in it.")
        stream = film.streams.video[0]
        stream.thread_type = "NONE"  # no second is waited for to save a third of the computing
        rate = float(stream.average_rate or 0)
        if rate >= _SPARSE * self._source.fps:
            stream.codec_context.skip_frame = "NONREF"
        began, first = time.monotonic(), None
        for frame in _frames(film, stream):
            if self._source.paced and frame.time is not None:
                first = frame.time if first is None else first
                time.sleep(max(0.0, min(1.0, began + frame.time - first - time.monotonic())))
            yield frame


def _frames(film: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """One damaged picture is left out. Raises InvalidDataError where many are, or all."""
    bad, shown = 0, False
    for packet in film.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            if bad >= _BAD_IN_A_ROW:
                raise
            continue
        for frame in frames:
            bad, shown = 0, True
            yield frame
    if bad and not shown:
        raise av.error.InvalidDataError(0, "nothing can be decoded")


def wait_before(failed: tuple[float, ...], now: float) -> float:
    """Seconds until it is tried again: a second, and no more than five times in a minute."""
    if len(failed) < _TRIES:
        return float(2 ** (len(failed) - 1)) if failed else 0.0
    return max(float(2 ** (_TRIES - 1)), failed[0] + _WITHIN - now)


def plain(error: Exception) -> str:
    """What happened, in words that hold nothing of the source's."""
    match error:
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError() | PermissionError():
            return "The camera refuses: are username and password right?"
        case av.error.HTTPNotFoundError() | av.error.HTTPClientError() | FileNotFoundError():
            return "There is nothing at this address of the camera."
        case TimeoutError() | av.error.ExitError():
            return f"Nothing has come for {SILENT:.0f} seconds."
        case ConnectionError() | av.error.HTTPServerError():
            return "The camera does not answer."
        case av.error.InvalidDataError():
            return "What comes is no picture that can be read."
        case av.error.EOFError():
            return "The stream has ended."
        case MemoryError():
            return "A picture is too large."
        case ValueError():
            return "There is no picture in it."
        case _:
            return "The stream has broken off."
