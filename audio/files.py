"""Recordings in, replies out: anything FFmpeg reads -> frames; speech -> one growing WAV."""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.frame import AudioFrame

from audio.convert import Converter, converted
from audio.frames import RATE, Frame, Pcm, samples

_TAIL = 6.0
"""Seconds of silence after a recording: longer than the endpointer waits for speech."""
_TAIL_FRAME = samples(0.02)


class SoundFileError(ValueError):
    """A file that holds no sound that can be read."""


def frames(path: Path) -> Iterator[Frame]:
    """The recording at 16 kHz mono, as fast as it is asked for.

    A file that breaks off gives what comes before the break, if that is anything.
    """
    converter, start, broken = Converter(), 0, ""
    try:
        for frame in _decoded(path):
            pcm = converter.frame(frame)
            yield Frame(pcm, start)
            start += len(pcm)
    except av.error.FFmpegError as error:
        broken = error.strerror or type(error).__name__
    rest = converter.rest() if start else np.zeros(0, np.int16)
    if start + len(rest) == 0:
        why = f" ({broken})" if broken else ""
        raise SoundFileError(f"{path.name} holds no sound that can be read{why}.")
    yield Frame(rest, start)


def silence(start: int) -> Iterator[Frame]:
    """Silence to follow a recording, so that its last command ends as in life, after a wait.

    Stop taking it when the listener is no longer busy.
    """
    for at in range(start, start + samples(_TAIL), _TAIL_FRAME):
        yield Frame(np.zeros(_TAIL_FRAME, np.int16), at)


def _decoded(path: Path) -> Iterator[AudioFrame]:
    try:
        container = av.open(str(path))
    except OSError as error:
        if isinstance(error, av.error.InvalidDataError):
            raise SoundFileError(f"{path.name} is not a sound file that can be read.") from error
        raise SoundFileError(f"{path.name} cannot be opened: {error.strerror}.") from error
    with container:
        if not container.streams.audio:
            raise SoundFileError(f"{path.name} holds no sound.")
        yield from container.decode(container.streams.audio[0])


class WavSink:
    """Replies, one after another, in one WAV file that is opened at once and whole after each."""

    def __init__(self, path: Path, rate: int = RATE) -> None:
        self._rate = rate
        self._file = path.open("wb")
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115  # kept open; closed by close()
        self._wav.setparams((1, 2, rate, 0, "NONE", ""))
        self._wav.writeframes(b"")
        self._file.flush()

    def play(self, pcm: Pcm, rate: int, go_on: Callable[[float], bool] = lambda _: True) -> None:
        """Append a mono sound; returns when it is in the file. `go_on` is asked once."""
        if not go_on(0.0):
            return
        sound = pcm if rate == self._rate else converted(pcm, rate, self._rate)
        self._wav.writeframes(sound.astype("<i2").tobytes())
        self._file.flush()

    def close(self) -> None:
        self._wav.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
