"""Several ears heard a wake word: were they the same words, and which ear was nearer? Pure.

The first claims at once, so nobody waits; a nearer one that comes within half a second takes the
turn over, before anything was answered. What each heard is compared by how loud its bands were: at
some lag the two are alike if it was one voice. The nearer ear heard it sooner, and louder above its
own noise. Sound takes 3 ms for a metre; what a network adds to that differs by more, so that the
lag alone would not do (bench/rooms.py).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.fft import rfft  # numpy would load it only when it is used: behind the seal
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.frames import Pcm, samples, seconds

_STEP = samples(0.01)
_BINS = 2 * _STEP
_BANDS = np.geomspace(4, 81, 11).round().astype(int)
"""Bins of 50 Hz at which bands begin: ten, from 200 Hz to 4 kHz."""
WINDOW = samples(1.5)
"""Samples before the decision that hold a wake word and some of what was before it."""
_LAGS = 12
"""Steps by which one may hear it later than the other: a network, and sound in a house."""
_NOTHING = 1e-6
_LEAST = 30
"""Steps that must lie side by side to tell whether they are alike."""
_ALIKE = 0.5
"""Correlation from which it was one voice. Sixty people's wake words, near and in a room with
noise: 1 of 60 falls below. Two who say the same word within a second of each other are taken for
one in 45 % of cases: the second is not heard, which is better than that one command is done twice.
"""
_UNTIL = 0.5
"""Seconds after the first claim in which the turn can still change its ear."""
_TOGETHER = 1.0
"""Seconds apart at which two claims cannot be of one voice."""
_LAG_UNIT, _LOUDER_UNIT = 0.03, 6.0
"""Seconds sooner, and decibels louder, that count as much."""
_BETTER = 0.5
"""By so many units must it be nearer, that the turn moves there."""

_Levels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Claim:
    """`ended`: when the wake word was over, seconds of a clock that all ears share; `levels`:
    decibels of each band in each hundredth of a second up to then, (n, 10); none where only the
    satellite heard it.
    """

    ear: str
    ended: float
    levels: _Levels = field(repr=False)


def levels(pcm: Pcm) -> _Levels:
    """(n, 10): decibels of each band every 10 ms; the last ends with the sound."""
    if len(pcm) < _BINS:
        return np.zeros((0, len(_BANDS) - 1))
    parts = sliding_window_view(pcm[len(pcm) % _STEP :], _BINS)[::_STEP]
    power = np.abs(rfft(parts * np.hanning(_BINS), axis=1)) ** 2
    found: _Levels = 10 * np.log10(np.add.reduceat(power, _BANDS, axis=1)[:, :-1] + _BINS)
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether the new ear's turn begins, and the ear whose turn ends for it."""

    begins: bool
    leaves: str | None = None


@dataclass
class Settling:
    """Times are seconds of the same clock."""

    _first: Claim | None = None
    _since: float = 0.0

    def claim(self, new: Claim, now: float) -> Settled:
        """An ear has heard a wake word."""
        first = self._first
        if first is None or first.ear == new.ear or not _one_voice(first, new):
            self._first, self._since = new, now
            return Settled(begins=True)
        if now - self._since > _UNTIL or _nearness(first, new) < _BETTER:
            return Settled(begins=False)
        self._first = new
        return Settled(begins=True, leaves=first.ear)


def _one_voice(first: Claim, new: Claim) -> bool:
    if abs(new.ended - first.ended) > _TOGETHER:
        return False
    if not len(first.levels) or not len(new.levels):
        return True
    return _likeness(first, new)[1] >= _ALIKE


def _nearness(first: Claim, new: Claim) -> float:
    """In units: above 0 where the new one is nearer."""
    if not len(first.levels) or not len(new.levels):
        return 0.0
    lag, _ = _likeness(first, new)
    return -lag / _LAG_UNIT + (_loudness(new) - _loudness(first)) / _LOUDER_UNIT


def _likeness(first: Claim, new: Claim) -> tuple[float, float]:
    """Seconds by which the new one heard the same later, and how alike it then is (-1..1)."""
    shift = round((new.ended - first.ended) * samples(1.0) / _STEP)
    found = []
    for lag in range(-_LAGS, _LAGS + 1):
        one, other = _over_each_other(first.levels, new.levels, shift - lag)
        found.append((_correlation(one, other), lag))
    alike, lag = max(found)
    return seconds(lag * _STEP), alike


def _correlation(one: _Levels, other: _Levels) -> float:
    """-1..1, each band beside its own mean; -1 where there is too little to say."""
    if len(one) < _LEAST:
        return -1.0
    first, second = one - one.mean(axis=0), other - other.mean(axis=0)
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(np.sum(first * second)) / size if size > _NOTHING else -1.0


def _over_each_other(one: _Levels, other: _Levels, later: int) -> tuple[_Levels, _Levels]:
    """Both, where they lie side by side when `other` ends so many steps later."""
    ends = (len(one), len(other) - later) if later >= 0 else (len(one) + later, len(other))
    length = min(ends)
    if length <= 0:
        return one[:0], other[:0]
    return one[ends[0] - length : ends[0]], other[ends[1] - length : ends[1]]


def _loudness(claim: Claim) -> float:
    """Decibels of what was said above what was there before it."""
    whole = np.sort(claim.levels.mean(axis=1))
    tenth = len(whole) // 10
    return float(whole[-1 - tenth] - whole[tenth])
