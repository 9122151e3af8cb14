"""Where senses gets its sound: the microphone, recordings paced like life, or nothing at all."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from audio.microphone import Microphone

from audio.files import frames
from audio.frames import RATE, Frame
from hub.settings import SensesSettings

_BLOCK = RATE // 25
_PAUSE = 6.0
"""Seconds of silence between recordings, for the reply."""


class Source(Protocol):
    @property
    def dropped(self) -> int:
        """Frames lost before they were read."""
        ...

    def read(self, timeout: float) -> Frame | None:
        """The next sound, or None when none came in time; raises EOFError at its end."""
        ...


def open_source(settings: SensesSettings) -> Source:
    """Raises audio.microphone's errors."""
    match settings.source:
        case "microphone":
            return Microphone(settings.device)
        case "recordings":
            return Recordings([Path(file) for file in settings.recordings])
        case "none":
            return Nothing()


class Nothing:
    """A muted senses: no device was opened."""

    dropped = 0

    def read(self, timeout: float) -> Frame | None:
        time.sleep(timeout)
        return None


class Recordings:
    """Files one after the other, a pause behind each."""

    dropped = 0

    def __init__(self, files: Sequence[Path], pause: float = _PAUSE) -> None:
        self._frames = _with_pauses(files, pause)
        self._started: float | None = None

    def read(self, timeout: float) -> Frame | None:  # noqa: ARG002 - it is never late
        frame = next(self._frames, None)
        if frame is None:
            raise EOFError
        now = time.monotonic()
        self._started = now if self._started is None else self._started
        time.sleep(max(0.0, self._started + frame.end / RATE - now))
        return frame


def _with_pauses(files: Sequence[Path], pause: float) -> Iterator[Frame]:
    at = 0
    for file in files:
        for frame in frames(file):
            yield Frame(frame.pcm, at)
            at += len(frame.pcm)
        for _ in range(round(pause * RATE) // _BLOCK):
            yield Frame(np.zeros(_BLOCK, np.int16), at)
            at += _BLOCK
