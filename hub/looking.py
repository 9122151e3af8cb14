"""Pictures and videos looked at as an eye does, without processes: for `inglenook look`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from vision.engines import Detector
from vision.events import PICTURE, Detection, View
from vision.images import Image, Pixels
from vision.sources.picture import pixels
from vision.sources.stream import plain
from vision.thorough import thorough
from vision.watcher import Watcher

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
VIDEOS = frozenset({".mp4", ".mkv", ".mov", ".avi", ".webm", ".ts", ".mjpeg"})
_FPS = 5.0
_BROKEN = (av.error.FFmpegError, OSError, ValueError, MemoryError)


class CannotLook(Exception):
    """A file holds no picture that can be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something changed in a video, at so many seconds."""

    at: float
    counts: dict[str, int]


def frames(file: Path) -> Iterator[tuple[float, Pixels]]:
    """All pictures of a file with their seconds. Raises CannotLook."""
    try:
        with av.open(str(file), "r") as film:
            if not film.streams.video:
                raise CannotLook(f"{file}: there is no picture in it.")
            for number, frame in enumerate(film.decode(video=0)):
                yield _seconds(frame, number), pixels(frame)
    except FileNotFoundError as error:
        raise CannotLook(f"{file}: there is no such file.") from error
    except _BROKEN as error:
        raise CannotLook(f"{file}: {plain(error)}") from error


def _seconds(frame: av.VideoFrame, number: int) -> float:
    """Where a film does not tell, as if it were shown at the usual pace."""
    told: float | None = frame.time
    return number / _FPS if told is None else told


def picture(file: Path) -> Pixels:
    """The first of a file. Raises CannotLook."""
    for _, found in frames(file):
        return found
    raise CannotLook(f"{file}: there is no picture in it.")


def look(detector: Detector, found: Pixels, threshold: float) -> tuple[Detection, ...]:
    """All in one picture, carefully."""
    return tuple(each for each in thorough(detector, found) if each.score >= threshold)


def watch(watcher: Watcher, file: Path) -> Iterator[Moment]:
    """What changes in a video, at five pictures a second. Raises CannotLook."""
    told: dict[str, int] = {}
    due = 0.0
    for at, found in frames(file):
        if at < due:
            continue
        due = at + 1 / _FPS - 1e-6
        counts = _counts(watcher.see(Image(found, at)))
        if counts != told:
            told = counts
            yield Moment(round(at, 2), counts)


def _counts(view: View) -> dict[str, int]:
    return dict(sorted(Counter(view.counts[PICTURE]).items()))
