"""Recordings heard with the wake engine and no threshold: what it made of every passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from audio.engines import Vad, Wake
from audio.files import frames
from audio.frames import Frame, Pcm, samples
from audio.listener import Listener, Options
from hub.tuning import LOWEST

_NEVER = 2.0
"""A score that no word reaches: the listener stays idle and hears all."""
_LEAD = samples(1.0)
"""Silence in front of a recording, in which the engine settles."""
_SPEECH = 0.5
_PAUSE, _SHORTEST, _AFTER = samples(0.5), samples(0.15), samples(1.0)
"""Speech with a shorter pause in it is one passage; a shorter sound is none; the score of a word
comes so late at most.
"""
_APART = samples(2.0)
"""The refractory time of the listener: what is nearer does not wake twice."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest score, 0..1, of any wake word in one passage; `at`: its sample."""

    at: int
    word: str
    score: float


@dataclass(frozen=True, slots=True)
class Trial:
    """The peaks of one recording, `length` samples long."""

    file: Path
    peaks: tuple[Peak, ...]
    length: int


class _Overheard:
    """A wake engine that notes what it says."""

    def __init__(self, wake: Wake) -> None:
        self.hop = wake.hop
        self.words: Sequence[str] = wake.words
        self._wake = wake
        self.heard: list[Peak] = []
        self._at = -_LEAD

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        scores = self._wake.scores(pcm)
        self._at += len(pcm)
        word = max(scores, key=lambda each: scores[each])
        self.heard.append(Peak(self._at, word, scores[word]))
        return scores

    def reset(self) -> None:
        self._wake.reset()


def spoken(file: Path, wake: Wake, vad: Vad) -> Trial:
    """One peak for each passage of speech, however low. Raises SoundFileError."""
    pieces = list(frames(file))
    heard, length = _overheard(pieces, wake, vad)
    passages = _speech(np.concatenate([piece.pcm for piece in pieces]), vad)
    found = []
    for (start, end), (following, _) in pairwise([*passages, (length + _AFTER, 0)]):
        until = min(end + _AFTER, following)
        within = [peak for peak in heard if start <= peak.at < until]
        found += [max(within, key=_score)] if within else []
    return Trial(file, tuple(found), length)


def unspoken(file: Path, wake: Wake, vad: Vad) -> Trial:
    """Peaks that could each wake it at some setting, or else the highest; highest first.

    Raises SoundFileError.
    """
    heard, length = _overheard(frames(file), wake, vad)
    found: list[Peak] = []
    reached = [peak for peak in heard if peak.score >= LOWEST]
    for peak in sorted(reached or heard, key=_score, reverse=True)[: None if reached else 1]:
        if all(abs(peak.at - other.at) >= _APART for other in found):
            found.append(peak)
    return Trial(file, tuple(found), length)


def _score(peak: Peak) -> float:
    return peak.score


def _overheard(pieces: Iterable[Frame], wake: Wake, vad: Vad) -> tuple[list[Peak], int]:
    """What the wake engine says of each hop in the listener, and the samples of sound."""
    wake.reset()
    ear = _Overheard(wake)
    listener = Listener(ear, vad, Options(threshold=_NEVER))
    end = 0
    for frame in _surrounded(pieces):
        for event in listener.feed(frame):
            raise AssertionError(event)
        end = frame.end
    return ear.heard, end - _LEAD - _AFTER


def _surrounded(pieces: Iterable[Frame]) -> Iterator[Frame]:
    """Silence, the recording, silence: in it the engine settles, and says the last it has to."""
    end = _LEAD
    yield Frame(np.zeros(_LEAD, np.int16), 0)
    for piece in pieces:
        frame = Frame(piece.pcm, piece.start + _LEAD)
        end = frame.end
        yield frame
    yield Frame(np.zeros(_AFTER, np.int16), end)


def _speech(sound: Pcm, vad: Vad) -> list[tuple[int, int]]:
    """Start and end of each passage of speech, in samples."""
    vad.reset()
    loud = [
        at
        for at in range(0, len(sound) - vad.hop + 1, vad.hop)
        if vad.score(sound[at : at + vad.hop]) >= _SPEECH
    ]
    return [(start, end) for start, end in _runs(loud, vad.hop) if end - start >= _SHORTEST]


def _runs(loud: Sequence[int], hop: int) -> Iterator[tuple[int, int]]:
    """Windows of speech without a pause between them, as one."""
    if not loud:
        return
    start = loud[0]
    for one, following in pairwise(loud):
        if following - one - hop >= _PAUSE:
            yield start, one + hop
            start = following
    yield start, loud[-1] + hop
