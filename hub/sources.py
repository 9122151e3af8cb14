"""Where senses gets its sound: the microphone, recordings paced like life, or nothing at all."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.files import SoundFileError, frames
from audio.frames import RATE, Frame, Pcm
from audio.microphone import Microphone, MicrophoneBusyError, MicrophoneLostError, NoMicrophoneError
from audio.portaudio import NoPortAudioError
from hub.fields import REASON_LIMIT
from hub.settings import SensesSettings

NOT_THERE = (NoPortAudioError, NoMicrophoneError, MicrophoneBusyError, MicrophoneLostError)
log = logging.getLogger(__name__)
_BLOCK = RATE // 25
_PAUSE = 6.0
"""Seconds of silence between recordings, for the reply."""
_TICK = 0.04
"""Seconds between two looks at whether anything else came."""


@dataclass(frozen=True, slots=True)
class Source:
    """`frames` gives None when nothing came for a while. `dropped`: samples lost unread.
    `is_silent`: no sound will ever come, and `deaf` says why where there should. `sample_at`: which
    sample was heard at a moment of time.monotonic(), where the sound is that of this room;
    `moment_of`: the other way round.
    """

    frames: Iterator[Frame | None]
    dropped: Callable[[], int] = lambda: 0
    is_silent: bool = False
    deaf: str = ""
    sample_at: Callable[[float], int] | None = None
    moment_of: Callable[[int], float] = lambda _: time.monotonic()


def open_source(settings: SensesSettings) -> Source:
    """Raises audio.microphone's errors."""
    match settings.source:
        case "microphone":
            microphone = Microphone(settings.device)
            heard = microphone.frames()
            return Source(
                heard,
                lambda: microphone.dropped,
                sample_at=microphone.sample_at,
                moment_of=microphone.moment_of,
            )
        case "recordings":
            return Source(paced(_with_pauses([Path(file) for file in settings.recordings])))
        case "none":
            return silent()


def silent(deaf: str = "") -> Source:
    return Source(_nothing(), is_silent=True, deaf=deaf)


def open_beside(settings: SensesSettings) -> Source:
    """The microphone where it can be had; satellites hear without it."""
    try:
        return open_source(settings)
    except NOT_THERE as error:
        return silent(str(error)[:REASON_LIMIT])


def paced(sound: Iterator[Frame]) -> Iterator[Frame]:
    """No frame before its last sample would have been heard."""
    started: float | None = None
    for frame in sound:
        now = time.monotonic()
        started = now if started is None else started
        time.sleep(max(0.0, started + frame.end / RATE - now))
        yield frame


def _nothing() -> Iterator[None]:
    """No device was opened, or the one that was is gone."""
    while True:
        time.sleep(_TICK)
        yield None


def _with_pauses(files: Sequence[Path]) -> Iterator[Frame]:
    """All are decoded at once: a sealed process opens no file later. A bad one is left out."""
    sounds = [sound for file in files if (sound := _decoded(file)) is not None]
    gap = np.zeros(round(_PAUSE * RATE), np.int16)
    whole = np.concatenate([part for sound in sounds for part in (sound, gap)] or [gap[:0]])
    return (Frame(whole[at : at + _BLOCK], at) for at in range(0, len(whole), _BLOCK))


def _decoded(file: Path) -> Pcm | None:
    try:
        return np.concatenate([frame.pcm for frame in frames(file)])
    except SoundFileError as error:
        log.warning("%s", error)
        return None
