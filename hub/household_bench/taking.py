"""One sentence from a microphone: a countdown, then what is said, up to a second of silence."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from audio.endpoint import Options
from audio.engines import Vad
from audio.events import Paused, Utterance
from audio.frames import NO_SOUND, Frame, Pcm, samples
from audio.turn import Turn

COUNTDOWN = 3
"""Steps of `_STEP` seconds before anything counts: the microphone and the speaker settle."""
_STEP = 0.6
_LISTENING = Options(patience=1.0, no_speech=6.0, longest=15.0)
_FULL = 32_768
_FLOOR = -60.0
"""dBFS: the left end of the meter."""
_CELLS = 30
_QUIET, _LOUD = -30.0, -1.0
"""Peaks, dBFS, below and above which a recording is hard to understand."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a frame shows: its peak, dBFS; `count`: steps until it is time to speak, 0 from then."""

    level: float
    count: int


def take(frames: Iterable[Frame], vad: Vad, show: Callable[[Moment], None]) -> Pcm | None:
    """What is said once the countdown is over; None where nothing is."""
    turn: Turn | None = None
    for frame in frames:
        left = COUNTDOWN - int(frame.end / samples(_STEP))
        show(Moment(level(frame.pcm), max(0, left)))
        if left > 0:
            continue
        turn = turn or Turn(vad, _LISTENING, frame.start, NO_SOUND)
        rest = frame.pcm
        while len(rest):
            room = turn.room
            match turn.feed(rest[:room]):
                case None | Paused():
                    rest = rest[room:]
                case Utterance(pcm=pcm):
                    return pcm.copy()
                case _:
                    return None
    return None


def level(pcm: Pcm) -> float:
    """Its peak in dBFS, -60 at least."""
    peak = int(np.abs(pcm.astype(np.int32)).max(initial=0))
    return max(_FLOOR, 20 * math.log10(peak / _FULL)) if peak else _FLOOR


def meter(decibels: float) -> str:
    """A line of thirty places, as full as it is loud."""
    full = round((1 - decibels / _FLOOR) * _CELLS)
    return "#" * full + "." * (_CELLS - full)


def advice(pcm: Pcm) -> str:
    """What to do better; empty where it is good."""
    peak = level(pcm)
    if peak < _QUIET:
        return "It is very quiet: speak up, or come nearer."
    return "It is too loud, and cut off: stand farther away." if peak > _LOUD else ""
